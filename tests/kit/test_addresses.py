"""Where a request comes from: forwarded headers count from declared proxies only."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from essor.kit.addresses import OneName, VisitorAddress, WithoutNul, on_this_machine


def passed_through(settings, *, proxies, direct, **headers):
    settings.TRUSTED_PROXIES = proxies
    seen = []
    request = RequestFactory(REMOTE_ADDR=direct).get("/", headers=headers)
    VisitorAddress(lambda request: seen.append(request) or HttpResponse())(request)
    return seen[0]


@pytest.mark.parametrize(
    ("proxies", "direct", "told", "visitor"),
    [
        ([], "203.0.113.7", "10.0.0.1", "203.0.113.7"),
        (["127.0.0.1"], "203.0.113.7", "10.0.0.1", "203.0.113.7"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.7", "203.0.113.7"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "nonsense", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.7, nonsense", "127.0.0.1"),
        (["::1"], "::1", "2001:db8::7", "2001:db8::7"),
        (["127.0.0.1"], "", "203.0.113.7", ""),
    ],
)
def test_visitor_is_the_last_address_that_is_no_proxy_of_ours(
    settings, proxies, direct, told, visitor
):
    request = passed_through(
        settings, proxies=proxies, direct=direct, **({"X-Forwarded-For": told} if told else {})
    )
    assert request.META["REMOTE_ADDR"] == visitor


def test_forged_headers_are_gone_before_anything_reads_them(settings):
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil", "X-Real-IP": "127.0.0.1"}
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    stranger = passed_through(settings, proxies=["127.0.0.1"], direct="203.0.113.7", **forged)
    proxied = passed_through(settings, proxies=["127.0.0.1"], direct="127.0.0.1", **forged)
    assert not any(name in stranger.headers for name in forged)
    assert not stranger.is_secure()
    assert proxied.is_secure(), "it could have leaked: the declared proxy is believed"


def test_only_a_direct_visitor_on_loopback_is_on_this_machine(settings):
    near = passed_through(settings, proxies=[], direct="127.0.0.1")
    far = passed_through(settings, proxies=[], direct="203.0.113.7")
    behind_undeclared = passed_through(
        settings, proxies=[], direct="127.0.0.1", **{"X-Forwarded-For": "203.0.113.7"}
    )
    behind_declared = passed_through(
        settings, proxies=["127.0.0.1"], direct="127.0.0.1", **{"X-Forwarded-For": "127.0.0.1"}
    )
    assert on_this_machine(near)
    assert not on_this_machine(far)
    assert not on_this_machine(behind_undeclared)
    assert not on_this_machine(behind_declared)


@pytest.mark.parametrize(
    ("host", "method", "led_to"),
    [
        ("www.essor.example", "GET", "https://essor.example/valence/?a=1"),
        ("essor.example", "GET", None),
        ("127.0.0.1:8000", "GET", None),
        ("www.essor.example", "POST", None),
    ],
)
def test_other_names_lead_to_the_one_name(settings, host, method, led_to):
    settings.SITE_URL = "https://essor.example"
    settings.ALLOWED_HOSTS = ["www.essor.example", "essor.example", "127.0.0.1"]
    request = RequestFactory().generic(method, "/valence/?a=1", HTTP_HOST=host)
    response = OneName(lambda request: HttpResponse("here"))(request)
    assert response.headers.get("Location") == led_to
    assert response.status_code == (301 if led_to else 200)


def test_name_that_is_not_ours_is_refused(client, db):
    assert client.get("/gallery/", headers={"Host": "evil.example"}).status_code == 400


def test_nul_in_an_address_is_read_as_a_mark_that_names_nothing():
    seen = []
    WithoutNul(lambda request: seen.append(request) or HttpResponse())(
        RequestFactory().get("/codes/a%00b/?theme=c%00d&page=2")
    )
    assert seen[0].path_info == seen[0].path == "/codes/a\ufffdb/"
    assert seen[0].GET.dict() == {"theme": "c\ufffdd", "page": "2"}


@pytest.mark.django_db
def test_pages_find_nothing_by_a_nul(cast, client):
    """PostgreSQL refuses a question that holds one: the page would be an error."""
    asked = {"theme": "a\x00b", "code": "a\x00b", "q": "a\x00b"}
    for name in ("challenges:board", "treasures:inventory", "treasures:map"):
        assert client.get(reverse(name, args=["valence"]), asked).status_code == 200, name
    for name in ("here:code", "idea:code"):
        assert client.get(reverse(name), asked).status_code in {404, 422}, name
    assert client.get(reverse("idea:give", args=["a\x00b"])).status_code == 404
