"""One rehearsal from beginning to end, and its figures in plain words."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from essor.cli.rehearsing.house import allow_open_files, cpu_seconds, house, inside, memory
from essor.cli.rehearsing.judging import POSTS, Told, lost_and_doubled, not_met, percentile
from essor.cli.rehearsing.limits import bare_streams_a_second, commits_a_second
from essor.cli.rehearsing.phones import live_through

BOUNDS = "must: nothing lost, nothing twice, every act answered; p95: writing 150 ms, page 250 ms, word heard 1 s; 600 MiB"
BARE_STREAMS = 500


@dataclass
class Load:
    """What is asked of the house. ``streams`` is how many phones keep one open."""

    people: int = 1_500
    tables: int = 120
    streams: int = 1_500
    seconds: float = 60.0
    faster: float = 1.0
    database: str = ""
    processes: int = 1


@dataclass
class Outcome:
    """What was measured; ``wrong`` names each must that was not met."""

    load: Load
    told: Told
    kept: dict[str, list[str]]
    wrong: list[str]
    memory: float | None
    house_cpu: float | None
    phones_cpu: float
    commits: float
    bare_streams: float


def rehearse(load: Load) -> Outcome:
    """Open a throw-away house, live the evening through, close it, and judge."""
    allow_open_files(2 * max(load.streams, BARE_STREAMS) + 500)
    with tempfile.TemporaryDirectory(prefix="essor-rehearsal-") as folder:
        data = Path(folder)
        found = inside(data, load.database, "fill", str(load.people), str(load.tables))
        commits = commits_a_second(data)
        bare = asyncio.run(bare_streams_a_second(BARE_STREAMS))
        with house(data, load.database, load.processes) as (port, leader):
            house_before, phones_before = cpu_seconds(leader), time.process_time()
            told = asyncio.run(live_through(port, found, load.streams, load.seconds, load.faster))
            phones_cpu = time.process_time() - phones_before
            after, held = cpu_seconds(leader), memory(leader)
        kept = inside(data, load.database, "kept")
    wrong = not_met(told, load.streams, kept, held)
    house_cpu = None if after is None or house_before is None else after - house_before
    return Outcome(load, told, kept, wrong, held, house_cpu, phones_cpu, commits, bare)


def figures(outcome: Outcome) -> str:
    """What is printed at the end."""
    told = outcome.told
    lines = []
    for kind in (*POSTS, "page"):
        taken = told.taken[kind]
        lines.append(
            f"  {kind:8} {len(taken):6} done {told.failed[kind]:4} failed   "
            f"p50 {_ms(taken, 0.5)}   p95 {_ms(taken, 0.95)}"
        )
    lost, doubled = lost_and_doubled(told.acknowledged, outcome.kept)
    lines += [
        f"  streams  {told.open_streams} open of {outcome.load.streams} after "
        f"{told.opened_in:.1f} s, {told.dropped} dropped",
        f"  words    {len(told.said)} said, {len(told.heard)} times heard   "
        f"p50 {_ms(told.heard, 0.5)}   p95 {_ms(told.heard, 0.95)}",
        f"  kept     {sum(map(len, told.acknowledged.values()))} acknowledged: "
        f"{len(lost)} lost, {len(doubled)} twice",
        f"  CPU      house {_known(outcome.house_cpu, 's')}, "
        f"these phones {outcome.phones_cpu:.1f} s (on the same machine)",
        f"  memory   {_known(outcome.memory, 'MiB')} in all processes of the house",
        f"  machine  {outcome.commits:.0f} durable commits/s on this disk, "
        f"{outcome.bare_streams:.0f} bare streams/s opened and held",
    ]
    lines += [f"  NOT MET  {each}" for each in outcome.wrong] or ["  All musts are met."]
    return "\n".join(lines)


def _ms(values: list[float], share: float) -> str:
    return f"{1000 * percentile(values, share):6.0f} ms"


def _known(value: float | None, unit: str) -> str:
    return "not known on this system" if value is None else f"{value:.1f} {unit}"
