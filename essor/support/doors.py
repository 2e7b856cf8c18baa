"""How cohorts and mentors are found inside a territory, and to whom they open."""

from typing import Any

from essor.kit import clock
from essor.people.models import Person
from essor.projects.models import Project
from essor.projects.queries import membership_of
from essor.support.actions.members import OPEN_AFTER
from essor.support.models import (
    Cohort,
    Committee,
    CommitteeMember,
    Mentor,
    Mentoring,
    ProjectFile,
    Recommendation,
    Standing,
)
from essor.support.playing import Question, questions_of
from essor.support.rules import answers_for
from essor.territories.doors import Opens, Rights, found_in, holder
from essor.territories.models import Territory

MENTOR = "mentor"
"""The kind of key that a browser holds for a mentor's own page (``Visitor.give_key``)."""
SUPPORTED = "supported"
"""The kind of key of whoever leads a project and opened the link of a mail about its support."""

MEMBER = "committee_member"
"""The kind of key of a member of a committee who opened the link of a mail about it."""


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


is_the_mentor = holder("mentor", MENTOR)


def known_here(rights: Rights, project: Project) -> Person | None:
    """Who acts here: signed in, or known by the link of one of the project's mails."""
    if rights.person is None and rights.holds(SUPPORTED, project.public_id):
        return rights.visitor.recognised
    return rights.person


def speaker(rights: Rights, project: Project) -> Person | None:
    """Who speaks for the project here.

    Somebody who no longer leads it or left its group speaks for it no more, whatever they hold.
    """
    known = known_here(rights, project)
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


a_cohort = Opens("cohort", found_in(Cohort, "territory"))
a_project_of_it = Opens("project", find_its_project)
a_mentor = Opens("mentor", find_mentor)
a_mentoring = Opens("mentoring", find_mentoring)


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


def seat_of(rights: Rights, committee: Committee) -> CommitteeMember | None:
    """Whose chair this browser has: the signed-in person's, or one opened by its personal link.

    Links open nothing any more once the hearing is long past.
    """
    by_link = clock.today() <= committee.on + OPEN_AFTER
    sitting = CommitteeMember.objects.filter(committee=committee, left_at=None)
    for member in sitting.select_related("person").order_by("id"):
        if rights.person is not None and rights.person.pk == member.person_id:
            return member
        if rights.person is None and by_link and rights.holds(MEMBER, member.public_id):
            return member
    return None


def sits(rights: Rights, *, committee: Committee, **others: Any) -> bool:
    """A member of this committee."""
    return seat_of(rights, committee) is not None


def sits_over_it(rights: Rights, *, file: ProjectFile, **others: Any) -> bool:
    """A member of the committee that has the file."""
    return seat_of(rights, file.committee) is not None


def reads_it(rights: Rights, *, file: ProjectFile, **others: Any) -> bool:
    """A member of its committee, or who speaks for the project."""
    return sits_over_it(rights, file=file) or leads_its_project(rights, file=file)


def find_member(rights: Rights, committee: Committee, key: str) -> CommitteeMember | None:
    """Somebody who sits on the committee."""
    found = CommitteeMember.objects.filter(committee=committee, public_id=key, left_at=None)
    member = found.select_related("person").first()
    if member is not None:
        member.committee = committee
    return member


def leads_its_project(rights: Rights, *, file: ProjectFile, **others: Any) -> bool:
    """Who speaks for the project whose file it is."""
    return speaks_for(rights, project=file.project)


a_committee = Opens("committee", found_in(Committee, "territory"))
a_member = Opens("member", find_member)
a_file = Opens("file", find_file)
a_recommendation = Opens("recommendation", find_recommendation)


def find_standing(rights: Rights, territory: Territory, key: str) -> Standing | None:
    """What a project of the territory is asked, or answered."""
    found = (
        Standing.objects.filter(project__territory=territory, public_id=key)
        .select_related("play__cohort", "project")
        .first()
    )
    if found is not None:
        found.project.territory = found.play.cohort.territory = territory
    return found


def answers_for_it(rights: Rights, *, standing: Standing, **others: Any) -> bool:
    """Who speaks for the project that is asked."""
    return speaks_for(rights, project=standing.project)


def find_question(rights: Rights, territory: Territory, key: str) -> Question | None:
    """A question of the territory's by its key, dropped ones too."""
    return next((each for each in questions_of(territory) if each.key == key), None)


a_standing = Opens("standing", find_standing)
a_question = Opens("question", find_question)
