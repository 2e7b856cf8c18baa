"""What a challenge's merge must carry along: rooms above say so, before and while it happens.

``objects(challenge)`` answers why this challenge cannot be merged now, in words for a host, or
nothing. ``carries(old, new, at)`` moves what the room holds of ``old`` over to ``new``, inside the
merge's transaction.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise

from essor.challenges.models import Challenge

Objects = Callable[[Challenge], str | Promise | None]
Carries = Callable[[Challenge, Challenge, datetime], None]
_objecting: list[Objects] = []
_carrying: list[Carries] = []


def before_merging(objects: Objects) -> None:
    _objecting.append(objects)


def while_merging(carries: Carries) -> None:
    _carrying.append(carries)


def objection_to(challenge: Challenge) -> str | Promise | None:
    """The first reason not to merge this challenge, or None."""
    reasons = (objects(challenge) for objects in _objecting)
    return next((why for why in reasons if why), None)


def carry_over(old: Challenge, new: Challenge, at: datetime) -> None:
    for carries in _carrying:
        carries(old, new, at)
