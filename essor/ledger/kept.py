"""Public pages kept for strangers: made once for nobody, given to everybody, until anything happens.

Most who look at a public page have no session: they all get the same page. ``@kept`` on a view says
so. Such a page is made for *nobody*: a request of its own that carries the address, the host and
the language, and neither cookie, nor session, nor the visitor's address. What is not there cannot
get into the page. It is given again while the ledger has no new line, whatever the line is about:
an act shows at once, and nobody needs to say which pages it touches. What only time changes (an
evening whose registration closes) shows after ``LIFE``. See docs/decisions/0010.
"""

import gzip
import hashlib
import re
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from essor.kit import clock
from essor.kit.prepared import known_cursor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Key = tuple[str, ...]
Version = tuple[int, ...]

LIFE = timedelta(seconds=15)
MOST_PAGES, MOST_BYTES, LONGEST_QUERY = 400, 12 * 1024 * 1024, 200
"""What one process keeps; the page asked for least lately goes first."""
LATEST = 50
LATEST_LINES = f"SELECT id, verb FROM ledger_entry ORDER BY id DESC LIMIT {LATEST}"  # noqa: S608 - a number of ours
OF_NOBODY = frozenset(
    {"REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_NAME", "SERVER_PORT",
     "SERVER_PROTOCOL", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
)  # fmt: skip
"""What a page may be made of, besides the language."""
HOLE = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")'
    rb'|(?<=name="act" value=")[0-9a-f-]{36}(?=")'
)
"""What each visitor gets of their own in a kept page: the protection and the key of a form."""


def kept(view: View) -> View:
    """Mark a public page that shows every stranger the same."""
    view.kept = True  # type: ignore[attr-defined]
    return view


def is_kept(view: object) -> bool:
    return getattr(view, "kept", False)


def unchanged(request: HttpRequest, look: str) -> HttpResponse | None:
    """An answer for a view whose page shows nothing but what ``look`` names, when that is kept.

    For pages near which much happens: while people register, the form stays the same. The page is
    made anew after ``LIFE`` all the same, so that a name which ``look`` forgot is no lasting one.
    """
    before = getattr(request, "kept_look", "")
    request.kept_look = look  # type: ignore[attr-defined]
    return HttpResponse(status=304) if look and look == before else None


def stays(request: HttpRequest, verbs: frozenset[str], still: Callable[[], bool]) -> None:
    """Say of the page that is made: while only these ``verbs`` happen, it stays if ``still`` says so.

    For the page that everybody who registers opens first: another registration changes nothing on
    it but whether seats are left, and a count tells that. ``still`` holds on to nothing of the
    request. The page is made anew after ``LIFE`` all the same.
    """
    request.kept_still = Still(verbs, still)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Still:
    """What may happen without changing a page, and what to ask then."""

    verbs: frozenset[str]
    holds: Callable[[], bool]


def kept_part(
    request: HttpRequest, template: str, of: str, make: Callable[[], dict[str, Any]]
) -> SafeString:
    """What ``template`` makes of a context that is the same for everybody, signed in or not.

    ``of`` names the object. ``make`` looks at nothing of the request, and the template gets no request: it cannot show anything of whoever asks.
    Kept as pages are: until something happens, and for ``LIFE``.
    """
    known: Version | None = getattr(request, "kept_version", None)
    told = "-".join(map(str, version() if known is None else known))
    key = f"part:{template}:{of}:{get_language()}:{hashlib.sha256(told.encode()).hexdigest()}"
    part: SafeString | None = cache.get(key)
    if part is None:
        part = render_to_string(template, make())
        cache.set(key, part, LIFE.total_seconds())
    return part


def version() -> Version:
    """Changes with every act. The latest lines and not the last alone: PostgreSQL gives a line its
    number before the commit, so a smaller one may come in after a greater."""
    return tuple(latest_lines())


