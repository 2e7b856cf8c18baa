"""Every page kept for strangers is one that everybody may see, and it tells nothing of who asked."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from essor.kit.doors import EVERYBODY
from essor.ledger.kept import is_kept, shelf
from tests.repo.matrix import World, all_routes, kwargs_of, undone

pytestmark = pytest.mark.django_db
KEPT = sorted({r.name: r for r in all_routes() if is_kept(r.view)}.values(), key=lambda r: r.name)
SECRETS = {"token", "code", "key", "registration", "commitment", "invitation", "person"}
CANARY = "Canary-Zulu-42"
each_kept = pytest.mark.parametrize("route", KEPT, ids=lambda route: route.name)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield World()


def test_the_pages_that_most_people_open_are_kept():
    assert {"portal:home", "evenings:evening", "evenings:register", "projects:project"} <= {
        route.name for route in KEPT
    }


@each_kept
def test_kept_page_is_for_everybody_and_its_address_holds_no_secret(route):
    assert route.policy.opens_to == EVERYBODY
    assert not route.policy.own
    assert not SECRETS & set(route.arguments)


@each_kept
def test_kept_page_tells_nothing_of_who_asked(world, route):
    where = reverse(route.name, kwargs=kwargs_of(route, world.scenes["valence", "own"]))
    who = {"HTTP_USER_AGENT": CANARY, "HTTP_REFERER": f"http://testserver/{CANARY}",
           "REMOTE_ADDR": "203.0.113.42", "HTTP_X_FORWARDED_FOR": CANARY}  # fmt: skip
    curious = Client(**who)
    curious.cookies["anything"] = CANARY
    answer = curious.get(where)
    for name in ("host", "participant"):
        world.clients[name].get(where)
    kept = [slot.page for slot in shelf.slots.values() if slot.page]
    for page in kept:
        body = b"".join(page.pieces) if page.holes else gzip.decompress(page.pieces[0])
        assert CANARY.encode() not in body
        assert b"203.0.113.42" not in body
        assert b'href="/me/"' not in body
    assert answer.status_code in {200, 302, 404}
    assert bool(kept) is (answer.status_code == 200)
