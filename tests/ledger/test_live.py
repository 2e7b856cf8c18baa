"""Live streams over a real server: who may open one, what arrives, what happens when it breaks."""

import asyncio
import http.client
import json
import socket
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from essor.ledger import live
from essor.ledger.actions import record
from essor.ledger.live import handover, hub, reader, streams
from essor.ledger.models import Entry
from tests.cast import NOW, client_of
from tests.site import Site

ROOM = "test-room:valence"


@pytest.fixture
def rooms():
    """A kind of room open to signed-in people; everybody else is shown nothing."""

    def authorize(request, key):
        if key == "open":
            return "all"
        return "member" if request.user.is_authenticated else None

    def render(key, view, entries):
        if any(entry.verb == "impossible" for entry in entries):
            raise KeyError("impossible")
        return {
            entry.pk: {"verb": entry.verb, "view": view}
            for entry in entries
            if entry.verb != "whispered"
        }

    live.register("test-room", authorize, render)
    yield
    del live._kinds["test-room"]


PATIENCE = 60
"""Seconds after which what was waited for will not come; a test that passes never waits so long."""


@pytest.fixture
def site(rooms, transactional_db, monkeypatch):
    """Its streams tell what is new ten times a second, so that tests wait less."""
    monkeypatch.setattr(reader, "EVERY", 0.1)
    site = Site(grace=PATIENCE // 2)
    yield site
    site.stop()


@contextmanager
def stream(site, path="/live/test-room/valence/", *, who=None, last=None, method="GET"):
    headers = {"Last-Event-ID": str(last)} if last is not None else {}
    if who is not None:
        cookie = client_of(who).cookies[settings.SESSION_COOKIE_NAME]
        headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={cookie.value}"
    http_connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    http_connection.request(method, path, headers=headers)
    response = http_connection.getresponse()
    if response.status == 200:
        assert response.readline() == b"retry: 2000\n"
    try:
        yield response
    finally:
        response.close()
        http_connection.close()


def next_event(response) -> dict[str, str]:
    """The fields of the next event; empty at the end of the stream."""
    fields: dict[str, str] = {}
    while line := response.readline().decode():
        name, _, value = line.strip().partition(": ")
        if not line.strip() and ("data" in fields or "event" in fields):
            return fields
        if name:
            fields[name] = value
    return {}


def lines_of(event) -> list[tuple[int, str]]:
    return [(each["line"], each["verb"]) for each in json.loads(event["data"])["changes"]]


def happens(cast, verb, room=ROOM):
    record(by=cast.aicha, at=NOW, verb=verb, of=cast.valence, room=room)
    return Entry.objects.latest("pk").pk


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def is_read(site, line) -> bool:
    """Whether the reader is done with this line, shown or not."""
    place = site.application.streams.reader.places.get(ROOM)
    return place is not None and (line <= place.floor or line in place.seen)


@pytest.fixture
def cast(transactional_db):
    from tests.cast import Cast

    return Cast()


def test_line_arrives_with_its_view(site, cast):
    with stream(site, who=cast.denis) as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert response.headers["Cache-Control"] == "no-store"
        line = happens(cast, "arrived")
        event = next_event(response)

    assert event["id"] == str(line)
    assert json.loads(event["data"]) == {
        "version": line,
        "changes": [{"line": line, "verb": "arrived", "view": "member"}],
    }


def next_present(response) -> dict:
    """What the next event says of the moment, lines left aside."""
    while (event := next_event(response)).get("event") != "present":
        assert event, "the stream ended"
    return json.loads(event["data"])


@pytest.fixture
def moment(rooms):
    """What is so for the moment in the test room: whoever is put in here."""
    here: list[str] = []

    def present(key, view):
        if "broken" in here:
            raise KeyError("broken")
        return {"here": list(here)}

    kind = live._kinds["test-room"]
    live.register("test-room", kind.authorize, kind.render, present)
    return here


def test_what_is_so_for_the_moment_is_told_when_it_differs_and_kept_nowhere(site, cast, moment):
    with stream(site, who=cast.denis) as response:
        happens(cast, "arrived")
        assert next_present(response) == {"here": []}
        moment.append("aicha")
        lines = Entry.objects.count()
        cast.denis.save()  # any write wakes the reader on SQLite; on PostgreSQL it looks
        assert next_present(response) == {"here": ["aicha"]}
    assert Entry.objects.count() == lines


def test_a_moment_that_cannot_be_told_stops_no_stream(site, cast, moment):
    moment.append("broken")
    with stream(site, who=cast.denis) as response:
        line = happens(cast, "arrived")
        assert lines_of(next_event(response)) == [(line, "arrived")]


def test_stream_catches_up_after_the_last_line_known(site, cast):
    first, second = happens(cast, "one"), happens(cast, "two")
    happens(cast, "elsewhere", room="test-room:jura")

    with stream(site, f"/live/test-room/open/?after={first}") as response:
        assert response.status == 200
    with stream(site, f"/live/test-room/valence/?after={first}", who=cast.denis) as response:
        assert (second, "two") in lines_of(next_event(response))
    with stream(site, who=cast.denis, last=0) as response:
        assert lines_of(next_event(response)) == [(first, "one"), (second, "two")]


def test_nothing_falls_between_the_page_and_the_stream(site, cast):
    happens(cast, "before the page")
    version = live.version(ROOM)
    after_page = happens(cast, "between")
    with stream(site, f"/live/test-room/valence/?after={version}", who=cast.denis) as response:
        event = next_event(response)
        later = happens(cast, "later")
        assert (after_page, "between") in lines_of(event)
        assert (later, "later") in lines_of(next_event(response))


def test_lines_of_one_second_come_together(site, cast, monkeypatch):
    monkeypatch.setattr(reader, "EVERY", 2.0)  # on a crowded machine five lines take a while
    with stream(site, who=cast.denis) as response:
        happens(cast, "first")
        next_event(response)
        several = [(happens(cast, f"number {n}"), f"number {n}") for n in range(5)]
        assert lines_of(next_event(response)) == several


def test_line_that_a_view_may_not_see_is_not_sent(site, cast):
    with stream(site, who=cast.denis) as response:
        happens(cast, "whispered")
        spoken = happens(cast, "spoken")
        text = next_event(response)
        assert "whispered" not in text["data"]
        assert lines_of(text) == [(spoken, "spoken")]


def test_line_that_cannot_be_shown_does_not_stop_the_stream(site, cast):
    with stream(site, who=cast.denis) as response:
        broken = happens(cast, "impossible")
        wait_for(lambda: is_read(site, broken))
        line = happens(cast, "possible")
        assert lines_of(next_event(response)) == [(line, "possible")]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/live/test-room/valence/", 404),
        ("/live/no-such-kind/valence/", 404),
        ("/live/", 404),
        ("/live/test-room/", 404),
        ("/live/test-room/valence/more/", 404),
        ("/live/test-room/open/", 200),
    ],
)
def test_stranger_gets_not_found_for_every_closed_or_unknown_room(site, path, status):
    with stream(site, path) as response:
        assert response.status == status


