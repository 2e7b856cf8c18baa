"""Bounds of introductions: how long one waits, how often, who counts as the same person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from essor.exchanges.models import Introduction
from essor.people.models import Person

ANSWER_WITHIN = timedelta(days=30)
REMINDED_AFTER = timedelta(days=10)
ASKED_AFTER = timedelta(days=21)
SAME_PAIR = timedelta(days=365)
"""For how long the same two people are not asked again."""
REACH_KEPT = timedelta(days=365)
"""For how long an address that was given to the other stands on the page."""
A_MONTH, EACH_A_MONTH = timedelta(days=30), 3
"""How many introductions one person is asked about in a month, whoever thinks of them."""
A_DAY = timedelta(days=1)
A_DAY_EACH, A_DAY_INVITED, A_DAY_TERRITORY = 10, 3, 60
"""A day: of one introducer; of those, to addresses that they wrote; of a whole territory."""


def is_over(introduction: Introduction, at: datetime) -> bool:
    """Whether it is settled, or its time is over though nobody closed it yet."""
    return bool(introduction.ending) or at >= introduction.asked_at + ANSWER_WITHIN


def same_people(*people: Person) -> Q:
    """Sides of these people, also where the same address stands for them a second time."""
    emails = [each.email for each in people if each.email]
    return Q(person__in=people) | Q(person__email__in=emails)


Named = Callable[[Any, Any, Any, str], Any]
_named: dict[str, Named] = {}


def introduces(argument: str, find: Named) -> None:
    """Let an upper room name the second of an introduction: ``?argument=key`` of the form.

    ``find(rights, territory, project, key)`` answers a ``Party``, or None where whoever asks may not
    know of it.
    """
    _named[argument] = find


def named_above(arguments: Any) -> tuple[Named, str, str] | None:
    """Who finds the second that an address names, what kind that is, and by which key."""
    for argument, find in _named.items():
        if key := arguments.get(argument):
            return find, argument, str(key)
    return None


def above_of(kind: str, key: str) -> str:
    """What ``Introduction.above`` says of such a second."""
    return f"{kind}:{key}"
