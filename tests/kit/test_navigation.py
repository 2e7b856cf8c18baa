"""The header: each room's entries, for whoever may see them, with the current page marked."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from essor.kit import navigation
from essor.kit.navigation import MAIN, TEAM, add, links


@pytest.fixture
def header(monkeypatch):
    """An empty header to fill."""
    entries = []
    monkeypatch.setattr(navigation, "_entries", entries)
    return entries


@pytest.fixture(autouse=True)
def addresses(monkeypatch):
    monkeypatch.setattr(navigation, "reverse", lambda route, args: f"/{args[0]}/{route}/")


class Valence:
    slug = "valence"


class Holding:
    """Rights of somebody who holds these roles."""

    def __init__(self, *roles: str) -> None:
        self.roles = set(roles)

    def any_of(self, *kinds: str) -> bool:
        return bool(self.roles & set(kinds))


def request_at(path: str, *roles: str):
    request = RequestFactory().get(path)
    request.territory, request.rights = Valence(), Holding(*roles)
    return request


def labels(request, place=MAIN):
    return [str(link.label) for link in links(request, place)]


def test_entries_come_in_order(header):
    add("Projects", "projects", order=30)
    add("Challenges", "challenges", order=20)
    assert labels(request_at("/valence/")) == ["Challenges", "Projects"]


def test_entry_for_a_role_is_hidden_from_others(header):
    add("Desk", "desk", order=10, place=TEAM, roles={"host"})
    assert labels(request_at("/valence/", "host"), TEAM) == ["Desk"]
    assert labels(request_at("/valence/", "door"), TEAM) == []
    assert labels(request_at("/valence/"), TEAM) == []


def test_entry_may_depend_on_the_request(header):
    add("Tonight", "tonight", order=10, when=lambda request: "now" in request.GET)
    assert labels(request_at("/valence/?now")) == ["Tonight"]
    assert labels(request_at("/valence/")) == []


def test_places_do_not_mix(header):
    add("Challenges", "challenges", order=10)
    add("Desk", "desk", order=10, place=TEAM)
    assert labels(request_at("/valence/")) == ["Challenges"]


def test_page_below_an_entry_is_current(header):
    add("Challenges", "challenges", order=10)
    add("Projects", "projects", order=20)
    current = [
        link.label for link in links(request_at("/valence/challenges/abc/"), MAIN) if link.current
    ]
    assert current == ["Challenges"]


def test_only_the_deepest_of_two_nested_entries_is_current(header):
    add("Evenings", "evenings", order=10)
    add("New", "evenings/new", order=20)
    current = [
        link.label for link in links(request_at("/valence/evenings/new/"), MAIN) if link.current
    ]
    assert current == ["New"]


def test_home_is_current_on_the_home_page_only(header, monkeypatch):
    monkeypatch.setattr(navigation, "reverse", lambda route, args: f"/{args[0]}/")
    add("Home", "home", order=10)
    assert links(request_at("/valence/"), MAIN)[0].current
    assert not links(request_at("/valence/challenges/"), MAIN)[0].current


def test_outside_of_a_territory_the_header_has_no_entries(header):
    add("Challenges", "challenges", order=10)
    assert links(RequestFactory().get("/"), MAIN) == []


def test_every_registered_entry_leads_somewhere():
    for entry in navigation.entries():
        assert reverse(entry.route, args=["valence"]).startswith("/valence/"), entry


@pytest.mark.django_db
class TestHeaderOfAPage:
    def test_stranger_may_sign_in(self, stranger):
        page = stranger.get("/gallery/").content.decode()
        assert reverse("account_login") in page
        assert "Mon espace" not in page

    def test_signed_in_person_finds_their_space(self, cast):
        page = cast.client("denis").get("/gallery/").content.decode()
        assert 'href="/me/"' in page
        assert reverse("account_login") not in page

    def test_language_is_chosen_by_a_form_and_leads_back(self, stranger):
        answer = stranger.post("/language/", {"language": "en", "next": "/gallery/?a=1"})
        assert answer.url == "/gallery/?a=1"
        assert b"Component gallery" in stranger.get("/gallery/").content

    def test_language_form_never_leads_elsewhere(self, stranger):
        answer = stranger.post("/language/", {"language": "en", "next": "https://example.org/"})
        assert answer.url == "/"

    def test_language_form_of_another_site_is_refused(self, stranger):
        answer = stranger.post(
            "/language/", {"language": "en"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403
        assert "essor_language" not in answer.cookies

    def test_page_that_does_not_exist_offers_a_way_on(self, stranger):
        answer = stranger.get("/nowhere/at/all/")
        assert answer.status_code == 404
        assert 'href="/"' in answer.content.decode()
