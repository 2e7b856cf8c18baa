"""How many people want to work on challenges: upper rooms count, this room shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from essor.challenges.models import Challenge
from essor.kit.small_numbers import shown

Counter = Callable[[Sequence[int]], dict[int, int]]


@dataclass(frozen=True, slots=True)
class Interest:
    """How many people put a challenge among their choices; None where too few to be shown."""

    people: int | None
    how: str | Promise


@dataclass(frozen=True, slots=True)
class _Counting:
    count: Counter
    how: str | Promise


_counting: list[_Counting] = []


def counted_by(count: Counter, *, how: str | Promise) -> None:
    """Let ``count`` (primary keys of challenges to numbers of people) say who wants what.

    ``how`` says in words who counted: it stands beside the number. One counter only.
    """
    _counting[:] = [_Counting(count, how)]


def interest_in(challenges: Sequence[Challenge]) -> dict[int, Interest]:
    """By primary key, in one query for all; empty where nobody counts."""
    if not _counting or not challenges:
        return {}
    counting = _counting[0]
    found = counting.count([challenge.pk for challenge in challenges])
    return {pk: Interest(shown(people), counting.how) for pk, people in found.items()}
