"""Matching beside shared words alone and vectors alone, on needs whose answers share no words.

    .venv/bin/python bench/matching.py [--pairs FILE.tsv] [--time] [--product OFFERS]

bench/matching_pairs.tsv is invented: 64 needs, each with the offer that answers it in other words
and a trap that shares its words. Every need is asked among all answers and traps (128 offers).
recall at 1 and 10, and how often the trap stands before the answer. With and without kinds.

``--product 10000`` is the way that the house goes, on a throw-away database (SQLite, or what
ESSOR_DATABASE names: ``.venv/bin/python tools/postgres.py .venv/bin/python bench/matching.py
--product 10000``): offers read once, the index from what was kept, a new need, a changed offer.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from essor.algos.matching import Offers, Thing
from essor.algos.text import Similar, vectors

PAIRS = Path(__file__).parent / "matching_pairs.tsv"
MISSED = 10**6
"""The place of an offer that was not found at all."""
Rows = list[tuple[str, str, str, str]]


def read_pairs(path: Path) -> Rows:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def things(rows: Rows, kinds: bool) -> tuple[list[Thing], list[Thing]]:
    """Needs and offers; a trap's kind is unknown, an answer's is the need's where kinds are given."""
    needs = [
        Thing(f"n{i}", need, kind if kinds else "") for i, (need, kind, _, _) in enumerate(rows)
    ]
    offers = [Thing(f"a{i}", row[2], row[1] if kinds else "") for i, row in enumerate(rows)]
    return needs, offers + [Thing(f"t{i}", row[3]) for i, row in enumerate(rows)]


def told(name: str, rank: Callable[[Thing], list[str]], needs: list[Thing]) -> None:
    at1 = at10 = trapped = 0
    for i, need in enumerate(needs):
        order = rank(need)
        place = order.index(f"a{i}") if f"a{i}" in order else MISSED
        trap = order.index(f"t{i}") if f"t{i}" in order else MISSED - 1
        at1, at10, trapped = at1 + (place == 0), at10 + (place < 10), trapped + (trap < place)
    total = len(needs)
    print(f"{name:28} {at1 / total:8.2f} {at10 / total:8.2f} {trapped / total:8.2f}")


def quality(rows: Rows) -> None:
    print(f"{len(rows)} needs       {'':15} {'at 1':>8} {'at 10':>8} {'trapped':>8}")
    needs, offers = things(rows, kinds=False)
    full = len(offers)
    stems = Similar([(o.id, o.text) for o in offers], meaning=False)
    told("shared stems", lambda n: [x.key for x in stems.find(n.text, full, least=1e-9)], needs)
    raw = vectors([o.text for o in offers]).astype(float)
    away = raw - raw.mean(axis=0)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    ids = [o.id for o in offers]

    def by_vectors(need: Thing) -> list[str]:
        return [ids[i] for i in np.argsort(-(away @ (vectors([need.text])[0] - raw.mean(axis=0))))]

    told("vectors", by_vectors, needs)
    for name, kinds, meaning in (
        ("Essor without vectors", False, False),
        ("Essor", False, True),
        ("Essor, kinds known", True, True),
    ):
        needs, offers = things(rows, kinds)
        index = Offers(offers, meaning=meaning)
        told(name, lambda n, index=index: [m.offer for m in index.find(n, full)], needs)


def speed(rows: Rows) -> None:
    texts = [row[2] for row in rows]
    many = [
        Thing(str(i), f"{texts[i % len(texts)]} {texts[(i * 7) % len(texts)]} {i}")
        for i in range(10_000)
    ]
    begun = time.process_time()
    index = Offers(many)
    print(f"index of 10,000 offers: {time.process_time() - begun:.1f} s")
    begun = time.process_time()
    for need, *_ in rows[:50]:
        index.find(Thing("n", need))
    print(f"a need: {(time.process_time() - begun) / 50 * 1000:.1f} ms")


def product(rows: Rows, offers: int) -> None:
    """The job that keeps suggestions true, with ``offers`` treasures and the needs of the pairs."""
    house()
    from django.db import connection
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        print(f"{connection.vendor}, {offers} offers, {len(rows)} needs")
        in_product(rows, offers)
    finally:
        runner.teardown_databases(databases)


def house() -> None:
    root = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(root))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()


def in_product(rows: Rows, offers: int) -> None:
    from essor.exchanges.matching import index as warm
    from essor.exchanges.matching.readings import refresh
    from essor.exchanges.matching.suggesting import answers, suggest_in
    from essor.territories.models import Territory
    from essor.treasures.models import Treasure
    from tests.cast import NOW, make_need, make_project

    here = Territory.objects.create(slug="drome", name="Drôme", department="26", created_at=NOW)
    project = make_project(here)
    texts = [row[2] for row in rows]
    Treasure.objects.bulk_create(
        Treasure(
            territory=here, name=f"{texts[i % len(texts)]} {i}", kind="economic", use="offered",
            description=texts[(i * 7) % len(texts)], latitude=44.5 + i % 100 / 100,
            longitude=4.7 + i // 100 % 100 / 100, created_at=NOW, changed_at=NOW,
        )
        for i in range(offers)
    )  # fmt: skip
    took("every offer read, once", lambda: refresh(here))
    took("the index from what was kept", lambda: warm.index_of(here))
    for need, kind, *_ in rows[1:]:
        kind = "customers" if kind == "first customers" else kind
        make_need(project, need[:160], kind=kind, place="Valence")
    took(f"{len(rows) - 1} needs suggested to", lambda: suggest_in(here))
    took("nothing to do", lambda: suggest_in(here))
    need = here.needs.last()
    took("the best offers of one need", lambda: answers(warm.index_of(here), need))
    make_need(project, rows[0][0][:160], kind="skill", place="Valence")
    took("one new need, all of it", lambda: suggest_in(here))
    Treasure.objects.filter(pk=Treasure.objects.first().pk).update(
        name="Un hangar vide", changed_at=NOW.replace(year=2027)
    )
    took("one changed offer, read", lambda: refresh(here))
    took("and compared with every need", lambda: suggest_in(here))


def took(what: str, act: Callable[[], object]) -> None:
    begun = time.process_time()
    act()
    print(f"{what:32} {(time.process_time() - begun) * 1000:10.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--product", type=int, default=0)
    options = parser.parse_args()
    rows = read_pairs(options.pairs)
    if options.product:
        product(rows, options.product)
        return
    quality(rows)
    if options.time:
        speed(rows)


if __name__ == "__main__":
    main()
