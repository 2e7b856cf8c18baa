"""Who may say what a project needs; what may be said in public about how many promised what."""

from collections.abc import Mapping
from dataclasses import dataclass

from essor.exchanges.states import DONE, LIVING, State
from essor.kit.small_numbers import shown, shown_list
from essor.projects.models import Membership

GROUP = frozenset({Membership.Part.TABLE, Membership.Part.MEMBER})
"""Who is of a project's group: whoever leads it is a member, whoever only follows it is not."""


def is_of_the_group(membership: Membership | None) -> bool:
    """Whether this part in a project lets somebody say what it needs."""
    return membership is not None and membership.part in GROUP


@dataclass(frozen=True, slots=True)
class PublicSums:
    """What a public page may say. ``parts`` is empty where one part alone would be too small."""

    total: int
    parts: tuple[tuple[str, int], ...] = ()


def public_sums(counts: Mapping[str, int]) -> PublicSums | None:
    """Sums of commitments by state for everybody, or None where the whole is below ten.

    Parts are shown all together or not at all: one part that must hide takes another with it, and
    the third alone tells little. A part of zero hides too: it says that nobody did.
    """
    kept = sum(counts.get(state, 0) for state in DONE)
    living = sum(counts.get(state, 0) for state in LIVING)
    ended = counts.get(State.RELEASED, 0) + counts.get(State.LAPSED, 0)
    parts = {"kept": kept, "living": living, "ended": ended}
    total = shown(sum(parts.values()))
    if total is None:
        return None
    if None in shown_list(parts).values():
        return PublicSums(total)
    return PublicSums(total, tuple(parts.items()))
