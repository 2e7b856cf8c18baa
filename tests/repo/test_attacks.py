"""Every form of the house, sent by somebody who means no good: never a 500, nothing of elsewhere."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from essor.kit.doors import Policy
from tests.repo.attacks import Form, Sent, forms_of
from tests.repo.matrix import (
    Route,
    World,
    kwargs_of,
    only_faults_are_logged,
    undone,
    undrawn,
    writes_noted,
)
from tests.repo.test_routes import OURS, bare_not_found

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGES = [route for route in OURS if route.name not in {"kit:language", "kit:gallery"}]
OURS_BY_NAME = {route.name for route in PAGES}
NOBODYS = ("kit_", "django_session", "people_account")
"""Receipts, limits, mails and sessions: written whatever is answered."""
MAY_NAME_ELSEWHERE = {
    "challenges:elsewhere": "work that is public anywhere may be noted beside a challenge",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with (
        pytest.MonkeyPatch.context() as patch,
        only_faults_are_logged(),
        django_db_blocker.unblock(),
        undone(),
    ):
        patch.setattr("config.urls.handler404", bare_not_found)
        yield World()


@pytest.fixture(scope="module")
def attacked() -> set[tuple[str, tuple[str, ...]]]:
    """The forms that were seen on an earlier page: the same one need not be tried again."""
    return set()


def who_pass(world: World, policy: Policy, route: Route) -> list[tuple[str, Client]]:
    """Somebody who may open the page, and who it belongs to where that is somebody else."""
    order = ("host", "coordinator", "committee", "facilitator", "participant", "stranger")
    known = [name for name in order if name in policy.opens_to][:1]
    clients = [(name, world.clients[name]) for name in known]
    if policy.own or not known:
        clients.append(("participant", world.clients["participant"]))
        if route.keyed:
            clients.append(("key", world.keyring(route, world.scenes["valence", "own"])))
    return clients


def forms_on(world: World, client: Client, route: Route, place: str) -> list[Form]:
    """The forms of a page; none where there is no page to read."""
    kwargs = kwargs_of(route, world.scenes[place, "own"])
    address = reverse(route.name, kwargs=kwargs)
    answer = world.ask(client, address, "GET")
    html = not answer.streaming and "html" in answer.headers.get("Content-Type", "")
    return forms_of(address, answer.content.decode()) if html else []


def sends(client: Client, form: Form, sent: Sent) -> tuple[int, list[str]]:
    """The status of the answer and the tables written to; everything is taken back."""
    cookies = {name: each.value for name, each in client.cookies.items()}
    with undone(), undrawn(), writes_noted() as written:
        status = client.post(form.address, sent).status_code
    client.cookies = SimpleCookie(cookies)
    return status, [sql for sql in written if not any(each in sql for each in NOBODYS)]


def name_of(form: Form) -> str:
    try:
        return resolve(form.address).view_name
    except Resolver404:
        return f"nothing at {form.address}"


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_a_form_takes_no_harm_and_names_nothing_of_elsewhere(world, attacked, route):
    broken, leaked = [], []
    for who, client in who_pass(world, route.policy, route):
        forms = forms_on(world, client, route, "valence")
        fresh = [form for form in forms if name_of(form) in OURS_BY_NAME]
        fresh = [form for form in fresh if (name_of(form), form.names) not in attacked]
        theirs = forms_on(world, abroad(world, who, client), route, "jura") if fresh else []
        for form in fresh:
            attacked.add((name_of(form), form.names))
            for how, sent in form.attacks():
                status, _ = sends(client, form, sent)
                if status >= 500:
                    broken.append(f"{name_of(form)} by {who}: {how}: {status}")
            for other in theirs if name_of(form) not in MAY_NAME_ELSEWHERE else ():
                if name_of(other) == name_of(form) and other.address != form.address:
                    for how, sent in form.naming(other):
                        _, written = sends(client, form, sent)
                        leaked += [f"{name_of(form)} by {who}: {how}: {sql}" for sql in written]
    assert broken == []
    assert leaked == []


def abroad(world: World, who: str, client: Client) -> Client:
    """Whoever stands in Jura where ``who`` stands in Valence."""
    return world.clients["host of jura"] if who == "host" else client


def test_a_page_tells_its_forms():
    page = """
      <form method="get"><input name="q"></form>
      <form method="post" action="../b/" id="f"><input name="act" value="1">
        <input type="checkbox" name="ideas" value="i1"><input type="checkbox" name="ideas" value="i2">
        <select name="to"><option value="">-</option><option value="x">X</option></select>
        <textarea name="why">…</textarea><input type="date" name="day" value="2026-01-01"></form>
      <button form="f" name="do" value="hide">"""
    (form,) = forms_of("/a/c/", page)
    assert form.address == "/a/b/"
    assert form.filled() == {
        "ideas": "i1", "to": "x", "why": "Un verger", "day": "2026-01-01",
    }  # fmt: skip
    told = dict(form.attacks())
    assert told["unknown"]["ideas"] == told["unknown"]["to"] == "999999999"
    assert told["day: year 1"] == form.filled() | {"day": "0001-01-01"}
    assert told["do: hide"] == form.filled() | {"do": "hide"}
    assert len(told["long"]["why"]) == 10_000
    other = Form("/z/", dict(form.controls))
    assert dict(form.naming(other)) == {}
