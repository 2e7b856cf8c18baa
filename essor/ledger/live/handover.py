"""Handing an open connection over: from the process that took it to the one that streams.

A page process reads the request, sees that it asks for a stream, and gives the connection itself
(its descriptor) away with what was asked. From then on it has nothing to do with it: a thousand
streams take no turn from the pages.
"""

import asyncio
import json
import os
import socket
from dataclasses import dataclass
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CONNECTION = "essor.connection"
LARGEST = 60_000
"""Bytes of a request's head that are handed over; a browser sends one or two thousand."""
PATIENCE = 2.0
"""Seconds for which the streaming process may be too busy to take one more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The head of a request: what a stream's door looks at."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def in_scope(cls, scope: dict[str, Any]) -> "Asked":
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"])
        return cls(scope["method"], scope["path"], scope["query_string"].decode("latin-1"), headers)

    @property
    def scope(self) -> dict[str, Any]:
        """As ASGI writes it."""
        return {
            "type": "http",
            "method": self.method,
            "path": self.path,
            "query_string": self.query.encode("latin-1"),
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in self.headers],
        }

    def packed(self) -> bytes:
        return json.dumps([self.method, self.path, self.query, self.headers]).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> "Asked":
        method, path, query, headers = json.loads(data)
        return cls(method, path, query, tuple((k, v) for k, v in headers))


class Taker(Protocol):
    """Whoever streams: it owns ``connection`` from then on. False: not now."""

    async def take(self, connection: socket.socket, asked: Asked) -> bool: ...


class Elsewhere:
    """Gives connections to the streaming process, through a socket that both inherited."""

    def __init__(self, way: socket.socket) -> None:
        self.way = way
        way.setblocking(False)

    async def take(self, connection: socket.socket, asked: Asked) -> bool:
        with connection:
            data = asked.packed()
            until = asyncio.get_running_loop().time() + PATIENCE
            while len(data) <= LARGEST:
                try:
                    socket.send_fds(self.way, [data], [connection.fileno()])
                    return True
                except BlockingIOError:
                    if asyncio.get_running_loop().time() > until:
                        break
                    await asyncio.sleep(0.02)
        return False


def taken(way: socket.socket) -> tuple[socket.socket, Asked] | None:
    """The next connection that was handed over; None when none waits."""
    try:
        data, files, _, _ = socket.recv_fds(way, LARGEST, 1)
    except BlockingIOError:
        return None
    if not files:
        return None
    return socket.socket(fileno=files[0]), Asked.unpacked(data)


class HandedOver(HttpToolsProtocol):
    """Uvicorn's connection, which tells the application where it is: ``scope["extensions"]``."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CONNECTION: {"transport": self.transport}}


async def hand_over(scope: dict[str, Any], receive: Any, taker: Taker) -> bool:
    """Take the request's connection out of this server and give it to ``taker``.

    The descriptor is doubled first: closing ours leaves the visitor's connection open.
    """
    transport: asyncio.Transport = scope["extensions"][CONNECTION]["transport"]
    ours = transport.get_extra_info("socket")
    if ours is None or transport.is_closing():
        return True
    connection = socket.socket(fileno=os.dup(ours.fileno()))
    if not await taker.take(connection, Asked.in_scope(scope)):
        return False
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
    return True


async def not_now(send: Any) -> None:
    """The answer where nobody could take the connection; the browser tries again by itself."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"5")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"Too many streams are opening."})
