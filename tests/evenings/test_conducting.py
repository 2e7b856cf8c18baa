"""Conducting: phases and their timer, what the screen shows, and what it never shows."""

import uuid
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from essor.evenings.actions.conducting import (
    NoPhase,
    Overtaken,
    add_minutes,
    pause_phase,
    resume_phase,
    say,
    show_scene,
    start_phase,
)
from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.tables import note_idea
from essor.evenings.models import Evening
from essor.evenings.panels.screen import what_to_show, who_may_watch
from essor.evenings.queries.screen import CARDS, counts_of, encounters
from essor.evenings.states import MoveRefused
from essor.evenings.timer import timer_of
from essor.exchanges.actions.commitments import change_state, promise
from essor.ledger.models import Entry
from essor.people.actions import give_consent, withdraw_consent
from tests.cast import NOW, make_evening, make_registration, make_table, person, sphere

MINUTE = timedelta(minutes=1)


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


@pytest.fixture
def evening(cast) -> Evening:
    return make_evening(cast.valence)


@pytest.fixture
def sheet_phase(evening):
    """The phase of 45 minutes, under way since NOW."""
    phase = evening.phases.get(kind="sheet")
    start_phase(evening=evening, phase=phase, seen="", by=None, at=NOW)
    evening.refresh_from_db()
    return phase


def test_the_first_phase_puts_the_evening_under_way(evening, sheet_phase):
    assert evening.state == Evening.State.LIVE
    assert timer_of(evening, NOW + 5 * MINUTE).clock == "40:00"
    line = Entry.objects.get(verb="phase_started")
    assert (line.room, line.data) == (evening.room, {"phase": "sheet"})


def test_there_is_no_timer_before_the_first_phase(evening):
    assert timer_of(evening, NOW) is None
    for change in (pause_phase, resume_phase):
        with pytest.raises(NoPhase):
            change(evening=evening, by=None, at=NOW)


def test_a_stopped_timer_stands_still_and_goes_on_from_there(evening, sheet_phase):
    pause_phase(evening=evening, by=None, at=NOW + 5 * MINUTE)
    pause_phase(evening=evening, by=None, at=NOW + 7 * MINUTE)
    evening.refresh_from_db()
    assert timer_of(evening, NOW + 30 * MINUTE).clock == "40:00"
    assert not timer_of(evening, NOW).running

    resume_phase(evening=evening, by=None, at=NOW + 30 * MINUTE)
    evening.refresh_from_db()
    assert timer_of(evening, NOW + 31 * MINUTE).clock == "39:00"


def test_a_phase_that_ran_over_gets_five_minutes_from_now(evening, sheet_phase):
    late = NOW + 60 * MINUTE
    assert timer_of(evening, late).over
    assert timer_of(evening, late).clock == "00:00"

    add_minutes(evening=evening, minutes=5, by=None, at=late)

    evening.refresh_from_db()
    assert timer_of(evening, late).clock == "05:00"


def test_time_can_be_given_and_taken(evening, sheet_phase):
    add_minutes(evening=evening, minutes=10, by=None, at=NOW)
    add_minutes(evening=evening, minutes=-5, by=None, at=NOW)

    evening.refresh_from_db()
    assert timer_of(evening, NOW).clock == "50:00"


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2)])
def test_minutes_left_are_rounded_up(evening, sheet_phase, seconds, minutes):
    at = NOW + 45 * MINUTE - timedelta(seconds=seconds)
    assert timer_of(evening, at).minutes == minutes


def test_two_conductors_never_skip_a_phase_together(cast, evening, sheet_phase):
    welcome = evening.phases.get(kind="welcome")
    with pytest.raises(Overtaken):
        start_phase(evening=evening, phase=welcome, seen="", by=None, at=NOW)

    answer = cast.client("aicha").post(
        f"/valence/evenings/{evening.public_id}/conductor/phase/",
        act(phase=welcome.pk, seen=""),
    )
    assert answer.status_code == 422
    assert "entre-temps" in answer.content.decode()
    evening.refresh_from_db()
    assert evening.phase == sheet_phase


