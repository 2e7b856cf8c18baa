"""What is close to the words being typed, and standing behind it instead of writing it again."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from essor.harvest.actions.ideas import NotShown, support_idea, unsupport_idea
from essor.harvest.doors import a_harvest, an_idea, gave_idea
from essor.harvest.forms.supports import SupportForm
from essor.harvest.giving import page_of
from essor.harvest.models import Harvest, Idea
from essor.harvest.near import near_ideas, ready
from essor.harvest.rules import ideas_are_public, takes_ideas
from essor.kit import clock
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.people.visitor import PERSON
from essor.territories.doors import door

HOUR, A_DEVICE = timedelta(hours=1), 120
FEWEST_LETTERS = 8


@door(opens=(a_harvest,))
@never_cache
def near(request: HttpRequest, harvest: Harvest) -> HttpResponse:
    """A fragment for below the field: at most three ideas, nothing in the silent time."""
    text = " ".join(request.GET.get("text", "").split())
    found = []
    asked = len(text) >= FEWEST_LETTERS and ideas_are_public(harvest) and takes_ideas(harvest)
    if asked and ready():
        found = near_ideas(harvest, text)
    return render(request, "harvest/_near.html", {"harvest": harvest, "near": found, "back": ""})


@door(opens=(a_harvest, an_idea))
@require_POST
def support(request: HttpRequest, harvest: Harvest, idea: Idea) -> HttpResponseBase:
    """That is my idea too: once a person or device, with one's name if one gives it."""
    form = SupportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This e-mail address looks incomplete: write it again."))
        return redirect(page_of(idea) + "#support")
    try:
        return once(request, lambda: _stand(request, idea, form))
    except NotShown:
        messages.error(request, _("This idea is not shown any more."))
    except TooOften:
        messages.error(request, _("That is a lot at once: try again in a while."))
    return redirect(page_of(idea) + "#support")


def _stand(request: HttpRequest, idea: Idea, form: SupportForm) -> str:
    visitor, at = request.visitor, clock.now()  # type: ignore[attr-defined]
    spend(f"support:{idea.harvest.public_id}:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
    if form.cleaned_data["end"]:
        person = visitor.recognised
        unsupport_idea(idea=idea, person=person, device=visitor.device, by=person, at=at)
    elif not gave_idea(request.rights, idea=idea):  # type: ignore[attr-defined]
        person = _who(request, form)
        support_idea(idea=idea, person=person, device=visitor.device, by=person, at=at)
        messages.success(request, _("Counted: you stand behind this idea."))
    back = Idea.objects.filter(harvest=idea.harvest, public_id=form.cleaned_data["back"]).first()
    if back is None:
        return page_of(idea) + "#support"
    back.harvest = idea.harvest
    return page_of(back, "thanks")


def _who(request: HttpRequest, form: SupportForm) -> Person | None:
    """The person named in the form, else whom this browser acted for before, else nobody."""
    said, visitor = form.cleaned_data, request.visitor  # type: ignore[attr-defined]
    name, email = said["first_name"], said["email"].lower()
    known: Person | None = visitor.recognised
    if not (name or email) or (known and known.email and known.email == email):
        return known
    made = welcome_person(
        first_name=name or email.split("@")[0][:80],
        email=email,
        language=(get_language() or "fr")[:2],
        by=None,
        at=clock.now(),
    )
    if visitor.person is None:
        visitor.give_key(PERSON, made.public_id)
    return made
