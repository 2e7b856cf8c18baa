"""From a filled form to a kept idea: who said it, within which limits, and where one goes on."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from essor.harvest.actions.ideas import Said, give_idea
from essor.harvest.doors import IDEA
from essor.harvest.forms.ideas import IdeaForm
from essor.harvest.models import Harvest, Idea, Source
from essor.harvest.words import key_of
from essor.kit import clock
from essor.kit.limits import mark_of, spend
from essor.kit.queued import happened_at
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.people.text import same_name
from essor.people.visitor import PERSON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_DEVICE, A_HARVEST, AN_ADDRESS = 60, 6_000, 20


def keep_idea(request: HttpRequest, harvest: Harvest, form: IdeaForm) -> Idea:
    """Keep what a valid ``form`` says; what this browser said in the same words is found again.

    Raises ``TooOften`` and what ``give_idea`` raises.
    """
    visitor, at, said = request.visitor, clock.now(), form.cleaned_data  # type: ignore[attr-defined]
    mine = Idea.objects.filter(harvest=harvest, public_id__in=visitor.held(IDEA))
    known = mine.filter(key=key_of(said["text"])).exclude(state=Idea.State.WITHDRAWN).first()
    if known is not None and tidy_same(known, said):
        return known
    spend(f"idea:{harvest.public_id}:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
    spend(f"idea:{harvest.public_id}", limit=A_HARVEST, window=HOUR, at=at)
    author = who_says(request, form)
    if author is not None and author.email:
        spend(f"idea-mail:{mark_of(author.email)}", limit=AN_ADDRESS, window=DAY, at=at)
    return give_idea(
        harvest=harvest,
        said=Said(
            text=said["text"],
            detail=said["detail"],
            author=author,
            nameless=author is None,
            source=Source.objects.filter(harvest=harvest, public_id=said["source"]).first(),
            at=happened_at(request, at),
            builds_on=Idea.objects.filter(harvest=harvest, public_id=said["builds_on"]).first(),
        ),
        by=author,
        at=at,
    )


def tidy_same(known: Idea, said: dict[str, Any]) -> bool:
    """The same words with nothing new beside them."""
    return not said["detail"] or said["detail"] == known.detail


def who_says(request: HttpRequest, form: IdeaForm) -> Person | None:
    """Whom the form names: the one this browser acted for before, a new person, or nobody."""
    said = form.cleaned_data
    known: Person | None = request.visitor.recognised  # type: ignore[attr-defined]
    if said["as_before"] and known is not None:
        return known
    if not form.says_who:
        return None
    name, email = said["first_name"], said["email"].lower()
    if known and same_name(known.first_name, name) and (known.email or email) == email:
        return known
    return welcome_person(
        first_name=name or email.split("@")[0][:80],
        email=email,
        sphere=said["sphere"],
        commune=said["commune"],
        commune_code=form.commune_code,
        language=(get_language() or "fr")[:2],
        by=None,
        at=clock.now(),
    )


def remember(request: HttpRequest, idea: Idea) -> None:
    """This browser gave the idea; whoever it named is known here from now on."""
    visitor = request.visitor  # type: ignore[attr-defined]
    visitor.give_key(IDEA, idea.public_id)
    if idea.author is not None and visitor.person is None:
        visitor.give_key(PERSON, idea.author.public_id)


def page_of(idea: Idea, page: str = "idea") -> str:
    harvest = idea.harvest
    return reverse(
        f"harvest:{page}", args=[harvest.territory.slug, harvest.public_id, idea.public_id]
    )
