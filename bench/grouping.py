"""Grouping beside stems alone, k-means on vectors and chance, on labelled ideas; and its time.

    .venv/bin/python bench/grouping.py [--seeds 3] [--time] [--own FILE.txt ...]

The labelled ideas are invented (bench/grouping_sets, each file says how), but for `network`: the
titles and themes of the real challenges of the network (essor/portal/data/network.json, with their
sources). The number of groups is given. "alone" ideas are grouped with the others and not counted.
AMI is the adjusted mutual information (arithmetic mean), F1 that of pairs; 0 and about 0.1 by
chance, 1 when every group is right. Seconds are process time of one core.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.special import gammaln

from essor.algos.grouping import Idea, group
from essor.algos.grouping.clustering import k_means
from essor.algos.grouping.space import unit
from essor.algos.text import language, main_language, stems, vectors

ROOT = Path(__file__).resolve().parents[1]
SETS = ("valley", "metropolis", "coast", "county", "network")
Said = list[tuple[str, str]]


def read_set(path: Path) -> Said:
    """Labels and ideas: "## label", then one idea a line."""
    said, label = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            label = line[3:].strip()
        elif line.strip() and not line.startswith("#"):
            said.append((label, line.strip()))
    return said


def network() -> Said:
    """Titles of the real challenges under their themes; a theme of one is "alone"."""
    data = json.loads((ROOT / "essor/portal/data/network.json").read_text(encoding="utf-8"))
    themes = Counter(each["theme"] for each in data["challenges"])
    return [
        (each["theme"] if themes[each["theme"]] > 1 else "alone", each["title"])
        for each in data["challenges"]
    ]


def table(found: list[str], true: list[str]) -> np.ndarray:
    rows, columns = sorted(set(found)), sorted(set(true))
    counts = np.zeros((len(rows), len(columns)))
    for a, b in zip(found, true, strict=True):
        counts[rows.index(a), columns.index(b)] += 1
    return counts


def pair_f1(counts: np.ndarray) -> float:
    pairs = [
        float((n * (n - 1) / 2).sum()) for n in (counts, counts.sum(axis=1), counts.sum(axis=0))
    ]
    return 2 * pairs[0] / (pairs[1] + pairs[2])


def adjusted_mutual_information(counts: np.ndarray) -> float:
    """Vinh, Epps, Bailey 2010, with the arithmetic mean of the entropies."""
    total, rows, columns = counts.sum(), counts.sum(axis=1), counts.sum(axis=0)
    here = counts > 0
    shared = counts[here] / total
    mutual = float((shared * np.log(total * counts[here] / np.outer(rows, columns)[here])).sum())
    expected = 0.0
    for a in rows:
        for b in columns:
            n = np.arange(max(1, a + b - total), min(a, b) + 1)
            logs = sum(gammaln(x + 1) for x in (a, b, total - a, total - b)) - sum(
                gammaln(x + 1) for x in (total, n, a - n, b - n, total - a - b + n)
            )
            expected += float((n / total * np.log(total * n / (a * b)) * np.exp(logs)).sum())
    entropies = [-float((p / total * np.log(p / total)).sum()) for p in (rows, columns)]
    return (mutual - expected) / (sum(entropies) / 2 - expected)


def stem_rows(texts: list[str]) -> np.ndarray:
    """Stems by rarity: the words-only baseline."""
    main = main_language(texts)
    held = [stems(text, language(text, main)) for text in texts]
    often = Counter(stem for each in held for stem in set(each))
    place = {stem: i for i, stem in enumerate(sorted(often))}
    rows = np.zeros((len(texts), len(place)))
    for i, each in enumerate(held):
        for stem in each:
            rows[i, place[stem]] += np.log(len(texts) / often[stem])
    return unit(rows)


def ways(texts: list[str], count: int, seed: int) -> dict[str, list[str]]:
    """A group's name for each text, by each way."""
    ideas = [Idea(str(i), text) for i, text in enumerate(texts)]
    raw = vectors(texts).astype(np.float64)
    draw = random.Random(seed)
    found = {"chance": [str(draw.randrange(count)) for _ in texts]}
    found["k-means on stems"] = [str(n) for n in k_means(stem_rows(texts), count, seed)]
    found["k-means on vectors"] = [str(n) for n in k_means(unit(raw - raw.mean(0)), count, seed)]
    for name, meaning in (("Essor without vectors", False), ("Essor", True)):
        home = group(ideas, count, seed=seed, meaning=meaning).group_of()
        found[name] = [home.get(idea.id, f"alone {idea.id}") for idea in ideas]
    return found


def quality(sets: dict[str, Said], seeds: int) -> None:
    totals: dict[str, list[float]] = {}
    print(f"{'set':12} {'ideas':>5} {'groups':>6}  {'way':22} {'AMI':>6} {'F1':>6}")
    for name, said in sets.items():
        labels, texts = [label for label, _ in said], [text for _, text in said]
        kept = [i for i, label in enumerate(labels) if label != "alone"]
        count = len({labels[i] for i in kept})
        scores: dict[str, list[tuple[float, float]]] = {}
        for seed in range(1, seeds + 1):
            for way, homes in ways(texts, count, seed).items():
                counts = table([homes[i] for i in kept], [labels[i] for i in kept])
                scores.setdefault(way, []).append(
                    (adjusted_mutual_information(counts), pair_f1(counts))
                )
        for way, each in scores.items():
            ami, f1 = (float(np.mean([pair[n] for pair in each])) for n in (0, 1))
            totals.setdefault(way, []).append(ami)
            print(f"{name:12} {len(texts):5} {count:6}  {way:22} {ami:6.3f} {f1:6.3f}")
    for way, each in totals.items():
        print(f"{'mean':12} {'':5} {'':6}  {way:22} {np.mean(each):6.3f}")


def speed(said: Said) -> None:
    words = [word for _, text in said for word in text.split()]
    draw = random.Random(1)
    group([Idea("a", "un vélo"), Idea("b", "un potager")], 2)
    for ideas, count in ((350, 20), (5000, 70)):
        texts = [
            f"{draw.choice(said)[1]} {' '.join(draw.choices(words, k=4))}" for _ in range(ideas)
        ]
        begun = time.process_time()
        found = group([Idea(str(i), text) for i, text in enumerate(texts)], count)
        spent = time.process_time() - begun
        print(f"{ideas} ideas in {len(found.groups)} groups: {spent:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--time", action="store_true", help="measure the time, too")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="other labelled files")
    options = parser.parse_args()
    folder = ROOT / "bench/grouping_sets"
    sets = {n: network() if n == "network" else read_set(folder / f"{n}.txt") for n in SETS}
    if options.own:
        sets = {path.stem: read_set(path) for path in options.own}
    quality(sets, options.seeds)
    if options.time:
        speed([pair for said in sets.values() for pair in said])


if __name__ == "__main__":
    main()
