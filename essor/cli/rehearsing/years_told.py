"""A rehearsal of years from beginning to end, and its figures in plain words."""

import tempfile
import time
from pathlib import Path
from typing import Any

from essor.cli.rehearsing.house import inside
from essor.cli.rehearsing.judging import percentile

SEED = 1
MOST_NEWS_A_WEEK = 2
"""The budget of news that the house keeps to (ESSOR_MAIL_BUDGET)."""


def rehearse(years: int, people: int, projects: int, database: str) -> tuple[dict[str, Any], float]:
    """What was found, and how many seconds the years took."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="essor-rehearsal-") as folder:
        words = (str(365 * years), str(people), str(projects), str(SEED))
        found: dict[str, Any] = inside(Path(folder), database, *words, module="years")
    return found, time.monotonic() - started


def wrong(found: dict[str, Any]) -> list[str]:
    """Each must that was not met."""
    musts = {
        "each move told to each who follows: {} not told": found["lost"],
        "nothing told twice: {} told again": found["twice"],
        "no promise lost: {} are not as they were left": found["promises lost"],
        "no step of a reminder twice: {}": found["reminded twice"],
        "nothing held back for ever: {} mails wait": found["held"],
        "two mails of news a week at most: {} more": max(
            0, found["most news in a week"] - MOST_NEWS_A_WEEK
        ),
    }
    return [words.format(number) for words, number in musts.items() if number]


def figures(found: dict[str, Any], years: int, seconds: float) -> str:
    """What is printed at the end."""
    lines = [
        f"  lived     {found['acts']} lines of the ledger in {seconds:.0f} s; "
        f"{found['moves']} moves of projects, {found['promises']} promises",
        f"  told      {found['owed']} times that a project moved: {found['lost']} lost, "
        f"{found['twice']} twice",
        f"  promises  {found['promises']} made: {found['promises lost']} lost",
        f"  news      a year for each who hears: {_spread(found['news'], years)}; "
        f"{found['most news in a week']} in the fullest week",
        f"  answers   a year for each who acted: {_spread(found['answers'], years)}",
        f"  reminders of a promise that waited: {_spread(found['reminders'], 1)}; "
        f"{found['reminded twice']} for the same step twice",
    ]
    lines += [f"  NOT MET   {each}" for each in wrong(found)] or ["  All musts are met."]
    return "\n".join(lines)


def _spread(numbers: list[int], years: int) -> str:
    if not numbers:
        return "none"
    p50, p95 = percentile(numbers, 0.5) / years, percentile(numbers, 0.95) / years  # type: ignore[arg-type]
    return f"p50 {p50:.1f}, p95 {p95:.1f}, most {max(numbers) / years:.1f}"
