"""Policies of routes: who may pass. A route whose view declares none fails the build.

The kit knows the declaration and the generic policies; ``territories.doors`` adds the doors that
look at a person's roles and hand the view its objects. Whoever may not pass gets "not found".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

STRANGER = "stranger"
PARTICIPANT = "participant"
SIGNED_IN = "signed in"
DEMO_ONLY = "demonstration only"
EVERYBODY = frozenset(
    {
        STRANGER,
        PARTICIPANT,
        "facilitator",
        "door",
        "host",
        "committee",
        "supporter",
        "coordinator",
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a route promises: the roles it opens to, and the URL arguments it looks up.

    ``opens_to`` names roles held *in the object's territory* (a role elsewhere is a stranger).
    ``own`` means: only the person whom the object belongs to, besides ``opens_to``.
    """

    name: str
    opens_to: frozenset[str]
    own: bool = False
    arguments: tuple[str, ...] = field(default=())
    redirects: bool = False


def declares(policy: Policy) -> Callable[[View], View]:
    """Attach ``policy`` to a view; the checks themselves are the caller's."""

    def attach(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return attach


def policy_of(view: Any) -> Policy | None:
    return getattr(view, "policy", None)


def for_everybody(view: Any) -> bool:
    """Whether strangers pass, with nothing in their hand."""
    policy = policy_of(view)
    return policy is not None and STRANGER in policy.opens_to and not policy.own


def anybody(view: View) -> View:
    """A page for everybody that looks up no object."""
    return declares(Policy("anybody", EVERYBODY))(view)


def demo_only(view: View) -> View:
    """A page that exists in the demonstration and nowhere else."""

    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    checked.__name__, checked.__module__ = view.__name__, view.__module__
    return declares(Policy(DEMO_ONLY, frozenset()))(checked)
