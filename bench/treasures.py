"""How long a list of 20,000 treasures takes to come in, and how long a step holds others up.

    .venv/bin/python bench/treasures.py

On a throw-away SQLite database: seconds to read the file, to compare it, to bring it in without
resting, and the longest step, which is how long another writer waits at most. Treasures are invented.
"""

import os
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.test.runner import DiscoverRunner  # noqa: E402 - Django first

from essor.territories.models import Territory  # noqa: E402
from essor.treasures import jobs  # noqa: E402
from essor.treasures.actions.arrivals import ask_to_bring  # noqa: E402
from essor.treasures.actions.lists import keep_file  # noqa: E402
from essor.treasures.bringing.compare import compared  # noqa: E402
from essor.treasures.bringing.reading import read  # noqa: E402

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
WORDS = "Un vieux four que les gens du quartier rallument chaque été pour une fête"


def file_of(lines: int) -> bytes:
    rows = "\n".join(
        f"{n};Four à pain numéro {n};patrimoine;{WORDS} {n};Valence;"
        f"{44.90 + n % 1000 / 10_000:.5f};{4.85 + n // 1000 / 200:.5f}"
        for n in range(lines)
    )
    return f"id;nom;genre;description;ville;latitude;longitude\n{rows}\n".encode()


def bring(lines: int) -> None:
    territory = Territory.objects.create(
        slug=f"t{lines}", name=f"T{lines}", department="26", created_at=NOW
    )
    times = [time.perf_counter()]
    file = read(file_of(lines), name="fours.csv")
    times.append(time.perf_counter())
    many = keep_file(territory=territory, file=file, filename="fours.csv", by=None, at=NOW)
    comparison = compared(many)
    times.append(time.perf_counter())
    coming = ask_to_bring(many=many, comparison=comparison, by=None, at=NOW)
    one_step, jobs.bring_some = jobs.bring_some, timed(jobs.bring_some, steps := [])
    jobs.bring_in(coming.public_id, between=lambda rest: None)
    jobs.bring_some = one_step
    times.append(time.perf_counter())
    spent = [f"{after - before:8.2f}" for before, after in pairwise(times)]
    print(f"{lines:>8} {' '.join(spent)} {max(steps) * 1000:8.0f}")


def timed(step, steps: list[float]):
    def run(**given):
        begun = time.perf_counter()
        done = step(**given)
        steps.append(time.perf_counter() - begun)
        return done

    return run


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        print(f"{'lines':>8} {'read s':>8} {'see s':>8} {'in s':>8} {'step ms':>8}")
        for lines in (1_000, 20_000):
            bring(lines)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
