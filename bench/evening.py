"""A whole evening at once, as ``essor rehearse`` lives it, on both databases and beside a peer.

    python bench/evening.py                        SQLite and PostgreSQL, 60 s each, 1,500 streams
    python bench/evening.py --only sqlite --seconds 30 --streams 5000
    python bench/evening.py --faster 3             three times the pace of a real evening

Phones, house and judge are those of ``essor/cli/rehearsing``; everything stays on 127.0.0.1 and
ends by itself. The phones run on the same machine and take their share of it: their CPU is printed.
Exit status 1 when a must is not met.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from pages import ended_by_a_signal  # noqa: E402

from essor.cli.rehearsing.rehearsal import BOUNDS, Load, figures, rehearse  # noqa: E402

PEER = "peer (pretix, 4 processes, PostgreSQL): 2.0 registrations/s, p95 5.5 s"


def measure(title: str, load: Load) -> bool:
    """Rehearse and print; whether every must was met."""
    print(title, flush=True)
    outcome = rehearse(load)
    print(figures(outcome), flush=True)
    return not outcome.wrong


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", choices=["sqlite", "postgres"])
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--streams", type=int, default=1_500)
    words.add_argument("--faster", type=float, default=1)
    words.add_argument("--processes", type=int, default=2, help="of pages, on PostgreSQL")
    told = words.parse_args()
    load = {"streams": told.streams, "seconds": told.seconds, "faster": told.faster}
    print(f"{told.streams} streams, {told.seconds:g} s, {told.faster:g} x the pace of an evening")
    print(f"{BOUNDS}\n{PEER}")
    met = True
    if told.only != "postgres":
        met &= measure("SQLite, one page process", Load(**load))
    if told.only != "sqlite":
        from postgres import cluster

        with cluster(durable=True) as address:
            met &= measure(
                f"PostgreSQL, {told.processes} page processes",
                Load(**load, database=address, processes=told.processes),
            )
    return 0 if met else 1


if __name__ == "__main__":
    ended_by_a_signal()
    sys.exit(main())