def latest_lines() -> dict[int, str]:
    """The verb of each of the latest lines, by its number; the latest first."""
    with known_cursor() as cursor:
        cursor.execute(LATEST_LINES)
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page. ``pieces`` surround its holes; without any it is one, compressed."""

    version: Version
    until: datetime
    pieces: tuple[bytes, ...]
    holes: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]
    mark: str
    match: object
    look: str = ""
    still: Still | None = None

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))

    def holds(self, now: Version) -> bool:
        return self.version == now and clock.now() < self.until

    def holds_still(self, lines: dict[int, str]) -> bool:
        """Whether nothing happened since but what leaves this page as it is."""
        if self.still is None or clock.now() >= self.until:
            return False
        new = lines.keys() - set(self.version)
        seen_all = len(new) < len(lines) or len(lines) < LATEST
        quiet = all(lines[number] in self.still.verbs for number in new)
        return seen_all and quiet and self.still.holds()

    def given_to(self, request: HttpRequest) -> HttpResponseBase:
        request.resolver_match = self.match  # type: ignore[assignment]
        response = HttpResponse(headers=dict(self.headers))
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        if self.holes:
            response.content = self._filled(get_token(request))
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.content, response.headers["Content-Encoding"] = self.pieces[0], "gzip"
        else:
            response.content = gzip.decompress(self.pieces[0])
        response.headers["ETag"] = self.mark
        response.headers.setdefault("Cache-Control", "private, no-cache")
        answer = get_conditional_response(request, etag=self.mark, response=response)
        return answer or response

    def _filled(self, protection: str) -> bytes:
        body = [self.pieces[0]]
        for kind, piece in zip(self.holes, self.pieces[1:], strict=True):
            body += [protection.encode() if kind == b"csrf" else str(uuid.uuid4()).encode(), piece]
        return b"".join(body)


def page_of(response: HttpResponse, now: Version, nobody: HttpRequest) -> Page:
    """What of ``response`` is kept."""
    body = response.content
    holes = tuple(b"csrf" if len(hole) == 64 else b"act" for hole in HOLE.findall(body))
    pieces = tuple(HOLE.split(body)) if holes else (gzip.compress(body, 6, mtime=0),)
    headers = tuple(response.items())
    said = repr((headers, hashlib.sha256(body).hexdigest())).encode()
    mark = f'W/"{hashlib.sha256(said).hexdigest()[:32]}"'
    look = getattr(nobody, "kept_look", "")
    until = clock.now() + LIFE
    still = getattr(nobody, "kept_still", None)
    return Page(now, until, pieces, holes, headers, mark, nobody.resolver_match, look, still)


@dataclass(slots=True)
class Slot:
    """A place for one page; who holds ``making`` makes it, the others wait for it."""

    key: Key
    making: threading.Lock = field(default_factory=threading.Lock)
    page: Page | None = None

    def fresh(self, now: Version) -> Page | None:
        page = self.page
        return page if page is not None and page.holds(now) else None

    def stayed(self, lines: dict[int, str]) -> Page | None:
        """The page where what happened left it as it is; kept as that of now."""
        page = self.page
        if page is None or not page.holds_still(lines):
            return None
        self.page = replace(page, version=tuple(lines))
        return page


class Shelf:
    """The slots of this process, bounded in number and in bytes."""

    def __init__(self) -> None:
        self.slots: OrderedDict[Key, Slot] = OrderedDict()
        self.lock = threading.Lock()
        self.bytes = 0

    def slot(self, key: Key) -> Slot:
        with self.lock:
            slot = self.slots.setdefault(key, Slot(key))
            self.slots.move_to_end(key)
            self._make_room()
            return slot

    def put(self, slot: Slot, page: Page) -> None:
        with self.lock:
            if self.slots.get(slot.key) is not slot:
                return  # room was made for others meanwhile
            self.bytes += page.size - (slot.page.size if slot.page else 0)
            slot.page = page
            self._make_room()

    def clear(self) -> None:
        with self.lock:
            self.slots.clear()
            self.bytes = 0

    def _make_room(self) -> None:
        while len(self.slots) > MOST_PAGES or (self.bytes > MOST_BYTES and len(self.slots) > 1):
            _, gone = self.slots.popitem(last=False)
            self.bytes -= gone.page.size if gone.page else 0
            gone.page = None


shelf = Shelf()


class KeptPages:
    """Gives strangers the kept pages; everybody else passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.session: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not (from_a_stranger(request) and leads_to_a_kept_page(request)):
            return self.get_response(request)
        slot, lines = shelf.slot(key_of(request)), latest_lines()
        now = tuple(lines)
        page = slot.fresh(now) or slot.stayed(lines)
        if page is None:
            with slot.making:
                page = slot.fresh(now)
                if page is None:
                    return self.make(request, slot, now)
        return page.given_to(request)

    def make(self, request: HttpRequest, slot: Slot, now: Version) -> HttpResponseBase:
        """Make the page for nobody and keep it; what is none to keep is made for the visitor."""
        nobody, before = nobodys(request), slot.page
        nobody.session = self.session()
        nobody.kept_version = now  # type: ignore[attr-defined]
        if before is not None and clock.now() < before.until:
            nobody.kept_look = before.look  # type: ignore[attr-defined]
        response = self.get_response(nobody)
        if before is not None and response.status_code == 304:
            shelf.put(slot, replace(before, version=now))
            return before.given_to(request)
        if not isinstance(response, HttpResponse) or response.cookies or nobody.session.modified:
            return self.get_response(request)
        page = page_of(response, now, nobody)
        if response.status_code == 200:
            shelf.put(slot, page)
        elif page.holes:
            return self.get_response(request)
        else:
            request.resolver_match = nobody.resolver_match
            return response
        return page.given_to(request)


def from_a_stranger(request: HttpRequest) -> bool:
    """Whether nothing in the request says who asks, or asks for a part of a page."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and not {"HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE"} & request.META.keys()
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def leads_to_a_kept_page(request: HttpRequest) -> bool:
    if key_of(request) in shelf.slots:
        return True
    try:
        return is_kept(resolve(request.path_info).func)
    except Resolver404:
        return False


def key_of(request: HttpRequest) -> Key:
    """Language, protocol, host and address: two territories never share a page, nor do languages."""
    query = request.META.get("QUERY_STRING", "")
    return (get_language() or "", request.scheme or "", request.get_host(), request.path, query)


def nobodys(request: HttpRequest) -> WSGIRequest:
    """The request of somebody without cookies, session or address who wants the same page."""
    told = {
        name: value
        for name, value in request.META.items()
        if name in OF_NOBODY or name == "wsgi.url_scheme"
    }
    nobody = WSGIRequest({**told, "wsgi.input": BytesIO()})
    nobody.LANGUAGE_CODE = request.LANGUAGE_CODE
    return nobody
