"""Two evenings at once: what happens in one is told in no figure, list or letter of the other.

In the quiet evening Inès (a citizen) sits at table 1 and has arrived, Omar is expected there and
Zoé at table 2 by video. The busy one, in the same territory and with the same numbers, is full.
"""

from datetime import timedelta

import pytest

from essor.evenings.actions.door import check_in, count_heads
from essor.evenings.actions.door_tables import UnknownRoomTable, open_table
from essor.evenings.actions.tables import note_idea
from essor.evenings.at_door.live_room import has_tables, holding, live_room
from essor.evenings.models import Choice, Evening, Registration, RoomTable, Seat, Wish
from essor.evenings.planning.problem import problem_of
from essor.evenings.queries import screen
from essor.evenings.queries.attendance import by_age, by_commune, count_attendance
from essor.evenings.queries.day_after import day_after
from essor.evenings.queries.door import (
    by_code,
    counts_of,
    find_by_name,
    heads_of,
    latest_arrivals,
    list_for_the_door,
    people_at_door,
    tables_at_door,
)
from essor.evenings.queries.next_steps import hall_now
from essor.evenings.queries.people_file import people_file
from essor.evenings.queries.plans import guests_of, latest_count
from essor.evenings.queries.prints import badges_of, listed_people, table_pages
from essor.evenings.queries.registrations import coming, waiting_list
from essor.evenings.queries.remote import links_of, videos_by_registration
from essor.evenings.queries.seats import seats_left, seats_taken, waiting_count
from essor.evenings.queries.tables import latest_ideas, seated, tables_with_progress
from essor.exchanges.actions.commitments import promise
from essor.territories.doors import DOOR, FACILITATOR, HOST
from tests.cast import NOW, Cast, make_evening, make_registration, make_table, sphere

pytestmark = pytest.mark.django_db
LINK = "https://visio.example.org/"
LATER = NOW + timedelta(minutes=10)


def guest(evening: Evening, name: str, **fields) -> Registration:
    made = make_registration(evening, name, sphere=sphere("citizen"), **fields)
    made.person.email = f"{name.lower()}@example.org"
    made.person.save()
    return made


@pytest.fixture
def quiet(cast: Cast) -> Evening:
    evening = make_evening(cast.valence, state=Evening.State.LIVE, tables=1, capacity=10)
    ines, omar = guest(evening, "Inès", arrived_at=NOW), guest(evening, "Omar")
    zoe = guest(evening, "Zoé", remote=True)
    RoomTable.objects.create(evening=evening, number=2, remote=True, link=f"{LINK}quiet")
    make_table(evening, 1, people=(ines, omar))
    make_table(evening, 2, people=(zoe,), remote=True)
    return evening


