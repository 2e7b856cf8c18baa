"""Would the route matrix notice? Each permission check is taken out in turn, and it must."""

from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import clear_url_caches, path

from essor.challenges import doors as challenge_doors
from essor.challenges.doors import a_challenge
from essor.challenges.models import Challenge
from essor.territories import doors
from essor.territories.doors import HOST, Rights, door, signed_in
from essor.territories.models import Territory
from tests.repo.matrix import (
    World,
    all_routes,
    troubles_of,
    troubles_of_hiding,
    troubles_of_places,
    undone,
)
from tests.samples import SAMPLES, Sample


@door(HOST, opens=(a_challenge,))
def for_hosts(request, challenge):
    return HttpResponse(challenge.short)


@door(opens=(a_challenge,))
def for_everybody(request, challenge):
    return HttpResponse(challenge.short)


@door(
    opens=(a_challenge,),
    own=lambda rights, challenge: rights.holds("challenge", challenge.public_id),
)
def for_its_holder(request, challenge):
    return HttpResponse(challenge.short)


@door(opens=(a_challenge,))
def that_writes_on_get(request, challenge):
    Challenge.objects.filter(pk=challenge.pk).update(short="seen")
    return HttpResponse(challenge.short)


@door(opens=(a_challenge,))
def with_a_form_from_nowhere(request, challenge):
    return HttpResponse('<form method="post">', headers={"Referrer-Policy": "no-referrer"})


@door(opens=(a_challenge,))
def that_draws_a_page(request, challenge):
    return render(request, "any.html", {"challenge": challenge})


@signed_in
def for_the_signed_in(request):
    return HttpResponse("mine")


# A small house of seven routes: this module is its URL configuration.
handler404 = "essor.kit.errors.not_found"
urlpatterns = [
    path("<slug:territory>/a/<slug:challenge>/", for_hosts, name="hosts"),
    path("<slug:territory>/b/<slug:challenge>/", for_everybody, name="everybody"),
    path("<slug:territory>/c/<slug:challenge>/", for_its_holder, name="holder"),
    path("<slug:territory>/d/<slug:challenge>/", that_writes_on_get, name="writer"),
    path("<slug:territory>/e/<slug:challenge>/", with_a_form_from_nowhere, name="form"),
    path("<slug:territory>/f/<slug:challenge>/", that_draws_a_page, name="drawn"),
    path("me/", for_the_signed_in, name="signed_in"),
    path("account/login/", for_the_signed_in, name="account_login"),
]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, under its real addresses; each request takes back what it wrote."""
    with django_db_blocker.unblock(), undone():
        yield World()


@pytest.fixture
def house(world, db, settings, monkeypatch):
    """Its routes with a world in it: this holds whatever the real house contains."""
    monkeypatch.setattr("essor.kit.errors.render", lambda *_, status: HttpResponse(status=status))
    held = Sample(lambda scene: scene.challenge.public_id, key="challenge")
    monkeypatch.setitem(SAMPLES, "holder.challenge", held)
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield SimpleNamespace(world=world, routes={route.name: route for route in all_routes()})
    clear_url_caches()


def every_trouble(house, name):
    route = house.routes[name]
    return (
        troubles_of(house.world, route)
        + troubles_of_places(house.world, route)
        + troubles_of_hiding(house.world, route)
    )


@pytest.mark.parametrize("name", ["hosts", "everybody", "holder", "signed_in"])
def test_matrix_is_content_with_a_sound_house(house, name):
    assert every_trouble(house, name) == []


def test_matrix_notices_a_door_that_lets_everybody_pass(house, monkeypatch):
    monkeypatch.setattr(doors, "may_pass", lambda *_: True)
    assert "GET hosts as stranger, other in valence: 200" in every_trouble(house, "hosts")


def test_matrix_notices_a_role_that_counts_everywhere(house, monkeypatch):
    def roles_of_anywhere(rights):
        held = rights.person.roles.values_list("kind", flat=True) if rights.person else ()
        return frozenset(held)

    monkeypatch.setattr(Rights, "roles", property(roles_of_anywhere))
    assert "GET hosts as host of jura, other in valence: 200" in every_trouble(house, "hosts")


def test_matrix_notices_a_role_that_is_ignored(house, monkeypatch):
    monkeypatch.setattr(Rights, "roles", property(lambda rights: frozenset()))
    assert "GET hosts as host, other in valence: 404" in every_trouble(house, "hosts")


@pytest.mark.parametrize("name", ["hosts", "everybody"])
def test_matrix_notices_an_object_found_outside_its_territory(house, monkeypatch, name):
    inside = doors.look_up

    def anywhere(rights, territory, opens, keys):
        for place in Territory.objects.all():
            with suppress(Http404):
                found = inside(rights, place, opens, dict(keys))
                keys.clear()
                return found
        raise Http404

    monkeypatch.setattr(doors, "look_up", anywhere)
    assert troubles_of_places(house.world, house.routes[name])


def test_matrix_notices_a_page_that_writes_when_it_is_only_looked_at(house):
    troubles = troubles_of(house.world, house.routes["writer"])
    assert any("and wrote: ['UPDATE" in trouble for trouble in troubles)


def test_matrix_notices_a_form_that_browsers_do_not_vouch_for(house):
    troubles = troubles_of(house.world, house.routes["form"])
    said = "GET form as stranger, other in valence: 200, and its form would be refused"
    assert said in troubles


@pytest.mark.parametrize("place", ["valence", "jura"])
def test_matrix_notices_a_page_that_breaks_when_it_is_drawn(house, monkeypatch, place):
    def breaks_there(*given, **more):
        raise LookupError("a name that the page was not given")

    monkeypatch.setattr("django.template.loader.render_to_string", breaks_there)
    troubles = troubles_of(house.world, house.routes["drawn"])
    assert f"GET drawn as host of jura, other in {place}: 500" in troubles


def test_matrix_notices_a_draft_that_everybody_sees(house, monkeypatch):
    monkeypatch.setattr(challenge_doors, "may_see_challenge", lambda rights, challenge: True)
    troubles = every_trouble(house, "everybody")
    assert "everybody: stranger learns of a hidden challenge: 200" in troubles


def test_matrix_notices_a_page_of_oneself_open_to_strangers(house, monkeypatch):
    monkeypatch.setattr(doors, "is_signed_in", lambda request: True)
    assert "GET signed_in as stranger, own in valence: 200" in every_trouble(house, "signed_in")


def test_matrix_notices_that_any_key_opens_the_door(house, monkeypatch):
    holds_any = lambda rights, kind, public_id: bool(rights.visitor.held(kind))  # noqa: E731
    monkeypatch.setattr(Rights, "holds", holds_any)
    troubles = every_trouble(house, "holder")
    assert "GET holder as holder of another key, own in valence: 200" in troubles


def test_matrix_notices_a_key_that_is_refused(house, monkeypatch):
    monkeypatch.setattr(Rights, "holds", lambda rights, kind, public_id: False)
    troubles = every_trouble(house, "holder")
    assert "GET holder as holder of its key, own in valence: 404" in troubles
