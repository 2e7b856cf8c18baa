"""Django's pages under WSGI, called from the event loop: one way into a thread, one way out.

Where two cores serve a hall, a page waits longest for its turn to run Python at all, so it changes
threads as seldom as can be: the body is there before the thread begins, and the answer goes back
in one piece. Only what is larger than ``PIECE`` is sent piece by piece.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import IO, Any

from a2wsgi.wsgi import build_environ

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]

PIECE = 256 * 1024
"""Bytes of an answer that are gathered before they are sent."""
IN_MEMORY = 1024 * 1024
"""Bytes of a body that are kept in memory; what is larger waits in a file."""
LARGEST_BODY = 256 * 1024 * 1024
"""Bytes; a form sets its own limits long before."""


class Gone(Exception):
    """The browser left before it had sent all."""


@dataclass
class Answer:
    """What the application has said so far and nobody has sent yet."""

    loop: asyncio.AbstractEventLoop
    send: Send
    start: Message | None = None
    pieces: list[bytes] = field(default_factory=list)

    def begin(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """WSGI's ``start_response``."""
        self.start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers],
        }
        return self.pieces.append

    def take(self, chunks: Iterator[bytes]) -> None:
        """In the application's thread: gather, and send what has become too much to keep."""
        size = 0
        for chunk in chunks:
            self.pieces.append(chunk)
            size += len(chunk)
            if size >= PIECE:
                asyncio.run_coroutine_threadsafe(self.flush(more=True), self.loop).result()
                size = 0

    async def flush(self, *, more: bool) -> None:
        body, self.pieces = b"".join(self.pieces), []
        if self.start is not None:
            start, self.start = self.start, None
            await self.send(start)
        await self.send({"type": "http.response.body", "body": body, "more_body": more})


class Pages:
    """The ASGI application around ``wsgi``, in ``threads`` threads."""

    def __init__(self, wsgi: Callable[..., Any], threads: int) -> None:
        self.wsgi = wsgi
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                if not await whole_body(scope, receive, body):
                    await refuse(send)
                    return
            except Gone:
                return
            loop = asyncio.get_running_loop()
            answer = Answer(loop, send)
            await loop.run_in_executor(
                self.executor, copy_context().run, self.run, scope, body, answer
            )
        await answer.flush(more=False)

    def run(self, scope: Message, body: IO[bytes], answer: Answer) -> None:
        chunks = self.wsgi(build_environ(scope, body), answer.begin)  # type: ignore[arg-type]
        try:
            answer.take(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()

    def close(self) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)


async def whole_body(scope: Message, receive: Receive, body: IO[bytes]) -> bool:
    """Put the request's body into ``body``; False where it is larger than any may be."""
    names = {name for name, _ in scope["headers"]}
    if names.isdisjoint({b"content-length", b"transfer-encoding"}):
        return True
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            return False
        body.write(message.get("body", b""))
        if not message.get("more_body"):
            break
    body.seek(0)
    return True


async def refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b"Too large."})
