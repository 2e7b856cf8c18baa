"""Giving an idea in under twenty seconds, and the thanks with one more field."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from essor.harvest.actions.ideas import NotTaken
from essor.harvest.doors import a_harvest, an_idea, gave_idea
from essor.harvest.forms.ideas import IdeaForm
from essor.harvest.giving import keep_idea, page_of, remember
from essor.harvest.letters import idea_address
from essor.harvest.models import Harvest, Idea
from essor.harvest.near import NearIdea, near_ideas, ready
from essor.harvest.prompts import idea_to_build_on, question_now
from essor.harvest.queries.ideas import one_idea
from essor.harvest.rules import ideas_are_public, is_public, takes_ideas
from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.ledger.kept import kept
from essor.people.models import Person
from essor.territories.doors import door


@kept
@door(opens=(a_harvest,))
@never_cache
def give(request: HttpRequest, harvest: Harvest) -> HttpResponseBase:
    """The page behind the QR code. Not cached, so that going back starts a new idea."""
    if not takes_ideas(harvest) and request.method != "POST":
        return render(request, "harvest/not_taken.html", {"harvest": harvest})
    form = IdeaForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, harvest, form)
        except NotTaken:
            words = _("This harvest takes no more ideas. Copy your text: nothing else is lost.")
            form.add_error(None, words)
        except TooOften:
            words = _("So many ideas from here! Breathe: yours stays on this page, send it later.")
            form.add_error(None, words)
    status = 422 if form.errors else 200
    return render(request, "harvest/give.html", _page(request, harvest, form), status=status)


def _kept(request: HttpRequest, harvest: Harvest, form: IdeaForm) -> HttpResponseBase:
    answer = once(request, lambda: page_of(keep_idea(request, harvest, form), "thanks"))
    # A form sent twice may come back without the cookie of its first answer: its act key proves it.
    key = resolve(answer.url).kwargs["idea"]
    idea = Idea.objects.select_related("author").filter(public_id=key).first()
    if idea is not None:
        remember(request, idea)
    return answer


@door(opens=(a_harvest, an_idea), own=gave_idea, name="whoever gave it")
@never_cache
def thanks(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponse:
    """Thanks at once, the field again, and where the fate of this one will be read."""
    form = IdeaForm(initial=_initial(request))
    context = _page(request, harvest, form) | one_idea(idea)
    context |= {"idea": idea, "mine": _mine(request, harvest), "address": idea_address(idea)}
    context["near"] = _near(harvest, idea)
    return render(request, "harvest/thanks.html", context)


def _near(harvest: Harvest, idea: Idea) -> list[NearIdea]:
    """What others said that is close: only to offer it, the idea is kept already."""
    if not ideas_are_public(harvest) or not ready():
        return []
    return near_ideas(harvest, idea.text, besides=(idea.pk,))


def _page(request: HttpRequest, harvest: Harvest, form: IdeaForm) -> dict[str, Any]:
    at = clock.now()
    return {
        "harvest": harvest,
        "form": form,
        "known": _known(request) if form["as_before"].value() else None,
        "built_on": _built_on(harvest, form),
        "question": question_now(at),
        "build_on": idea_to_build_on(harvest, at),
        "silent": not ideas_are_public(harvest),
        "open": takes_ideas(harvest),
    }


def _built_on(harvest: Harvest, form: IdeaForm) -> Idea | None:
    """The public idea that this one answers."""
    key = form["builds_on"].value()
    idea = Idea.objects.filter(harvest=harvest, public_id=key).first() if key else None
    if idea is None:
        return None
    idea.harvest = harvest
    return idea if is_public(idea) else None


def _mine(request: HttpRequest, harvest: Harvest) -> int:
    """How many ideas this browser gave here."""
    held = request.visitor.held("idea")  # type: ignore[attr-defined]
    return Idea.objects.filter(harvest=harvest, public_id__in=held).count()


def _initial(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET
    return {
        "source": asked.get("source", "")[:16],
        "builds_on": asked.get("and", "")[:16],
        "as_before": "new" not in asked and _known(request) is not None,
    }


def _known(request: HttpRequest) -> Person | None:
    """Whom this browser acted for before; on a tablet that goes round, only the first name shows."""
    known: Person | None = request.visitor.recognised  # type: ignore[attr-defined]
    return known
