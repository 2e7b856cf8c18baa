"""The machinery of the route matrix: the routes, who asks, and what each policy promises."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from types import SimpleNamespace
from unittest.mock import patch

import structlog
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from essor.kit import clock
from essor.kit.doors import SIGNED_IN, Policy, policy_of
from essor.kit.models import WorkerSeen
from tests.cast import Cast, client_of
from tests.samples import QUERIES, Scene, sample_for, somebody_else

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: a member of the cast, with the role held and where it is held."""

    role: str
    member: str | None = None
    home: str = "valence"

    def acts_as(self, place: str) -> str:
        """The role that counts in ``place``; one held elsewhere counts for nothing there."""
        if self.role in {"stranger", "coordinator"} or place in {self.home, ""}:
            return self.role
        return "participant"


ACTORS = {
    "stranger": Actor("stranger"),
    "participant": Actor("participant", "denis"),
    "facilitator": Actor("facilitator", "bruno"),
    "door": Actor("door", "chloe"),
    "host": Actor("host", "aicha"),
    "committee": Actor("committee", "elodie"),
    "supporter": Actor("supporter", "farid"),
    "coordinator": Actor("coordinator", "gaelle"),
    "host of jura": Actor("host", "hugo", "jura"),
}
ONLY_HERE = {"facilitator", "door", "committee", "supporter"}


@dataclass(frozen=True)
class Route:
    """One address of the house, with the view behind it."""

    name: str
    arguments: tuple[str, ...]
    view: object

    @property
    def policy(self) -> Policy | None:
        return policy_of(self.view)

    @property
    def keyed(self) -> bool:
        """Whether a browser without an account may hold a key to one of its objects."""
        return any(sample_for(self.name, each).key for each in self.arguments)


