"""``essor serve`` for real: it answers, restarts what dies, stops in time, has its folder alone."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from essor.cli.serving.worker import YIELDS
from essor.portal.demo.actions import EVENING_ID
from tests.cli.servers import Server
from tests.cli.test_commands import essor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("house"))
    yield server
    server.stop()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def words_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def test_house_opens_on_an_empty_folder(server):
    assert server.get("/health/")[0] == 200
    assert server.get("/gallery/")[0] == 200
    assert server.get("/no-such-territory/")[0] == 404
    assert server.get("/live/evening/none/")[0] == 404


def test_second_server_on_the_same_folder_is_refused_and_told_whose_it_is(server):
    folder = server.log.parent / "data"
    done = essor("serve", "--port", "0", ESSOR_DATA=str(folder))
    assert done.returncode == 1
    assert f"process {server.process.pid}" in done.stderr
    assert "PostgreSQL" in done.stderr


def test_port_that_is_taken_is_told(server, tmp_path):
    port = server.url.rsplit(":", 1)[1]
    done = essor("serve", "--port", port, ESSOR_DATA=str(tmp_path))
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr


def test_the_worker_gives_way_to_pages_whatever_linux_shares_its_cores_by(server):
    server.wait_for("worker started")
    (worker,) = [pid for pid in server.children() if "run_worker" in words_of(pid)]
    assert os.getpriority(os.PRIO_PROCESS, worker) >= YIELDS
    session = Path(f"/proc/{worker}/autogroup")
    if session.exists() and session.read_text().strip():
        assert session.read_text().split()[-2:] == ["nice", str(YIELDS)]


def test_child_that_is_killed_is_started_again_and_visitors_wait_instead_of_failing(server):
    server.wait_for("worker started")
    pages = server.children()[0]
    os.kill(pages, signal.SIGKILL)
    assert server.get("/health/")[0] == 200, "the connection waited for the new process"
    assert pages not in server.children()
    assert len(server.children()) == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_within_five_seconds_with_requests_open(house_folder, number):
    server = Server(house_folder)
    host, port = server.url.removeprefix("http://").split(":")
    half = http.client.HTTPConnection(host, int(port))
    half.request("GET", "/health/")
    half.getresponse().read()  # an idle connection that the browser keeps
    assert server.stop(number) < 5
    assert server.process.returncode == 0
    half.close()


def test_children_end_when_the_parent_is_killed_outright(house_folder):
    server = Server(house_folder)
    server.wait_for("worker started")
    children = server.children()
    assert len(children) == 3, "pages, streams, jobs"
    server.process.kill()
    server.process.wait()
    until = time.monotonic() + 6
    while any(alive(child) for child in children):
        assert time.monotonic() < until, "the children outlived their parent"
        time.sleep(0.05)
    server.stop()


def test_demonstration_opens_in_one_process_and_says_where(example_folder):
    server = Server(example_folder, "demo")
    try:
        assert server.children() == []
        assert server.get("/")[0] == 200
        assert server.get("/demo/")[0] == 200
        assert server.said().count("\n") == 1, "one line, nothing else"
    finally:
        assert server.stop() < 5


def test_demonstration_takes_the_next_port_and_says_so(example_folder, server):
    port = int(server.url.rsplit(":", 1)[1])
    demo = Server(example_folder, "demo", "--port", str(port))
    try:
        assert f"Port {port} is taken" in demo.said()
        assert demo.url != server.url
        assert demo.get("/health/")[0] == 200
    finally:
        demo.stop()


HOST_SIGNS_IN = """
import django; django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from essor.evenings.models import Evening
from essor.territories.models import Role
evening = Evening.objects.get(public_id=KEY)
role = Role.objects.filter(territory=evening.territory, kind="host").exclude(person__account=None)
account = role.first().person.account
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "essor.people.backends.SignedIn"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
print(session.session_key)
"""


def session_of_a_host(folder) -> str:
    """A host's session, made in the running house's own database."""
    done = subprocess.run(
        [sys.executable, "-c", HOST_SIGNS_IN.replace("KEY)", f"{EVENING_ID!r})", 1)],
        env={"PATH": os.environ["PATH"], "ESSOR_DATA": str(folder),
             "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_demonstration_stops_within_five_seconds_with_a_stream_open(example_folder):
    demo = Server(example_folder, "demo")
    host, port = demo.url.removeprefix("http://").split(":")
    stream = http.client.HTTPConnection(host, int(port), timeout=10)
    cookie = {"Cookie": f"sessionid={session_of_a_host(example_folder / 'data')}"}
    stream.request("GET", f"/live/evening/{EVENING_ID}/", headers=cookie)
    answer = stream.getresponse()
    assert answer.status == 200
    assert answer.readline() == b"retry: 2000\n"
    assert demo.stop() < 5
    assert answer.read() in {b"", b"\n"}, "the stream was ended, not cut"
    stream.close()
