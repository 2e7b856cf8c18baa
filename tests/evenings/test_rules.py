"""What may be done with an evening and a registration, and when: to the minute."""

from datetime import timedelta
from itertools import pairwise, product

import pytest

from essor.evenings.models import Evening, Registration
from essor.evenings.rules import (
    answers_may_change,
    may_cancel,
    may_join,
    missing_before_opening,
    registration_open,
)
from essor.evenings.states import (
    EVENING_MOVES,
    REGISTRATION_MOVES,
    MoveRefused,
    check_move,
)
from essor.kit.ids import ALPHABET, LENGTH, new_public_id, new_spoken_code
from tests.cast import NOW

ON, TAKEN = Evening.State, Registration.State
MINUTE = timedelta(minutes=1)
BEFORE_IT = (ON.OPEN, ON.CLOSED)


def evening(state: str = ON.OPEN, **fields) -> Evening:
    return Evening(state=state, **{"starts_at": NOW, **fields})


def coming(state: str = TAKEN.REGISTERED, on: str = ON.OPEN, **fields) -> Registration:
    return Registration(evening=evening(on), state=state, **fields)


def from_afar(on: str = ON.OPEN, **fields) -> Registration:
    return coming(on=on, **{"remote": True, **fields})


# --- registering --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ON.values)
def test_people_register_while_the_evening_is_open_and_only_then(state):
    assert registration_open(evening(state), NOW) is (state == ON.OPEN)


def test_registration_closes_at_its_minute_and_not_one_before():
    closing = evening(registration_closes_at=NOW)
    assert registration_open(closing, NOW - MINUTE)
    assert not registration_open(closing, NOW)
    assert not registration_open(closing, NOW + MINUTE)


@pytest.mark.parametrize(("state", "on"), list(product(TAKEN.values, ON.values)))
def test_answers_change_until_the_evening_begins_unless_one_cancelled(state, on):
    may = state != TAKEN.CANCELLED and on in BEFORE_IT
    assert answers_may_change(coming(state, on)) is may


@pytest.mark.parametrize(("state", "on"), list(product(TAKEN.values, ON.values)))
def test_one_cancels_until_the_evening_is_over(state, on):
    may = state != TAKEN.CANCELLED and on != ON.OVER
    assert may_cancel(coming(state, on)) is may


def test_registration_opens_once_place_hour_and_seats_are_said():
    assert missing_before_opening(Evening()) == ["place", "starts_at", "capacity"]
    assert missing_before_opening(evening(place="La Halle", capacity=0)) == ["capacity"]
    assert missing_before_opening(evening(place="La Halle", capacity=1)) == []


# --- arriving from a distance -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "may"),
    [(-61, False), (-60, True), (0, True), (8 * 60 - 1, True), (8 * 60, False)],
)
@pytest.mark.parametrize("on", BEFORE_IT)
def test_one_joins_from_an_hour_before_where_nobody_began_the_evening(on, minutes, may):
    assert may_join(from_afar(on), NOW + minutes * MINUTE) is may


@pytest.mark.parametrize("days", [-3, 3])
def test_one_joins_whatever_the_hour_while_the_evening_is_under_way(days):
    assert may_join(from_afar(ON.LIVE), NOW + timedelta(days=days))


@pytest.mark.parametrize("on", [ON.DRAFT, ON.OVER])
def test_nobody_joins_an_evening_in_preparation_or_one_that_is_over(on):
    assert not may_join(from_afar(on), NOW)


@pytest.mark.parametrize(
    "who",
    [
        {"remote": False},
        {"arrived_at": NOW},
        {"state": TAKEN.WAITING},
        {"state": TAKEN.CANCELLED},
        {"state": TAKEN.TWIN},
    ],
)
def test_only_who_is_expected_from_a_distance_joins_and_once(who):
    state = who.pop("state", TAKEN.REGISTERED)
    assert not may_join(from_afar(ON.LIVE, **who, state=state), NOW)


def test_nobody_joins_an_evening_without_an_hour_before_it_is_under_way():
    registration = from_afar(ON.OPEN)
    registration.evening.starts_at = None
    assert not may_join(registration, NOW)
    registration.evening.state = ON.LIVE
    assert may_join(registration, NOW)


# --- moves --------------------------------------------------------------------------------------


def test_an_evening_opens_closes_begins_ends_and_may_go_on_after_all():
    life = (ON.DRAFT, ON.OPEN, ON.CLOSED, ON.OPEN, ON.LIVE, ON.CLOSED, ON.LIVE, ON.OVER, ON.LIVE)
    for start, end in pairwise(life):
        check_move(EVENING_MOVES, start, end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (ON.DRAFT, ON.LIVE), (ON.OPEN, ON.DRAFT), (ON.OPEN, ON.OVER), (ON.CLOSED, ON.OVER),
        (ON.OVER, ON.OPEN), (ON.LIVE, ON.OPEN),
    ],
)  # fmt: skip
def test_an_evening_makes_no_other_move(start, end):
    with pytest.raises(MoveRefused) as refused:
        check_move(EVENING_MOVES, start, end)
    assert (refused.value.start, refused.value.end) == (start, end)


def test_nobody_goes_from_a_seat_back_to_the_waiting_list():
    with pytest.raises(MoveRefused):
        check_move(REGISTRATION_MOVES, TAKEN.REGISTERED, TAKEN.WAITING)


# --- what is read aloud -------------------------------------------------------------------------


def test_ticket_codes_hold_no_letters_that_are_taken_for_others():
    codes = {new_spoken_code() for _ in range(2_000)}
    assert {len(code) for code in codes} == {5}
    letters = set("".join(codes))
    assert not letters & set("O0I1S5B8Z2"), "said or written alike"
    assert not letters - set("ACDEFGHJKLMNPQRTUVWXY34679")
    assert len(codes) > 1_990, "ten million codes: two of two thousand hardly ever meet"


def test_a_longer_code_is_longer():
    assert len(new_spoken_code(8)) == 8


def test_public_ids_are_short_and_can_be_typed_from_paper():
    ids = [new_public_id() for _ in range(500)]
    assert {len(each) for each in ids} == {LENGTH}
    assert set("".join(ids)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("0o1il")
    assert len(set(ids)) == 500
