"""Rehearse a whole evening with invented people: the load test, on this machine alone.

Opens a throw-away house on 127.0.0.1 with data of its own, lets everybody arrive, write, promise and
listen at the pace of a real evening, then asks the database for every writing that was acknowledged.
Prints its figures and ends by itself; Ctrl-C ends it at once. Exit status 1 when something was lost
or is there twice, or when another must is not met.

    essor rehearse --people 1500                    one minute at the pace of an evening
    essor rehearse --people 300 --faster 3 --seconds 30
    essor rehearse --years 5                        what 3,000 people and 25 projects hear in 5 years
    essor rehearse --database postgresql://essor@127.0.0.1/rehearsal    an empty database, filled
"""

import argparse
import os
import signal
from types import FrameType

from essor.cli import Refusal

MOST_PEOPLE, MOST_TABLES, MOST_SECONDS, MOST_FASTER = 5_000, 500, 3_600, 100
MOST_YEARS, MOST_PROJECTS = 10, 100
NEAR = {"127.0.0.1", "::1", "localhost"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, help="invented people (1500; of years, 3000)")
    parser.add_argument(
        "--years", type=int, help="years of a territory instead of an evening, in minutes"
    )
    parser.add_argument("--projects", type=int, default=25, help="live projects, of years (25)")
    parser.add_argument("--tables", type=int, default=120, help="tables with a phone (120)")
    parser.add_argument("--seconds", type=float, default=60, help="how long (60)")
    parser.add_argument(
        "--faster", type=float, default=1, help="times the pace of a real evening (1)"
    )
    parser.add_argument(
        "--database", default="", help="an empty PostgreSQL on this machine (else SQLite)"
    )
    parser.add_argument(
        "--processes", type=int, help="page processes on PostgreSQL (as many as cores)"
    )


def run(options: argparse.Namespace) -> int:
    if options.database:
        near_and_empty(options.database)
    signal.signal(signal.SIGTERM, _interrupt)
    return run_evening(options) if options.years is None else run_years(options)


def run_years(options: argparse.Namespace) -> int:
    from essor.cli.rehearsing.years_told import figures, rehearse, wrong

    people = 3_000 if options.people is None else options.people
    _bounded("--years", options.years, 1, MOST_YEARS)
    _bounded("--projects", options.projects, 1, MOST_PROJECTS)
    _bounded("--people", people, options.projects + 2, MOST_PEOPLE)
    print(
        f"{options.years} years of {people} invented people and {options.projects} projects, "
        f"{'PostgreSQL' if options.database else 'SQLite'}",
        flush=True,
    )
    found, seconds = rehearse(options.years, people, options.projects, options.database)
    print(figures(found, options.years, seconds))
    return 1 if wrong(found) else 0


def run_evening(options: argparse.Namespace) -> int:
    from essor.cli.rehearsing.rehearsal import BOUNDS, Load, figures, rehearse

    options.people = 1_500 if options.people is None else options.people
    _bounded("--people", options.people, 2, MOST_PEOPLE)
    _bounded("--tables", options.tables, 1, min(MOST_TABLES, options.people))
    _bounded("--seconds", options.seconds, 1, MOST_SECONDS)
    _bounded("--faster", options.faster, 0.1, MOST_FASTER)
    processes = options.processes
    if processes is None:
        processes = (os.cpu_count() or 1) if options.database else 1
    _bounded("--processes", processes, 1, 64 if options.database else 1)
    load = Load(
        options.people, options.tables, options.people, options.seconds, options.faster,
        options.database, processes,
    )  # fmt: skip
    print(
        f"{load.people} invented people at {load.tables} tables, {load.seconds:g} s, "
        f"{load.faster:g} x the pace of an evening, "
        f"{'PostgreSQL' if load.database else 'SQLite'}, {processes} page process(es)\n{BOUNDS}",
        flush=True,
    )
    outcome = rehearse(load)
    print(figures(outcome))
    return 1 if outcome.wrong else 0


def _bounded(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise Refusal(f"{name} is between {least:g} and {most:g}, not {value:g}.", status=2)


def near_and_empty(address: str) -> None:
    """Refuse a database on another machine, or one that holds anything at all."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    if not address.startswith(("postgresql://", "postgres://")):
        raise Refusal("--database is an address as postgresql://user@127.0.0.1/name.", status=2)
    try:
        parts = conninfo_to_dict(address)
        hosts = f"{parts.get('host') or ''},{parts.get('hostaddr') or ''}".split(",")
        if parts.get("service") or not all(
            host in NEAR or host.startswith("/") for host in hosts if host
        ) or not any(hosts):  # fmt: skip
            raise Refusal("a rehearsal uses a database on this machine only (127.0.0.1).", status=2)
        with psycopg.connect(address, connect_timeout=5) as database:
            row = database.execute(
                "SELECT count(*) FROM pg_tables "
                "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchone()
    except psycopg.Error as trouble:
        last = str(trouble).strip().splitlines()[0]
        raise Refusal(f"the database does not answer: {last}") from trouble
    if row is None or row[0]:
        raise Refusal(
            "this database is not empty, and a rehearsal fills it with invented people. "
            "Make one for it (createdb rehearsal), and drop it afterwards."
        )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
