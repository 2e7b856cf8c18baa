"""Ideas as pages show them: the public list, one idea with all that stands around it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from essor.harvest.models import Fate, Harvest, Idea, Source, Support
from essor.harvest.rules import ideas_are_public
from essor.harvest.targets import target_of

A_PAGE = 12
CURRENT_FATE = Prefetch(
    "fates", queryset=Fate.objects.filter(replaced_at=None), to_attr="current_fates"
)

SUPPORTS = (
    Support.objects.filter(idea=OuterRef("pk"))
    .order_by()
    .values("idea")
    .annotate(n=Count("pk"))
    .values("n")
)
"""Counted for the ideas of a page alone: a join would count for all before the page is cut."""


def with_life(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Ideas with ``support_count``, their source and (``current_fates``) what became of them."""
    return (
        ideas.annotate(support_count=Coalesce(Subquery(SUPPORTS), 0))
        .select_related("source")
        .prefetch_related(CURRENT_FATE)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for in a harvest; unknown values look for everything."""

    words: str = ""
    source: str = ""
    page: str = "1"

    @property
    def query(self) -> str:
        """The query string of the pages that follow."""
        from urllib.parse import urlencode  # noqa: PLC0415 - used on one page

        kept = {"q": self.words, "source": self.source}
        text = urlencode({name: value for name, value in kept.items() if value})
        return f"{text}&" if text else ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A page of a harvest's ideas, the sources to filter by, and the counts."""

    page: Page[Idea] | None
    sources: list[Source]
    ideas: int
    supports: int
    asked: Asked


def gathered(harvest: Harvest, asked: Asked, *, near: list[int], with_all: bool) -> Gathered:
    """What a harvest's page shows: six queries, however many ideas there are.

    ``near`` are ids of ideas close in meaning to the words asked for. In the silent time only the
    numbers are told, except ``with_all`` (the team).
    """
    shown = Idea.objects.filter(harvest=harvest, state=Idea.State.SHOWN)
    counts = shown.aggregate(ideas=Count("pk", distinct=True), supports=Count("supports"))
    page, sources = None, list[Source]()
    if with_all or ideas_are_public(harvest):
        found = _asked_for(shown, asked, near)
        page = Paginator(with_life(found).order_by("-said_at", "-id"), A_PAGE).get_page(asked.page)
        sources = list(
            Source.objects.filter(harvest=harvest)
            .annotate(idea_count=Count("ideas", filter=Q(ideas__state=Idea.State.SHOWN)))
            .filter(idea_count__gt=0)
            .order_by("-idea_count", "id")
        )
    return Gathered(page, sources, counts["ideas"], counts["supports"], asked)


def _asked_for(ideas: QuerySet[Idea], asked: Asked, near: list[int]) -> QuerySet[Idea]:
    if asked.source:
        ideas = ideas.filter(source__public_id=asked.source)
    if asked.words:
        said = Q(text__icontains=asked.words) | Q(correction__icontains=asked.words)
        ideas = ideas.filter(said | Q(detail__icontains=asked.words) | Q(pk__in=near))
    return ideas


def one_idea(idea: Idea) -> dict[str, Any]:
    """What an idea's own page shows besides its words."""
    fates = list(idea.fates.select_related("merged_into").order_by("-decided_at", "-id"))
    fate = next((fate for fate in fates if fate.replaced_at is None), None)
    return {
        "fate": fate,
        "target": target_of(fate),
        "trail": [each for each in fates if each.replaced_at is not None and each.settled],
        "absorbed": list(
            Idea.objects.filter(
                fates__replaced_at=None, fates__merged_into=idea, state=Idea.State.SHOWN
            ).order_by("id")[:12]
        ),
        "supports": idea.supports.count(),
        "builds_on": _shown(idea.builds_on_id),
        "built_on_it": list(idea.built_on_it.filter(state=Idea.State.SHOWN)[:12]),
    }


def _shown(pk: int | None) -> Idea | None:
    return Idea.objects.filter(pk=pk, state=Idea.State.SHOWN).first() if pk else None
