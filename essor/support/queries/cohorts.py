"""Reads about cohorts: the territory's list, who is in one, where a project stands."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from essor.projects.models import Project
from essor.projects.stage_rail import tell_stages
from essor.projects.stages import Stage, way_of
from essor.support.models import Cohort, CohortPlace, Mentor, Mentoring
from essor.territories.models import Territory


@dataclass(slots=True)
class Row:
    """A project of a cohort with what its hosts look at first."""

    place: CohortPlace
    project: Project
    stage: Stage
    outside: bool
    mentors: list[Mentor] = field(default_factory=list)


def cohorts_of(territory: Territory) -> QuerySet[Cohort]:
    """The latest first, each with ``inside``: how many projects have a place."""
    inside = Count("places", filter=Q(places__until=None))
    return (
        Cohort.objects.filter(territory=territory)
        .annotate(inside=inside)
        .order_by("-starts_on", "-id")
    )


def rows_of(cohort: Cohort) -> tuple[list[Row], list[Row]]:
    """Those inside, then those that left; five queries, however many there are."""
    way = way_of(cohort.territory)
    themes = set(cohort.themes.values_list("pk", flat=True))
    places = list(
        cohort.places.select_related("project")
        .prefetch_related("project__themes")
        .order_by("since", "id")
    )
    beside = mentors_beside([place.project_id for place in places])
    rows = []
    for place in places:
        project = place.project
        project.territory = cohort.territory
        own = {theme.pk for theme in project.themes.all()}
        outside = bool(themes) and not own & themes
        stage = way.stage(project.stage)
        rows.append(Row(place, project, stage, outside, beside[project.pk]))
    tell_stages([row.project for row in rows], way)
    return [row for row in rows if not row.place.until], [row for row in rows if row.place.until]


def mentors_beside(projects: list[int]) -> dict[int, list[Mentor]]:
    """Who accompanies each project now."""
    found: dict[int, list[Mentor]] = defaultdict(list)
    living = Mentoring.objects.filter(project__in=projects, ended_at=None)
    for each in living.select_related("mentor__person").order_by("since", "id"):
        found[each.project_id].append(each.mentor)
    return found


def places_of(project: Project) -> list[CohortPlace]:
    """The cohorts that a project is in, the latest first."""
    found = CohortPlace.objects.filter(project=project, until=None)
    return list(found.select_related("cohort").order_by("-cohort__starts_on", "-id"))
