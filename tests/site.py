"""The house as it runs: the real ASGI application on a loopback port, over the test's database."""

import socket
import threading
import time
from dataclasses import dataclass, field

import uvicorn

from config.asgi import Application
from essor.ledger.live.handover import HandedOver


@dataclass
class Site:
    """A server in a thread. ``url`` is where it answers; ``stop`` waits until it has gone."""

    application: Application = field(default_factory=Application)
    port: int = 0
    grace: int = 3
    """Seconds for answers under way when it stops; more than ``stop`` waits: they end themselves."""

    def __post_init__(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self.application,
            http=HandedOver,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=self.grace,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([listener],), daemon=True)
        self.thread.start()
        until = time.monotonic() + 10
        while not self.server.started:
            assert time.monotonic() < until, "the server did not start"
            assert self.thread.is_alive(), "the server fell at once"
            time.sleep(0.01)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.application.stop()
        self.server.should_exit = True
        self.thread.join(timeout=20)
        assert not self.thread.is_alive(), "the server did not stop"
