"""Arrivals, walk-ins, absences and counts: every act, each refusal, and two doors at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from essor.algos.seating import NoSeat
from essor.evenings.actions.door import (
    AlreadyArrived,
    DoorClosed,
    NotExpected,
    change_seat,
    check_in,
    count_heads,
    free_seats,
    mark_absent,
    undo_check_in,
    welcome_walk_in,
)
from essor.evenings.actions.door_seats import RoomFull, WalkIn
from essor.evenings.actions.door_tables import UnknownRoomTable, close_table, open_table
from essor.evenings.actions.publication import TooLate, publish_plan
from essor.evenings.at_door.live_room import glimpse
from essor.evenings.models import Evening, HeadCount, Registration, RoomTable, Seat, Table
from essor.ledger.models import Entry
from essor.people.models import Consent
from tests.cast import NOW, Cast, make_evening, make_registration, sphere
from tests.factories.seating import make_plan, make_ready_evening, registered

LATER = NOW + timedelta(hours=1)


def published_evening(cast: Cast, **fields) -> Evening:
    evening = make_ready_evening(cast.valence, **fields)
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=NOW)
    return evening


def table_number(registration: Registration) -> int | None:
    seat = Seat.objects.filter(registration=registration, round=1).select_related("table").first()
    return seat.table.number if seat else None


def last_line() -> Entry:
    return Entry.objects.order_by("id").last()


def fill(evening: Evening, cast: Cast) -> None:
    """Let walk-ins in until every table is full."""
    for n in range(200):
        try:
            welcome_walk_in(evening=evening, walk_in=WalkIn(f"Passante {n}"), by=cast.chloe, at=NOW)
        except RoomFull:
            return
    pytest.fail("the room never fills")


def test_checking_in_keeps_when_by_whom_and_the_table(cast: Cast) -> None:
    evening = published_evening(cast)
    who = registered(evening, 12)

    arrived = check_in(registration=who, by=cast.chloe, at=NOW)

    assert (arrived.arrived_at, arrived.arrived_by) == (NOW, cast.chloe)
    assert last_line().verb == "arrived"
    assert last_line().room == evening.room
    assert last_line().data == {"evening": evening.public_id, "table": table_number(who)}


def test_checking_in_twice_tells_when_it_was_done(cast: Cast) -> None:
    who = registered(published_evening(cast), 12)
    check_in(registration=who, by=cast.chloe, at=NOW)

    with pytest.raises(AlreadyArrived) as told:
        check_in(registration=who, by=cast.aicha, at=LATER)

    assert (told.value.registration.arrived_at, told.value.registration.arrived_by) == (
        NOW,
        cast.chloe,
    )


@pytest.mark.parametrize("state", [Registration.State.WAITING, Registration.State.CANCELLED])
def test_who_waits_or_cancelled_comes_in_only_when_a_human_says_so(cast: Cast, state: str) -> None:
    who = registered(published_evening(cast), 12)
    Registration.objects.filter(pk=who.pk).update(state=state)

    with pytest.raises(NotExpected):
        check_in(registration=who, by=cast.chloe, at=NOW)
    who.refresh_from_db()
    refused = who.arrived_at
    check_in(registration=who, by=cast.chloe, at=NOW, let_in=True)

    who.refresh_from_db()
    assert refused is None
    assert (who.state, who.arrived_at) == (Registration.State.REGISTERED, NOW)


@pytest.mark.parametrize("state", [Evening.State.DRAFT, Evening.State.OVER])
def test_nobody_arrives_before_or_after_the_evening(cast: Cast, state: str) -> None:
    evening = published_evening(cast)
    Evening.objects.filter(pk=evening.pk).update(state=state)

    with pytest.raises(DoorClosed):
        check_in(registration=registered(evening, 12), by=cast.chloe, at=NOW)
    with pytest.raises(DoorClosed):
        welcome_walk_in(evening=Evening.objects.get(), walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW)


def test_undoing_a_check_in_keeps_the_seat(cast: Cast) -> None:
    who = registered(published_evening(cast), 12)
    seat = table_number(who)
    check_in(registration=who, by=cast.chloe, at=NOW)

    undo_check_in(registration=who, by=cast.chloe, at=LATER)

    assert who.arrived_at is None
    assert table_number(who) == seat
    assert last_line().verb == "arrival_undone"


def test_who_registered_after_the_plan_finds_a_seat_on_arrival(cast: Cast) -> None:
    evening = published_evening(cast)
    late = make_registration(evening, "Zoé")

    check_in(registration=late, by=cast.chloe, at=NOW)

    assert table_number(late) is not None


def test_walk_in_is_registered_seated_and_consents(cast: Cast) -> None:
    evening = published_evening(cast)
    topic = evening.challenges.order_by("id").first()
    walk_in = WalkIn(first_name="Zoé", sphere=sphere("finance"), challenge=topic)

    came = welcome_walk_in(evening=evening, walk_in=walk_in, by=cast.chloe, at=NOW)

    table = Seat.objects.get(registration=came).table
    assert topic in table.challenges.all()
    assert (came.source, came.arrived_at, came.arrived_by) == ("door", NOW, cast.chloe)
    assert Consent.objects.get(person=came.person).purpose == Consent.Purpose.EVENING
    assert last_line().verb == "walked_in"
    assert last_line().data["table"] == table.number


def test_room_seen_before_the_lock_is_not_read_again_while_nothing_happens(cast: Cast) -> None:
    evening = published_evening(cast)
    seen = glimpse(evening, NOW)
    with CaptureQueriesContext(connection) as short:
        zoe = welcome_walk_in(
            evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW, seen=seen
        )
    assert table_number(zoe) is not None
    assert not [each for each in short if "evenings_choice" in each["sql"]]


def test_room_seen_before_somebody_else_took_its_last_seat_counts_no_more(cast: Cast) -> None:
    evening = published_evening(cast)
    seen = glimpse(evening, NOW)
    fill(evening, cast)
    sitting = Seat.objects.count()
    with pytest.raises(RoomFull):
        welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW, seen=seen)
    assert Seat.objects.count() == sitting


def test_seats_that_became_free_meanwhile_are_given(cast: Cast) -> None:
    evening = published_evening(cast)
    fill(evening, cast)
    seen = glimpse(evening, NOW)
    free_seats(evening=evening, from_when=NOW, by=cast.chloe, at=NOW)
    zoe = welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW, seen=seen)
    assert table_number(zoe) is not None


def test_evening_without_tables_shows_no_room(cast: Cast) -> None:
    assert glimpse(make_evening(cast.valence), NOW) is None


def test_walk_in_moves_nobody_who_sits(cast: Cast) -> None:
    evening = published_evening(cast)
    before = dict(Seat.objects.values_list("registration_id", "table_id"))

    welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW)

    after = dict(Seat.objects.values_list("registration_id", "table_id"))
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_walk_in_before_any_plan_is_in_without_a_table(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)

    came = welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW)

    assert came.arrived_at == NOW
    assert table_number(came) is None


def test_no_table_ever_holds_more_than_its_seats(cast: Cast) -> None:
    evening = published_evening(cast)

    fill(evening, cast)

    tables = Table.objects.filter(evening=evening, state=Table.State.OPEN)
    assert {table.seats.count() for table in tables} == {8}


def test_walk_in_for_whom_no_seat_is_left_leaves_nothing_behind_unless_let_in(cast: Cast) -> None:
    evening = published_evening(cast)
    fill(evening, cast)
    people = Registration.objects.count()

    with pytest.raises(RoomFull):
        welcome_walk_in(evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW)
    refused = Registration.objects.count()
    came = welcome_walk_in(
        evening=evening, walk_in=WalkIn("Zoé"), by=cast.chloe, at=NOW, without_seat=True
    )

    assert refused == people
    assert table_number(came) is None


def test_seats_freed_at_a_time_go_to_walk_ins_from_then_on(cast: Cast) -> None:
    evening = published_evening(cast)
    fill(evening, cast)
    free_seats(evening=evening, from_when=LATER, by=cast.aicha, at=NOW)

    with pytest.raises(RoomFull):
        welcome_walk_in(evening=evening, walk_in=WalkIn("Tôt"), by=cast.chloe, at=NOW)
    came = welcome_walk_in(evening=evening, walk_in=WalkIn("Tard"), by=cast.chloe, at=LATER)

    assert table_number(came) is not None


def test_who_comes_after_the_seat_was_given_away_gets_another_one_or_none(cast: Cast) -> None:
    evening = published_evening(cast)
    late, later = registered(evening, 12), registered(evening, 13)
    for who in (late, later):
        mark_absent(registration=who, absent=True, by=cast.chloe, at=NOW)
    fill(evening, cast)
    free = registered(evening, 14)
    mark_absent(registration=free, absent=True, by=cast.chloe, at=NOW)

    check_in(registration=late, by=cast.chloe, at=LATER)
    check_in(registration=later, by=cast.chloe, at=LATER)

    assert table_number(late) == table_number(free)
    assert table_number(later) is None
    later.refresh_from_db()
    assert later.arrived_at == LATER
    assert later.absent_at is None


def test_absence_is_marked_and_taken_back(cast: Cast) -> None:
    who = registered(published_evening(cast), 12)

    mark_absent(registration=who, absent=True, by=cast.chloe, at=NOW)
    marked = who.absent_at
    mark_absent(registration=who, absent=False, by=cast.chloe, at=LATER)

    assert marked == NOW
    assert who.absent_at is None
    assert last_line().verb == "expected_again"


def test_changing_a_seat_obeys_the_rules(cast: Cast) -> None:
    evening = published_evening(cast)
    fill(evening, cast)
    who = registered(evening, 12)
    other = Table.objects.exclude(number=table_number(who)).filter(state=Table.State.OPEN).first()

    with pytest.raises(NoSeat):
        change_seat(registration=who, table=other.number, by=cast.chloe, at=NOW)
    leaving = other.seats.exclude(registration__facilitator=True).first().registration
    mark_absent(registration=leaving, absent=True, by=cast.chloe, at=NOW)
    Registration.objects.filter(pk=leaving.pk).update(arrived_at=None, absent_at=NOW)
    change_seat(registration=who, table=other.number, by=cast.chloe, at=NOW)

    assert table_number(who) == other.number
    assert last_line().verb == "changed_seat"


def test_closing_a_table_moves_its_people_and_nobody_else(cast: Cast) -> None:
    evening = published_evening(cast, people=24, tables=5)
    table = Table.objects.filter(evening=evening, state=Table.State.OPEN).order_by("number").last()
    sat = set(table.seats.values_list("registration_id", flat=True))
    others = dict(Seat.objects.exclude(table=table).values_list("registration_id", "table_id"))

    moved = close_table(table=table, by=cast.chloe, at=NOW)

    table.refresh_from_db()
    after = dict(Seat.objects.values_list("registration_id", "table_id"))
    assert table.state == Table.State.CLOSED
    assert {each.pk for each in moved} == sat
    assert others.items() <= after.items()
    assert all(after[pk] != table.pk for pk in sat)
    assert last_line().data == {"moved": len(sat)}


def test_closing_a_table_whose_people_find_no_seat_changes_nothing(cast: Cast) -> None:
    evening = published_evening(cast)
    fill(evening, cast)
    table = Table.objects.filter(evening=evening, state=Table.State.OPEN).first()

    with pytest.raises(RoomFull):
        close_table(table=table, by=cast.chloe, at=NOW)

    table.refresh_from_db()
    assert table.state == Table.State.OPEN
    assert table.seats.count() == 8


def test_opening_a_table_makes_room_with_its_facilitator(cast: Cast) -> None:
    evening = published_evening(cast)
    RoomTable.objects.create(evening=evening, number=9)
    fill(evening, cast)
    topic, host = evening.challenges.first(), registered(evening, 4)

    opened = open_table(
        evening=evening, number=9, challenge=topic, facilitator=host, by=cast.chloe, at=NOW
    )
    fill(evening, cast)

    assert table_number(host) == 9
    assert opened.phone_code
    assert list(opened.challenges.all()) == [topic]
    assert opened.seats.count() == 8


@pytest.mark.parametrize("number", [1, 99])
def test_a_table_that_is_open_or_not_in_the_room_does_not_open(cast: Cast, number: int) -> None:
    evening = published_evening(cast)
    Table.objects.update_or_create(
        evening=evening, number=1, defaults={"state": Table.State.OPEN, "phone_code": "ACDEF"}
    )
    topic = evening.challenges.first()

    with pytest.raises(UnknownRoomTable):
        open_table(evening=evening, number=number, challenge=topic, by=cast.chloe, at=NOW)


def test_counts_that_disagree_are_all_kept(cast: Cast) -> None:
    evening = published_evening(cast)

    for people, who in ((31, cast.bruno), (29, cast.chloe)):
        count_heads(evening=evening, people=people, how=" rang par rang ", by=who, at=NOW)

    kept = HeadCount.objects.values_list("people", "how", "by__first_name")
    assert set(kept) == {(31, "rang par rang", "Bruno"), (29, "rang par rang", "Chloe")}
    assert last_line().verb == "counted_heads"


def test_no_plan_is_published_once_somebody_has_arrived(cast: Cast) -> None:
    evening = published_evening(cast)
    other = make_plan(evening, cast.aicha, seed=2)
    check_in(registration=registered(evening, 12), by=cast.chloe, at=NOW)

    with pytest.raises(TooLate):
        publish_plan(plan=other, seen=other.parent.public_id, by=cast.aicha, at=NOW)


def at_once(*acts) -> list[BaseException]:
    """Run the acts in threads that start together; the exceptions they raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act) -> None:
        start.wait()
        try:
            act()
        except Exception as trouble:
            raised.append(trouble)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_doors_let_the_same_person_in_once(transactional_db: None) -> None:
    cast = Cast()
    evening = published_evening(cast)
    copies = [registered(evening, 12) for _ in range(4)]

    raised = at_once(
        *(lambda who=who: check_in(registration=who, by=cast.chloe, at=NOW) for who in copies)
    )

    assert [type(each) for each in raised] == [AlreadyArrived] * 3
    assert Entry.objects.filter(verb="arrived").count() == 1


def test_two_doors_never_give_the_last_seat_twice(transactional_db: None) -> None:
    cast = Cast()
    evening = published_evening(cast)
    fill(evening, cast)
    leaving = registered(evening, 12)
    mark_absent(registration=leaving, absent=True, by=cast.chloe, at=NOW)

    raised = at_once(
        *(
            lambda n=n: welcome_walk_in(
                evening=evening, walk_in=WalkIn(f"Dernière {n}"), by=cast.chloe, at=NOW
            )
            for n in range(3)
        )
    )

    assert [type(each) for each in raised] == [RoomFull, RoomFull]
    assert Registration.objects.filter(person__first_name__startswith="Dernière").count() == 1
