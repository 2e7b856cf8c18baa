"""Evenings for the seating tests: the bench's generator and judge by path, and small ones by hand.

The bench folder is handed out beside the repository (`ESSOR_BENCH` names it); a fresh clone may
lack it, and the tests that need it are then skipped with a word about why.
"""

import importlib.util
import os
import random
from pathlib import Path

import pytest

from essor.algos.seating import read_problem

BENCH = Path(os.environ.get("ESSOR_BENCH") or Path(__file__).parents[2] / "../shared/bench")
if not BENCH.is_dir():
    BENCH = Path(__file__).parents[2] / "../../shared/bench"
needs_bench = pytest.mark.skipif(
    not (BENCH / "judge_evening.py").is_file(),
    reason="the bench folder (ESSOR_BENCH, judge_evening.py) is not beside this clone",
)


def bench(name):
    """A module of the bench folder, by path."""
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(people=60, challenges=10, boosts=2, rounds=1, seed=11, **options):
    """A problem of the bench's generator, as decoded JSON."""
    return bench("make_evening").make(people, challenges, boosts, rounds, seed, **options)


def small(rng=None, people=24, tables=4, challenges=4, rounds=1, low=4, high=8, facilitators=6):
    """A small evening of our own, as decoded JSON: spheres, choices, a host, pairs."""
    rng = rng or random.Random(1)
    names = [f"p{i}" for i in range(people)]
    topics = [f"c{i}" for i in range(challenges)]
    crowd = [
        {
            "id": name,
            "attributes": {
                "sphere": rng.choice(["citizen", "enterprise", "public_body", None]),
                "commune": rng.choice("abcdefgh"),
            },
            "choices": []
            if i < facilitators
            else rng.sample(topics, rng.randint(0, min(2, challenges))),
            "facilitator": i < facilitators,
            "needs_access": i == facilitators + 4,
        }
        for i, name in enumerate(names)
    ]
    host = names[facilitators]
    return {
        "format": "essor-evening/1",
        "name": "small",
        "rounds": rounds,
        "seats": {"min": low, "max": high},
        "tables": [{"id": f"T{i}", "accessible": i % 2 == 0} for i in range(tables)],
        "challenges": [
            {
                "id": c,
                "track": "boost" if i == 0 else "imagine",
                "hosts": [host] if i == 0 else [],
                "neighbours": [topics[i + 1]]
                if i % 2 == 0 and i + 1 < challenges
                else [topics[i - 1]]
                if i % 2
                else [],
            }
            for i, c in enumerate(topics)
        ],
        "people": crowd,
        "together": [[names[facilitators + 1], names[facilitators + 2]]],
        "apart": [[names[-1], names[-2]], [names[-1], names[-3]]],
        "mix": {"sphere": 6, "commune": 2},
        "costs": {"choice": [0, 4, 8], "unlisted": 40, "repeat": 25, "same_challenge": 40},
    }


def evening(**options):
    """A small evening, read."""
    return read_problem(small(**options))
