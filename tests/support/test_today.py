"""The host desk: what to do today, who holds how much, at a fixed price."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.support.actions.following import hold_project, pause
from essor.support.actions.mentors import match_mentor
from essor.support.models import Committee, Finding
from essor.support.queries.load import loads_of
from essor.support.queries.today import SHOWN, to_do
from tests.cast import (
    make_cohort,
    make_evening,
    make_mentor,
    make_need,
    make_project,
    make_recommendation,
    person,
)

DESK = "/valence/desk/"


@pytest.fixture
def now():
    """Where people are, so that days ago are days of the calendar, whatever summer time does."""
    return localtime(clock.now())


def ago(now, days: int):
    return now - timedelta(days=days)


def promised(cast, project, what: str, at, **fields):
    return promise(
        territory=cast.valence, project=project, person=fields.pop("who", cast.denis),
        kind="energy", what=what, by=None, at=at, **fields,
    )[0]  # fmt: skip


def fill(cast, now, count: int) -> None:
    """``count`` things of each list."""
    for number in range(count):
        project = make_project(cast.valence, f"Projet {count}-{number}")
        promised(cast, project, f"Appel {number}", ago(now, 12))
        due = promised(cast, project, f"Échu {number}", ago(now, 40),
                       until=ago(now, 1).date())  # fmt: skip
        change_state(commitment=due, state="accepted", by=None, at=ago(now, 39))
        make_need(project, f"Retard {number}", until=ago(now, 3).date())
        make_recommendation(project, f"Conseil {number}", created_at=ago(now, 20))
        make_cohort(cast.valence, f"Envol {number}", takeoff_on=(now + timedelta(days=9)).date())
        Committee.objects.create(
            territory=cast.valence, name=f"Comité {number}", on=(now + timedelta(days=8)).date(),
            created_at=now,
        )  # fmt: skip
        for kind in ("silent", "one_partner", "one_person"):
            Finding.objects.create(
                territory=cast.valence, kind=kind, project=project, since=ago(now, 70)
            )
        Finding.objects.create(
            territory=cast.valence, kind="many_projects", person=person(f"Porteur {count}-{number}"),
            since=now, count=3,
        )  # fmt: skip


def test_every_list_says_what_waits_longest_first_and_how_many_wait(cast, now):
    project = make_project(cast.valence, "Fournil")
    for days in (2, 30, 11):
        promised(cast, project, f"Depuis {days}", ago(now, days))
    make_project(cast.jura, "Ailleurs")

    calls = to_do(cast.valence, now)["calls"]

    assert [row.title for row in calls] == ["Depuis 30", "Depuis 11", "Depuis 2"]
    assert (calls[0].days, calls[0].total, calls[0].who) == (30, 3, "Denis ")
    assert (calls[0].project, calls[0].project_key) == ("Fournil", project.public_id)


def test_a_list_shows_the_first_five_and_counts_all(cast, now):
    fill(cast, now, SHOWN + 2)

    lists = to_do(cast.valence, now)

    assert set(lists) == {
        "calls", "due", "late", "advice", "takeoffs", "hearings", "silent", "one_partner", "one_person",
        "many_projects",
    }  # fmt: skip
    for name, rows in lists.items():
        assert (name, len(rows), rows[0].total) == (name, SHOWN, SHOWN + 2)


def test_what_does_not_press_is_not_there(cast, now):
    project = make_project(cast.valence)
    change_state(
        commitment=promised(cast, project, "Pris", ago(now, 3)), state="accepted", by=None, at=now
    )
    make_need(project, "À temps", until=(now + timedelta(days=3)).date())
    make_need(project, "Trouvé", until=ago(now, 3).date(), held=20)
    make_recommendation(project, "Faite", answer="done")
    make_recommendation(make_project(cast.valence, "Endormi", condition="asleep"))
    make_recommendation(make_project(cast.jura, "Ailleurs"))
    make_cohort(cast.valence, takeoff_on=(now + timedelta(days=200)).date())
    make_cohort(cast.valence, takeoff_on=ago(now, 1).date())
    Committee.objects.create(
        territory=cast.valence, name="Hier", on=ago(now, 1).date(), created_at=now
    )

    assert to_do(cast.valence, now) == {}


def test_advice_to_a_project_at_rest_waits_for_the_end_of_its_pause(cast, now):
    project = make_project(cast.valence)
    make_recommendation(project)
    pause(project=project, until=(now + timedelta(days=9)).date(), why="", by=None, at=now)

    assert to_do(cast.valence, now)["advice"] == []
    assert to_do(cast.valence, now + timedelta(days=10))["advice"][0].total == 1


def test_advice_is_counted_once_however_many_pauses_there_were(cast, now):
    project = make_project(cast.valence)
    make_recommendation(project)
    for days in (60, 30):
        pause(project=project, until=ago(now, days - 9).date(), why="", by=None, at=ago(now, days))

    assert [row.total for row in to_do(cast.valence, now)["advice"]] == [1]


def test_the_desk_tells_it_in_words_with_its_ways_on(cast, now):
    fill(cast, now, 1)

    html = cast.client("aicha").get(DESK).content.decode()

    for words in (
        "À appeler sous 10 jours", "attend depuis 12 jours", "Promesses dont le jour est venu",
        "Projets silencieux", "70 jours sans nouvelle", "Recommandations sans réponse",
        "Besoins dont le jour est passé", "Soirée d’envol".lower(), "Qui tient combien",
        "Comité 0", "Ce qui ne tient qu’à un fil", "porte 3 projets",
    ):  # fmt: skip
        assert words in html
    assert "Rien ne presse" not in html


def test_an_empty_desk_says_that_nothing_presses(cast):
    make_evening(cast.valence)
    html = cast.client("aicha").get(DESK).content.decode()

    assert "Rien ne presse" in html
    assert "Qui tient combien" not in html  # nobody holds a project yet


def test_who_holds_how_much_names_hosts_holders_and_mentors(cast, now):
    projects = [make_project(cast.valence, f"P{n}") for n in range(3)]
    for project in projects[:2]:
        hold_project(project=project, person=cast.bruno, by=None, at=now)
    hold_project(
        project=make_project(cast.valence, "Endormi", condition="asleep"), person=cast.bruno,
        by=None, at=now,
    )  # fmt: skip
    mentor = make_mentor(cast.valence, cast.farid, at_most=1)
    match_mentor(mentor=mentor, project=projects[0], why="x", by=None, at=now)
    make_mentor(cast.jura, cast.hugo)

    team, mentors = loads_of(cast.valence)

    assert [(load.name, load.holds) for load in team] == [("Bruno", 2), ("Aicha", 0)]
    assert [(load.name, load.holds, load.is_full) for load in mentors] == [("Farid", 1, True)]


def test_a_host_who_holds_projects_is_named_once(cast, now):
    for number in range(9):
        project = make_project(cast.valence, f"P{number}")
        hold_project(project=project, person=cast.aicha, by=None, at=now)

    (load,), _mentors = loads_of(cast.valence)

    assert (load.holds, load.is_full) == (9, True)


def test_the_desk_costs_the_same_for_one_thing_and_for_thirty(cast, now):
    aicha, asked = cast.client("aicha"), []
    for count in (1, 29):
        fill(cast, now, count)
        aicha.get(DESK)
        with CaptureQueriesContext(connection) as page:
            aicha.get(DESK)
        asked.append(len(page))

    assert asked[0] == asked[1]


def test_everything_to_do_and_every_load_take_one_query_each(cast, now, django_assert_num_queries):
    fill(cast, now, 3)

    with django_assert_num_queries(1):
        to_do(cast.valence, now)
    with django_assert_num_queries(1):
        loads_of(cast.valence)


@pytest.mark.parametrize("who", ["hugo", "bruno", "elodie", "denis", None])
def test_the_desk_opens_to_hosts_alone(cast, who):
    assert cast.client(who).get(DESK).status_code == 404


def test_calls_that_wait_longest_come_first_whether_from_their_making_or_from_a_new_day(cast, now):
    project = make_project(cast.valence, "Le jardin")
    for number in range(SHOWN + 2):
        promised(cast, project, f"promise {number}", ago(now, 20 - number))
    calls = to_do(cast.valence, now)["calls"]
    assert [row.title for row in calls] == [f"promise {number}" for number in range(SHOWN)]
    assert calls[0].total == SHOWN + 2
    late = Commitment.objects.get(what=f"promise {SHOWN + 1}")
    Commitment.objects.filter(pk=late.pk).update(call_again_on=ago(now, 30).date())
    assert to_do(cast.valence, now)["calls"][0].title == late.what


def test_each_territory_and_each_day_has_its_own_list(cast, now):
    promised(cast, make_project(cast.valence, "Le jardin"), "two hours", ago(now, 3))
    assert "calls" in to_do(cast.valence, now)
    assert "calls" not in to_do(cast.jura, now)
    assert to_do(cast.valence, now + timedelta(days=2))["calls"][0].days == 5
