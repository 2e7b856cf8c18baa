"""``essor rehearse --years``: weeks of a small territory, and a judge who sees what went wrong."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from essor.cli import main
from essor.cli.rehearsing import years
from essor.cli.rehearsing.years_told import figures, wrong
from essor.kit import clock

BUSY = {
    "moves": 0.3, "asks": 0.3, "is answered": 0.6, "is accepted": 0.3, "is kept": 0.2,
    "is released": 0.1, "is thanked": 0.5,
}  # fmt: skip
GOOD = {
    "acts": 9, "moves": 1, "owed": 3, "lost": 0, "twice": 0, "promises": 2, "promises lost": 0,
    "news": [5, 10], "most news in a week": 1, "answers": [], "held": 0, "reminders": [1],
    "reminded twice": 0,
}  # fmt: skip


@pytest.fixture
def lived(db, monkeypatch):
    """Four busy weeks of three projects, then two in which what waits leaves."""
    monkeypatch.setattr(years, "A_DAY", BUSY)
    return years.live(42, 40, 3, 5, quiet=14)


@pytest.mark.slow
def test_weeks_go_by_and_everything_is_told_once(lived):
    assert wrong(lived) == []
    assert lived["moves"] > 5
    assert lived["owed"] > 100
    assert lived["promises"] > 5
    assert lived["reminders"]
    assert lived["most news in a week"] == 1
    assert abs(clock.now() - timezone.now()) < timedelta(minutes=1), "the clock goes right again"


@pytest.mark.parametrize(
    "fault", ["lost", "twice", "promises lost", "reminded twice", "held", "most news in a week"]
)
def test_judge_sees_each_fault(fault):
    assert wrong(GOOD) == []
    assert len(wrong(GOOD | {fault: 3})) == 1
    assert "NOT MET" in figures(GOOD | {fault: 3}, 5, 1.0)


def test_figures_are_of_one_year():
    told = figures(GOOD, 5, 12.0)
    assert "p50 1.0, p95 2.0, most 2.0" in told
    assert "answers   a year for each who acted: none" in told
    assert told.endswith("All musts are met.")


def test_reminders_count_again_once_something_moved():
    lines = [
        ("a", "promised", {}),
        ("a", "reminded", {"days": 3}),
        ("a", "reminded", {"days": 10}),
        ("a", "accepted", {}),
        ("a", "reminded", {"days": 3}),
        ("b", "reminded", {"days": 3}),
    ]
    assert years.reminders_of(lines) == (Counter(a=3, b=1), 0)
    assert years.reminders_of([*lines, ("b", "reminded", {"days": 3})])[1] == 1


def test_the_fullest_week_is_any_seven_days():
    monday = datetime(2026, 11, 23, 7, tzinfo=UTC)
    days = [monday + timedelta(days=each) for each in (0, 6, 7, 13, 40)]
    assert years.most_in_a_week(days) == 2


def test_years_out_of_bounds_are_refused():
    for words in (["--years", "0"], ["--years", "11"], ["--years", "1", "--projects", "0"],
                  ["--years", "1", "--projects", "10", "--people", "5"]):  # fmt: skip
        assert main(["rehearse", *words]) == 2
