"""Following one thing by a button, with or without an account; and leaving it from a mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.doors import anybody
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.news.actions import ask_to_follow, choose_how
from essor.news.asking import PURPOSE
from essor.news.concerned import things_of
from essor.news.follows import followable, follows
from essor.news.forms import AddressForm
from essor.news.kinds import Key, Thing
from essor.news.links import leaving_of
from essor.news.listening import allow_asking, allow_letter
from essor.news.models import Following
from essor.people.models import Person
from essor.people.views.links import private

How = Following.How


@anybody
def following(request: HttpRequest, of_type: str, of_id: str) -> HttpResponse:
    """Follow it or no longer; a stranger gives an address, and confirms from a letter."""
    key = (of_type, of_id)
    thing = followable(key)
    if thing is None:
        raise Http404
    known = request.visitor.recognised  # type: ignore[attr-defined]
    hears = known is not None and follows(known, key)
    person = known if hears or (known is not None and known.email) else None
    form = AddressForm(request.POST or None)
    if request.method == "POST" and person is not None:
        return once(request, lambda: _choose(request, person, key, thing))
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _ask(request, form.cleaned_data["email"], key, thing))
        except TooOften:
            form.add_error(None, _("That is a lot for one day: try again tomorrow."))
    shown = {"thing": thing, "form": form, "known": person, "follows": hears}
    status = 422 if request.method == "POST" else 200
    return private(render(request, "news/following.html", shown, status=status))


def _choose(request: HttpRequest, person: Person, key: Key, thing: Thing) -> str:
    ends = request.POST.get("follow") == "no"
    how = How.NONE if ends else How.WEEKLY
    choose_how(person=person, key=key, how=how, by=person, at=clock.now())
    messages.success(request, _said(ends=ends))
    return thing.address


def _said(*, ends: bool) -> str:
    if ends:
        return _("You no longer follow it.")
    return _("You follow it: what is new comes with your mail of the week.")


def _ask(request: HttpRequest, email: str, key: Key, thing: Thing) -> str:
    at = clock.now()
    allow_asking(PURPOSE, request.visitor.device, at)  # type: ignore[attr-defined]
    allow_letter(PURPOSE, email, at)
    language = (get_language() or "fr")[:2]
    ask_to_follow(key=key, email=email, language=language, by=None, at=at)
    messages.success(request, _("Look into your mails: one click there confirms it."))
    return thing.address


@anybody
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """One thing that somebody follows, for whoever holds a mail about it, and one button to end it."""
    found = leaving_of(token)
    if found is None:
        raise Http404
    person, key = found
    if request.method == "POST":

        def act() -> str:
            choose_how(person=person, key=key, how=How.NONE, by=person, at=clock.now())
            messages.success(request, _said(ends=True))
            thing = followable(key)
            return thing.address if thing else "/"

        return once(request, act, scope=f"leaving:{token}")
    thing = things_of([key]).get(key)
    if thing is None:
        raise Http404
    return private(render(request, "news/leaving.html", {"thing": thing}))
