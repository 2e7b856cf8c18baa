"""The throw-away house of a rehearsal: its own data, on 127.0.0.1, gone at the end."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from essor.cli import Refusal

STOP_WITHIN = 15


def environment(data: Path, database: str) -> dict[str, str]:
    """No setting of the real house is kept: no mail leaves, no data of it is opened."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ESSOR_")}
    return {**own, "ESSOR_DATA": str(data), "ESSOR_DATABASE": database, "ESSOR_LOG": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings"}  # fmt: skip


def inside(data: Path, database: str, *words: str, module: str = "hall") -> Any:
    """Run a module of this folder over the rehearsal's database; what its last line says, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", f"essor.cli.rehearsing.{module}", *words],
        env=environment(data, database), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Refusal(f"the invented evening could not be made or read: {last}")
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def house(data: Path, database: str, processes: int) -> Iterator[tuple[int, int]]:
    """``essor serve`` on a free port of 127.0.0.1: that port, and the process that leads it."""
    command = [sys.executable, "-m", "essor", "serve", "--host", "127.0.0.1", "--port", "0",
               "--processes", str(processes)]  # fmt: skip
    log = data / "rehearsal.log"
    with log.open("w") as errors:
        server = subprocess.Popen(
            command, env={**environment(data, database), "PYTHONUNBUFFERED": "1"}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
            start_new_session=True,  # Ctrl-C comes to us alone, and we end it
        )  # fmt: skip
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            if not line.startswith("Essor: "):
                raise Refusal(f"the throw-away house did not open: {log.read_text()[-500:]}")
            yield int(line.strip().rsplit(":", 1)[1]), server.pid
        finally:
            _end(server)


def _end(server: subprocess.Popen[str]) -> None:
    """Its children end with it, also where it has to be killed: they watch the same lifeline."""
    server.terminate()
    try:
        server.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdout is not None:
        server.stdout.close()


def family(leader: int) -> list[int]:
    """The process and all below it; empty where the system has no /proc."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile
        below.setdefault(parent, []).append(int(entry.parent.name))
    if not below:
        return []
    found = [leader]
    for each in found:
        found += below.get(each, [])
    return found


def cpu_seconds(leader: int) -> float | None:
    """CPU seconds that the processes of the house have taken so far."""
    ticks = 0
    processes = family(leader)
    for pid in processes:
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK") if processes else None


def memory(leader: int) -> float | None:
    """MiB that the processes of the house hold together; what they share is counted once."""
    kibibytes = 0
    processes = family(leader)
    for pid in processes:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kibibytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kibibytes / 1024 if kibibytes else None


def allow_open_files(wanted: int) -> None:
    """Raise this process's soft limit of open files, which the house inherits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise Refusal(
            f"this machine allows a process {hard} open files and {wanted} are needed. Rehearse "
            "with fewer people, or raise the limit (`ulimit -Hn`, as root)."
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
