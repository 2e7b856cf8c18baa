"""Sources with how much came from each, lists and pictures that wait."""

from django.db.models import Count, Q, QuerySet

from essor.harvest.models import Harvest, IdeaList, Picture, Source


def sources_of(harvest: Harvest) -> QuerySet[Source]:
    """Every source, the latest first, with ``idea_count`` and ``picture_count`` to type."""
    waiting = Q(pictures__state=Picture.State.WAITING)
    return (
        Source.objects.filter(harvest=harvest)
        .select_related("gathered_by")
        .annotate(
            idea_count=Count("ideas", distinct=True),
            picture_count=Count("pictures", filter=waiting, distinct=True),
        )
    )


def lists_of(harvest: Harvest) -> list[IdeaList]:
    """The latest lists, forgotten ones left out."""
    return list(
        IdeaList.objects.filter(harvest=harvest)
        .exclude(state=IdeaList.State.DROPPED)
        .select_related("source", "made_by")
        .defer("table")[:20]
    )


def pictures_to_type(harvest: Harvest) -> QuerySet[Picture]:
    return (
        Picture.objects.filter(harvest=harvest)
        .exclude(state=Picture.State.ASIDE)
        .select_related("source", "typed_by")
        .order_by("-state", "added_at", "id")
    )
