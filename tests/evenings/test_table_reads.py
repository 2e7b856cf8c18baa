"""What is read about tables: until when a phone writes, who sits, whose turn it is, in which order."""

from datetime import timedelta

import pytest

from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.giving_back import give_ideas_back
from essor.evenings.actions.remote import CannotJoin, join_remotely
from essor.evenings.actions.staying import leave_table, rest_table, stay_at_table
from essor.evenings.actions.tables import NotNow, note_idea, sheet_of_table, track_of
from essor.evenings.idea_rules import in_silence, may_choose, may_say_ideas
from essor.evenings.models import Evening, Phase, Registration, Seat, Staying, Table
from essor.evenings.queries.day_after import day_after
from essor.evenings.queries.giving_back import harvests_for, to_give_back
from essor.evenings.queries.people_file import people_file
from essor.evenings.queries.screen import brought_to, idea_cards, thanked
from essor.evenings.queries.staying import candidates, people_who_stay, staying_at, tables_of
from essor.evenings.queries.tables import (
    ideas_of,
    next_to_pitch,
    people_of,
    pitches_of,
    seated,
    spheres_around,
    tables_with_progress,
    was_under_way,
)
from essor.evenings.table_rules import AFTERWARDS, LONGEST_EVENING, phone_may_write
from essor.exchanges.actions.commitments import change_state, promise
from essor.ledger.models import Entry
from essor.people.actions import give_consent
from essor.territories.doors import HOST
from tests.cast import (
    NOW,
    Cast,
    make_challenge,
    make_evening,
    make_harvest,
    make_registration,
    make_table,
    sphere,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ON = Evening.State


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence, state=ON.LIVE)


def guest(evening: Evening, name: str, *, last: str = "", **fields) -> Registration:
    """Somebody with an address."""
    made = make_registration(evening, name, **fields)
    made.person.last_name, made.person.email = last, f"{name.lower()}{last.lower()}@example.org"
    made.person.save()
    return made


def say(table: Table, text: str, minutes: int = 0, **fields) -> object:
    return note_idea(table=table, text=text, by=None, at=NOW + minutes * MINUTE, **fields)


# --- until when ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [ON.DRAFT, ON.OPEN, ON.CLOSED, ON.LIVE])
def test_a_phone_writes_as_long_as_the_evening_is_not_over(state):
    assert phone_may_write(Evening(state=state), NOW + timedelta(days=400))


@pytest.mark.parametrize(
    ("said", "ends"), [({"ends_at": NOW}, NOW), ({"starts_at": NOW}, NOW + LONGEST_EVENING)]
)
def test_a_phone_writes_until_the_night_after_and_not_one_minute_longer(said, ends):
    over = Evening(state=ON.OVER, **said)
    assert phone_may_write(over, ends + AFTERWARDS - MINUTE)
    assert not phone_may_write(over, ends + AFTERWARDS)


def test_no_phone_writes_in_an_evening_that_is_over_and_had_no_hour():
    assert not phone_may_write(Evening(state=ON.OVER), NOW)


def test_what_was_said_before_the_end_comes_in_after_it(cast, evening):
    table = make_table(evening)
    move_evening(evening=evening, to=ON.OVER, by=None, at=NOW)
    evening.refresh_from_db()

    assert was_under_way(evening, NOW)
    assert was_under_way(evening, NOW - LONGEST_EVENING)
    assert not was_under_way(evening, NOW + MINUTE)
    assert not was_under_way(evening, NOW - LONGEST_EVENING - MINUTE)
    table.evening = evening
    say(table, "Juste avant la fin", -1)
    with pytest.raises(NotNow):
        say(table, "Trop tard", 1)


def test_an_evening_that_ended_went_on_and_ended_again_counts_its_last_end(evening):
    for to, minutes in ((ON.OVER, 0), (ON.LIVE, 5), (ON.OVER, 60)):
        evening = move_evening(evening=evening, to=to, by=None, at=NOW + minutes * MINUTE)
    assert was_under_way(evening, NOW + 30 * MINUTE)


