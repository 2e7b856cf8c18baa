"""The stream process: keeps the live streams whose connections the page processes hand over.

python -m essor.cli.serving.streams CONNECTIONS LIFELINE
"""

import asyncio
import os
import resource
import signal
import socket
import sys

from essor.cli import start_django
from essor.cli.serving.child import built_at_once, end_with_parent

LAST_WORDS = 1.0
"""Seconds in which the goodbyes leave."""


async def serve(way: socket.socket) -> None:
    """Take what is handed over, until SIGTERM."""
    from essor.ledger.live.handover import taken
    from essor.ledger.live.streams import Streams

    streams, asked_to_stop = Streams(), asyncio.Event()
    loop = asyncio.get_running_loop()
    opening: set[asyncio.Task[bool]] = set()

    def take_all() -> None:
        while (found := taken(way)) is not None:
            task = loop.create_task(streams.take(*found))
            opening.add(task)
            task.add_done_callback(opening.discard)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked_to_stop.set)
    way.setblocking(False)
    loop.add_reader(way, take_all)
    await asked_to_stop.wait()
    loop.remove_reader(way)
    streams.close()
    until = loop.time() + LAST_WORDS
    while streams.hub.count and loop.time() < until:
        await asyncio.sleep(0.02)


def main(words: list[str]) -> None:
    with built_at_once():
        way = socket.socket(fileno=int(words[0]))
        end_with_parent(int(words[1]))
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a stream is a descriptor
        start_django()
        from django.conf import settings

        from essor.kit.logs import configure

        configure(settings.LOG_LEVEL)
    asyncio.run(serve(way))


if __name__ == "__main__":
    main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # a door that hangs in its thread must not hold the process back
