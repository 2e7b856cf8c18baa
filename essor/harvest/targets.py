"""What a fate leads to: rooms above say it for their own nouns, this room shows it.

    leads_to("challenge", find_challenges)

``find(ids)`` answers, by public id, what may be shown to everybody; what is not public is absent,
and the fate then says its kind and no more.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from essor.harvest.models import Fate


@dataclass(frozen=True, slots=True)
class Target:
    """A challenge or a project by its name and the address of its page (a path)."""

    name: str
    address: str


Find = Callable[[Collection[str]], dict[str, Target]]
_finders: dict[str, Find] = {}


def leads_to(kind: str, find: Find) -> None:
    """Let ``find`` name the targets of this kind; call it from the room's ``panels.py``."""
    _finders[kind] = find


def targets_of(fates: Iterable[Fate]) -> dict[tuple[str, str], Target]:
    """The targets of ``fates`` by type and public id: one call a type, whatever the number."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for fate in fates:
        if fate.target_type in _finders and fate.target_id:
            wanted[fate.target_type].add(fate.target_id)
    return {
        (kind, key): target
        for kind, ids in wanted.items()
        for key, target in _finders[kind](ids).items()
    }


def target_of(fate: Fate | None) -> Target | None:
    if fate is None:
        return None
    return targets_of([fate]).get((fate.target_type, fate.target_id))