def test_nothing_was_said_in_an_evening_that_never_ended_here(cast):
    assert not was_under_way(make_evening(cast.valence, state=ON.OVER), NOW)


@pytest.mark.parametrize(
    ("kind", "silent", "marks"),
    [
        (Phase.Kind.WELCOME, False, False), (Phase.Kind.SILENT, True, False),
        (Phase.Kind.SHARE, False, True), (Phase.Kind.CHOOSE, False, True),
        (Phase.Kind.SHEET, False, True), (Phase.Kind.COMMIT, False, False),
    ],
)  # fmt: skip
def test_ideas_are_marked_once_they_were_shared(kind, silent, marks):
    live = Evening(state=ON.LIVE, phase=Phase(kind=kind))
    assert (in_silence(live), may_choose(live), may_say_ideas(live)) == (silent, marks, True)
    over = Evening(state=ON.OVER, phase=Phase(kind=kind))
    assert (may_choose(over), may_say_ideas(over)) == (False, False)


def test_without_phases_ideas_are_said_and_marked_all_evening():
    live = Evening(state=ON.LIVE)
    assert (may_say_ideas(live), may_choose(live), in_silence(live)) == (True, True, False)


# --- who sits ------------------------------------------------------------------------------------


def test_people_of_a_table_stand_by_name_without_those_who_are_gone(evening):
    people = [guest(evening, "Zoé"), guest(evening, "Inès", last="Roy"),
              guest(evening, "Inès", last="Aubert"), guest(evening, "Parti", state="cancelled")]  # fmt: skip
    table = make_table(evening, people=people)
    Seat.objects.create(table=table, registration=people[0], round=2)

    assert [each.registration.person.name for each in people_of(table)] == [
        "Inès Aubert", "Inès Roy", "Zoé"
    ]  # fmt: skip


def test_the_rank_is_that_of_the_dearest_choice_met_here(evening):
    first, second, third = evening.challenges.order_by("id")
    ines, omar = guest(evening, "Inès"), guest(evening, "Omar")
    for rank, challenge in enumerate((third, second, first), 1):
        ines.choices.create(challenge=challenge, rank=rank)
    omar.choices.create(challenge=third, rank=1)
    table = make_table(evening, people=(ines, omar))
    table.challenges.add(second)
    assert [each.rank for each in people_of(table)] == [2, 0]


def test_spheres_around_a_table_are_named_once_each(evening):
    people = [guest(evening, str(n), sphere=sphere("citizen")) for n in range(3)]
    gone = guest(evening, "Parti", sphere=sphere("finance"), state="cancelled")
    table = make_table(evening, people=(*people, gone, guest(evening, "Sans")))
    assert [each.code for each in spheres_around(table)] == ["citizen"]


def test_people_and_ideas_of_a_table_are_counted_apart(evening):
    people = [guest(evening, name) for name in ("Inès", "Omar", "Zoé")]
    table = make_table(evening, people=people)
    Seat.objects.create(table=table, registration=people[0], round=2)
    say(table, "Une")
    say(table, "Deux")
    hidden = say(table, "Trois")
    hidden.hidden = True
    hidden.save()

    [counted] = tables_with_progress(evening)

    assert (counted.people, counted.said) == (3, 2)
    assert seated(evening) == 3


def test_ideas_stand_latest_first_on_paper_screen_and_phone(evening):
    table = make_table(evening)
    for minutes, text in ((2, "Deux"), (1, "Une"), (3, "Trois")):
        say(table, text, minutes)
    assert [idea.text for idea in ideas_of(table)] == ["Trois", "Deux", "Une"]
    assert [idea.text for idea in ideas_of(table, most=2)] == ["Trois", "Deux"]
    assert [card.text for card in idea_cards(evening)] == ["Trois", "Deux", "Une"]


