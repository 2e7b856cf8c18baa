"""Pages under WSGI: what the bridge hands in and out, whatever its size and whoever leaves."""

import asyncio
import os

import pytest

from essor.kit import bridge
from essor.kit.bridge import PIECE, Pages

SCOPE = {
    "type": "http", "method": "POST", "path": "/p", "query_string": b"a=1", "http_version": "1.1",
    "server": ("127.0.0.1", 80), "client": ("127.0.0.2", 9), "scheme": "http",
}  # fmt: skip


def asked(application, *messages, headers=()) -> list[dict]:
    """What the server is told to send for a request whose body comes as ``messages``."""
    sent: list[dict] = []
    waiting = list(messages)

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    async def run():
        pages = Pages(application, threads=1)
        try:
            await pages({**SCOPE, "headers": list(headers)}, receive, send)
        finally:
            pages.close()

    asyncio.run(run())
    return sent


def body(content: bytes, more: bool = False) -> dict:
    return {"type": "http.request", "body": content, "more_body": more}


def echo(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Path", environ["PATH_INFO"])])
    return [environ["wsgi.input"].read()]


def bodies(sent: list[dict]) -> list[tuple[int, bool]]:
    return [
        (len(each["body"]), each["more_body"])
        for each in sent
        if each["type"] == "http.response.body"
    ]


def test_answer_leaves_in_one_piece_with_its_status_and_headers():
    length = [(b"content-length", b"6")]
    start, rest = asked(echo, body(b"abc", more=True), body(b"def"), headers=length)

    assert start["status"] == 200
    assert start["headers"] == [(b"content-type", b"text/plain"), (b"x-path", b"/p")]
    assert rest == {"type": "http.response.body", "body": b"abcdef", "more_body": False}


def test_request_without_a_body_is_not_waited_for():
    start, rest = asked(echo)
    assert (start["status"], rest["body"]) == (200, b"")


def test_body_larger_than_the_memory_for_it_arrives_whole():
    large = os.urandom(bridge.IN_MEMORY + 10)
    half = len(large) // 2
    _, *rest = asked(
        echo, body(large[:half], more=True), body(large[half:]),
        headers=[(b"transfer-encoding", b"chunked")],
    )  # fmt: skip
    assert b"".join(each["body"] for each in rest) == large


def test_body_larger_than_any_form_takes_is_refused(monkeypatch):
    monkeypatch.setattr(bridge, "LARGEST_BODY", 10)
    start, _ = asked(echo, body(b"x" * 11), headers=[(b"content-length", b"11")])
    assert start["status"] == 413


def test_browser_that_leaves_while_sending_reaches_no_page():
    def never(environ, start_response):
        raise AssertionError("half a form is no form")

    gone = {"type": "http.disconnect"}
    assert asked(never, body(b"x", more=True), gone, headers=[(b"content-length", b"9")]) == []


def test_large_answer_is_sent_piece_by_piece_and_closed():
    closed = []

    class Chunks:
        def __iter__(self):
            return iter([b"x" * (PIECE // 2)] * 5)

        def close(self):
            closed.append(True)

    def large(environ, start_response):
        start_response("200 OK", [])
        return Chunks()

    assert bodies(asked(large)) == [(PIECE, True), (PIECE, True), (PIECE // 2, False)]
    assert closed == [True]


def test_application_that_breaks_is_the_servers_business_and_still_closed():
    closed = []

    class Broken:
        def __iter__(self):
            yield b"x"
            raise ValueError("broken")

        def close(self):
            closed.append(True)

    def broken(environ, start_response):
        start_response("200 OK", [])
        return Broken()

    with pytest.raises(ValueError, match="broken"):
        asked(broken)
    assert closed == [True]
