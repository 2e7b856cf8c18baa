"""The machine's own limits, measured in the same run: what no program on it can exceed."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path


def commits_a_second(folder: Path) -> float:
    """One row, one durable commit, again and again for a second."""
    with closing(sqlite3.connect(folder / "limit.db", isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE line (words TEXT)")
        started, count = time.perf_counter(), 0
        while time.perf_counter() - started < 1:
            base.execute("INSERT INTO line VALUES ('one')")
            count += 1
        return count / (time.perf_counter() - started)


async def bare_streams_a_second(wanted: int) -> float:
    """Connections opened, answered with one line and held, ``wanted`` of them, by nothing else."""
    held: list[asyncio.StreamWriter] = []

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)
        writer.write(b"data: here\n")

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    started = time.perf_counter()
    try:
        for _ in range(wanted):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            held.append(writer)
            await reader.readline()
        return wanted / (time.perf_counter() - started)
    finally:
        for each in held:
            each.close()
        server.close()