def test_tables_pitch_by_number_and_each_once(evening):
    two, one, three, four = (
        make_table(evening, number, done_at=NOW if number != 4 else None) for number in (2, 1, 3, 4)
    )
    pitches = pitches_of(evening)
    assert pitches == [one, two, three]
    assert four not in pitches
    assert next_to_pitch(evening, pitches) == one
    evening.pitching = one
    assert next_to_pitch(evening, pitches) == two
    for table in pitches:
        table.pitched_at = NOW
    assert next_to_pitch(evening, pitches) is None


def test_a_table_boosts_as_soon_as_one_of_its_challenges_does(cast):
    imagine = make_challenge(cast.valence, track="imagine")
    boost = make_challenge(cast.valence, "Consigne", track="boost")
    assert [track_of(each) for each in ([imagine], [imagine, boost], [boost])] == [
        "imagine", "boost", "boost"
    ]  # fmt: skip


def test_what_people_brought_to_a_table_counts_people_and_not_promises(cast, evening):
    table = make_table(evening)
    assert brought_to(evening, table) == 0
    project = sheet_of_table(table=table, origin="Table 1", by=None, at=NOW)
    table.refresh_from_db()
    ines, omar = guest(evening, "Inès").person, guest(evening, "Omar").person
    made = [
        promise(territory=cast.valence, person=who, kind="energy", what=what, project=project,
                origin=evening.room, by=None, at=NOW)[0]
        for who, what in ((ines, "Un four"), (ines, "Un toit"), (omar, "Un vélo"))
    ]  # fmt: skip
    assert brought_to(evening, table) == 2
    change_state(commitment=made[2], state="released", by=None, at=NOW)
    assert brought_to(evening, table) == 1


def test_thanks_go_by_the_alphabet_to_those_who_came_and_agreed(evening):
    for name, came in (("Zoé", True), ("Aïcha", True), ("Bruno", False), ("Inès", True)):
        who = guest(evening, name, arrived_at=NOW if came else None).person
        if name != "Inès":
            give_consent(person=who, purpose="show_name", wording="1", by=who, at=NOW)
    assert thanked(evening) == ["Aïcha", "Zoé"]


# --- from a distance, and staying ----------------------------------------------------------------


def test_one_who_joins_from_a_distance_is_one_who_is_there(evening):
    ines, omar = (guest(evening, name, remote=True) for name in ("Inès", "Omar"))
    assert join_remotely(registration=ines, by=None, at=NOW) == ines
    omar.refresh_from_db()
    assert (ines.arrived_at, omar.arrived_at) == (NOW, None)
    join_remotely(registration=ines, by=None, at=NOW + MINUTE)
    ines.refresh_from_db()
    assert ines.arrived_at == NOW
    [line] = Entry.objects.filter(verb="joined_remotely")
    assert line.by == ines.person.public_id
    with pytest.raises(CannotJoin):
        join_remotely(registration=guest(evening, "Zoé"), by=None, at=NOW)


def stays(table: Table, name: str, *, minutes: int = 0, offers: bool = False) -> Staying:
    who = table.evening.registrations.get(person__first_name=name).person
    return stay_at_table(
        table=table, person=who, offers_to_keep=offers, by=who, at=NOW + minutes * MINUTE
    )


def test_those_who_offer_to_keep_a_table_come_first_then_the_first_to_stay(evening):
    table = make_table(evening, people=[guest(evening, n) for n in ("Inès", "Omar", "Zoé", "Ali")])
    stays(table, "Zoé", minutes=1)
    stays(table, "Omar", minutes=2, offers=True)
    ines = stays(table, "Inès", minutes=3, offers=True)
    assert [each.person.first_name for each in staying_at(table)] == ["Omar", "Inès", "Zoé"]
    assert [each.person.first_name for each in candidates(table)] == ["Omar", "Inès", "Zoé", "Ali"]

    leave_table(staying=ines, by=None, at=NOW)
    offers = {each.person.first_name: each.offers for each in candidates(table)}
    assert offers == {"Omar": True, "Inès": False, "Zoé": False, "Ali": False}
    ines.refresh_from_db()
    assert not ines.offers_to_keep


