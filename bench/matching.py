"""Matching beside shared words alone and vectors alone, on needs whose answers share no words.

    .venv/bin/python bench/matching.py [--pairs FILE.tsv] [--few] [--time] [--product OFFERS]

bench/matching_pairs.tsv is invented: 64 needs, each with the offer that answers it in other words
and a trap that shares its words. Every need is asked among all answers and traps (128 offers).
recall at 1 and 10, and how often the trap stands before the answer. With and without kinds.
bench/matching_unseen.tsv is the same, 40 needs on which no weight was chosen, and
bench/matching_registers.tsv 60 in other registers: spoken, administrative, with typing errors.

``--few`` is a territory that begins: each need is asked among 2, 5, 10 and 20 offers, its answer and
its trap among them, the others drawn (six draws a need, the same each time). Recall at 1, mean
reciprocal rank, traps before the answer, and what stands above the score from which the house
suggests: answers (more is better), other offers (fewer is better).

``--product 10000`` is the way that the house goes, on a throw-away database (SQLite, or what
ESSOR_DATABASE names: ``.venv/bin/python tools/postgres.py .venv/bin/python bench/matching.py
--product 10000``): offers read once, the index from what was kept, a new need, a changed offer.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from essor.algos.matching import Offers, Readings, Thing, read
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
        ("Essor, kinds of needs", None, True),
    ):
        needs, offers = things(rows, kinds is not False)
        offers = things(rows, kinds=False)[1] if kinds is None else offers
        index = Offers(offers, meaning=meaning)
        told(name, lambda n, index=index: [m.offer for m in index.find(n, full)], needs)


FEW, DRAWS, SUGGESTED = (2, 5, 10, 20), 6, 0.23
"""Offers in a territory that begins, draws of them a need, the least score that is suggested."""
Ranked = list[tuple[str, float]]


def few(rows: Rows) -> None:
    """The figures of ``--few``, one line for each way and number of offers."""
    heads = ("at 1", "MRR", "trapped", "answers", "others")
    print(f"{len(rows)} needs, {DRAWS} draws each    offers" + "".join(f"{h:>9}" for h in heads))
    needs, offers = things(rows, kinds=False)
    raw = read([need.text for need in needs], main="fr"), read([o.text for o in offers], main="fr")
    kinds = things(rows, kinds=True)
    for name, way in (
        ("shared stems", by_stems(needs, offers)),
        ("Essor, no kinds known", by_essor(needs, offers, *raw)),
        ("Essor, kinds of needs", by_essor(kinds[0], offers, *raw)),
        ("Essor, kinds known", by_essor(*kinds, *raw)),
    ):
        for size in FEW:
            told = [counted(i, size, way(i, some)) for i, some in cuts(len(rows), size)]
            shown = "".join(f"{figure:9.2f}" for figure in np.mean(told, axis=0))
            print(f"{name:25} {size:9}{shown}")


def cuts(needs: int, size: int) -> Iterator[tuple[int, list[int]]]:
    """Each need with places of ``size`` offers: its answer, its trap, others at random."""
    draw = random.Random(1)
    for i in range(needs):
        others = [j for j in range(2 * needs) if j not in (i, needs + i)]
        for _ in range(DRAWS):
            some = [i, needs + i, *draw.sample(others, size - 2)]
            draw.shuffle(some)
            yield i, some


def counted(i: int, size: int, ranked: Ranked) -> tuple[float, ...]:
    order = [name for name, _ in ranked]
    place = order.index(f"a{i}") if f"a{i}" in order else MISSED
    trap = order.index(f"t{i}") if f"t{i}" in order else MISSED + 1
    above = {name for name, score in ranked if score > SUGGESTED}
    rest = len(above - {f"a{i}"}) / (size - 1)
    return place == 0, 1 / (place + 1), trap < place, f"a{i}" in above, rest


def by_stems(needs: list[Thing], offers: list[Thing]) -> Callable[[int, list[int]], Ranked]:
    def way(i: int, some: list[int]) -> Ranked:
        index = Similar([(offers[j].id, offers[j].text) for j in some], meaning=False)
        found = index.find(needs[i].text, len(some), least=1e-9)
        return [(str(each.key), each.words) for each in found]

    return way


def by_essor(
    needs: list[Thing], offers: list[Thing], asked: Readings, offered: Readings
) -> Callable[[int, list[int]], Ranked]:
    def way(i: int, some: list[int]) -> Ranked:
        index = Offers([offers[j] for j in some], readings=some_of(offered, some))
        found = index.find(needs[i], len(some), least=-1.0, reading=some_of(asked, [i]))
        return [(match.offer, match.score) for match in found]

    return way


def some_of(readings: Readings, places: list[int]) -> Readings:
    return Readings(
        readings.vectors[places],
        readings.counts[places],
        readings.life[places],
        tuple(readings.stems[i] for i in places),
        readings.asks[places],
        readings.meaning,
    )


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
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--product", type=int, default=0)
    options = parser.parse_args()
    rows = read_pairs(options.pairs)
    if options.product:
        product(rows, options.product)
        return
    if options.few:
        few(rows)
        return
    quality(rows)
    if options.time:
        speed(rows)


if __name__ == "__main__":
    main()