def test_stream_is_only_read(site):
    with stream(site, "/live/test-room/open/", method="POST") as response:
        assert response.status == 405


def test_nonsense_version_begins_now(site, cast):
    happens(cast, "long ago", room="test-room:open")
    for nonsense in ("-1", "abc", "9" * 40, "²"):
        with stream(site, f"/live/test-room/open/?after={nonsense.encode()!r}") as response:
            assert response.status == 200
            line = happens(cast, nonsense, room="test-room:open")
            assert lines_of(next_event(response)) == [(line, nonsense)]
        wait_for(lambda: site.application.streams.hub.count == 0)


def test_who_missed_too_much_is_told_to_load_the_page_again(site, cast, monkeypatch):
    monkeypatch.setattr(reader, "MOST", 3)
    for number in range(4):
        happens(cast, f"{number}", room="test-room:open")
    with stream(site, "/live/test-room/open/?after=0") as response:
        assert next_event(response)["event"] == "reload"


def test_server_stops_at_once_with_streams_open(site, cast):
    with stream(site, "/live/test-room/open/") as one, stream(site, who=cast.denis) as two:
        wait_for(lambda: site.application.streams.hub.count == 2)
        site.stop()  # fails if it has to wait for the streams
        assert next_event(one) == {}, "the stream was ended, not left hanging"
        assert next_event(two) == {}


def test_browser_that_leaves_is_forgotten_and_the_reader_rests(site, cast):
    streams = site.application.streams
    with stream(site, "/live/test-room/open/"):
        wait_for(lambda: streams.hub.count == 1)
    wait_for(lambda: streams.hub.count == 0)
    assert streams.hub.watched() == {}
    wait_for(lambda: streams.reader.places == {} and not streams.reader.wanted.is_set())


def test_full_house_is_told_to_come_back(site, settings):
    settings.MOST_STREAMS = 0
    with stream(site, "/live/test-room/open/") as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")


class SlowWay:
    """A connection that takes nothing: all that is written waits."""

    def __init__(self) -> None:
        self.waiting, self.aborted = b"", False

    def write(self, data: bytes) -> None:
        self.waiting += data

    def get_write_buffer_size(self) -> int:
        return len(self.waiting)

    def close(self) -> None:
        raise AssertionError("a goodbye would wait behind all the rest")

    def abort(self) -> None:
        self.aborted = True


