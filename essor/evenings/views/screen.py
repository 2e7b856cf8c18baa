"""The big screen of the hall, and what it shows now."""

from datetime import timedelta

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from essor.evenings.doors import an_evening
from essor.evenings.hall import INVITATIONS
from essor.evenings.models import Evening, Phase
from essor.evenings.queries import screen as queries
from essor.evenings.queries.tables import challenges_of
from essor.evenings.timer import timer_of
from essor.kit import clock
from essor.ledger import live
from essor.territories.doors import HOST, door

Scene = Evening.Scene
CARDS = {
    Scene.IDEAS: queries.idea_cards,
    Scene.COMMITMENTS: queries.commitment_cards,
    Scene.PITCHES: queries.pitch_cards,
    Scene.THANKS: queries.born_cards,
}
A_MINUTE = timedelta(minutes=1)
"""For each table of the share-out."""


@door(HOST, opens=(an_evening,))
def screen(request: HttpRequest, evening: Evening) -> HttpResponse:
    return render(request, "evenings/screen.html", _what_it_shows(evening))


@door(HOST, opens=(an_evening,))
def now(request: HttpRequest, evening: Evening) -> HttpResponse:
    """The scene alone, fetched again when something happened."""
    response = render(request, "evenings/_scene.html", _what_it_shows(evening))
    response.headers["Cache-Control"] = "no-store"
    return response


def _what_it_shows(evening: Evening) -> dict[str, object]:
    version = live.version(evening.room)
    scene = Scene(evening.scene)
    arrival = f"{settings.SITE_URL}{_entry(evening)}"
    return {
        "evening": evening,
        "version": version,
        "scene": scene,
        "timer": timer_of(evening, clock.now()),
        **_phases(evening),
        "counts": queries.counts_of(evening),
        "cards": CARDS[scene](evening) if scene in CARDS else [],
        **_pitch(evening),
        "ring": queries.encounter_ring(evening) if scene == Scene.ENCOUNTERS else None,
        "thanked": queries.thanked(evening) if scene == Scene.THANKS else [],
        "arrivals": queries.arrivals_by_sphere(evening) if scene == Scene.WELCOME else [],
        "qr": segno.make(arrival, error="m").svg_data_uri(border=2)
        if scene == Scene.WELCOME
        else "",
        "short": f"{settings.SITE_URL.partition('://')[2]}{reverse('here:code')}",
    }


def _entry(evening: Evening) -> str:
    """Where the QR code leads: the evening's page; a rehearsal is entered by its code alone."""
    if evening.territory.rehearsal:
        return f"{reverse('here:code')}?code={evening.welcome_code}"
    return reverse("evenings:here", args=[evening.territory.slug, evening.public_id])


def _pitch(evening: Evening) -> dict[str, object]:
    """The table that speaks: what it made, how much of its minute is left, who says "I bring"."""
    table = evening.pitching
    if table is None or evening.scene != Scene.PITCHES:
        return {}
    project = table.project
    spent = clock.now() - evening.pitching_since if evening.pitching_since else timedelta()
    return {
        "pitch_title": str(project) if project else "",
        "pitch_summary": project.summary if project else "",
        "pitch_challenges": challenges_of(table),
        "pitch_left": max(0, int((A_MINUTE - spent).total_seconds())),
        "pitch_brought": queries.brought_to(evening, table),
    }


def _phases(evening: Evening) -> dict[str, object]:
    """What is asked of the hall now and comes next; ``turn`` counts phases from one, 0 before."""
    share_out = INVITATIONS[Phase.Kind.SHARE_OUT]
    if evening.phase is None:
        return {"turn": 0, "share_out": share_out}
    phases = list(evening.phases.all())
    turn = sum(each.order <= evening.phase.order for each in phases)
    return {
        "turn": turn,
        "next": phases[turn] if turn < len(phases) else None,
        "invitation": INVITATIONS[evening.phase.kind],
        "share_out": share_out,
    }
