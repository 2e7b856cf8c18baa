"""Everything that answers in one process: pages in a pool of threads, streams handed over.

Django's pages are some twenty times faster under WSGI than the same synchronous views under ASGI,
and a stream must not hold a thread, nor take turns from the pages; so each goes its own way
(docs/decisions/0007).
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
wsgi = get_wsgi_application()

from django.conf import settings  # noqa: E402 - Django is set up just above

from essor.kit.bridge import Pages  # noqa: E402
from essor.kit.logs import configure  # noqa: E402
from essor.ledger.live.handover import Elsewhere, hand_over, not_now  # noqa: E402
from essor.ledger.live.streams import Streams  # noqa: E402

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class Application:
    """The ASGI application. ``stop`` ends the open streams, so that the server can stop.

    Streams run here, or ``elsewhere``: in the process that is given their connections.
    """

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        self.pages = Pages(wsgi, settings.PAGE_THREADS)
        self.elsewhere = elsewhere
        self.streams = Streams()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            # A header written with underscores would pass for the one written with dashes, which
            # a proxy in front sets or removes.
            scope["headers"] = [pair for pair in scope["headers"] if b"_" not in pair[0]]
            if scope["path"].startswith("/live/"):
                await self.stream(scope, receive, send)
            else:
                await self.pages(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def stream(self, scope: Message, receive: Receive, send: Send) -> None:
        if not await hand_over(scope, receive, self.elsewhere or self.streams):
            await not_now(send)

    async def live(self, receive: Receive, send: Send) -> None:
        """From the start of the server to its end."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self.streams.close()
                self.pages.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})

    def stop(self) -> None:
        self.streams.stop()


configure(settings.LOG_LEVEL)
