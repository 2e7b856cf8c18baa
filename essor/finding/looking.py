"""One look: what a visitor asked for, what there is of each kind and in each territory, a page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

from essor.algos.text import folded
from essor.algos.text.words import WORD
from essor.finding.keys import ROOM
from essor.finding.queries import Hit, Meant, hits, meant, ranked
from essor.kit.finding import Found, kinds
from essor.territories.models import Territory

A_PAGE, A_GROUP, MOST = 20, 4, 400
"""Things on a page, in a group of the first look, and in all pages together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for. ``where`` is a territory's slug, ``kind`` a kind's key."""

    q: str = ""
    kind: str = ""
    where: str = ""
    page: str = "1"

    @classmethod
    def of(cls, told: Any) -> "Asked":
        """From a query string; kinds that nobody knows look for everything."""
        said = {each.name: " ".join(str(told.get(each.name, ""))[:200].split())
                for each in fields(cls)}  # fmt: skip
        said["kind"] = said["kind"] if said["kind"] in kinds() else ""
        return cls(**{**said, "page": said["page"] or "1"})

    def query(self, **other: str) -> str:
        """The query string of this look, with ``other`` instead; the page is left out."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)} | {"page": ""} | other
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def everything(self) -> str:
        return self.query(kind="")

    @property
    def widest(self) -> str:
        return self.query(kind="", where="")


@dataclass(frozen=True, slots=True)
class Lens:
    """A way to narrow the look, with how much there is."""

    value: str
    label: str | Promise
    count: int
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Something found, and where: blank for a territory itself, and where one is searched."""

    hit: Hit
    place: str


@dataclass(frozen=True, slots=True)
class Group:
    """The best of one kind, and how to see all of it."""

    kind: Found
    rows: list[Row]
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What the page shows: groups of the best of each kind, or a page of one kind."""

    asked: Asked
    meant: Meant
    groups: list[Group]
    page: Page[int] | None
    total: int
    kinds: list[Lens]
    places: list[Lens]

    @property
    def pages_query(self) -> str:
        return f"{self.asked.query()}&"

    @property
    def guessed(self) -> str:
        """What was typed, with the words that mistyped ones were taken for; blank where none was."""
        taken = self.meant.guessed
        if not taken:
            return ""
        return WORD.sub(lambda typed: taken.get(folded(typed[0]), typed[0]), self.asked.q)


def look(asked: Asked, territory: Territory | None = None) -> Looked:
    """Search in a territory, or in all that are listed.

    A fixed number of queries: one for the territories, two for the words (two more where one is
    mistyped), one for each kind of thing on the page.
    """
    here = [territory] if territory else Territory.objects.filter(listed=True).order_by("name")
    territories = {each.pk: each for each in here}
    wanted = meant(asked.q)
    found = ranked(wanted, territories)
    place = next((pk for pk, each in territories.items() if each.slug == asked.where), None)
    kind = kinds().get(asked.kind)
    codes, all_here = found.keys // ROOM, found.keys >= 0
    of_kind = codes == kind.code if kind else all_here
    of_place = found.places == place if place is not None else all_here
    left = found.keys[of_kind & of_place]
    names = {} if territory else {pk: each.name for pk, each in territories.items()}
    groups, page, dropped = _shown(asked, left.tolist(), wanted.every, names)
    return Looked(
        asked, wanted, groups, page, len(left) - dropped,
        _kinds(asked, codes[of_place].tolist()),
        [] if territory else _places(asked, found.places[of_kind].tolist(), territories),
    )  # fmt: skip


def _shown(
    asked: Asked, keys: list[int], stems: set[str], names: Mapping[int, str]
) -> tuple[list[Group], Page[int] | None, int]:
    """The groups, the page where there is one kind only, and how many are not shown any more."""
    by_code: dict[int, list[int]] = {}
    for key in keys:
        by_code.setdefault(key // ROOM, []).append(key)
    page = None
    first = [key for some in by_code.values() for key in some[:A_GROUP]]
    if len(by_code) == 1:
        page = Paginator(keys[:MOST], A_PAGE).get_page(asked.page)
        first = list(page.object_list)
    rows: dict[str, list[Row]] = {}
    found = hits(first, stems)
    for hit in found:
        place = "" if hit.kind.place == "id" else names.get(hit.territory, "")
        rows.setdefault(hit.kind.key, []).append(Row(hit, place))
    groups = [
        Group(kinds()[key], some, len(by_code[kinds()[key].code]), asked.query(kind=key))
        for key, some in rows.items()
    ]
    return groups, page, len(first) - len(found)


def _kinds(asked: Asked, codes: Collection[int]) -> list[Lens]:
    counts = _counts(codes)
    return [
        Lens(kind.key, kind.label, counts[kind.code],
             asked.query(kind="" if asked.kind == kind.key else kind.key), asked.kind == kind.key)
        for kind in kinds().values()
        if kind.code in counts
    ]  # fmt: skip


def _places(
    asked: Asked, places: Collection[int], territories: Mapping[int, Territory]
) -> list[Lens]:
    counts = _counts(places)
    return [
        Lens(each.slug, each.name, counts.get(pk, 0), "", asked.where == each.slug)
        for pk, each in territories.items()
        if pk in counts or asked.where == each.slug
    ]


def _counts(every: Collection[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for each in every:
        counts[each] = counts.get(each, 0) + 1
    return counts
