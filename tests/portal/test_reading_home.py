"""What a territory's home counts and shows: what is public there, of that territory alone."""

from datetime import date, timedelta

import pytest

from essor.challenges.actions.feeding import feed_challenge
from essor.challenges.models import Challenge
from essor.evenings.models import Evening
from essor.exchanges.actions.commitments import change_state, promise
from essor.portal.queries import (
    PAST,
    SEEKING,
    SHOWN,
    challenges_of,
    coming_evening,
    home_of,
    latest_told,
    projects_of,
    totals_of,
)
from tests.cast import (
    NOW,
    Cast,
    make_call,
    make_challenge,
    make_evening,
    make_harvest,
    make_idea,
    make_project,
    make_treasure,
    person,
)

pytestmark = pytest.mark.django_db
State = Evening.State


def a_promise(territory, what: str = "Un four"):
    made, _ = promise(
        territory=territory, person=person(what), kind="energy", what=what, by=None, at=NOW
    )
    return made


def test_totals_count_what_everybody_may_see_of_this_territory(cast: Cast) -> None:
    for territory in (cast.valence, cast.jura, cast.jura):
        make_project(territory)
        make_challenge(territory)
        make_idea(make_harvest(territory))
        a_promise(territory)
    make_project(cast.valence, published_at=None)
    make_challenge(cast.valence, state=Challenge.State.DRAFT)
    change_state(commitment=a_promise(cast.valence), state="released", by=None, at=NOW)

    assert totals_of(cast.valence) == {
        "idea_count": 1, "challenge_count": 1, "project_count": 1, "commitment_count": 1
    }  # fmt: skip
    assert totals_of(cast.jura)["project_count"] == 2


def test_the_next_evening_is_the_soonest_that_is_announced(cast: Cast) -> None:
    def evening(day: int, state: str, territory=cast.valence) -> Evening:
        return make_evening(territory, date=date(2026, 12, day), state=state, challenges=day % 4)

    assert coming_evening(cast.valence) is None
    evening(1, State.DRAFT)
    evening(2, State.OVER)
    evening(3, State.OPEN, cast.jura)
    later, soonest = evening(10, State.OPEN), evening(5, State.CLOSED)

    found = coming_evening(cast.valence)
    assert (found, found.challenge_count) == (soonest, 1)
    soonest.state = State.LIVE
    soonest.save()
    assert coming_evening(cast.valence) == soonest
    soonest.state = State.OVER
    soonest.save()
    assert coming_evening(cast.valence) == later


def test_past_evenings_are_the_latest_of_here(cast: Cast) -> None:
    for year in (2019, 2024, 2021, 2023, 2022):
        make_evening(cast.valence, name=str(year), date=date(year, 3, 1), state=State.OVER)
    make_evening(cast.jura, date=date(2026, 3, 1), state=State.OVER)
    shown = home_of(cast.valence, NOW)["past_evenings"]
    assert [each.name for each in shown] == ["2024", "2023", "2022", "2021", "2019"][:PAST]


def test_home_says_whether_one_may_register_now(cast: Cast) -> None:
    assert home_of(cast.valence, NOW)["registration_open"] is False
    make_evening(cast.valence, registration_closes_at=NOW + timedelta(hours=1))
    assert home_of(cast.valence, NOW)["registration_open"] is True
    assert home_of(cast.valence, NOW + timedelta(hours=1))["registration_open"] is False


def test_projects_show_what_is_real_first_and_then_the_latest(cast: Cast) -> None:
    day = timedelta(days=1)
    make_project(cast.valence, "Inventé", invented=True, published_at=NOW + 9 * day)
    for number in range(6):
        make_project(cast.valence, f"P{number}", published_at=NOW + number * day)
    make_project(cast.valence, "Brouillon", published_at=None)
    make_project(cast.jura, "Ailleurs")
    titles = [each.title for each in projects_of(cast.valence)]
    assert titles == ["P5", "P4", "P3", "P2", "P1", "P0", "Inventé"][:SHOWN]


def test_an_invented_project_stands_behind_the_real_ones_whatever_its_day(cast: Cast) -> None:
    make_project(cast.valence, "Inventé", invented=True, published_at=NOW + timedelta(days=9))
    make_project(cast.valence, "Réel")
    assert [each.title for each in projects_of(cast.valence)] == ["Réel", "Inventé"]


def test_projects_of_one_day_go_by_their_year_the_latest_first(cast: Cast) -> None:
    for title, year in (("Vieux", 2018), ("Récent", 2024)):
        make_project(cast.valence, title, year=year)
    assert [each.title for each in projects_of(cast.valence)] == ["Récent", "Vieux"]


def test_some_calls_for_a_leader_are_shown_and_only_those_of_here(cast: Cast) -> None:
    for number in range(SEEKING + 1):
        make_call(make_project(cast.valence, f"P{number}"))
    make_call(make_project(cast.jura, "Ailleurs"))
    shown = home_of(cast.valence, NOW)["leaders_wanted"]
    assert len(shown) == SEEKING
    assert "Ailleurs" not in {each.title for each in shown}


def test_treasures_shown_are_the_latest_changed_that_everybody_sees(cast: Cast) -> None:
    for number in range(7):
        make_treasure(cast.valence, f"T{number}", changed_at=NOW + timedelta(days=number))
    make_treasure(cast.jura, "Ailleurs", changed_at=NOW + timedelta(days=99))
    shown = [each.name for each in home_of(cast.valence, NOW)["treasures"]]
    assert shown == ["T6", "T5", "T4", "T3", "T2", "T1"][:SHOWN]


def test_challenges_are_those_of_the_evening_or_else_the_territory_s(cast: Cast) -> None:
    evening = make_evening(cast.valence, challenges=2)
    make_challenge(cast.valence, "Hors soirée")
    make_challenge(cast.valence, "Brouillon", state=Challenge.State.DRAFT)
    make_challenge(cast.jura, "Ailleurs")

    def shorts(evening: Evening | None) -> set[str]:
        return {each.challenge.short for each in challenges_of(cast.valence, evening, {})}

    assert shorts(evening) == {"Défi 1", "Défi 2"}
    assert shorts(None) == {"Défi 1", "Défi 2", "Hors soirée"}


def test_the_most_wanted_challenges_lead_and_small_numbers_stay_hidden(cast: Cast) -> None:
    evening = make_evening(cast.valence, challenges=3)
    one, two, three = (each.pk for each in evening.challenges.order_by("id"))
    found = challenges_of(cast.valence, evening, {one: 9, two: 10, three: 42})
    assert [(each.challenge.pk, each.wanted) for each in found] == [
        (three, 42), (two, 10), (one, None)
    ]  # fmt: skip


def test_a_home_shows_some_challenges_of_however_many(cast: Cast) -> None:
    evening = make_evening(cast.valence, challenges=SHOWN + 2)
    assert len(challenges_of(cast.valence, evening, {})) == SHOWN


def test_the_latest_idea_that_came_to_something_is_told_of_here(cast: Cast) -> None:
    assert latest_told(cast.valence) is None
    challenge = make_challenge(cast.valence)
    first, second = (make_idea(make_harvest(cast.valence), text) for text in ("Un", "Deux"))
    for day, idea in enumerate((second, first)):
        feed_challenge(
            challenge=challenge, ideas=[idea], by=cast.aicha, at=NOW + timedelta(days=day)
        )
    assert latest_told(cast.valence).idea == first
    assert latest_told(cast.jura) is None
