"""From a filled form to a kept promise: used by this room's page and by an evening's."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils.translation import get_language

from essor.exchanges.actions.commitments import promise
from essor.exchanges.doors import COMMITMENT
from essor.exchanges.forms.commitments import WORDING, CommitmentForm
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.kit.limits import spend
from essor.kit.once import once
from essor.people.actions import give_consent, welcome_person
from essor.people.models import Consent, Person
from essor.people.visitor import PERSON
from essor.projects.models import Project
from essor.territories.models import Territory

Twin = Callable[[str, str], Person | None]
"""Finds who gave this first name and address at the same evening; None when nobody did."""

A_DEVICE, A_TERRITORY, HOUR = 20, 3_000, timedelta(hours=1)
LINKS = "commitment_links"


def nobody(first_name: str, email: str) -> Person | None:
    return None


def keep_promise(
    request: HttpRequest,
    form: CommitmentForm,
    *,
    territory: Territory,
    project_of: Callable[[], Project | None],
    origin: str = "",
    twin: Twin = nobody,
) -> HttpResponseRedirect:
    """Keep what a valid ``form`` promises, once, and lead to the page that thanks for it.

    This browser may release the promise from now on. Raises ``TooOften``, and what ``promise``
    raises for an answer to a need.
    """
    at = clock.now()
    visitor = request.visitor  # type: ignore[attr-defined]

    def act() -> str:
        spend(f"promise:{visitor.device}", limit=A_DEVICE, window=HOUR, at=at)
        spend(f"promise:{territory.public_id}", limit=A_TERRITORY, window=HOUR, at=at)
        person = form.known or _who(form, twin)
        commitment, token = promise(
            territory=territory,
            project=project_of(),
            person=person,
            origin=origin,
            by=person,
            at=at,
            **form.promise,
        )
        if form.cleaned_data.get("show_name"):
            purpose = Consent.Purpose.SHOW_NAME
            give_consent(person=person, purpose=purpose, wording=WORDING, by=person, at=at)
        _remember_link(request, commitment, token)
        if form.known is None:
            visitor.give_key(PERSON, person.public_id)
        visitor.give_key(COMMITMENT, commitment.public_id)
        request.session.keep()  # type: ignore[attr-defined]
        return reverse("exchanges:commitment", args=[territory.slug, commitment.public_id])

    answer = once(request, act)
    # A form sent twice may come back without the cookie of its first answer: its act key proves it.
    key = resolve(answer.url).kwargs["commitment"]
    if not visitor.holds(COMMITMENT, key):
        visitor.give_key(COMMITMENT, key)
    return answer


def _who(form: CommitmentForm, twin: Twin) -> Person:
    first_name = form.cleaned_data["first_name"]
    email = form.cleaned_data["email"].lower()
    known = twin(first_name, email) if email else None
    return known or welcome_person(
        first_name=first_name, email=email, by=None, at=clock.now(), language=_language()
    )


def _language() -> str:
    return (get_language() or "fr")[:2]


def _remember_link(request: HttpRequest, commitment: Commitment, token: str) -> None:
    """Keep the personal link for this browser, so that the page can show it to be written down."""
    kept = dict(list(request.session.get(LINKS, {}).items())[-9:])
    request.session[LINKS] = {**kept, commitment.public_id: token}


def link_token(request: HttpRequest, commitment: Commitment) -> str:
    return str(request.session.get(LINKS, {}).get(commitment.public_id, ""))
