"""Run the house: pages, live screens and jobs, until Ctrl-C or SIGTERM.

Starts a page process, a stream process and a worker as children and restarts one that dies. The
database is brought up to date first. On SQLite one server at a time runs on a data folder; with
PostgreSQL (ESSOR_DATABASE) as many as wanted, each with as many page processes as it has cores.

Settings are environment variables; docs/operate.md lists them.
"""

import argparse
import os
import socket
import uuid

from essor.cli import Refusal
from essor.cli.serving.ground import data_folder, have_to_oneself, listen, port_wanted
from essor.cli.serving.supervisor import Child, StopAsked, Supervisor, say

NOT_PREPARED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port (ESSOR_PORT, else 8000)")
    parser.add_argument(
        "--processes", type=int, default=1, help="page processes; several need PostgreSQL (1)"
    )
    parser.add_argument(
        "--no-migrate", action="store_true", help="do not bring the database up to date"
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="pages only; the jobs run on another machine"
    )


def run(options: argparse.Namespace) -> int:
    on_sqlite = not os.environ.get("ESSOR_DATABASE", "").strip()
    if options.processes < 1 or (on_sqlite and options.processes > 1):
        raise Refusal("several page processes need PostgreSQL (ESSOR_DATABASE).", status=2)
    folder = data_folder()
    if on_sqlite:
        have_to_oneself(folder)
    listener = listen(options.host, port_wanted(options.port))
    with Supervisor() as supervisor:
        try:
            if not open_house(supervisor, listener, options):
                return 1
            host, port = listener.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"Essor: http://{shown}:{port}", flush=True)
            return supervisor.watch()
        except StopAsked:
            say("stopping.")
            return 0


def open_house(
    supervisor: Supervisor, listener: socket.socket, options: argparse.Namespace
) -> bool:
    """Start the children; the first page process prepares the house before the others start."""
    lifeline, held = os.pipe()
    os.set_inheritable(held, False)
    ready, told = os.pipe()
    given, taken = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    files = (listener.fileno(), lifeline, given.fileno())
    base = ["essor.cli.serving.pages", *map(str, files)]
    first = Child("page process", [*base, str(told)], (*files, told))
    if options.no_migrate:
        first.command.append("no-migrate")
    supervisor.start(first)
    os.close(told)
    if not os.read(ready, 10):
        return False
    os.close(ready)
    first.command, first.files = base, files
    for _ in range(options.processes - 1):
        supervisor.start(Child("page process", base, files))
    ends = (taken.fileno(), lifeline)
    supervisor.start(Child("stream process", ["essor.cli.serving.streams", *map(str, ends)], ends))
    supervisor.keep += (given, taken)
    if not options.no_worker:
        house = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        worker = ["essor.cli.serving.run_worker", str(lifeline), house]
        supervisor.start(Child("worker", worker, (lifeline,)))
    return True