def event(*lines: int, payload: bytes = b"data: {}\n\n") -> hub.Event:
    return hub.Event(frozenset(lines), payload)


def test_stream_too_slow_to_take_its_events_is_cut():
    way = SlowWay()
    slow = hub.Stream("r", "v", hub.Place(0), way, ends_at=0)
    slow.begin(None)
    large = b"." * (hub.MOST_WAITING // 4)
    for number in range(4):
        slow.offer(event(number, payload=large))
    assert not way.aborted
    slow.offer(event(99, payload=large))
    assert way.aborted
    assert len(way.waiting) == len(hub.AGAIN_AFTER) + 4 * len(large), "and no more is kept"


def test_what_came_while_catching_up_is_handed_on_after_it_and_once():
    way = SlowWay()
    stream = hub.Stream("r", "v", hub.Place(0), way, ends_at=0)
    stream.offer(event(1, payload=b"one "))
    stream.offer(event(2, payload=b"two "))
    stream.offer(event(payload=b"moment "))
    assert way.waiting == b"", "nothing before what was missed"
    stream.begin(event(0, 1, payload=b"missed "))
    stream.offer(event(0, 1, payload=b"again "))
    stream.offer(event(1, 3, payload=b"three "))
    assert way.waiting == hub.AGAIN_AFTER + b"missed two moment three "


def test_quiet_stream_gives_a_sign_of_life_and_an_old_one_ends(site, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.0)
    with stream(site, "/live/test-room/open/") as response:
        response.readline()
        assert response.readline() == b": still here\n"
        (open_now,) = site.application.streams.hub.all()
        open_now.ends_at = 0.0
        assert response.read().replace(b": still here\n\n", b"").strip() == b""


def test_request_before_it_on_the_same_connection_is_no_trouble(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    for _ in range(2):
        connection.request("GET", "/health/")
        assert connection.getresponse().read()
    connection.request("GET", "/live/test-room/open/")
    assert connection.getresponse().readline() == b"retry: 2000\n"
    connection.close()


def test_what_was_asked_travels_with_the_connection():
    asked = handover.Asked("GET", "/live/é/", "after=1", (("cookie", "a=é"), ("x", "1")))
    here, there = socket.socketpair()
    way_out, way_in = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    way_in.setblocking(False)
    with way_out, way_in, there:
        assert handover.taken(way_in) is None
        assert asyncio.run(handover.Elsewhere(way_out).take(here, asked))
        connection, arrived = handover.taken(way_in)
        assert here.fileno() == -1, "ours is closed, theirs is open"
        with connection:
            connection.sendall(b"hello")
            assert there.recv(5) == b"hello"
    assert arrived == asked
    assert arrived.scope["headers"] == [(b"cookie", "a=é".encode("latin-1")), (b"x", b"1")]


def test_head_too_large_or_nobody_who_takes_is_not_now(monkeypatch):
    monkeypatch.setattr(handover, "PATIENCE", 0.05)
    way_out, way_in = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def take(asked) -> bool:
        here, there = socket.socketpair()
        with there:
            return asyncio.run(handover.Elsewhere(way_out).take(here, asked))

    with way_out, way_in:
        assert not take(handover.Asked("GET", "/", "", (("cookie", "x" * 70_000),)))
        asked = handover.Asked("GET", "/", "", (("cookie", "x" * 20_000),))
        assert any(not take(asked) for _ in range(100)), "nobody reads: one day it is full"


def test_late_line_with_an_earlier_number_is_still_taken():
    place = hub.Place(floor=10)
    place.remember([12], keep=60)
    assert place.floor == 10, "11 may still come"
    assert 12 in place.seen
    place.remember([13], keep=0)
    assert (place.floor, place.seen) == (13, {})


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite numbers lines in order")
def test_line_committed_after_a_later_one_arrives(site, cast):
    import threading

    numbered, go_on = threading.Event(), threading.Event()
    late = []

    def slow_writer():
        with transaction.atomic():
            late.append(happens(cast, "slow", room="test-room:open"))
            numbered.set()
            go_on.wait(5)
        connection.close()

    with stream(site, "/live/test-room/open/") as response:
        writer = threading.Thread(target=slow_writer)
        writer.start()
        numbered.wait(5)
        quick = happens(cast, "quick", room="test-room:open")
        assert lines_of(next_event(response)) == [(quick, "quick")]
        go_on.set()
        writer.join()
        assert late[0] < quick
        assert lines_of(next_event(response)) == [(late[0], "slow")]


def test_version_is_the_last_line_of_the_room_alone(cast):
    assert live.version(ROOM) == 0
    line = happens(cast, "here")
    happens(cast, "there", room="test-room:jura")
    assert live.version(ROOM) == line
    assert Entry.objects.count() == 2
