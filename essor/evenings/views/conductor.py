"""The conductor's page: phases and timer, what the screen shows, tables done, ideas to hide.

Everything is kept in the database: another host who opens the page takes over as it is.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from essor.evenings.actions.conducting import (
    NoPhase,
    Overtaken,
    add_minutes,
    call_table,
    pause_phase,
    resume_phase,
    say,
    show_scene,
    start_phase,
    take_baton,
    tell_table,
)
from essor.evenings.actions.evening import move_evening
from essor.evenings.actions.tables import hide_idea
from essor.evenings.doors import an_evening, an_idea
from essor.evenings.forms.conducting import MessageForm, PhaseForm, PitchForm, SceneForm, TimerForm
from essor.evenings.models import Evening, TableIdea
from essor.evenings.queries.screen import counts_of
from essor.evenings.queries.tables import (
    latest_ideas,
    next_to_pitch,
    pitches_of,
    tables_with_progress,
)
from essor.evenings.states import MoveRefused
from essor.evenings.timer import timer_of
from essor.kit import clock
from essor.kit.once import once
from essor.ledger import live
from essor.projects.models import SHEET_FIELDS
from essor.territories.doors import HOST, door

A_FEW_MINUTES = 5


def conductor_address(evening: Evening) -> str:
    return reverse("evenings:conductor", args=[evening.territory.slug, evening.public_id])


@door(HOST, opens=(an_evening,))
def conductor(request: HttpRequest, evening: Evening) -> HttpResponse:
    return _page(request, evening)


def _page(request: HttpRequest, evening: Evening, trouble: str = "") -> HttpResponse:
    version = live.version(evening.room)
    phases = list(evening.phases.all())
    pitches = pitches_of(evening)
    tables = tables_with_progress(evening)
    speaking = next((each for each in tables if each.pk == evening.pitching_id), None)
    context = {
        "evening": evening,
        "version": version,
        "mine": evening.conductor_id == request.visitor.person.pk,  # type: ignore[attr-defined]
        "phases": phases,
        "next": _next(evening, phases),
        "timer": timer_of(evening, clock.now()),
        "scenes": Evening.Scene.choices,
        "message_form": MessageForm(evening=evening, initial={"message": evening.message}),
        "tables": tables,
        "calling": [each for each in tables if each.help_asked_at],
        "pitch_link": getattr(speaking, "link", "") or "",
        "pitches": pitches,
        "next_pitch": next_to_pitch(evening, pitches),
        "of": len(SHEET_FIELDS),
        "ideas": latest_ideas(evening),
        "counts": counts_of(evening),
        "trouble": trouble,
    }
    return render(request, "evenings/conductor.html", context, status=422 if trouble else 200)


def _next(evening: Evening, phases: list) -> object:  # type: ignore[type-arg]
    if evening.phase_id is None:
        return phases[0] if phases else None
    later = [each for each in phases if each.order > evening.phase.order]  # type: ignore[union-attr]
    return later[0] if later else None


def _conduct(request: HttpRequest, evening: Evening, change: Callable[[], object]) -> HttpResponse:
    """Make one change, once, and come back to the page; what could not be done is said there."""

    def act() -> str:
        change()
        return conductor_address(evening)

    trouble = ""
    try:
        return once(request, act)
    except Overtaken:
        trouble = _("Somebody else moved the evening on meanwhile. This is where it is now.")
    except NoPhase:
        trouble = _("No phase is under way yet: start one first.")
    except MoveRefused:
        trouble = _("This evening is in preparation or over: open it for registration first.")
    evening.refresh_from_db()
    return _page(request, evening, trouble)


@door(HOST, opens=(an_evening,))
@require_POST
def phase(request: HttpRequest, evening: Evening) -> HttpResponse:
    form = PhaseForm(request.POST, evening=evening)
    if not form.is_valid():
        return _page(request, evening, _("Choose one of the phases of this evening."))
    by = request.visitor.person  # type: ignore[attr-defined]
    return _conduct(
        request,
        evening,
        lambda: start_phase(evening=evening, **form.cleaned_data, by=by, at=clock.now()),
    )


@door(HOST, opens=(an_evening,))
@require_POST
def timer(request: HttpRequest, evening: Evening) -> HttpResponse:
    form = TimerForm(request.POST)
    if not form.is_valid():
        return _page(request, evening, _("Stop the timer, let it go on, or change its time."))
    by, at = request.visitor.person, clock.now()  # type: ignore[attr-defined]
    changes: dict[str, Callable[[], object]] = {
        "pause": lambda: pause_phase(evening=evening, by=by, at=at),
        "resume": lambda: resume_phase(evening=evening, by=by, at=at),
        "more": lambda: add_minutes(evening=evening, minutes=A_FEW_MINUTES, by=by, at=at),
        "less": lambda: add_minutes(evening=evening, minutes=-A_FEW_MINUTES, by=by, at=at),
    }
    return _conduct(request, evening, changes[form.cleaned_data["what"]])


@door(HOST, opens=(an_evening,))
@require_POST
def scene(request: HttpRequest, evening: Evening) -> HttpResponse:
    form = SceneForm(request.POST)
    if not form.is_valid():
        return _page(request, evening, _("Choose what the screen shows."))
    by = request.visitor.person  # type: ignore[attr-defined]
    wanted = form.cleaned_data["scene"]
    return _conduct(
        request, evening, lambda: show_scene(evening=evening, scene=wanted, by=by, at=clock.now())
    )


@door(HOST, opens=(an_evening,))
@require_POST
def message(request: HttpRequest, evening: Evening) -> HttpResponse:
    form = MessageForm(request.POST, evening=evening)
    if not form.is_valid():
        return _page(request, evening, _("A word to the room has 160 characters at most."))
    by = request.visitor.person  # type: ignore[attr-defined]
    words, table = form.cleaned_data["message"], form.cleaned_data["to"]
    if table is not None:
        table.evening = evening
        return _conduct(
            request, evening, lambda: tell_table(table=table, words=words, by=by, at=clock.now())
        )
    return _conduct(
        request, evening, lambda: say(evening=evening, message=words, by=by, at=clock.now())
    )


@door(HOST, opens=(an_evening,))
@require_POST
def pitch(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Call a table to tell the hall about its project; blank ends the share-out."""
    form = PitchForm(request.POST, evening=evening)
    if not form.is_valid():
        return _page(request, evening, _("Choose one of the tables of this evening."))
    by, table = request.visitor.person, form.cleaned_data["table"]  # type: ignore[attr-defined]
    return _conduct(
        request, evening, lambda: call_table(evening=evening, table=table, by=by, at=clock.now())
    )


@door(HOST, opens=(an_evening,))
@require_POST
def baton(request: HttpRequest, evening: Evening) -> HttpResponse:
    """Take over from whoever conducts; they are told at once."""
    by, seen = request.visitor.person, request.POST.get("seen", "")  # type: ignore[attr-defined]
    return _conduct(
        request, evening, lambda: take_baton(evening=evening, seen=seen, by=by, at=clock.now())
    )


@door(HOST, opens=(an_evening,))
@require_POST
def ending(request: HttpRequest, evening: Evening) -> HttpResponse:
    by, over = request.visitor.person, Evening.State.OVER  # type: ignore[attr-defined]
    return _conduct(
        request, evening, lambda: move_evening(evening=evening, to=over, by=by, at=clock.now())
    )


@door(HOST, opens=(an_evening, an_idea))
@require_POST
def hiding(request: HttpRequest, evening: Evening, idea: TableIdea) -> HttpResponse:
    """Take an idea off the screen, or put it back."""
    by, hidden = request.visitor.person, request.POST.get("hidden") != "no"  # type: ignore[attr-defined]
    return _conduct(
        request, evening, lambda: hide_idea(idea=idea, hidden=hidden, by=by, at=clock.now())
    )
