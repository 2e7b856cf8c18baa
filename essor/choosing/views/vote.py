"""Votes: the list, a new one, its page with its result, its poster, its file, its closure."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from essor.choosing.actions import close_vote, open_vote
from essor.choosing.doors import a_vote
from essor.choosing.forms import VoteForm
from essor.choosing.models import Vote
from essor.choosing.rules import is_due, numbers_shown, takes_ballots
from essor.choosing.voter import my_ballot
from essor.harvest.poster import qr_svg
from essor.kit import clock
from essor.kit.once import once
from essor.kit.small_numbers import INSIDE
from essor.territories.doors import HOST, door
from essor.territories.models import Territory

PAGES = {
    Vote.Kind.CHALLENGES: "challenges:challenge",
    Vote.Kind.PROJECTS: "projects:project",
}


def address_of(vote: Vote) -> str:
    return reverse("choosing:vote", args=[vote.territory.slug, vote.public_id])


@door()
def votes(request: HttpRequest) -> HttpResponse:
    territory: Territory = request.territory  # type: ignore[attr-defined]
    every = list(Vote.objects.filter(territory=territory).order_by("state", "-created_at", "-id"))
    now = clock.now()
    open_now = [each for each in every if takes_ballots(each, now)]
    others = [each for each in every if each not in open_now]
    return render(request, "choosing/votes.html", {"open": open_now, "others": others})


@door(HOST)
def new(request: HttpRequest) -> HttpResponse:
    """Put challenges to a vote; ``?kind=project`` puts projects."""
    territory: Territory = request.territory  # type: ignore[attr-defined]
    asked = request.GET.get("kind", "")
    kind = asked if asked in Vote.Kind.values else str(Vote.Kind.CHALLENGES)
    now = clock.now()
    form = VoteForm(request.POST or None, territory=territory, kind=kind, now=now)

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        kept = open_vote(
            territory=territory, planned=form.planned, options=form.chosen, by=by, at=now
        )
        messages.success(request, _("The vote is open. Share its address or print its poster."))
        return address_of(kept)

    if request.method == "POST" and form.is_valid():
        return once(request, act)
    shown = {"form": form, "kind": kind}
    return render(request, "choosing/new.html", shown, status=422 if form.errors else 200)


@door(opens=(a_vote,))
def vote(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Its page: the way to choose while it is open, the result and its rule once closed."""
    now = clock.now()
    host = request.rights.is_host  # type: ignore[attr-defined]
    cast = vote.ballots.filter(cast_at__isnull=False).count() if host else 0
    context: dict[str, Any] = {
        "vote": vote,
        "open": takes_ballots(vote, now),
        "due": is_due(vote, now),
        "mine": my_ballot(request, vote),
        "options": list(vote.options.order_by("name", "id")),
        "cast": cast if cast >= INSIDE else None,
        "numbers": numbers_shown(vote, inside=request.rights.is_team),  # type: ignore[attr-defined]
        "public_numbers": numbers_shown(vote, inside=False),
        "rows": _rows(vote),
        "all_numbers": request.GET.get("show") == "numbers",
    }
    return render(request, "choosing/vote.html", context)


def _rows(vote: Vote) -> list[dict[str, Any]]:
    """The result's lines with the address of each challenge or project."""
    page, slug = PAGES[Vote.Kind(vote.kind)], vote.territory.slug
    plain = set(vote.result.get("by_approval", ()))
    return [
        {**row, "address": reverse(page, args=[slug, row["key"]]), "plain": row["key"] in plain}
        for row in vote.result.get("rows", ())
    ]


@door(HOST, opens=(a_vote,), redirects=True)
def closure(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Close the vote now (POST); GET leads to its page, where the button is."""

    def act() -> str:
        by = request.visitor.person  # type: ignore[attr-defined]
        close_vote(vote=vote, by=by, at=clock.now())
        messages.success(request, _("The vote is closed and counted."))
        return address_of(vote)

    return once(request, act) if request.method == "POST" else redirect(address_of(vote))


@door(HOST, opens=(a_vote,))
def poster(request: HttpRequest, vote: Vote) -> HttpResponse:
    """To print or project: a QR code that names the vote, never a person."""
    address = f"{settings.SITE_URL}{address_of(vote)}"
    drawn = mark_safe(qr_svg(address))  # noqa: S308 - drawn by us from our own address
    return render(request, "choosing/poster.html", {"vote": vote, "qr": drawn, "address": address})


@door(opens=(a_vote,))
def file(request: HttpRequest, vote: Vote) -> HttpResponse:
    """The ballots without names or order, in Pabulib's format: whoever doubts counts again."""
    inside = request.rights.is_team  # type: ignore[attr-defined]
    if vote.state != Vote.State.CLOSED or not numbers_shown(vote, inside=inside):
        raise Http404
    answer = HttpResponse(vote.file, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="essor-{vote.public_id}.pb"'
    return answer
