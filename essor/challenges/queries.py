"""Reads of challenges: the board with its filters."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet

from essor.challenges.interest import Interest, interest_in
from essor.challenges.models import Challenge
from essor.challenges.states import CLOSED, DRAFT, OPEN
from essor.territories.models import Territory, Theme

A_PAGE = 9
STATES = {"open": OPEN, "past": CLOSED}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the board shows; what is not known is no filter."""

    theme: str = ""
    track: str = ""
    state: str = ""

    def but(self, **changes: str) -> str:
        """The query string of these filters with some of them changed, ``?`` included."""
        wanted = {"theme": self.theme, "track": self.track, "state": self.state, **changes}
        parts = [f"{name}={value}" for name, value in wanted.items() if value]
        return "?" + "&".join(parts) if parts else "?"


@dataclass(frozen=True, slots=True)
class Card:
    """One challenge of the board, with how many want it."""

    challenge: Challenge
    interest: Interest | None


@dataclass(frozen=True, slots=True)
class Board:
    """A page of challenges, the drafts (for the team), and what can be filtered."""

    cards: list[Card]
    page: Page[Challenge]
    drafts: list[Challenge]
    themes: list[Theme]
    counts: dict[str, int]
    filters: Filters


def board_of(territory: Territory, filters: Filters, *, page: str, with_drafts: bool) -> Board:
    """Seven queries, however many challenges there are."""
    every = Challenge.objects.filter(territory=territory)
    counts = dict(every.order_by().values_list("state").annotate(Count("pk")))
    state = STATES.get(filters.state) or (OPEN if counts.get(OPEN) else CLOSED)
    filters = Filters(filters.theme, filters.track, "past" if state == CLOSED else "open")
    themes = list(
        Theme.objects.filter(challenge__in=every.filter(state=state)).distinct()
        if counts.get(state)
        else []
    )
    found = _filtered(every.filter(state=state), filters)
    shown = Paginator(found, A_PAGE).get_page(page)
    interest = interest_in(list(shown.object_list))
    return Board(
        cards=[Card(challenge, interest.get(challenge.pk)) for challenge in shown.object_list],
        page=shown,
        drafts=list(every.filter(state=DRAFT)) if with_drafts else [],
        themes=themes,
        counts={"open": counts.get(OPEN, 0), "past": counts.get(CLOSED, 0)},
        filters=filters,
    )


def _filtered(challenges: QuerySet[Challenge], filters: Filters) -> QuerySet[Challenge]:
    if filters.theme:
        challenges = challenges.filter(themes__code=filters.theme)
    if filters.track in Challenge.Track.values:
        challenges = challenges.filter(track=filters.track)
    return challenges.prefetch_related(Prefetch("themes")).order_by("-year", "-created_at", "id")


def neighbours_of(challenge: Challenge, *, with_drafts: bool) -> list[Challenge]:
    """Challenges that may share a table with this one."""
    near = challenge.neighbours.order_by("short", "id")
    return list(near if with_drafts else near.exclude(state=DRAFT))
