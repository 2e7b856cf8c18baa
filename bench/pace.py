"""How well pace forecasts, and whether its intervals hold what they promise; beside two peers.

Invented networks: each territory has its own pace (rates spread by ``SPREAD``), its projects
began over three years and are looked at today, so that many are not over. Asked: the share that
moves on within 180 days, whose truth is known. Run: ``nice -n 5 .venv/bin/python bench/pace.py``.
"""

import argparse
import time

import numpy as np

from essor.algos.pace import Spell, curve, pool

SHAPE, MEAN, SPREAD, WITHIN, WINDOW = 1.3, 240.0, 0.6, 180.0, 1_000.0


def network(
    rng: np.random.Generator, territories: int, most: int
) -> dict[str, tuple[float, list[Spell]]]:
    """By name: the time scale that nobody knows, and the spells as they stand today."""
    found = {}
    for number in range(territories):
        scale = MEAN * np.exp(rng.normal(0, SPREAD / SHAPE))
        lasts = scale * rng.weibull(SHAPE, size=rng.integers(3, most))
        since = rng.uniform(0, WINDOW, size=lasts.size)
        found[str(number)] = (
            scale,
            [Spell(float(min(a, b)), bool(a <= b)) for a, b in zip(lasts, since, strict=True)],
        )
    return found


def over_alone(spells: list[Spell]) -> float:
    """What dashboards do: only those that are over."""
    over = [spell.time for spell in spells if spell.over]
    return float(np.mean([each <= WITHIN for each in over])) if over else 0.0


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--networks", type=int, default=60)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    print(f"seed {given.seed}, {given.networks} networks a line; error: mean absolute, of a share")
    for territories, most in ((2, 12), (5, 20), (20, 20), (100, 40)):
        rng = np.random.default_rng(given.seed)
        errors: dict[str, list[float]] = {
            "over alone": [],
            "one curve a territory": [],
            "pooled": [],
        }
        held, took, wide = [], 0.0, []
        for _ in range(given.networks):
            truth = network(rng, territories, most)
            began = time.process_time()
            together = pool({name: spells for name, (_, spells) in truth.items()})
            took += time.process_time() - began
            for name, (scale, spells) in truth.items():
                right = 1 - float(np.exp(-((WITHIN / scale) ** SHAPE)))
                errors["over alone"].append(over_alone(spells) - right)
                errors["one curve a territory"].append(1 - curve(spells).share_left(WITHIN) - right)
                errors["pooled"].append(1 - together.share_left(name, WITHIN) - right)
                median = scale * np.log(2) ** (1 / SHAPE)
                said = together.quantile(name, 0.5)
                held.append((said.low or 0) <= median <= (said.high or np.inf))
                wide.append((said.high or np.inf) / (said.low or 1))
        print(
            f"{territories} territories of 3 to {most - 1} projects, fit {took / given.networks * 1000:.1f} ms"
        )
        for name, found in errors.items():
            print(f"  {name:24} error {np.abs(found).mean():.3f}  bias {np.mean(found):+.3f}")
        print(
            f"  95 % interval of the median holds it {np.mean(held):.3f}, width x{np.median(wide):.1f}"
        )


if __name__ == "__main__":
    main()