def test_a_new_phase_forgets_the_minutes_and_the_pause_of_the_last(evening, sheet_phase):
    add_minutes(evening=evening, minutes=10, by=None, at=NOW)
    pause_phase(evening=evening, by=None, at=NOW)
    welcome = evening.phases.get(kind="welcome")

    start_phase(evening=evening, phase=welcome, seen=str(sheet_phase.pk), by=None, at=NOW)

    evening.refresh_from_db()
    assert timer_of(evening, NOW).clock == "20:00"
    assert timer_of(evening, NOW).running


def test_an_evening_in_preparation_does_not_begin(cast):
    draft = make_evening(cast.valence, state=Evening.State.DRAFT)
    with pytest.raises(MoveRefused):
        start_phase(evening=draft, phase=draft.phases.first(), seen="", by=None, at=NOW)


def test_ending_thanks_and_stops_the_clock(evening, sheet_phase):
    move_evening(evening=evening, to="over", by=None, at=NOW)
    move_evening(evening=evening, to="over", by=None, at=NOW)

    evening.refresh_from_db()
    assert (evening.state, evening.scene, evening.phase) == ("over", "thanks", None)
    assert Entry.objects.filter(verb="ended").count() == 1


def test_the_conductor_s_page_conducts(cast, evening):
    make_table(evening, 1)
    base = f"/valence/evenings/{evening.public_id}/conductor/"
    aicha = cast.client("aicha")
    first = evening.phases.first()

    aicha.post(f"{base}phase/", act(phase=first.pk, seen=""))
    aicha.post(f"{base}timer/", act(what="more"))
    aicha.post(f"{base}timer/", act(what="pause"))
    aicha.post(f"{base}scene/", act(scene="ideas"))
    aicha.post(f"{base}message/", act(message="La soupe est chaude"))

    evening.refresh_from_db()
    assert (evening.phase, evening.minutes_added, evening.scene) == (first, 5, "ideas")
    assert evening.phase_paused_at is not None
    page = aicha.get(base).content.decode()
    assert "La soupe est chaude" in page
    for wrong in ("phase", "timer", "scene"):
        assert aicha.post(f"{base}{wrong}/", act(what="x", scene="x")).status_code == 422


def test_the_conductor_s_page_costs_the_same_for_two_tables_and_for_twenty(cast, evening):
    aicha = cast.client("aicha")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = aicha.get(f"/valence/evenings/{evening.public_id}/conductor/")
            assert answer.status_code == 200
        return len(asked)

    evening.state = Evening.State.LIVE
    evening.save()
    for number in (1, 2):
        note_idea(table=make_table(evening, number), text="une", by=None, at=NOW)
    two = cost()
    for number in range(3, 21):
        note_idea(table=make_table(evening, number), text="une", by=None, at=NOW)

    assert cost() == two


