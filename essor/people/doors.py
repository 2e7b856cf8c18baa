"""The door to one's own pages: signed in, or let in by a personal link."""

import functools
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from essor.kit.doors import EVERYBODY, SIGNED_IN, STRANGER, Policy, View, declares
from essor.kit.errors import signed_out, writes_something
from essor.people.models import Person

ME = "me"
"""The kind of key that opens one's own data without an account."""


def oneself_of(request: HttpRequest) -> Person | None:
    """The signed-in person, else the one whose data a personal link opened in this browser."""
    visitor = request.visitor  # type: ignore[attr-defined]
    if visitor.person:
        person: Person = visitor.person
        return person
    held = visitor.held(ME)
    return Person.objects.filter(public_id__in=held[-1:], erased_at=None).first()


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to signing in; a form that holds words keeps them and waits."""
    if writes_something(request):
        return signed_out(request)
    return redirect_to_login(request.get_full_path())


def oneself(view: View) -> View:
    """A page about oneself; the view gets ``person``. Strangers are led to sign in."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = oneself_of(request)
        if person is None:
            return to_sign_in(request)
        return view(request, person, *args, **kwargs)

    return declares(Policy(SIGNED_IN, EVERYBODY - {STRANGER}, redirects=True))(checked)
