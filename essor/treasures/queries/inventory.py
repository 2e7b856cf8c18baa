"""The inventory as lists and the map look at it: lenses, counts, pages."""

from collections import Counter
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from essor.finding.queries import found_among
from essor.people.models import Sphere
from essor.territories.models import Territory, Theme
from essor.territories.queries import themes_of
from essor.treasures.models import Treasure
from essor.treasures.places import point_of

A_PAGE = 9
NEAR = 0.00006
"""Half of the last figure that addresses of places carry, and a bit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for; unknown values look for everything. ``at`` is one point."""

    q: str = ""
    kind: str = ""
    theme: str = ""
    sphere: str = ""
    use: str = ""
    at: str = ""
    page: str = "1"

    @classmethod
    def of(cls, told: Any) -> "Asked":
        """From a query string."""
        asked = {each.name: str(told.get(each.name, ""))[:100] for each in fields(cls)}
        asked["q"] = " ".join(asked["q"].split())
        return cls(**{**asked, "page": asked["page"] or "1"})

    @property
    def anything(self) -> bool:
        return any((self.q, self.kind, self.theme, self.sphere, self.use, self.at))

    def query(self, **other: str) -> str:
        """The query string of this look, with ``other`` instead; the page is left out."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)} | {"page": ""} | other
        return urlencode({name: value for name, value in kept.items() if value})


def shown_in(territory: Territory) -> QuerySet[Treasure]:
    return Treasure.objects.filter(territory=territory, state=Treasure.State.SHOWN)


def looked_for(territory: Territory, asked: Asked) -> QuerySet[Treasure]:
    """The treasures that fit every lens, the latest change first."""
    found = shown_in(territory)
    if asked.kind in Treasure.Kind.values:
        found = found.filter(kind=asked.kind)
    if asked.use in Treasure.Use.values:
        found = found.filter(use=asked.use)
    if asked.sphere:
        found = found.filter(sphere__code=asked.sphere)
    if asked.theme:
        found = found.filter(themes__in=Theme.objects.filter(code=asked.theme))
    if asked.q:
        found = found.filter(pk__in=found_among(asked.q, territory.pk, "treasure"))
    point = point_of(asked.at)
    if point is not None:
        latitude, longitude = point
        found = found.filter(
            latitude__range=(latitude - NEAR, latitude + NEAR),
            longitude__range=(longitude - NEAR, longitude + NEAR),
        )
    return found.order_by("-changed_at", "-id")


@dataclass(frozen=True, slots=True)
class Lens:
    """One value to look through, with how many treasures the territory has there."""

    value: str
    label: str
    count: int
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A page of treasures with the lenses beside it."""

    page: Page[Treasure]
    total: int
    kinds: list[Lens]
    uses: list[Lens]
    themes: list[Theme]
    spheres: list[Sphere]
    asked: Asked

    @property
    def pages_query(self) -> str:
        query = self.asked.query()
        return f"{query}&" if query else ""

    @property
    def map_query(self) -> str:
        return self.asked.query(at="")


def looked_at(territory: Territory, asked: Asked) -> Looked:
    """What the list shows: seven queries however many treasures there are."""
    counts = _counts(territory)
    found = (
        looked_for(territory, asked).select_related("sphere").prefetch_related("themes")
        .defer("sources", "hidden_why")
    )  # fmt: skip
    return Looked(
        page=Paginator(found, A_PAGE).get_page(asked.page),
        total=counts["total"],
        kinds=[_lens("kind", each, counts, asked) for each in Treasure.Kind],
        uses=[_lens("use", each, counts, asked) for each in Treasure.Use],
        themes=_themes(territory, asked),
        spheres=_spheres(territory, asked),
        asked=asked,
    )


def _themes(territory: Territory, asked: Asked) -> list[Theme]:
    """Those of some treasure that is shown, and the one that was asked for."""
    told = Exists(shown_in(territory).order_by().filter(themes=OuterRef("pk")))
    return list(themes_of(territory).filter(told | Q(code=asked.theme)))


def _spheres(territory: Territory, asked: Asked) -> list[Sphere]:
    """Those that hold some treasure that is shown, and the one that was asked for."""
    holds = Exists(shown_in(territory).order_by().filter(sphere=OuterRef("pk")))
    return list(Sphere.objects.filter(holds | Q(code=asked.sphere)))


def _counts(territory: Territory) -> Counter[str]:
    """How many treasures are shown, of each kind and of each use: one look at one index."""
    counts: Counter[str] = Counter()
    rows = shown_in(territory).order_by().values_list("kind", "use").annotate(n=Count("pk"))
    for kind, use, n in rows:
        counts.update({"total": n, kind: n, use: n})
    return counts


def _lens(name: str, choice: Any, counts: Counter[str], asked: Asked) -> Lens:
    current = getattr(asked, name) == choice.value
    query = asked.query(**{name: "" if current else choice.value, "at": ""})
    return Lens(choice.value, str(choice.label), counts[choice.value], query, current)


@dataclass(frozen=True, slots=True)
class Row:
    """A theme with how many treasures of each kind it has, in the order of the kinds."""

    theme: Theme
    counts: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Missing:
    """Where the inventory is thin: themes by kinds, themes and spheres of which nothing is known."""

    rows: list[Row]
    untold: list[Theme]
    spheres: list[Sphere]
    without_theme: int
    without_place: int


def missing_in(territory: Territory) -> Missing:
    """What nobody has written down yet; six queries."""
    shown = shown_in(territory).order_by()
    counted = dict[tuple[int | None, str], int]()
    for theme, kind, count in shown.values_list("themes", "kind").annotate(count=Count("pk")):
        counted[theme, kind] = count
    rows = [
        Row(theme, [(kind, counted.get((theme.pk, kind), 0)) for kind in Treasure.Kind.values])
        for theme in themes_of(territory)
    ]
    held = set(shown.values_list("sphere", flat=True).distinct())
    return Missing(
        rows=[row for row in rows if row.total],
        untold=[row.theme for row in rows if not row.total],
        spheres=[sphere for sphere in Sphere.objects.all() if sphere.pk not in held],
        without_theme=sum(count for (theme, _), count in counted.items() if theme is None),
        without_place=shown.filter(latitude=None).count(),
    )
