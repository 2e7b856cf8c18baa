"""The seating plan and the door on the desk of an evening, and the door behind a ticket's code."""

from django.http import HttpRequest

from essor.evenings.models import Evening, Registration
from essor.evenings.queries.door import counts_of
from essor.kit.panels import Panel, register
from essor.territories.doors import DOOR, HOST


def plan_and_door(request: HttpRequest, evening: Evening) -> Panel | None:
    """The ways to the plan (hosts) and to the door (hosts and door), with who is here."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.any_of(HOST, DOOR):
        return None
    context = {"evening": evening, "counts": counts_of(evening), "is_host": rights.is_host}
    return Panel("evenings/_plan_and_door.html", context)


def let_in(request: HttpRequest, registration: Registration) -> Panel | None:
    """Whoever scans a ticket with a plain camera lets the person in from there."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.any_of(HOST, DOOR):
        return None
    return Panel("evenings/_let_in.html", {"registration": registration})


register("evening_desk", plan_and_door, order=20)
register("ticket", let_in, order=10)
