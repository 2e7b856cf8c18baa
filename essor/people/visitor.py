"""Who is looking: a signed-in person, somebody who holds keys from a personal link, or nobody.

Keys are public ids of what this browser was let into without an account (a registration by its
personal link, a table by its code), kept in the session, by kind.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

from essor.kit.prepared import Prepared
from essor.people.models import Person

_of_account = Prepared(
    lambda account: Person.objects.select_related("sphere").filter(
        account_id=account, erased_at=None
    ),
    int,
)
_known = Prepared(
    lambda key: Person.objects.select_related("sphere").filter(public_id=key, erased_at=None), str
)
MAX_KEYS = 40
PERSON = "person"


@dataclass
class Visitor:
    """The person behind a request, as far as we know."""

    request: HttpRequest

    @cached_property
    def person(self) -> Person | None:
        user = self.request.user
        if not user.is_authenticated:
            return None
        return _of_account.first(user.pk)

    @cached_property
    def recognised(self) -> Person | None:
        """The signed-in person, or whom this browser acted for last through a personal link or form.

        Good for filling in a name and for following; never for opening somebody's account.
        """
        if self.person is not None:
            return self.person
        known = self.held(PERSON)
        if not known:
            return None
        return _known.first(known[-1])

    @property
    def device(self) -> str:
        """A random name for this browser, for limits only; made when first needed, while posting."""
        if "device" not in self.request.session:
            self.request.session["device"] = secrets.token_hex(8)
        return str(self.request.session["device"])

    @property
    def known_device(self) -> str:
        """The same name where it was made before, blank otherwise; for pages that are only read."""
        return str(self.request.session.get("device", ""))

    def holds(self, kind: str, public_id: str) -> bool:
        return public_id in self.request.session.get("keys", {}).get(kind, [])

    def held(self, kind: str) -> list[str]:
        return list(self.request.session.get("keys", {}).get(kind, []))

    def give_key(self, kind: str, public_id: str) -> None:
        """Let this browser into ``public_id`` from now on (the newest ``MAX_KEYS`` are kept)."""
        keys = dict(self.request.session.get("keys", {}))
        kept = [key for key in keys.get(kind, []) if key != public_id]
        keys[kind] = [*kept, public_id][-MAX_KEYS:]
        self.request.session["keys"] = keys


class VisitorMiddleware:
    """Puts ``request.visitor`` on every request; it asks the database only when looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.visitor = Visitor(request)  # type: ignore[attr-defined]
        return self.get_response(request)
