"""Matching beside shared words alone and vectors alone, on needs whose answers share no words.

    .venv/bin/python bench/matching.py [--pairs FILE.tsv] [--time]

bench/matching_pairs.tsv is invented: 64 needs, each with the offer that answers it in other words
and a trap that shares its words. Every need is asked among all answers and traps (128 offers).
recall at 1 and 10, and how often the trap stands before the answer. With and without kinds.
"""

from __future__ import annotations

import argparse
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--time", action="store_true")
    options = parser.parse_args()
    rows = read_pairs(options.pairs)
    quality(rows)
    if options.time:
        speed(rows)


if __name__ == "__main__":
    main()
