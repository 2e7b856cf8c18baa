"""Entries of the header: each room adds its own, so that the kit need not know the rooms.

A room calls ``add`` in its ``panels.py``. ``MAIN`` is what everybody sees of a territory, ``TEAM``
the second line, for those who are trusted with something there, ``SETTINGS`` the tabs of what hosts
settle (``settings_tabs``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from essor.kit.pieces import Tab

MAIN, TEAM, SETTINGS = "main", "team", "settings"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header. ``route`` takes the territory's slug and nothing else.

    ``roles`` names who sees it (nobody in particular: everybody); ``when`` may say more.
    """

    label: str | Promise
    route: str
    order: int
    place: str = MAIN
    roles: frozenset[str] = frozenset()
    when: Callable[[HttpRequest], bool] | None = None

    def seen_by(self, request: HttpRequest) -> bool:
        rights = getattr(request, "rights", None)
        if self.roles and not (rights and rights.any_of(*self.roles)):
            return False
        return self.when is None or self.when(request)


class Link(NamedTuple):
    """An entry as shown: its address, and whether the visitor stands on it or below it."""

    label: str
    url: str
    current: bool


_entries: list[Entry] = []


def add(
    label: str | Promise,
    route: str,
    *,
    order: int,
    place: str = MAIN,
    roles: frozenset[str] | set[str] = frozenset(),
    when: Callable[[HttpRequest], bool] | None = None,
) -> None:
    """Add a link to the header; lower ``order`` comes first."""
    _entries.append(Entry(label, route, order, place, frozenset(roles), when))
    _entries.sort(key=lambda entry: (entry.order, entry.route))


def entries() -> tuple[Entry, ...]:
    return tuple(_entries)


def links(request: HttpRequest, place: str) -> list[Link]:
    """What this visitor sees in ``place`` of the territory's header; nothing outside of one."""
    territory = getattr(request, "territory", None)
    if territory is None:
        return []
    home = f"/{territory.slug}/"
    made = []
    for entry in _entries:
        if entry.place == place and entry.seen_by(request):
            url = _address(entry.route, territory.slug)
            here = request.path == url or (url != home and request.path.startswith(url))
            made.append(Link(str(entry.label), url, here))
    return _only_deepest(made)


def settings_tabs(request: HttpRequest) -> list[Tab]:
    """The pages on which hosts settle their territory; rooms above add theirs."""
    return [Tab(str(link.label), link.url, link.current) for link in links(request, SETTINGS)]


@lru_cache(maxsize=4096)
def _address(route: str, slug: str) -> str:
    """Sixteen links stand in every header; their addresses never change while the house runs."""
    return reverse(route, args=[slug])


def _only_deepest(made: list[Link]) -> list[Link]:
    """Where one link stands below another, only the deeper one is the current page."""
    deepest = max((len(link.url) for link in made if link.current), default=0)
    return [Link(link.label, link.url, link.current and len(link.url) == deepest) for link in made]
