"""The maximally diverse grouping problem with a matrix of distances, beside published figures.

    .venv/bin/python bench/mdgp.py [--seconds 10] [--instances 2] [--quick]

n elements go to m groups of equal size; the sum of distances within groups is to be as large as
can be. Instances are generated anew from the published definition (class RanReal: real numbers
uniform in [0, 100]; RanInt: whole numbers; Geo: Euclidean distances of points with 2 to 21
coordinates uniform in [0, 10]; Gallego, Laguna, Marti and Duarte 2013), so single values differ from
the published instances by chance; the figure beside is of one published instance each.

The method is the seating engine's (annealing of swaps from one temperature to another in a number
of steps fixed beforehand), on a matrix: `gain[g, i]` holds the sum of distances from i to group g,
a swap is priced in O(1) and made in O(n).
"""

from __future__ import annotations

import argparse
import math
import time

import numba
import numpy as np

#: Three-phase search with dynamic population (Yang et al. 2022), RanReal, as quoted.
PUBLISHED = {("RanReal", 240): (155_204, 10), ("RanReal", 480): (376_453, 15)}
TRIAL = 3_000_000
GROUPS = {120: 10, 240: 12, 480: 20, 960: 24}


def instance(kind: str, n: int, seed: int) -> np.ndarray:
    """A symmetric matrix of distances with an empty diagonal."""
    rng = np.random.default_rng(seed)
    if kind == "Geo":
        points = rng.uniform(0, 10, (n, rng.integers(2, 22)))
        return np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1))
    upper = rng.uniform(0, 100, (n, n)) if kind == "RanReal" else rng.integers(0, 101, (n, n))
    upper = np.triu(upper.astype(float), 1)
    return upper + upper.T


@numba.njit(cache=True, _nrt=False)
def anneal(d, group, gain, luck, steps, hot, cold, state):
    """Swap elements of two groups, `steps` tries; changes `group` and `gain` in place.

    All in whole numbers: sums are exact however long it runs, and adding a row is vectorised.
    `luck` holds logarithms of evenly spaced chances in random order, so that neither a second
    random number nor an exponential is needed.
    """
    n = np.uint64(gain.shape[1])
    half, low, mask = np.uint64(32), np.uint64(0xFFFFFFFF), np.uint64(luck.shape[0] - 1)
    ratio = math.log(cold / hot)
    for done in range(0, steps, 1024):
        heat = np.float32(hot * math.exp(ratio * done / steps))
        for _ in range(1024):
            state ^= state << np.uint64(13)
            state ^= state >> np.uint64(7)
            state ^= state << np.uint64(17)
            i = np.int64(((state & low) * n) >> half)
            j = np.int64(((state >> half) * n) >> half)
            a = group[i]
            b = group[j]
            if a == b:
                continue
            change = gain[b, i] - gain[a, i] + gain[a, j] - gain[b, j] - 2 * d[i, j]
            if change < heat * luck[np.int64(state & mask)]:
                continue
            for k in range(gain.shape[1]):
                moved = d[j, k] - d[i, k]
                gain[a, k] += moved
                gain[b, k] -= moved
            group[i] = b
            group[j] = a


#: Temperatures in standard deviations of the distances: the slow part, and the last tenth.
HOT, COLD, END = 2.2, 1.1, 0.25
LUCK = np.log((np.random.default_rng(5).permutation(4096) + 0.5) / 4096).astype(np.float32)


def solve(d: np.ndarray, m: int, seconds: float, seed: int = 1) -> tuple[float, int, float]:
    """Best total, steps, process seconds: a short timed trial, then one annealing."""
    begun = time.process_time()
    n, scale = len(d), 2**14 * 100 / d.max()
    whole = np.rint(d * scale).astype(np.int32)
    deviation = float(whole.std())

    def start() -> tuple[np.ndarray, np.ndarray]:
        group = np.random.default_rng(seed).permutation(np.arange(n) % m)
        return group, np.stack([whole[:, group == g].sum(1) for g in range(m)]).astype(np.int32)

    at = time.process_time()
    anneal(whole, *start(), LUCK, TRIAL, HOT * deviation, COLD * deviation, np.uint64(seed))
    pace = (time.process_time() - at) / TRIAL
    steps = max(1, int(0.95 * (seconds - (time.process_time() - begun)) / pace))
    group, gain = start()
    state = np.uint64(seed * 2654435761 + 88172645463325252)
    for part, hot, cold in ((0.9, HOT, COLD), (0.1, COLD, END)):
        heats = hot * deviation, cold * deviation
        anneal(whole, group, gain, LUCK, int(part * steps), *heats, state)
    total = sum(d[np.ix_(group == g, group == g)].sum() for g in range(m)) / 2
    return float(total), steps, time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, help="for each instance (default as published)")
    parser.add_argument("--instances", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="n = 240 only, 3 s")
    args = parser.parse_args()
    small = instance("RanReal", 24, 0)
    solve(small, 2, 0.1)
    print(
        f"{'class':8} {'n':>4} {'groups':>6} {'ours (mean)':>12} {'s':>5} {'steps':>12} "
        f"{'published':>10} {'difference':>10}"
    )
    rows = (
        [("RanReal", 240)]
        if args.quick
        else [("RanReal", 240), ("RanReal", 480), ("RanReal", 960), ("RanInt", 240), ("Geo", 240)]
    )
    for kind, n in rows:
        figure, seconds = PUBLISHED.get((kind, n), (None, 15))
        seconds = 3 if args.quick else args.seconds or seconds
        found = [solve(instance(kind, n, s), GROUPS[n], seconds) for s in range(args.instances)]
        mean = sum(f[0] for f in found) / len(found)
        beside = f"{figure:10} {mean / figure - 1:+10.2%}" if figure else f"{'-':>10} {'-':>10}"
        print(
            f"{kind:8} {n:4} {GROUPS[n]:6} {mean:12.0f} {sum(f[2] for f in found) / len(found):5.1f} "
            f"{found[0][1]:12} {beside}",
            flush=True,
        )


if __name__ == "__main__":
    main()
