"""Everything in one process: streams under ASGI, pages under WSGI in a pool of threads.

Django's pages are some twenty times faster under WSGI than the same synchronous views under ASGI,
and a stream must not hold a thread; so each goes its own way (docs/decisions/0007).
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django is set up just above

from essor.kit.logs import configure  # noqa: E402
from essor.ledger.live.streams import Streams  # noqa: E402

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class Application:
    """The ASGI application. ``stop`` ends the open streams, so that the server can stop."""

    def __init__(self) -> None:
        self.pages = WSGIMiddleware(pages, workers=settings.PAGE_THREADS)  # type: ignore[arg-type]
        self.streams = Streams()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            # A header written with underscores would pass for the one written with dashes, which
            # a proxy in front sets or removes.
            scope["headers"] = [pair for pair in scope["headers"] if b"_" not in pair[0]]
            to = self.streams if scope["path"].startswith("/live/") else self.pages
            await to(scope, receive, send)  # type: ignore[arg-type]
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def live(self, receive: Receive, send: Send) -> None:
        """From the start of the server to its end."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self.streams.close()
                self.pages.executor.shutdown(wait=False, cancel_futures=True)
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})

    def stop(self) -> None:
        self.streams.stop()


configure(settings.LOG_LEVEL)
application = Application()