def test_a_table_that_rests_is_nobody_s_to_be_asked_first(cast, evening):
    table = make_table(evening, people=[guest(evening, "Inès")])
    project = sheet_of_table(table=table, origin="", by=None, at=NOW)
    table.refresh_from_db()
    table.evening = evening
    ines = stays(table, "Inès").person
    assert people_who_stay(project) == [ines]
    rested = rest_table(table=table, rests=True, by=cast.aicha, at=NOW)
    assert rested.rests_at == NOW
    assert people_who_stay(project) == []


def test_the_tables_where_i_stay_are_told_the_latest_first(cast, evening):
    ines = guest(evening, "Inès")
    first = stays(make_table(evening, 1, people=[ines]), "Inès", minutes=1)
    other = make_evening(cast.jura, state=ON.LIVE)
    second = stay_at_table(table=make_table(other, 4), person=ines.person, offers_to_keep=False,
                           by=None, at=NOW + 9 * MINUTE)  # fmt: skip
    assert tables_of(ines.person) == [second, first]
    leave_table(staying=second, by=None, at=NOW)
    assert tables_of(ines.person) == [first]


# --- afterwards ----------------------------------------------------------------------------------


def test_ideas_go_back_in_the_order_of_tables_and_time(cast, evening):
    two, one = make_table(evening, 2), make_table(evening, 1)
    for table, minutes, text in ((two, 1, "B1"), (one, 5, "A2"), (one, 2, "A1"), (two, 3, "B2")):
        say(table, text, minutes)
    assert [idea.text for idea in to_give_back(evening)] == ["A1", "A2", "B1", "B2"]


def test_an_idea_given_to_one_harvest_is_offered_to_no_other(cast, evening):
    say(make_table(evening), "Une laverie")
    harvest = make_harvest(cast.valence)
    assert len(give_ideas_back(evening=evening, harvest=harvest, by=cast.aicha, at=NOW)) == 1
    assert to_give_back(evening) == []


def test_harvests_that_take_ideas_stand_latest_first_without_closed_or_foreign_ones(cast, evening):
    spring = make_harvest(cast.valence, "Printemps")
    make_harvest(cast.valence, "Close", state="closed")
    make_harvest(cast.jura, "Ailleurs")
    autumn = make_harvest(cast.valence, "Automne")
    assert harvests_for(evening) == [autumn, spring]


def test_in_several_rounds_the_day_after_speaks_of_the_first_table(evening):
    ines = guest(evening, "Inès", arrived_at=NOW)
    first, second = make_table(evening, 4, people=[ines]), make_table(evening, 2)
    Seat.objects.create(table=second, registration=ines, round=2)
    [told] = day_after(evening).recipients
    assert told.table == first


def test_whoever_cancelled_or_is_a_twin_is_not_written_to_even_if_the_door_let_them_in(evening):
    gone = guest(evening, "Parti", arrived_at=NOW, state="cancelled")
    guest(evening, "Double", arrived_at=NOW, state="twin", twin_of=gone)
    assert day_after(evening).recipients == []


def test_the_file_of_people_goes_by_last_name_then_first_name(evening):
    for first, last in (("Zoé", "Aubert"), ("Ali", "Roy"), ("Bruno", "Aubert"), ("Ali", "Roy")):
        guest(evening, first, last=last)
    guest(evening, "Double", state="twin", twin_of=evening.registrations.first())
    file = people_file(evening, frozenset({HOST}))
    assert [tuple(line[:2]) for line in file.lines] == [
        ("Bruno", "Aubert"), ("Zoé", "Aubert"), ("Ali", "Roy"), ("Ali", "Roy")
    ]  # fmt: skip
    codes = [line[file.header.index("Code du billet")] for line in file.lines]
    assert codes[2] < codes[3], "two of one name stand as they came"
    assert {line[file.header.index("Arrivée")] for line in file.lines} == {""}