def shown(cast, evening) -> str:
    answer = cast.client("aicha").get(f"/valence/evenings/{evening.public_id}/screen/now/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_screen_shows_welcome_code_then_timer_ideas_and_a_message(cast, evening, sheet_phase):
    table = make_table(evening, 12)
    assert evening.welcome_code in shown(cast, evening)

    show_scene(evening=evening, scene="ideas", by=None, at=NOW)
    say(evening=evening, message="Cinq minutes !", by=None, at=NOW)
    evening.refresh_from_db()
    table.evening = evening
    note_idea(table=table, text="Une laveuse partagée", by=None, at=NOW)
    page = shown(cast, evening)

    for words in ("Une laveuse partagée", "Table 12", "Cinq minutes !", "data-clock"):
        assert words in page


def test_the_screen_shows_the_latest_ideas_and_not_the_hidden_ones(cast, evening, sheet_phase):
    show_scene(evening=evening, scene="ideas", by=None, at=NOW)
    table = make_table(evening, 1)
    for number in range(CARDS + 3):
        note_idea(table=table, text=f"idée n{number}.", by=None, at=NOW + number * MINUTE)
    last = table.ideas.first()
    cast.client("aicha").post(
        f"/valence/evenings/{evening.public_id}/conductor/ideas/{last.public_id}/",
        act(hidden="yes"),
    )

    page = shown(cast, evening)

    assert last.text not in page
    assert f"idée n{CARDS + 1}." in page
    assert "idée n0." not in page


def test_a_name_is_shown_only_with_its_owner_s_consent(cast, evening, sheet_phase):
    show_scene(evening=evening, scene="commitments", by=None, at=NOW)
    for name in ("Inès", "Omar"):
        promise(
            territory=cast.valence, person=person(name), kind="energy", what=f"de {name[0]}",
            origin=evening.room, by=None, at=NOW,
        )  # fmt: skip
    ines = evening.territory.commitments.get(person__first_name="Inès").person
    give_consent(person=ines, purpose="show_name", wording="1", by=ines, at=NOW)
    page = shown(cast, evening)
    assert "Inès" in page
    assert "Omar" not in page

    withdraw_consent(person=ines, purpose="show_name", by=ines, at=NOW)
    assert "Inès" not in shown(cast, evening)


def test_thanks_name_those_who_came_and_agreed(cast, evening, sheet_phase):
    for name, came, agreed in (("Inès", 1, 1), ("Omar", 1, 0), ("Zoé", 0, 1)):
        registration = make_registration(evening, name, arrived_at=NOW if came else None)
        if agreed:
            who = registration.person
            give_consent(person=who, purpose="show_name", wording="1", by=who, at=NOW)
    show_scene(evening=evening, scene="thanks", by=None, at=NOW)

    page = shown(cast, evening)

    assert "Inès" in page
    assert "Omar" not in page
    assert "Zoé" not in page


def test_a_released_promise_leaves_screen_and_count(cast, evening, sheet_phase):
    commitment, _ = promise(
        territory=cast.valence, person=person("Inès"), kind="energy", what="Coup de main",
        origin=evening.room, by=None, at=NOW,
    )  # fmt: skip
    assert counts_of(evening).commitments == 1

    change_state(commitment=commitment, state="released", by=None, at=NOW)

    assert counts_of(evening).commitments == 0


def test_people_and_encounters_are_counted_among_those_who_came(cast, evening):
    citizen, firm = sphere("citizen"), sphere("enterprise")
    came = {"arrived_at": NOW}
    people = (
        make_registration(evening, "A", sphere=citizen, **came),
        make_registration(evening, "B", sphere=citizen, **came),
        make_registration(evening, "C", sphere=firm, **came),
        make_registration(evening, "D", sphere=firm),  # did not come
        make_registration(evening, "E", **came),  # no sphere known
    )
    make_table(evening, 1, people=people)

    counts = counts_of(evening)

    assert (counts.people, counts.encounters, counts.spheres) == (4, 2, 2)


sittings = st.lists(
    st.tuples(st.integers(1, 2), st.integers(1, 3), st.integers(1, 14), st.integers(1, 4)),
    max_size=25,
    unique_by=lambda each: (each[0], each[2]),
)


@given(sittings)
def test_encounters_agree_with_counting_every_pair_by_hand(seated):
    of = {each[2]: each[3] for each in seated}  # a person has one sphere
    seated = [(turn, table, who, of[who]) for turn, table, who, _ in seated]
    met = {
        frozenset((one[2], two[2]))
        for one, two in combinations(seated, 2)
        if one[:2] == two[:2] and one[3] != two[3]
    }
    assert encounters(seated) == len(met)


def test_only_hosts_of_the_territory_watch_the_stream(cast, evening):
    def view_of(name):
        request = RequestFactory().get("/")
        request.session, request.user = {}, cast.people[name].account
        return who_may_watch(request, evening.public_id)

    assert view_of("aicha") == "host"
    assert [view_of(name) for name in ("bruno", "hugo", "denis")] == [None, None, None]


def test_the_stream_says_that_something_changed_and_nothing_else(evening, sheet_phase):
    table = make_table(evening, 1)
    for text in ("secret un", "secret deux"):
        note_idea(table=table, text=text, by=None, at=NOW)
    lines = list(Entry.objects.filter(room=evening.room).order_by("id"))

    told = what_to_show(evening.public_id, "host", lines)

    assert told == {lines[-1].pk: {"what": "idea_said"}}
