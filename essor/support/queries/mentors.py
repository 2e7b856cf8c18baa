"""Reads about mentors: who offers what, who has room, what one accompanies."""

from django.db.models import Count, F, Q, QuerySet

from essor.projects.models import Project
from essor.support.models import Mentor, Mentoring
from essor.territories.models import Territory


def mentors_of(territory: Territory) -> QuerySet[Mentor]:
    """Everybody who was asked and has not left, with their ``load``; those with most room first."""
    load = Count("mentorings", filter=Q(mentorings__ended_at=None))
    return (
        Mentor.objects.filter(territory=territory, left_at=None)
        .select_related("person__organisation")
        .annotate(load=load, room=F("at_most") - load)
        .order_by(F("agreed_at").asc(nulls_last=True), "id")
    )


def living_of(mentor: Mentor) -> list[Mentoring]:
    """What a mentor accompanies now, each with ``waiting`` and ``blocked``; one query."""
    answer = "project__recommendations__answer"
    found = (
        mentor.mentorings.filter(ended_at=None)
        .select_related("project")
        .annotate(
            waiting=Count("project__recommendations", filter=Q(**{answer: "none"})),
            blocked=Count("project__recommendations", filter=Q(**{answer: "blocked"})),
        )
    )
    living: list[Mentoring] = list(found.order_by("since", "id"))
    for each in living:
        each.mentor, each.project.territory = mentor, mentor.territory
    return living


def mentorings_of(project: Project) -> list[Mentoring]:
    """Who accompanies a project now."""
    found = Mentoring.objects.filter(project=project, ended_at=None)
    return list(found.select_related("mentor__person").order_by("since", "id"))
