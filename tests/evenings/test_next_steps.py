"""The desk's check-list: what is left to do, in each state of an evening."""

from datetime import UTC, datetime

import pytest

from essor.evenings.models import Evening, Plan, Registration
from essor.evenings.queries.next_steps import (
    hall_now,
    seats_warning,
    steps_before_opening,
    steps_of,
    whole_length,
)
from tests.cast import NOW, Cast, make_evening, make_registration

pytestmark = pytest.mark.django_db


def ready(cast: Cast, **fields) -> Evening:
    return make_evening(cast.valence, **{"place": "La Halle", "access": "Bus 4", **fields})


def bare(cast: Cast, **fields) -> Evening:
    """An evening of which only name and day are known."""
    fields = {"challenges": 0, "tables": 0, "starts_at": None, "capacity": 0, **fields}
    return make_evening(cast.valence, **fields)


def done(steps: list) -> list[bool]:
    return [step.done for step in steps]


def pages(evening: Evening) -> list[str]:
    """The last word of each step's address."""
    return [step.url.rstrip("/").rpartition("/")[2] for step in steps_of(evening)]


def test_everything_is_to_do_for_a_new_evening_in_the_order_of_the_work(cast: Cast) -> None:
    evening = bare(cast, state=Evening.State.DRAFT)
    assert pages(evening) == ["details", "challenges", "room", "details"]
    assert done(steps_of(evening)) == [False] * 4


def test_a_step_is_done_once_all_that_it_asks_for_is_said(cast: Cast) -> None:
    assert done(steps_before_opening(ready(cast))) == [True] * 4
    for lacking in ({"place": ""}, {"starts_at": None}, {"capacity": 0}):
        assert done(steps_before_opening(ready(cast, **lacking))) == [False, True, True, True]
    assert done(steps_before_opening(ready(cast, challenges=0))) == [True, False, True, True]
    assert done(steps_before_opening(ready(cast, tables=0))) == [True, True, False, True]
    assert done(steps_before_opening(ready(cast, access=""))) == [True, True, True, False]


def test_before_the_evening_what_was_left_open_stands_first(cast: Cast) -> None:
    assert pages(ready(cast)) == ["missing", "plan", "print"]
    assert pages(ready(cast, access="")) == ["details", "missing", "plan", "print"]
    closed = ready(cast, state=Evening.State.CLOSED, access="")
    assert pages(closed) == ["details", "plan", "print"], "nobody is invited any more"


def test_during_the_evening_one_conducts_and_after_it_one_writes(cast: Cast) -> None:
    assert pages(ready(cast, state=Evening.State.LIVE)) == ["conductor"]
    assert pages(ready(cast, state=Evening.State.OVER)) == ["day-after"]


def test_the_plan_is_done_once_it_is_published_and_not_before(cast: Cast) -> None:
    evening = ready(cast)
    plan = Plan.objects.create(evening=evening, document={}, made_at=NOW, in_hand=True)
    assert done(steps_of(evening)) == [False, False, False]
    plan.state = Plan.State.PUBLISHED
    plan.save()
    assert done(steps_of(evening)) == [False, True, False]


def test_more_people_than_seats_are_warned_of(cast: Cast) -> None:
    evening = ready(cast, tables=4, seats_max=8, capacity=33)
    assert seats_warning(evening) == (32, 33)
    evening.capacity = 32
    assert seats_warning(evening) is None
    assert seats_warning(ready(cast, tables=0, capacity=50)) is None, "no room is said yet"


def test_the_hall_counts_its_own_tables_and_those_who_come_there(cast: Cast) -> None:
    evening = ready(cast, tables=3, seats_min=4, seats_max=7)
    evening.room_tables.filter(number=3).update(remote=True)
    make_registration(evening, "Inès")
    make_registration(evening, "Omar")
    make_registration(evening, "Zoé", remote=True)
    make_registration(evening, "Jules", state=Registration.State.WAITING)

    hall = hall_now(evening)

    assert (hall.tables, hall.fewest, hall.most, hall.coming) == (2, 8, 14, 2)


def test_the_phases_say_how_long_the_evening_is_and_when_it_ends(cast: Cast) -> None:
    length = whole_length(ready(cast, starts_at=datetime(2026, 11, 26, 18, 30, tzinfo=UTC)))
    assert (length.minutes, length.ends_at) == (65, datetime(2026, 11, 26, 19, 35, tzinfo=UTC))
    assert whole_length(ready(cast, starts_at=None)).ends_at is None