def all_routes(
    resolver: URLResolver | None = None, space: str = "", above: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Every route of the URL configuration, ``above`` being the arguments of its prefixes."""
    for entry in (resolver or get_resolver()).url_patterns:
        arguments = (*above, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from all_routes(entry, inner, arguments)
        else:
            yield Route(f"{space}{entry.name}", arguments, entry.callback)


class Browser(Client):
    """The test client without what it keeps of each page: copies of the context of each template.

    A view that breaks answers 500, which is never what a policy promises.
    """

    def request(self, **request) -> HttpResponse:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


class World:
    """The cast, their browsers, and a scene of objects by territory and owner."""

    def __init__(self) -> None:
        self.cast = Cast()
        other = somebody_else()
        self.scenes = {
            ("valence", "own"): Scene(self.cast.valence, self.cast.denis),
            ("valence", "other"): Scene(self.cast.valence, other),
            ("jura", "own"): Scene(self.cast.jura, self.cast.denis),
            ("jura", "other"): Scene(self.cast.jura, other),
        }
        for scene in self.scenes.values():
            make_everything(scene)
        WorkerSeen.objects.create(worker="of the matrix", at=clock.now())  # jobs are on time
        self.clients = {
            name: client_of(self.cast.people.get(actor.member), Browser())
            for name, actor in ACTORS.items()
        }

    def keyring(self, route: Route, scene: Scene) -> Client:
        """A browser without an account that holds the keys to the scene's objects."""
        held: dict[str, list[str]] = {}
        for argument in route.arguments:
            sample = sample_for(route.name, argument)
            if sample.key:
                held.setdefault(sample.key, []).append(sample.make(scene))
        session = SessionStore()
        session["keys"] = held
        session.create()
        client = Browser()
        client.cookies["sessionid"] = session.session_key
        return client

    def ask(self, client: Client, address: str, method: str) -> HttpResponse:
        """The answer, with everything it wrote taken back and the browser left as it was."""
        cookies = {name: each.value for name, each in client.cookies.items()}
        with undone():
            response = client.generic(
                method, address, content_type="application/x-www-form-urlencoded"
            )
            if response.streaming and not response.is_async:
                b"".join(response)  # read to its end, so that its file is closed
        client.cookies = SimpleCookie(cookies)
        return response


def make_everything(scene: Scene) -> None:
    """Made now, a scene's objects outlive the test that asks for them first."""
    for name, value in vars(Scene).items():
        if isinstance(value, cached_property):
            getattr(scene, name)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kwargs_of(route: Route, scene: Scene) -> dict[str, str]:
    return {each: sample_for(route.name, each).make(scene) for each in route.arguments}


def address_of(route: Route, kwargs: dict[str, str]) -> str:
    return reverse(route.name, kwargs=kwargs) + QUERIES.get(route.name, "")


def troubles_of(world: World, route: Route) -> list[str]:
    """Everywhere that ``route`` answers otherwise than its policy promises, or writes on GET, or
    shows a form that browsers do not vouch for."""
    found = []
    posted = False
    for (place, whose), scene in scenes_for(world, route):
        address = address_of(route, kwargs_of(route, scene))
        for asker, acts_as, own, client in askers(world, route, place, whose):
            passes = acts_as in route.policy.opens_to or (route.policy.own and own)
            for method in ("GET", "POST"):
                drawn = is_drawn(asker, method, place, own=own or whose == "other", posted=posted)
                with writes_noted() as written, nullcontext() if drawn else undrawn():
                    answer = world.ask(client, address, method)
                posted = posted or (method == "POST" and drawn and passes)
                what = f"{method} {route.name} as {asker}, {whose} in {place}: {answer.status_code}"
                if not as_promised(route.policy, acts_as, answer, passes=passes):
                    found.append(what)
                if method == "GET" and written:
                    found.append(f"{what}, and wrote: {written}")
                if method == "GET" and drawn and forms_come_from_nowhere(answer):
                    found.append(f"{what}, and its form would be refused")
    return found


def is_drawn(asker: str, method: str, place: str, *, own: bool, posted: bool) -> bool:
    """In Valence each page is drawn for each role that passes, and for the owner; what a POST
    answers, for the first who passes. In Jura each page is drawn for its host."""
    if place == "jura":
        return method == "GET" and asker == "host of jura"
    return own and not (method == "POST" and posted)


def forms_come_from_nowhere(answer: HttpResponse) -> bool:
    """Under ``no-referrer`` browsers send ``Origin: null`` with a form, and it is refused."""
    if answer.streaming or b'method="post"' not in answer.content:
        return False
    return answer.headers.get("Referrer-Policy", "no-referrer") == "no-referrer"


def scenes_for(world: World, route: Route) -> Iterator[tuple[tuple[str, str], Scene]]:
    """All four; one is enough for a route that names no object, and what is the participant's own
    is asked for elsewhere too where the policy looks at owners."""
    for (place, whose), scene in world.scenes.items():
        if (place, whose) == ("valence", "own") or (
            route.arguments and (whose == "other" or route.policy.own or route.keyed)
        ):
            yield (place, whose), scene


def askers(
    world: World, route: Route, place: str, whose: str
) -> Iterator[tuple[str, str, bool, Client]]:
    """Who asks for the objects of this scene: their name, role there, whether theirs, browser.

    What belongs to the participant is asked for by everybody in Valence where the policy looks at
    owners; else by the participant and a stranger, for to all others it is as what belongs to
    somebody else. In Jura those of Valence's team are all the
    same to a door, people whose role counts elsewhere: its host stands for them.
    """
    scene = world.scenes[place, whose]
    there = place if "territory" in route.arguments else ""
    looks_at_owners = route.policy.own and place == "valence"
    everybody = whose == "other" or looks_at_owners or not route.arguments
    for name, client in world.clients.items():
        own = whose == "own" and name == "participant"
        if own and route.keyed:
            continue  # the holder of a key comes without an account, below
        if place == "jura" and name in ONLY_HERE:
            continue
        if everybody or name in {"participant", "stranger"}:
            yield name, ACTORS[name].acts_as(there), own, client
    if route.keyed:
        elsewhere = world.scenes[place, "other" if whose == "own" else "own"]
        yield "holder of its key", "stranger", True, world.keyring(route, scene)
        yield "holder of another key", "stranger", False, world.keyring(route, elsewhere)


def as_promised(policy: Policy, role: str, answer: HttpResponse, *, passes: bool) -> bool:
    if passes:
        return answer.status_code not in {401, 403, 404, 500}
    if policy.name == SIGNED_IN:
        return role == "stranger" and answer.status_code == 302
    return answer.status_code == 404


def misplaced(world: World, route: Route) -> Iterator[dict[str, str]]:
    """Addresses that name an object under a territory or a parent that is not its own."""
    here, there = world.scenes["valence", "other"], world.scenes["jura", "other"]
    beside = world.scenes["valence", "own"]
    if len(route.arguments) > 1 and "territory" in route.arguments:
        yield kwargs_of(route, there) | {"territory": here.territory.slug}
    for argument in route.arguments:
        sample = sample_for(route.name, argument)
        if sample.inside in route.arguments:
            yield kwargs_of(route, here) | {argument: sample.make(beside)}


def troubles_of_places(world: World, route: Route) -> list[str]:
    """Everybody who reaches an object through a territory or parent that is not its own."""
    found = []
    for kwargs in misplaced(world, route):
        address = address_of(route, kwargs)
        for name, client in world.clients.items():
            for method in ("GET", "POST"):
                status = world.ask(client, address, method).status_code
                if status != 404:
                    found.append(f"{method} {route.name} as {name} with {kwargs}: {status}")
    return found


def troubles_of_hiding(world: World, route: Route) -> list[str]:
    """Everybody who learns that a hidden object exists without being among ``seen_by``."""
    found = []
    scene = world.scenes["valence", "other"]
    for argument in route.arguments:
        sample = sample_for(route.name, argument)
        if sample.hidden is None:
            continue
        hidden = kwargs_of(route, scene) | {argument: sample.hidden(scene)}
        address = address_of(route, hidden)
        for name, client in world.clients.items():
            status = world.ask(client, address, "GET").status_code
            knows = ACTORS[name].acts_as("valence") in sample.seen_by
            if status >= 500 or (status != 404 and not knows):
                found.append(f"{route.name}: {name} learns of a hidden {argument}: {status}")
    return found


@contextmanager
def undrawn() -> Iterator[None]:
    """Views run, their pages stay blank: drawing the page again, of a like object, tells nothing."""
    blank = SimpleNamespace(render_to_string=lambda *_, **__: "")
    with patch("django.shortcuts.loader", blank):
        yield


@contextmanager
def only_faults_are_logged() -> Iterator[None]:
    """Twenty thousand requests write two lines each; those of a page that breaks are worth it."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
    structlog.configure(**before)


@contextmanager
def writes_noted() -> Iterator[list[str]]:
    """The statements that write, of all that are sent to the database meanwhile."""
    written: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
