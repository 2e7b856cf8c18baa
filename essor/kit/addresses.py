"""Where a request really comes from, and by which name the house is called.

A proxy in front (nginx, Caddy) tells the visitor's address in ``X-Forwarded-For``. Anybody can send
that header, so it counts only when the connection itself comes from a declared proxy
(ESSOR_PROXIES); else it is removed before anything reads it. The same goes for the protocol.
"""

import ipaddress
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from essor.kit.ids import without_nul

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
             "HTTP_X_REAL_IP", "HTTP_FORWARDED")  # fmt: skip
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]", "::1"}


class VisitorAddress:
    """Makes ``REMOTE_ADDR`` the visitor's own address, whatever stands in between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.proxies = [ipaddress.ip_network(each) for each in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        direct = request.META.get("REMOTE_ADDR", "")
        request.through_proxy = any(  # type: ignore[attr-defined]
            name in request.META for name in FORWARDED
        )
        if within(direct, self.proxies):
            told = request.META.get("HTTP_X_FORWARDED_FOR", "")
            request.META["REMOTE_ADDR"] = visitor_behind(direct, told, self.proxies)
        else:
            for name in FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)


def visitor_behind(direct: str, told: str, proxies: list[Network]) -> str:
    """The last address of the chain that is not a proxy of ours; nonsense ends the chain."""
    address = direct
    for step in reversed([part.strip() for part in told.split(",") if part.strip()]):
        if not within(address, proxies) or not _is_address(step):
            break
        address = step
    return address


def within(address: str, networks: list[Network]) -> bool:
    if not _is_address(address):
        return False
    return any(ipaddress.ip_address(address) in network for network in networks)


def on_this_machine(request: HttpRequest) -> bool:
    """Whether the visitor sits at this very machine, with no proxy in between."""
    address = request.META.get("REMOTE_ADDR", "")
    return (
        _is_address(address)
        and ipaddress.ip_address(address).is_loopback
        and not getattr(request, "through_proxy", True)
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class WithoutNul:
    """An address with a NUL finds nothing, by the page's own ways: PostgreSQL refuses the question.

    Nobody types one; robots that look for weak spots send it in every word that a page reads.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", quote(without_nul("\x00")))
        request.path, request.path_info = map(without_nul, (request.path, request.path_info))
        return self.get_response(request)


class OneName:
    """Leads visitors of another allowed name (``www.``) to the one in ESSOR_URL.

    Links, sessions and passkeys belong to one name. This machine's own names are left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = urlsplit(settings.SITE_URL)
        host = request.get_host()
        name = urlsplit(f"//{host}").hostname or ""
        elsewhere = host != wanted.netloc and name not in LOOPBACK_NAMES
        if (
            elsewhere
            and wanted.hostname not in LOOPBACK_NAMES
            and request.method in {"GET", "HEAD"}
        ):
            return HttpResponsePermanentRedirect(settings.SITE_URL + request.get_full_path())
        return self.get_response(request)
