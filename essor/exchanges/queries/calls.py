"""Reads about calls: those of one promise, and the promises that wait for one."""

from datetime import date

from django.db.models import Q

from essor.exchanges.models import Call, Commitment
from essor.exchanges.states import State


def waits_for_call(today: date) -> Q:
    """Promises that nobody took up and nobody called about, or whose day to call again has come."""
    return Q(state=State.PROMISED) & (Q(called_on=None) | Q(call_again_on__lte=today))


def calls_of(commitment: Commitment) -> list[Call]:
    """The latest first, each with who made it."""
    return list(commitment.calls.select_related("by").order_by("-on", "-id"))
