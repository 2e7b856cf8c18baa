"""Projects of an earlier, invented evening, and how they are supported. Nobody in it exists."""

from datetime import datetime, timedelta

from django.utils import timezone

from essor.exchanges.actions.commitments import promise
from essor.exchanges.actions.needs import Asked, write_need
from essor.exchanges.models import Need
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.portal.demo.leading import lead_projects, somebody
from essor.portal.demo.life import person_of
from essor.portal.demo.projects_said import (
    ADVICE,
    ASKED,
    ASKED_FOR,
    COHORT,
    FROM_ELSEWHERE,
    HELD,
    MENTORS,
    PAUSED,
    PROJECTS,
    PROMISED,
    STANDS,
    Invented,
)
from essor.portal.facts import lasting_id
from essor.projects.actions.leading import name_leader
from essor.projects.actions.moves import change_stage
from essor.projects.leading import leaders_of
from essor.projects.models import Membership, Project, Sheet
from essor.support.actions.cohorts import CohortWords, prepare_cohort, take_in
from essor.support.actions.committees import call_committee, declare, put_before, speak
from essor.support.actions.following import hold_project, look_after, pause
from essor.support.actions.members import invite_member, name_member
from essor.support.actions.mentors import agree, ask_mentor, match_mentor
from essor.support.actions.play import open_play, write_standing
from essor.support.actions.recommendations import answer_recommendation, recommend
from essor.support.models import Cohort, Mentor
from essor.territories.models import Territory, Theme

ORIGIN = "Une soirée d’il y a deux ans (exemple)"


@action
def support_example(*, territory: Territory, by: Named | None, at: datetime) -> Cohort:
    """A cohort of invented projects with their mentors. Found as it is on the second call."""
    known = Cohort.objects.filter(territory=territory, invented=True).first()
    if known is not None:
        nothing_changed()
        return known
    projects = {each.key: _project(territory, each, at) for each in PROJECTS}
    lead_projects(projects, at)
    cohort = _cohort(territory, projects, at)
    _mentors(territory, projects, at)
    _ask_where_they_stand(cohort, at)
    _recommend(projects, at)
    _hold(territory, projects, at)
    _hear(territory, projects, at)
    return cohort


def _hear(territory: Territory, projects: dict[str, Project], at: datetime) -> None:
    """A committee to come, with two files; over one of them two spoke and one stands aside."""
    host, member = person_of("host"), person_of("committee")
    committee = call_committee(
        territory=territory, name="Comité d’engagement (exemple)", place="Pôle Sud, Romans",
        on=timezone.localdate(at) + timedelta(days=16), by=host, at=ago(at, 20),
    )  # fmt: skip
    name_member(committee=committee, person=member, by=host, at=ago(at, 20))
    chairs = [
        invite_member(
            committee=committee, first_name=first_name, last_name=last_name, comes_from=comes_from,
            email=f"{first_name}.{last_name}@example.org".lower(), by=host, at=ago(at, 19),
        )
        for first_name, last_name, comes_from in FROM_ELSEWHERE
    ]  # fmt: skip
    Person.objects.filter(pk__in=[chair.person_id for chair in chairs]).update(invented=True)
    banker, mayor = (chair.person for chair in chairs)
    for key in ("batiment", "aidants"):
        file = put_before(committee=committee, project=projects[key], by=host, at=ago(at, 4))
        if key == "batiment":
            words = "Le gisement est là. Sans hangar signé, ce serait trop tôt."
            declare(file=file, person=member, interest="", by=member, at=ago(at, 3))
            speak(file=file, person=member, kind="sleep", words=words, by=member, at=ago(at, 2))
            words = "Le plan tient à 300 m². Je dis oui si le bail est signé en mars."
            declare(file=file, person=banker, interest="", by=banker, at=ago(at, 2))
            speak(file=file, person=banker, kind="go", words=words, by=banker, at=ago(at, 1))
            tie = "Ma commune loue le hangar dont parle le projet."
            declare(file=file, person=mayor, interest=tie, by=mayor, at=ago(at, 1))


def _hold(territory: Territory, projects: dict[str, Project], at: datetime) -> None:
    """Who of the team holds what, a pause, a partner alone, promises that wait, silences."""
    host, today = person_of("host"), timezone.localdate(at)
    for key, code in HELD.items():
        hold_project(project=projects[key], person=person_of(code), by=host, at=ago(at, 130))
    paused, days, why = PAUSED
    until = today + timedelta(days=days)
    pause(project=projects[paused], until=until, why=why, by=host, at=ago(at, 8))
    for key, kind, title, days in ASKED_FOR:
        asked = Asked(kind, title, quantity=1, until=today + timedelta(days=days))
        need = write_need(project=projects[key], asked=asked, by=None, at=ago(at, 95))
        if kind == Need.Kind.PARTNER:
            somebody_new = somebody("Régis", "Clavel", ago(at, 90))
            promise(
                territory=territory, need=need, units=1, person=somebody_new, kind="resource",
                what=title, by=somebody_new, at=ago(at, 90),
            )  # fmt: skip
    for key, first_name, what, days in PROMISED:
        person = somebody(first_name, "Exemple", ago(at, days))
        promise(
            territory=territory, project=projects[key], person=person, kind="skill", what=what,
            by=person, at=ago(at, days),
        )  # fmt: skip
    look_after(territory=territory, by=None, at=at)


def _recommend(projects: dict[str, Project], at: datetime) -> None:
    """What mentors and hosts advised, and what the projects answered."""
    for said in ADVICE:
        project = projects[said.project]
        mentor = Mentor.objects.filter(mentorings__project=project).order_by("id").first()
        by = mentor.person if mentor and said.voice == "mentor" else person_of("host")
        found = recommend(
            project=project, what=said.what, details=said.details, voice=said.voice, by=by,
            at=ago(at, said.days),
        )  # fmt: skip
        leader = leaders_of(project).first()
        for days, answer, words in said.answers:
            answer_recommendation(
                recommendation=found, answer=answer, words=words,
                by=leader.person if leader else None, at=ago(at, days),
            )  # fmt: skip


def ago(at: datetime, days: int) -> datetime:
    return at - timedelta(days=days)


def _project(territory: Territory, said: Invented, at: datetime) -> Project:
    """Born at an invented evening, and moved along by the same action that hosts use."""
    born = ago(at, said.born)
    project = Project.objects.create(
        public_id=lasting_id("project", f"example {said.key}"), territory=territory,
        title=said.title, summary=said.summary, origin=ORIGIN, invented=True,
        published_at=born, created_at=born,
    )  # fmt: skip
    Sheet.objects.create(project=project, proposal=said.summary, saved_at=born, handed_in_at=born)
    project.themes.set(Theme.objects.filter(territory=None, code=said.theme))
    record(
        by=None, at=born, verb="handed_in", of=project, territory=territory,
        audience=Audience.PUBLIC,
    )  # fmt: skip
    _group(project, said, born)
    host = person_of("host")
    for days, stage, why in said.moves:
        change_stage(
            project=project, stage=stage, condition="awake", why=why, by=host, at=ago(at, days)
        )
        project.refresh_from_db()
    if said.asleep[0]:
        days, why = said.asleep
        change_stage(
            project=project, stage=project.stage, condition="asleep", why=why, by=host,
            at=ago(at, days),
        )  # fmt: skip
        project.refresh_from_db()
    return project


def _group(project: Project, said: Invented, since: datetime) -> None:
    for name in said.group:
        person = somebody(*name, since)
        part = Membership.Part.MEMBER
        Membership.objects.create(project=project, person=person, part=part, since=since)
    if said.leader[0]:
        name_leader(
            project=project, person=somebody(*said.leader, since), shows_name=True,
            since=timezone.localdate(since), by=person_of("host"), at=since,
        )  # fmt: skip


def _cohort(territory: Territory, projects: dict[str, Project], at: datetime) -> Cohort:
    name, offers, first, last, takeoff, place = COHORT
    today, host = timezone.localdate(at), person_of("host")
    words = CohortWords(
        name=name, offers=offers, starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last), takeoff_on=today + timedelta(days=takeoff),
        takeoff_place=place,
        themes=list(Theme.objects.filter(territory=None, code__in=["alimentation", "energie"])),
    )  # fmt: skip
    cohort = prepare_cohort(territory=territory, words=words, by=host, at=ago(at, 170))
    Cohort.objects.filter(pk=cohort.pk).update(invented=True)
    for said in PROJECTS:
        if said.why_in:
            take_in(
                cohort=cohort, project=projects[said.key], why=said.why_in, by=host,
                at=ago(at, 150),
            )  # fmt: skip
    return cohort


def _ask_where_they_stand(cohort: Cohort, at: datetime) -> None:
    """The state of play at the opening; half of them have answered."""
    host = person_of("host")
    play = open_play(cohort=cohort, by=host, at=ago(at, 148))
    for standing in play.standings.select_related("project").order_by("id"):
        answers = STANDS.get(standing.project.title)
        leader = leaders_of(standing.project).first()
        if answers is not None:
            write_standing(
                standing=standing, answers=answers, seen=0, hand_in=True,
                by=leader.person if leader else None, at=ago(at, 144),
            )  # fmt: skip


def _mentors(territory: Territory, projects: dict[str, Project], at: datetime) -> None:
    host = person_of("host")
    for first_name, last_name, offers, at_most, beside in (*MENTORS, (*ASKED, ())):
        email = f"{first_name}.{last_name}@example.org".lower()
        mentor = ask_mentor(
            territory=territory, first_name=first_name, last_name=last_name, email=email,
            offers=offers, at_most=at_most, by=host, at=ago(at, 140),
        )  # fmt: skip
        Person.objects.filter(pk=mentor.person_id).update(invented=True)
        if (first_name, last_name) == ASKED[:2]:
            continue
        mentor = agree(mentor=mentor, by=mentor.person, at=ago(at, 138))
        for key, why in beside:
            match_mentor(mentor=mentor, project=projects[key], why=why, by=host, at=ago(at, 135))
