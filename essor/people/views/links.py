"""Personal links: the page shows a button, because mail scanners fetch addresses; POST uses it."""

from datetime import timedelta
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.doors import anybody
from essor.kit.limits import TooOften, spend
from essor.kit.once import once
from essor.people.actions import LinkRefused, digest_of, link_of, read_link, use_link
from essor.people.letters import send_again
from essor.people.links import Purpose, purpose_of
from essor.people.models import PersonalLink

Answer = TypeVar("Answer", bound=HttpResponseBase)
AGAIN_LIMIT, AGAIN_WINDOW = 3, timedelta(hours=1)


@anybody
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page with the button; pressing it spends the link and leads on."""
    try:
        if request.method == "POST":
            return private(_press(request, token))
        return private(_shown(request, read_link(token=token, at=clock.now())))
    except LinkRefused as refusal:
        return private(_refused(request, token, refusal))


@anybody
def link_again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link, to the address on file, to whoever holds a used or expired one."""
    try:
        read_link(token=token, at=clock.now())
    except LinkRefused as refusal:
        old = refusal.link
        if request.method != "POST" or old is None or not old.person.email:
            return private(_refused(request, token, refusal))
        return private(_send_again(request, token, old, refusal))
    return private(redirect("people:link", token))


def _press(request: HttpRequest, token: str) -> HttpResponse:
    """Spend the link once; the same press arriving twice leads on twice."""
    known = link_of(token)
    if known is None:
        raise LinkRefused("unknown")
    purpose = _purpose(known)
    if _of_another(request, known, purpose):
        return _shown(request, read_link(token=token, at=clock.now()), status=409)

    def act() -> str:
        use_link(token=token, by=None, at=clock.now())
        return "/"

    once(request, act, scope=_scope(token))
    request.session.cycle_key()
    return redirect(purpose.lead_to(request, known))


def _shown(request: HttpRequest, found: PersonalLink, status: int = 200) -> HttpResponse:
    """The button; where another's account is open, who is who, and the way out of that account."""
    purpose = _purpose(found)
    page = (
        "people/link_of_another.html"
        if _of_another(request, found, purpose)
        else "people/link.html"
    )
    return render(request, page, {"link": found, "purpose": purpose}, status=status)


def _of_another(request: HttpRequest, found: PersonalLink, purpose: Purpose) -> bool:
    """Whether somebody else is signed in, who would see their own and take it for the link's."""
    signed_in = request.visitor.person  # type: ignore[attr-defined]
    return purpose.oneself and signed_in is not None and signed_in.pk != found.person_id


def _purpose(found: PersonalLink) -> Purpose:
    purpose = purpose_of(found)
    if purpose is None:
        raise LinkRefused("unknown")
    return purpose


def _send_again(
    request: HttpRequest, token: str, old: PersonalLink, refusal: LinkRefused
) -> HttpResponse:
    def act() -> str:
        at = clock.now()
        spend(f"link:{old.person.public_id}", limit=AGAIN_LIMIT, window=AGAIN_WINDOW, at=at)
        send_again(link=old, purpose=_purpose(old), by=None, at=at)
        return "/"

    try:
        once(request, act, scope=_scope(token))
    except TooOften:
        messages.warning(
            request, _("Several links were sent already. Look in your mails, or try in an hour.")
        )
        return _refused(request, token, refusal, status=429)
    messages.success(request, _("A new link is on its way to the address we know."))
    return redirect("people:link", token)


def _refused(
    request: HttpRequest, token: str, refusal: LinkRefused, status: int = 0
) -> HttpResponse:
    old = refusal.link
    purpose = purpose_of(old) if old else None
    onward = purpose.still_open(request, old) if old and purpose and purpose.still_open else None
    context = {
        "token": token,
        "reason": refusal.reason,
        "onward": onward,
        "purpose": purpose,
        "may_ask": bool(old and purpose and old.person.email),
    }
    status = status or (404 if refusal.reason == "unknown" else 410)
    return render(request, "people/link_refused.html", context, status=status)


def _scope(token: str) -> str:
    return f"link:{digest_of(token)[:32]}"


def private(answer: Answer) -> Answer:
    """A page whose address holds a secret: not kept, not indexed, not passed on as referrer.

    ``no-referrer`` would do too, but makes browsers send ``Origin: null`` with the page's form,
    which the form's protection must refuse; ``strict-origin`` gives the host's name and no more.
    """
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
