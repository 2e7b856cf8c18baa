"""A harvest's public page and each idea's own."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.harvest.doors import a_harvest, an_idea, gave_idea
from essor.harvest.forms.supports import SupportForm
from essor.harvest.models import Harvest, Idea
from essor.harvest.near import near_ids, ready
from essor.harvest.queries.ideas import Asked, gathered, one_idea
from essor.harvest.rules import ideas_are_public, is_public, takes_ideas
from essor.kit import clock
from essor.ledger.kept import kept
from essor.territories.doors import door


@kept
@door(opens=(a_harvest,))
def harvest(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """The ideas, the latest first; in the silent time only how many there are."""
    asked = Asked(
        words=" ".join(request.GET.get("q", "").split())[:200],
        source=request.GET.get("source", "")[:16],
        page=request.GET.get("page", "1"),
    )
    is_team = request.rights.is_team  # type: ignore[attr-defined]
    found = gathered(
        harvest,
        asked,
        near=near_ids(harvest, asked.words) if asked.words and ready() else [],
        with_all=is_team,
    )
    context = {
        "harvest": harvest,
        "found": found,
        "open": takes_ideas(harvest),
        "silent": not ideas_are_public(harvest),
        "at": clock.now(),
    }
    return render(request, "harvest/harvest.html", context)


@kept
@door(opens=(a_harvest, an_idea))
def idea(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponse:
    """One idea: its words as said, where, who stands behind it, what becomes of it."""
    context = one_idea(idea) | {
        "harvest": harvest,
        "idea": idea,
        "mine": gave_idea(request.rights, idea=idea),  # type: ignore[attr-defined]
        "public": is_public(idea),
        "open": takes_ideas(harvest),
        "known": request.visitor.recognised,  # type: ignore[attr-defined]
        "supported": supports_it(request, idea),
        "support_form": SupportForm(),
    }
    return render(request, "harvest/idea.html", context)


def supports_it(request: HttpRequest, idea: Idea) -> bool:
    """Whether this person or device stands behind the idea. Asking makes no device of a reader."""
    visitor = request.visitor  # type: ignore[attr-defined]
    device = request.session.get("device", "")
    mine = Q(person=visitor.recognised) if visitor.recognised else Q(pk=None)
    if device:
        mine |= Q(person=None, device=device)
    return idea.supports.filter(mine).exists()
