"""Reads about recommendations: the hosts' list, a project's own, what waits."""

from typing import Any

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from essor.projects.models import Project
from essor.support.models import Recommendation, Reply
from essor.support.states import SETTLED, Answer
from essor.territories.models import Territory

FILTERS: dict[str, tuple[Any, Q]] = {
    "waiting": (_("No answer yet"), Q(answer=Answer.NONE)),
    "blocked": (_("Blocked"), Q(answer=Answer.BLOCKED)),
    "doing": (_("Being done"), Q(answer=Answer.DOING)),
    "settled": (_("Settled"), Q(answer__in=SETTLED)),
    "all": (_("All of them"), Q()),
}
"""The list's tabs, in order: the word shown, and what they keep."""
ORDER = Case(
    *(
        When(answer=answer, then=place)
        for place, answer in enumerate((Answer.NONE, Answer.BLOCKED, Answer.DOING))
    ),
    default=3,
    output_field=IntegerField(),
)
"""What awaits somebody first."""


def listed(territory: Territory, show: str) -> QuerySet[Recommendation]:
    """The territory's recommendations, those that wait longest first."""
    found = Recommendation.objects.filter(FILTERS[show][1], territory=territory)
    order = ("created_at", "id") if show == "waiting" else ("-created_at", "-id")
    return found.select_related("project", "written_by").order_by(*order)


def of_project(project: Project) -> list[Recommendation]:
    """All of a project's, what awaits somebody first, each with its ``replies``; two queries."""
    replies = Prefetch("replies", Reply.objects.select_related("by").order_by("at", "id"))
    found = Recommendation.objects.filter(project=project).select_related("written_by")
    return list(found.prefetch_related(replies).order_by(ORDER, "-created_at", "-id"))


def waiting_for(project: Project) -> int:
    """How many of a project's recommendations have no answer."""
    return Recommendation.objects.filter(project=project, answer=Answer.NONE).count()
