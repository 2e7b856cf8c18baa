"""Every route x role x territory x own or other object, generated from the URL resolver.

A new route is tested by being there. When it has a new argument, say in ``tests/samples.py`` how to
make one. Whoever may not pass gets "not found", on GET and on POST alike: the door is the
outermost decorator.
"""

from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from essor.kit.doors import Policy
from tests.repo.matrix import (
    Browser,
    World,
    address_of,
    all_routes,
    kwargs_of,
    only_faults_are_logged,
    troubles_of,
    troubles_of_hiding,
    troubles_of_places,
    undone,
    writes_noted,
)
from tests.samples import WITHOUT_CSRF

pytestmark = pytest.mark.django_db
ANYBODY, OF_ONESELF = "anybody", "signed in"
# The routes of django-allauth cannot carry our mark: each is listed here with what it promises.
BORROWED = {
    "account_login": ANYBODY,
    "account_signup": ANYBODY,
    "account_logout": ANYBODY,
    "account_inactive": ANYBODY,
    "account_request_login_code": ANYBODY,
    "account_confirm_login_code": ANYBODY,
    "account_email_verification_sent": ANYBODY,
    "account_reauthenticate": OF_ONESELF,
    "account_email": OF_ONESELF,
    "mfa_index": OF_ONESELF,
    "mfa_authenticate": ANYBODY,
    "mfa_reauthenticate": OF_ONESELF,
    "mfa_activate_totp": OF_ONESELF,
    "mfa_deactivate_totp": OF_ONESELF,
    "mfa_view_recovery_codes": OF_ONESELF,
    "mfa_generate_recovery_codes": OF_ONESELF,
    "mfa_download_recovery_codes": OF_ONESELF,
    "mfa_list_webauthn": OF_ONESELF,
    "mfa_add_webauthn": OF_ONESELF,
    "mfa_reauthenticate_webauthn": OF_ONESELF,
    "mfa_remove_webauthn": OF_ONESELF,
    "mfa_edit_webauthn": OF_ONESELF,
    "mfa_login_webauthn": ANYBODY,
}
ROUTES = sorted({route.name: route for route in all_routes()}.values(), key=lambda r: r.name)
OURS = [route for route in ROUTES if route.name not in BORROWED]
each_route = pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)


def bare_not_found(request, exception):
    return HttpResponse(status=404)


def bare_refusal(request, reason=""):
    return HttpResponse(status=403)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all routes; each request takes back what it wrote.

    Half of all answers are "not found": its page is tested elsewhere and left out here, and so is
    that of forms without protection.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        only_faults_are_logged(),
        django_db_blocker.unblock(),
        undone(),
    ):
        patch.setattr("config.urls.handler404", bare_not_found)
        patch.setattr("django.middleware.csrf._get_failure_view", lambda: bare_refusal)
        yield World()


def test_every_route_has_a_name_and_declares_a_policy():
    nameless = [route.view for route in OURS if route.name.split(":")[-1] == "None"]
    assert nameless == []
    assert [route.name for route in OURS if not isinstance(route.policy, Policy)] == []
    unknown = {route.name: set(route.policy.arguments) - set(route.arguments) for route in OURS}
    assert {name: arguments for name, arguments in unknown.items() if arguments} == {}


def test_two_routes_never_share_a_name():
    names = [route.name for route in all_routes()]
    assert sorted(names) == sorted(set(names))


def test_borrowed_routes_are_all_listed_and_all_exist():
    assert {route.name for route in ROUTES if route.policy is None} == set(BORROWED)


@each_route
def test_route_opens_to_those_it_promises_to_nobody_else_and_never_writes_on_get(world, route):
    # and its forms say where they come from
    assert troubles_of(world, route) == []


@each_route
def test_object_of_elsewhere_does_not_exist_here(world, route):
    assert troubles_of_places(world, route) == []


@each_route
def test_hidden_object_exists_only_for_those_who_may_see_it(world, route):
    assert troubles_of_hiding(world, route) == []


@pytest.mark.parametrize("name", [name for name, kind in BORROWED.items() if kind == OF_ONESELF])
def test_borrowed_page_of_oneself_sends_strangers_to_sign_in(world, name):
    route = next(route for route in ROUTES if route.name == name)
    address = address_of(route, dict.fromkeys(route.arguments, "1"))
    answer = world.ask(world.clients["stranger"], address, "GET")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


query_strings = st.dictionaries(
    st.sampled_from(["q", "page", "theme", "track", "sort", "state", "next", "act", "format", "x"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    max_size=4,
)


@pytest.mark.slow
@settings(max_examples=60)
@given(data=st.data(), query=query_strings)
def test_get_with_any_query_writes_nothing_and_breaks_nothing(world, data, query):
    route = data.draw(st.sampled_from(OURS))
    name = data.draw(st.sampled_from(sorted(world.clients)))
    scene = world.scenes[data.draw(st.sampled_from(sorted(world.scenes)))]
    address = reverse(route.name, kwargs=kwargs_of(route, scene))
    with writes_noted() as written, undone():
        answer = world.clients[name].get(address, query)
        if answer.streaming and not answer.is_async:
            b"".join(answer)
    assert answer.status_code < 500
    assert written == []


@each_route
def test_post_without_the_forms_protection_is_refused(world, route):
    if route.name in WITHOUT_CSRF:
        pytest.skip(WITHOUT_CSRF[route.name])
    address = address_of(route, kwargs_of(route, world.scenes["valence", "own"]))
    for name in ("stranger", "participant", "host"):
        browser = Browser(enforce_csrf_checks=True)
        cookies = world.clients[name].cookies
        browser.cookies = SimpleCookie({key: each.value for key, each in cookies.items()})
        with writes_noted() as written:
            assert world.ask(browser, address, "POST").status_code == 403
        assert written == []
