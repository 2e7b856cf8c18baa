"""My space: who I am, what I agreed to, what is kept of me, and how to leave."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.doors import anybody
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.actions import (
    choose_news,
    rewrite_person,
    rewrite_reach,
    withdraw_consent,
)
from essor.people.doors import oneself
from essor.people.earlier import HasOwn, NotTheirs, offered_to, take_up
from essor.people.erasure import ErasedAlready, StillNeeded, erase_person
from essor.people.export import as_data, kept_of
from essor.people.forms import DataLinkForm, ErasureForm, ProfileForm
from essor.people.letters import post_data_links
from essor.people.models import Account, Consent, Person
from essor.people.views.links import private

LINKS_AN_HOUR = 3


@oneself
def me(request: HttpRequest, person: Person) -> HttpResponse:
    account = request.user
    earlier = offered_to(account, person) if isinstance(account, Account) else []
    return private(render(request, "people/me.html", {"person": person, "earlier": earlier}))


@oneself
def earlier(request: HttpRequest, person: Person) -> HttpResponse:
    """Take up what was kept under one's address before the account; GET leads to where it is said."""
    account = request.user
    if request.method != "POST" or not isinstance(account, Account):
        return redirect("people:me")
    chosen = request.POST.get("person", "")

    def act() -> str:
        take_up(account=account, person=chosen, by=person, at=clock.now())
        messages.success(request, _("It is yours: here is what you gave and promised."))
        return reverse("people:me")

    try:
        return once(request, act)
    except NotTheirs:
        messages.warning(request, _("Nobody else is known at your address any more."))
    except HasOwn:
        messages.warning(
            request,
            _("Your account has taken part by itself already, so the two stay apart. The links in "
              "your mails open what you did before."),
        )  # fmt: skip
    return redirect("people:me")


@oneself
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    form = ProfileForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        answer = once(request, lambda: _rewrite(request, person, form))
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=365 * 24 * 3600,
            samesite="Lax",
        )
        return answer
    shown = {"form": form, "person": person}
    return private(
        render(request, "people/profile.html", shown, status=422 if form.errors else 200)
    )


def _rewrite(request: HttpRequest, person: Person, form: ProfileForm) -> str:
    told, at = form.cleaned_data, clock.now()
    rewrite_person(
        person=person,
        first_name=told["first_name"],
        last_name=told["last_name"],
        sphere=told["sphere"],
        organisation=told["organisation"],
        commune=told["commune"],
        commune_code=form.commune_code,
        by=person,
        at=at,
    )
    rewrite_reach(person=person, phone=told["phone"], language=told["language"], by=person, at=at)
    choose_news(person=person, wanted=told["news"], by=person, at=at)
    messages.success(request, _("Kept."))
    return reverse("people:me")


@oneself
def data(request: HttpRequest, person: Person) -> HttpResponse:
    """Everything that is kept of me, in words."""
    context = {
        "person": person,
        "kinds": kept_of(person),
        "consents": person.consents.filter(withdrawn_at=None),
    }
    return private(render(request, "people/data.html", context))


@oneself
def data_file(request: HttpRequest, person: Person) -> HttpResponse:
    """The same as a file that other programs read."""
    options = {"ensure_ascii": False, "indent": 2}
    answer = JsonResponse(as_data(person), json_dumps_params=options)
    answer.headers["Content-Disposition"] = 'attachment; filename="essor-my-data.json"'
    return private(answer)


@oneself
def consent_withdrawal(request: HttpRequest, person: Person, purpose: str) -> HttpResponse:
    """Take back an agreement; GET leads to the page where the buttons are."""

    def act() -> str:
        if purpose in Consent.Purpose.values:
            withdraw_consent(person=person, purpose=purpose, by=person, at=clock.now())
        messages.success(request, _("Taken back."))
        return reverse("people:data")

    return once(request, act) if request.method == "POST" else redirect("people:data")


@oneself
def erasure(request: HttpRequest, person: Person) -> HttpResponse:
    """What erasing means, and the button that does it."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            with suppress(ErasedAlready):
                erase_person(person=person, by=person, at=clock.now())
            return reverse("people:farewell")

        try:
            answer = once(request, act)
        except StillNeeded as needed:
            form.add_error(None, [str(why) for why in needed.why])
        else:
            logout(request)
            return answer
    shown = {"form": form, "person": person, "roles": person.roles.all()}
    return private(
        render(request, "people/erasure.html", shown, status=422 if form.errors else 200)
    )


@anybody
def farewell(request: HttpRequest) -> HttpResponse:
    return render(request, "people/farewell.html")


@anybody
def data_link(request: HttpRequest) -> HttpResponse:
    """For people without an account: a personal link to their data, at the address we know.

    The answer is the same whether the address is known or not.
    """
    form = DataLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip().lower()

        def act() -> str:
            at = clock.now()
            spend(f"data:{email}"[:150], limit=LINKS_AN_HOUR, window=timedelta(hours=1), at=at)
            post_data_links(email=email, at=at)
            return reverse("people:data_link") + "?sent=yes"

        try:
            return once(request, act)
        except TooOften:
            form.add_error("email", _("Several links were sent already. Try again in an hour."))
    shown = {"form": form, "sent": request.GET.get("sent") == "yes"}
    return render(request, "people/data_link.html", shown, status=422 if form.errors else 200)
