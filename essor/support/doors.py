"""How cohorts and mentors are found inside a territory, and to whom they open."""

from typing import Any

from essor.people.models import Person
from essor.projects.models import Project
from essor.projects.queries import membership_of
from essor.support.models import Cohort, Mentor, Mentoring
from essor.support.rules import answers_for
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory

MENTOR = "mentor"
"""The kind of key that a browser holds for a mentor's own page (``Visitor.give_key``)."""


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


def leads_it(rights: Rights, *, project: Project, **others: Any) -> bool:
    """Somebody signed in who leads the project."""
    return answers_for(membership_of(project, rights.person))


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
