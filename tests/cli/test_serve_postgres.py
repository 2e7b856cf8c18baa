"""``essor serve --processes 2`` on PostgreSQL: pages, streams, and all stop in time."""

import os
import signal
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests import migrated
from tests.cli.servers import ROOT, Server, database_in_cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.skipif(not os.environ.get("ESSOR_DATABASE"), reason="several need PostgreSQL"),
]
EVENING_AND_SESSION = """
import django; django.setup()
from tests.cast import Cast, make_evening
cast = Cast()
print(make_evening(cast.valence).public_id, cast.client("aicha").cookies["sessionid"].value)
"""


@pytest.fixture
def house(tmp_path, django_db_setup):
    """The settings of a house on a database of its own."""
    with database_in_cluster(migrated.name_of_the_copy()) as (_, address):
        yield {"ESSOR_DATA": str(tmp_path / "data"), "ESSOR_LOG": "ERROR", **address}


@pytest.fixture
def server(tmp_path, house):
    server = Server(tmp_path, "serve", "--processes", "2", **house)
    yield server
    server.stop()


def evening_and_session(house) -> tuple[str, str]:
    """An evening of Valence, and Aïcha's session, made in the house's own database."""
    done = subprocess.run(
        [sys.executable, "-c", EVENING_AND_SESSION],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **house},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    evening, session = done.stdout.split()
    return evening, session


def open_stream(server, evening, session) -> tuple[HTTPConnection, HTTPResponse]:
    host, port = server.url.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=15)
    connection.request(
        "GET", f"/live/evening/{evening}/", headers={"Cookie": f"sessionid={session}"}
    )
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.readline() == b"retry: 2000\n", "it has really begun"
    return connection, answer


def visitors_of(pid: int, port: int) -> int:
    """How many open connections to ``port`` this process holds, as the kernel tells."""
    held = {os.readlink(each) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()}
    open_here = 0
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, here, _, state, *rest = line.split()
        if int(here.split(":")[1], 16) == port and state == "01":
            open_here += f"socket:[{rest[5]}]" in held
    return open_here


def test_streams_leave_the_page_processes_and_end_within_five_seconds(server, house):
    port = int(server.url.rsplit(":", 1)[1])
    assert len(server.children()) == 4, "two of pages, one of streams, one worker"
    evening, session = evening_and_session(house)
    streams = [open_stream(server, evening, session) for _ in range(20)]
    shares = sorted(visitors_of(pid, port) for pid in server.children())
    assert shares == [0, 0, 0, 20], "the pages gave every stream away"

    assert server.stop(signal.SIGTERM) < 5
    assert server.process.returncode == 0
    for connection, answer in streams:
        assert answer.read().replace(b"\n", b"") == b"", "the stream was ended, not cut"
        connection.close()


def test_one_process_that_dies_leaves_the_other_at_work(server):
    first, *_ = server.children()
    os.kill(first, signal.SIGKILL)
    assert [server.get("/health/")[0] for _ in range(10)] == [200] * 10
    server.wait_for("ended (-9)")
