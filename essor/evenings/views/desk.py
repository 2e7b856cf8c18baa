"""The host's page of an evening: what to do next, and the way to everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.evenings.doors import an_evening
from essor.evenings.models import Evening
from essor.evenings.queries.attendance import attendance
from essor.evenings.queries.next_steps import seats_warning, steps_of
from essor.evenings.queries.seats import waiting_count
from essor.evenings.setup_pages import setup_tabs
from essor.evenings.states import EVENING_MOVES
from essor.kit import clock
from essor.territories.doors import TEAM, door


@door(*TEAM, opens=(an_evening,))
def desk(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Other parts of the room hang their panels in the slot ``evening_desk``."""
    coming = attendance(evening, clock.now())
    steps = steps_of(evening)
    context = {
        "evening": evening,
        "steps": steps,
        "next_step": next((step for step in steps if not step.done), None),
        "moves": EVENING_MOVES[evening.state],
        "coming": coming,
        "seats_left": max(0, evening.capacity - coming.total),
        "waiting": waiting_count(evening),
        "setup": setup_tabs(request, evening),
        "its_day": evening.date is not None and evening.date <= clock.today(),
        "too_few_seats": seats_warning(evening),
    }
    return render(request, "evenings/desk.html", context)
