"""A harvest's public page and each idea's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from essor.harvest.doors import a_harvest, an_idea, gave_idea
from essor.harvest.letters import idea_address
from essor.harvest.models import Harvest, Idea
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
    found = gathered(harvest, asked, near=[], with_all=is_team)
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
        "address": idea_address(idea),
    }
    return render(request, "harvest/idea.html", context)
