"""Open a living example: the network's facts, and an evening whose people are invented.

One process on SQLite, reachable from this machine alone. The example is kept in the folder that
ESSOR_DATA names (data/demo); remove the folder to begin afresh. ESSOR_PORT chooses the port.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

from essor.cli import Refusal, start_django
from essor.cli.serving.ground import data_folder, have_to_oneself, listen, port_wanted

ROOT = Path(__file__).resolve().parents[2]
OTHER_PORTS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port (ESSOR_PORT, else 8000)")
    parser.add_argument(
        "--prepare-only", action="store_true", help="make the example's data and stop"
    )


def run(options: argparse.Namespace) -> int:
    folder = data_folder(default=str(ROOT / "data" / "demo"))
    have_to_oneself(folder)
    wanted = port_wanted(options.port)
    listener = listen("127.0.0.1", wanted, others=OTHER_PORTS)
    port = listener.getsockname()[1]
    if wanted not in {0, port}:
        print(f"Port {wanted} is taken, so the example opens on {port}.", file=sys.stderr)
    settle(folder, port)

    from essor.cli.serving.prepare import bring_database_up_to_date, check_settings

    signal.signal(signal.SIGTERM, _interrupt)
    start_django()
    check_settings()
    bring_database_up_to_date(migrate=True)
    fill()
    if options.prepare_only:
        return 0

    from essor.cli.serving.pages import page_server
    from essor.cli.serving.worker import start_in_thread

    server = page_server()
    worker = start_in_thread()
    print(f"Essor: http://127.0.0.1:{port}", flush=True)
    server.run_until_asked(listener)
    worker.running = False
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # a job half done would hold the process back; it is taken up at the next start


def settle(folder: Path, port: int) -> None:
    """The demonstration's settings: its own data, this machine only, no mail leaves."""
    for name in ("ESSOR_DATABASE", "ESSOR_DATABASE_DIRECT", "ESSOR_HOSTS", "ESSOR_PROXIES",
                 "ESSOR_SMTP", "ESSOR_SECRET_KEY"):  # fmt: skip
        os.environ.pop(name, None)
    os.environ["ESSOR_DATA"] = str(folder)
    os.environ["ESSOR_DEMO"] = "1"
    os.environ["ESSOR_URL"] = f"http://127.0.0.1:{port}"
    os.environ.setdefault("ESSOR_LOG", "WARNING")


def fill() -> None:
    """Load or complete the example."""
    from django.db import connections

    from essor.kit import clock
    from essor.portal.demo.start import prepare_demonstration

    try:
        prepare_demonstration(at=clock.now())
    except FileNotFoundError as missing:
        raise Refusal(f"the example cannot be read: {missing}.") from missing
    finally:
        connections.close_all()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt
