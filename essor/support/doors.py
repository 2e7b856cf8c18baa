"""How cohorts and mentors are found inside a territory, and to whom they open."""

from typing import Any

from essor.people.models import Person
from essor.projects.models import Project
from essor.projects.queries import membership_of
from essor.support.models import (
    Cohort,
    Committee,
    Mentor,
    Mentoring,
    ProjectFile,
    Recommendation,
)
from essor.support.rules import answers_for
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory

MENTOR = "mentor"
"""The kind of key that a browser holds for a mentor's own page (``Visitor.give_key``)."""
SUPPORTED = "supported"
"""The kind of key of whoever leads a project and opened the link of a mail about its support."""


def find_cohort(rights: Rights, territory: Territory, key: str) -> Cohort | None:
    found = Cohort.objects.filter(territory=territory, public_id=key).first()
    if found is not None:
        found.territory = territory
    return found


def find_its_project(rights: Rights, cohort: Cohort, key: str) -> Project | None:
    """A project that has or had a place in the cohort."""
    found = Project.objects.filter(cohort_places__cohort=cohort, public_id=key).first()
    if found is not None:
        found.territory = cohort.territory
    return found


def find_mentor(rights: Rights, territory: Territory, key: str) -> Mentor | None:
    """A mentor who is still there; the route's policy says who may pass."""
    found = (
        Mentor.objects.filter(territory=territory, public_id=key, left_at=None)
        .select_related("person")
        .first()
    )
    if found is not None:
        found.territory = territory
    return found


def find_mentoring(rights: Rights, mentor: Mentor, key: str) -> Mentoring | None:
    """What a mentor accompanies now."""
    found = (
        Mentoring.objects.filter(mentor=mentor, public_id=key, ended_at=None)
        .select_related("project")
        .first()
    )
    if found is not None:
        found.mentor, found.project.territory = mentor, mentor.territory
    return found


def is_the_mentor(rights: Rights, *, mentor: Mentor, **others: Any) -> bool:
    """This browser opened the mentor's personal link, or it is the mentor's account."""
    if rights.holds(MENTOR, mentor.public_id):
        return True
    return rights.person is not None and rights.person.pk == mentor.person_id


def speaker(rights: Rights, project: Project) -> Person | None:
    """Who speaks for the project here: signed in, or known by the link of one of its mails.

    Somebody who no longer leads it or left its group speaks for it no more, whatever they hold.
    """
    known = rights.person
    if known is None and rights.holds(SUPPORTED, project.public_id):
        known = rights.visitor.recognised
    return known if answers_for(membership_of(project, known)) else None


def speaks_for(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Whoever leads the project, or is a member of its group."""
    return speaker(rights, project) is not None


def accompanies(rights: Rights, *, project: Project, **others: Any) -> bool:
    """A mentor of this project."""
    return acting_mentor(rights, project) is not None


def concerned(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Who speaks for the project, and its mentors."""
    return speaks_for(rights, project=project) or accompanies(rights, project=project)


def answers_it(rights: Rights, *, recommendation: Recommendation, **others: Any) -> bool:
    """Who speaks for the project to which it was recommended."""
    return speaks_for(rights, project=recommendation.project)


def find_recommendation(rights: Rights, territory: Territory, key: str) -> Recommendation | None:
    found = (
        Recommendation.objects.filter(territory=territory, public_id=key)
        .select_related("project", "written_by")
        .first()
    )
    if found is not None:
        found.territory = found.project.territory = territory
    return found


def acting_mentor(rights: Rights, project: Project) -> Mentor | None:
    """The mentor whose page this browser opened, or whose account it is, if they accompany it."""
    mentors = Mentor.objects.filter(
        left_at=None, mentorings__project=project, mentorings__ended_at=None
    ).select_related("person")
    for mentor in mentors.order_by("id"):
        if is_the_mentor(rights, mentor=mentor):
            return mentor
    return None


def whoever_acts(rights: Rights, mentor: Mentor) -> Person | None:
    """In whose name something is done on a mentor's page: the signed-in person's, else the mentor's."""
    return rights.person or mentor.person


a_cohort = Opens("cohort", find_cohort)
a_project_of_it = Opens("project", find_its_project)
a_mentor = Opens("mentor", find_mentor)
a_mentoring = Opens("mentoring", find_mentoring)


def find_committee(rights: Rights, territory: Territory, key: str) -> Committee | None:
    found = Committee.objects.filter(territory=territory, public_id=key).first()
    if found is not None:
        found.territory = territory
    return found


def find_file(rights: Rights, territory: Territory, key: str) -> ProjectFile | None:
    """A project's file of one of the territory's committees."""
    found = (
        ProjectFile.objects.filter(committee__territory=territory, public_id=key)
        .select_related("committee", "project")
        .first()
    )
    if found is not None:
        found.committee.territory = found.project.territory = territory
    return found


def leads_its_project(rights: Rights, *, file: ProjectFile, **others: Any) -> bool:
    """Who speaks for the project whose file it is."""
    return speaks_for(rights, project=file.project)


a_committee = Opens("committee", find_committee)
a_file = Opens("file", find_file)
a_recommendation = Opens("recommendation", find_recommendation)