@pytest.fixture
def busy(cast: Cast, quiet: Evening) -> Evening:
    """Everything that might be counted by mistake."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE, tables=3, name="L’autre soirée")
    some = [guest(evening, f"Autre{n}", arrived_at=NOW, children=2, age_band="25-39")
            for n in range(4)]  # fmt: skip
    far = guest(evening, "AutreLoin", remote=True, arrived_at=NOW)
    guest(evening, "AutreAttend", state=Registration.State.WAITING)
    RoomTable.objects.filter(evening=evening, number=3).update(remote=True, link=f"{LINK}busy")
    one = make_table(evening, 1, people=some)
    make_table(evening, 2)
    make_table(evening, 3, people=(far,), remote=True)
    topic = evening.challenges.order_by("id")[0]
    for each in some:
        Choice.objects.create(registration=each, challenge=topic, rank=1)
    Wish.objects.create(registration=some[0], kind="together", name="Autre1", other=some[1])
    note_idea(table=one, text="Une idée d’ailleurs", by=None, at=NOW)
    count_heads(evening=evening, people=99, how="ailleurs", by=cast.chloe, at=NOW)
    promise(territory=cast.valence, person=some[0].person, kind="energy", what="Ailleurs",
            origin=evening.room, by=None, at=NOW)  # fmt: skip
    return evening


def names(people) -> list[str]:
    return [each.name for each in people]


def first_names(registrations) -> list[str]:
    return [each.person.first_name for each in registrations]


def test_the_door_counts_its_own_people(quiet, busy):
    counts = counts_of(quiet)
    assert (counts.expected, counts.arrived, counts.absent, counts.walked_in) == (2, 1, 0, 0)
    assert (counts.children, counts.remote_expected, counts.remote_arrived) == (0, 1, 0)


def test_the_door_finds_its_own_people(quiet, busy):
    assert names(people_at_door(quiet)) == ["Inès", "Omar", "Zoé"]
    assert names(latest_arrivals(quiet)) == ["Inès"]
    assert find_by_name(quiet, "autre") == []
    theirs = busy.registrations.get(person__first_name="Autre1")
    theirs.code = "KEPT9"
    theirs.save()
    assert by_code(quiet, "KEPT9") is None
    assert by_code(busy, "KEPT9") == theirs


def test_a_door_without_network_knows_its_own_people_and_tables(quiet, busy):
    known = list_for_the_door(quiet)
    assert [line[2] for line in known["people"]] == ["Inès", "Omar", "Zoé"]
    assert [(table[0], table[1]) for table in known["tables"]] == [(1, 2)]


def test_the_tables_at_the_door_hold_their_own_people(quiet, busy):
    first, second = tables_at_door(quiet, NOW)
    assert (first.holding, first.here, first.free) == (2, 1, quiet.seats_max - 2)
    assert (second.holding, second.here) == (1, 0)


def test_heads_counted_elsewhere_are_not_these(cast, quiet, busy):
    assert heads_of(quiet) == []
    assert latest_count(quiet) is None
    count_heads(evening=quiet, people=3, how="ici", by=cast.chloe, at=LATER)
    [head] = heads_of(quiet)
    assert (head.checked_in, head.difference, head.missing, head.who) == (1, 2, 0, "Chloe")


def test_seats_are_those_of_one_evening(quiet, busy):
    assert (seats_taken(quiet), seats_left(quiet), waiting_count(quiet)) == (3, 7, 0)
    assert list(waiting_list(quiet)) == []
    assert first_names(coming(quiet)) == ["Inès", "Omar", "Zoé"]
    assert seated(quiet) == 3
    assert (hall_now(quiet).tables, hall_now(quiet).coming) == (1, 2)


def test_the_engine_sees_one_room(quiet, busy):
    assert len(problem_of(quiet).people) == 3
    live = live_room(quiet, NOW)
    ines, omar = quiet.registrations.filter(remote=False).order_by("id")
    assert set(live.tables[0]["1"].people) == {ines.public_id, omar.public_id}
    assert set(live.people) == set(holding(quiet, NOW).values_list("public_id", flat=True))


def test_without_tables_of_its_own_an_evening_has_no_room(cast, busy):
    bare = make_evening(cast.valence, state=Evening.State.LIVE)
    assert not has_tables(bare)
    check_in(registration=guest(bare, "Paul"), by=cast.chloe, at=NOW)
    assert not Seat.objects.filter(registration__evening=bare).exists()


def test_a_number_that_is_open_elsewhere_opens_here_and_one_of_elsewhere_does_not(
    cast, quiet, busy
):
    quiet.tables.all().delete()
    topic = quiet.challenges.order_by("id")[0]
    table = open_table(evening=quiet, number=1, challenge=topic, by=cast.aicha, at=NOW)
    assert table.evening == quiet
    with pytest.raises(UnknownRoomTable):
        open_table(evening=quiet, number=3, challenge=topic, by=cast.aicha, at=NOW)


def test_the_screen_counts_one_evening(quiet, busy):
    counts = screen.counts_of(quiet)
    assert (counts.ideas, counts.commitments, counts.people, counts.remote) == (0, 0, 1, 0)
    assert (counts.tables, counts.spheres, counts.encounters) == (2, 1, 0)
    assert screen.idea_cards(quiet) == screen.commitment_cards(quiet) == []
    ring = screen.encounter_ring(quiet)
    assert (len(ring.nodes), ring.arcs) == (1, [])
    assert latest_ideas(quiet) == []
    assert [(table.people, table.said) for table in tables_with_progress(quiet)] == [(2, 0), (1, 0)]


def test_who_comes_is_counted_for_one_evening(quiet, busy):
    seen = count_attendance(quiet, NOW)
    assert (seen.total, seen.wanted) == (3, {})
    assert {share.sphere.code: share.people for share in seen.spheres if share.people} == {
        "citizen": 3
    }
    assert by_commune(quiet) == {"": 3}
    assert by_age(quiet)["25-39"] == 0


def test_links_of_video_tables_stay_in_their_evening(quiet, busy):
    assert links_of(quiet) == {2: f"{LINK}quiet"}
    [(registration, [video])] = videos_by_registration(quiet)
    assert (registration.person.first_name, video.link) == ("Zoé", f"{LINK}quiet")


@pytest.mark.parametrize("role", [HOST, DOOR, FACILITATOR])
def test_a_file_holds_the_people_of_one_evening_with_their_tables(quiet, busy, role):
    file = people_file(quiet, frozenset({role}))
    table = file.header.index("Table")
    assert [(line[0], line[table]) for line in file.lines] == [
        ("Inès", "1"), ("Omar", "1"), ("Zoé", "2")
    ]  # fmt: skip


def test_paper_is_printed_for_one_evening(quiet, busy):
    assert [(badge.first_name, badge.table) for badge in badges_of(quiet)] == [
        ("Inès", "1"), ("Omar", "1")
    ]  # fmt: skip
    assert [(each.first_name, each.table) for each in listed_people(quiet)] == [
        ("Inès", "1"), ("Omar", "1")
    ]  # fmt: skip
    assert [[each.first_name for each in page.people] for page in table_pages(quiet)] == [
        ["Inès", "Omar"], ["Zoé"]
    ]  # fmt: skip


def test_the_day_after_writes_to_the_people_of_one_evening(quiet, busy):
    found = day_after(quiet)
    assert [(each.person.first_name, each.table.number) for each in found.recipients] == [
        ("Inès", 1), ("Omar", 1), ("Zoé", 2)
    ]  # fmt: skip
    assert all(each.promises == () for each in found.recipients)


def test_a_plan_names_the_guests_of_one_evening(quiet, busy):
    assert names(guests_of(quiet).values()) == ["Inès", "Omar", "Zoé"]
