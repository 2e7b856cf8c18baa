"""A page process: pages on a socket that the parent opened; streams go to their own process.

    python -m essor.cli.serving.pages SOCKET LIFELINE STREAMS [READY]

The first one also prepares the house (settings checked, database migrated) before it serves, and
says so on the descriptor READY; starting one process less is half a second less for whoever waits.
"""

import os
import socket
import sys
from types import FrameType
from typing import Any

import uvicorn

from essor.cli.serving.child import built_at_once, end_with_parent

TURN = 0.001
"""Seconds a thread may run Python before others get a turn. With Python's own 5 ms, the thread that
takes requests in waits behind every page that is being made."""


class PageServer(uvicorn.Server):
    """Uvicorn, ending the open streams as soon as it is asked to stop."""

    def __init__(self, config: uvicorn.Config, application: Any) -> None:
        super().__init__(config)
        self.application = application

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.application.stop()
        super().handle_exit(sig, frame)

    def run_until_asked(self, listener: socket.socket) -> None:
        """Serve; a signal that stops it is the ordinary end, not an exception."""
        try:
            self.run(sockets=[listener])
        except KeyboardInterrupt:
            return


def page_server(streams: socket.socket | None = None) -> PageServer:
    """The server of pages. ``streams`` leads to the process of the streams; without, they run here."""
    from config.asgi import Application
    from essor.ledger.live.handover import Elsewhere, HandedOver

    sys.setswitchinterval(TURN)
    application = Application(Elsewhere(streams) if streams else None)
    config = uvicorn.Config(
        application,
        http=HandedOver,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=20,
        timeout_graceful_shutdown=3,
        backlog=512,
    )
    return PageServer(config, application)


def main(words: list[str]) -> int:
    with built_at_once():
        listener = socket.socket(fileno=int(words[0]))
        end_with_parent(int(words[1]))
        streams = socket.socket(fileno=int(words[2]))
        if len(words) > 3:
            from essor.cli.serving.prepare import prepare

            if not prepare(migrate="no-migrate" not in words):
                return 3
        server = page_server(streams)
    if len(words) > 3:
        os.write(int(words[3]), b"ready\n")
        os.close(int(words[3]))
    server.run_until_asked(listener)
    return 0


if __name__ == "__main__":
    sys.stdout.flush()
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # a page that hangs in its thread must not hold the process back
