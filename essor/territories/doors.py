"""The doors: every object of a territory is reached through one, with the person's rights.

``@door`` declares a route's policy *and* enforces it. The route's arguments are looked up in the
order in which ``opens`` lists them, each inside the one before, so an object of another territory
does not exist here. Whoever may not pass gets "not found".
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

from essor.kit.doors import EVERYBODY, SIGNED_IN, STRANGER, Policy, View, declares
from essor.kit.mail import silence
from essor.kit.prepared import Prepared, within
from essor.kit.shell import finds_place
from essor.people.doors import to_sign_in
from essor.people.models import Person
from essor.people.visitor import Visitor
from essor.territories.models import Invitation, Role, Territory

HOST, FACILITATOR, DOOR = Role.Kind.HOST, Role.Kind.FACILITATOR, Role.Kind.DOOR
COMMITTEE, SUPPORTER, COORDINATOR = Role.Kind.COMMITTEE, Role.Kind.SUPPORTER, Role.Kind.COORDINATOR
TEAM = (HOST, FACILITATOR, DOOR)
REHEARSAL = "rehearsal"
"""The kind of key that opens a rehearsal to a browser without a role."""

_territory = Prepared(lambda slug: Territory.objects.filter(slug=slug), str)
_roles = Prepared(lambda person: Role.objects.filter(person_id=person), int)


@dataclass
class Rights:
    """What the visitor may do in one territory; roles held elsewhere do not count."""

    visitor: Visitor
    territory: Territory | None

    @property
    def person(self) -> Person | None:
        return self.visitor.person

    @cached_property
    def roles(self) -> frozenset[str]:
        if self.person is None:
            return frozenset()
        here = self.territory.pk if self.territory else None
        held = _roles.all(self.person.pk)
        return frozenset(role.kind for role in held if role.territory_id in {here, None})

    def any_of(self, *kinds: str) -> bool:
        return bool(self.roles & set(kinds))

    @property
    def is_host(self) -> bool:
        return HOST in self.roles

    @property
    def is_team(self) -> bool:
        return self.any_of(*TEAM)

    def holds(self, kind: str, public_id: str) -> bool:
        return self.visitor.holds(kind, public_id)


# Looks up one URL argument as (rights, parent, key): None where it does not exist, or where these
# rights may not know of it.
Find = Callable[[Rights, Any, str], Any]


@dataclass(frozen=True, slots=True)
class Opens:
    """One URL argument and how it is found inside its parent.

    The parent is the object named by ``inside``; without it, the argument listed just before (the
    territory, for the first).
    """

    argument: str
    find: Find
    inside: str = ""


def found_in(model: type[Model], inside: str, *related: str) -> Find:
    """Looks an object up by its public id in what it lies in; the route's policy says who may pass.

    ``inside`` names the relation to what the object lies in, ``related`` what comes along.
    """
    question = within(model, inside, *related)

    def find(rights: Rights, parent: Any, key: str) -> Any:
        found = question.first(parent.pk, key)
        if found is not None:
            setattr(found, inside, parent)
        return found

    return find


Own = Callable[..., bool]


def door(
    *kinds: str,
    opens: tuple[Opens, ...] = (),
    own: Own | None = None,
    name: str = "",
    redirects: bool = False,
) -> Callable[[View], View]:
    """Open a territory's page to people who hold one of ``kinds``; to everybody without any.

    ``own(rights, **objects)`` lets others in who are concerned by these very objects: the holder
    of a registration, the phone of a table. The view gets the territory's objects as keyword
    arguments; ``request.territory`` and ``request.rights`` are set for it and its templates.
    ``redirects``: the route answers with a redirect, also to those it opens to.
    """
    closed = bool(kinds) or own is not None
    policy = Policy(
        name=name or (", ".join(kinds) if closed else "everybody"),
        opens_to=frozenset(kinds) if closed else EVERYBODY,
        own=own is not None,
        arguments=("territory", *(each.argument for each in opens)),
        redirects=redirects,
    )

    def guard(view: View) -> View:
        @functools.wraps(view)
        def pass_through(request: HttpRequest, territory: str, **keys: str) -> HttpResponseBase:
            found = _territory.first(territory)
            if found is None:
                raise Http404
            rights = Rights(request.visitor, found)  # type: ignore[attr-defined]
            if found.rehearsal and not may_rehearse(rights):
                raise Http404
            objects = look_up(rights, found, opens, keys)
            if not may_pass(rights, policy, own, objects):
                raise Http404
            request.territory, request.rights = found, rights  # type: ignore[attr-defined]
            with silence(found.rehearsal):
                return view(request, **objects, **keys)

        return declares(policy)(pass_through)

    return guard


def holder(argument: str, kind: str, *, person: str = "person_id") -> Own:
    """Lets in whoever the object ``argument`` is of: ``kind`` is the key of its personal link.

    The browser holds that key (it made the object, or opened the link), or its account is the
    person in the object's field ``person``.
    """

    def is_theirs(rights: Rights, **objects: Any) -> bool:
        found = objects[argument]
        if rights.holds(kind, found.public_id):
            return True
        return rights.person is not None and rights.person.pk == getattr(found, person)

    return is_theirs


def may_rehearse(rights: Rights) -> bool:
    """A rehearsal is there for the team, and for whoever came in by the code on its screen."""
    territory = rights.territory
    entered = territory is not None and rights.holds(REHEARSAL, territory.public_id)
    return bool(rights.roles) or entered


def may_pass(rights: Rights, policy: Policy, own: Own | None, objects: dict[str, Any]) -> bool:
    """Whether the visitor may see these objects under ``policy``: by role, or because they are theirs."""
    return (
        policy.opens_to == EVERYBODY
        or rights.any_of(*policy.opens_to)
        or (own is not None and own(rights, **objects))
    )


def look_up(
    rights: Rights, territory: Territory, opens: tuple[Opens, ...], keys: dict[str, str]
) -> dict[str, Any]:
    """The objects that the route's arguments name, each found inside its parent; else 404."""
    objects: dict[str, Any] = {}
    parent: Any = territory
    for each in opens:
        found = each.find(rights, objects.get(each.inside, parent), keys.pop(each.argument))
        if found is None:
            raise Http404
        objects[each.argument] = parent = found
    return objects


def place_of(request: HttpRequest) -> None:
    """For a page of error that no door was reached for: the territory of its address, with the
    visitor's rights there. A rehearsal shows itself to nobody whom it does not let in."""
    visitor: Visitor | None = getattr(request, "visitor", None)
    found = _territory.first(request.path_info.split("/")[1])
    if visitor is None or found is None:
        return
    rights = Rights(visitor, found)
    if not found.rehearsal or may_rehearse(rights):
        request.territory, request.rights = found, rights  # type: ignore[attr-defined]


finds_place(place_of)


def is_signed_in(request: HttpRequest) -> bool:
    return request.visitor.person is not None  # type: ignore[attr-defined]


def signed_in(view: View) -> View:
    """A page of one's own: any signed-in person; strangers are led to sign in."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_signed_in(request):
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return declares(Policy(SIGNED_IN, EVERYBODY - {STRANGER}, redirects=True))(checked)


def find_role(rights: Rights, territory: Territory, key: str) -> Role | None:
    return (
        Role.objects.select_related("territory", "person")
        .filter(territory=territory, pk=key)
        .first()
    )


an_invitation = Opens("invitation", found_in(Invitation, "territory", "made_by"))
a_role = Opens("role", find_role)
