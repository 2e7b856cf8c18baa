"""Who holds a project, pauses that disarm reminders, silences and what hangs on one alone."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.models import Commitment
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.news.rounds import run_round
from essor.people.erasure import erase_person
from essor.projects.actions.moves import change_stage
from essor.projects.models import Membership, Project
from essor.projects.pace import walk
from essor.projects.silences import silences
from essor.support.actions.following import (
    DayPassed,
    NotOfTheTeam,
    end_pause,
    hold_project,
    look_after,
    pause,
)
from essor.support.actions.recommendations import answer_recommendation
from essor.support.jobs import look_after_projects
from essor.support.models import Contact, Finding, Pause
from essor.support.silence import PLAIN_DAYS
from tests.cast import NOW, make_need, make_project, make_recommendation, person


def day(number: int):
    return NOW + timedelta(days=number)


def on(number: int) -> date:
    return day(number).date()


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def member(project: Project, who, part: str = "member") -> None:
    Membership.objects.create(project=project, person=who, part=part, since=NOW)


def rest(project: Project, until: date, **fields) -> Pause:
    return pause(project=project, until=until, **{"why": "", "by": None, "at": NOW, **fields})


def found(territory, at, kind: str = "silent") -> list[Finding]:
    look_after(territory=territory, by=None, at=at)
    return list(Finding.objects.filter(territory=territory, kind=kind).order_by("since", "id"))


def test_somebody_of_the_team_holds_a_project_and_another_takes_it_over(cast):
    project = make_project(cast.valence)
    hold_project(project=project, person=cast.aicha, by=cast.aicha, at=NOW)
    hold_project(project=project, person=cast.aicha, by=cast.aicha, at=NOW)
    hold_project(project=project, person=cast.bruno, by=cast.aicha, at=day(9))

    held = Contact.objects.filter(project=project)
    assert [(each.person, each.until) for each in held] == [
        (cast.aicha, day(9)),
        (cast.bruno, None),
    ]
    assert Entry.objects.filter(verb="project_held").count() == 2
    hold_project(project=project, person=None, by=None, at=day(10))
    assert not Contact.objects.filter(until=None).exists()
    with pytest.raises(NotOfTheTeam):
        hold_project(project=project, person=cast.hugo, by=None, at=NOW)


def test_the_database_knows_one_contact_and_one_pause_a_project(cast):
    project = make_project(cast.valence)
    hold_project(project=project, person=cast.aicha, by=None, at=NOW)
    rest(project, on(30))

    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(project=project, person=cast.bruno, since=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(project=project, since=NOW, until=on(30))


def test_a_pause_ends_on_a_day_to_come_and_the_last_one_counts(cast):
    project = make_project(cast.valence)
    for until in (on(0), on(-1)):
        with pytest.raises(DayPassed):
            rest(project, until)

    rest(project, on(30), why="Une naissance")
    rest(project, on(60), why="La récolte")

    assert [each.why for each in Pause.objects.filter(ended_at=None)] == ["La récolte"]
    end_pause(project=project, by=None, at=day(5))
    end_pause(project=project, by=None, at=day(6))
    assert Entry.objects.filter(verb="pause_ended").count() == 1


def test_a_pause_disarms_reminders_and_what_waited_comes_back_once(cast):
    project = make_project(cast.valence)
    promise(
        territory=cast.valence, project=project, person=cast.denis, kind="energy", what="Aide",
        by=cast.denis, at=NOW,
    )  # fmt: skip
    rest(project, on(40))
    Mail.objects.all().delete()

    for number in (8, 15, 36):  # Tuesdays
        run_round(at=day(number))
    assert not Mail.objects.exists()
    assert Commitment.objects.get().reminded == 0
    run_round(at=day(43))
    run_round(at=day(50))

    assert Mail.objects.count() == 1
    assert Commitment.objects.get().reminded == 30


def test_a_project_whose_pause_was_ended_is_reminded_again(cast):
    project = make_project(cast.valence)
    promise(
        territory=cast.valence, project=project, person=cast.denis, kind="energy", what="Aide",
        by=cast.denis, at=NOW,
    )  # fmt: skip
    rest(project, on(90))
    end_pause(project=project, by=None, at=day(2))
    Mail.objects.all().delete()

    run_round(at=day(8))

    assert Mail.objects.count() == 1


@pytest.mark.parametrize("stage", ["sheet", "feasibility", "launched"])
def test_with_few_projects_the_plain_measure_of_the_stage_counts(cast, stage):
    project = make_project(cast.valence, published_at=NOW)
    Project.objects.filter(pk=project.pk).update(stage=stage)
    limit = PLAIN_DAYS[stage]

    assert found(cast.valence, day(limit - 1)) == []
    (finding,) = found(cast.valence, day(limit))

    assert (finding.project, finding.since, finding.share) == (project, NOW, None)


def test_with_enough_projects_those_at_the_stage_are_the_measure(cast):
    for stay in range(10, 100, 10):
        mover = make_project(cast.valence, f"Parti {stay}")
        change_stage(
            project=mover, stage="group", condition="awake", why="x", by=None, at=day(stay)
        )
    slow = make_project(cast.valence, "Lent")

    silent = {each.project: each.share for each in found(cast.valence, day(95))}

    assert silent[slow] >= 0.9


@pytest.mark.parametrize("sign", ["need", "promise", "answer", "pause"])
def test_a_sign_of_life_of_any_room_ends_a_silence(cast, sign):
    project = make_project(cast.valence)
    advice = make_recommendation(project)
    assert [each.project for each in found(cast.valence, day(50))] == [project]

    if sign == "need":
        write_need(project=project, asked=Asked("skill", "Comptable"), by=None, at=day(51))
    if sign == "promise":
        kept, _token = promise(
            territory=cast.valence, project=project, person=cast.denis, kind="energy", what="x",
            by=None, at=day(40),
        )  # fmt: skip
        change_state(commitment=kept, state="accepted", by=None, at=day(51))
    if sign == "answer":
        answer_recommendation(recommendation=advice, answer="doing", words="", by=None, at=day(51))
    if sign == "pause":
        rest(project, on(60), at=day(51))

    assert found(cast.valence, day(70)) == []


def test_what_the_team_does_about_a_project_is_no_sign_of_its_life(cast):
    project = make_project(cast.valence)

    hold_project(project=project, person=cast.aicha, by=cast.aicha, at=day(40))
    make_recommendation(project, created_at=day(44))

    (silent,) = silences(walk(cast.valence, day(50)))
    assert (silent.days, silent.last) == (50, NOW)
    assert [each.project for each in found(cast.valence, day(50))] == [project]


def test_a_project_at_rest_or_asleep_is_not_silent(cast):
    paused, asleep = make_project(cast.valence, "En pause"), make_project(cast.valence, "Endormi")
    rest(paused, on(200))
    Project.objects.filter(pk=asleep.pk).update(condition="asleep")

    assert found(cast.valence, day(100)) == []


def test_looking_again_writes_only_what_changed(cast):
    project = make_project(cast.valence)
    assert look_after(territory=cast.valence, by=None, at=day(50)) == 1
    kept = Finding.objects.get().public_id

    assert look_after(territory=cast.valence, by=None, at=day(51)) == 0
    assert Finding.objects.get().public_id == kept
    change_stage(project=project, stage="group", condition="awake", why="x", by=None, at=day(52))

    assert look_after(territory=cast.valence, by=None, at=day(53)) == 1
    assert not Finding.objects.exists()
    lines = Entry.objects.filter(verb="looked_after").order_by("id")
    assert [line.data for line in lines] == [{"new": 1, "gone": 0}, {"new": 0, "gone": 1}]


def test_one_partner_alone_and_one_person_alone_are_found(cast):
    project = make_project(cast.valence, stage="incubation")
    member(project, cast.denis)
    member(project, person("Odile"), "follower")
    need = make_need(project, "Un lycée", kind="partner", quantity=2, unit="")
    promise(
        territory=cast.valence, need=need, units=1, person=cast.denis, kind="resource", what="Oui",
        by=None, at=NOW,
    )  # fmt: skip

    assert [each.project for each in found(cast.valence, NOW, "one_partner")] == [project]
    assert [each.project for each in found(cast.valence, NOW, "one_person")] == [project]
    promise(
        territory=cast.valence, need=need, units=1, person=cast.farid, kind="resource", what="Oui",
        by=None, at=NOW,
    )  # fmt: skip
    member(project, cast.farid)

    assert found(cast.valence, NOW, "one_partner") == []
    assert found(cast.valence, NOW, "one_person") == []


def test_a_young_group_of_one_is_no_risk_yet(cast):
    project = make_project(cast.valence, stage="group")
    member(project, cast.denis)

    assert found(cast.valence, NOW, "one_person") == []


def test_the_job_looks_after_territories_that_are_run_here(cast):
    make_project(cast.valence, published_at=NOW - timedelta(days=900))
    make_project(cast.jura, published_at=NOW - timedelta(days=900))
    cast.jura.run_here = False
    cast.jura.save()

    assert look_after_projects.func() == 1


def test_hosts_hold_and_pause_from_the_pages_and_wrong_days_are_said(cast):
    project, aicha = make_project(cast.valence), cast.client("aicha")
    here = f"/valence/support/projects/{project.public_id}/"

    aicha.post(f"{here}contact/", act(person=str(cast.bruno.pk)))
    page = aicha.post(f"{here}pause/", act(until="2020-01-01", why="Récolte"))
    assert page.status_code == 422
    assert "Choisissez un jour à venir" in page.content.decode()
    aicha.post(f"{here}pause/", act(until="2099-01-01", why="Récolte"))

    html = aicha.get(here).content.decode()
    assert "Bruno" in html
    assert "1 janvier 2099" in html
    aicha.post(f"{here}waking/", act())
    assert not Pause.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("who", ["hugo", "bruno", "denis", None])
def test_only_hosts_hold_and_pause(cast, who):
    project, browser = make_project(cast.valence), cast.client(who)

    for page in ("contact/", "pause/", "waking/"):
        path = f"/valence/support/projects/{project.public_id}/{page}"
        assert browser.post(path, act(until="2099-01-01")).status_code == 404


def test_who_is_erased_holds_nothing_and_is_found_nowhere(cast):
    project = make_project(cast.valence)
    hold_project(project=project, person=cast.bruno, by=None, at=NOW)
    Finding.objects.create(
        territory=cast.valence, kind="many_projects", person=cast.bruno, since=NOW, count=3
    )

    erase_person(person=cast.bruno, by=None, at=NOW)

    assert not Contact.objects.exists()
    assert not Finding.objects.exists()
