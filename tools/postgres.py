"""A throw-away PostgreSQL: a cluster in a temporary folder, on a Unix socket, for the tests.

    python tools/postgres.py COMMAND...      runs COMMAND with ESSOR_DATABASE set

PostgreSQL refuses to run as root, so root hands it to the ``postgres`` user (or ``nobody``).
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Nothing here must survive a crash: the tests' cluster need not wait for the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# After a crash PostgreSQL first syncs each of its files; the file system can do that at once.
DURABLE = "-c recovery_init_sync_method=syncfs"
SMALL = "-c max_connections=120 -c shared_buffers=64MB -c listen_addresses=''"


class PostgresMissing(Exception):
    """PostgreSQL's programs are not installed."""


def programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``: on the path, or where Debian keeps them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3])
    )
    if not versions:
        raise PostgresMissing("PostgreSQL is not installed (Debian: apt-get install postgresql).")
    return versions[-1].parent


def ordinary_user() -> str | None:
    """Whom to run as: None for ourselves, a name when we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass
class Cluster:
    """PostgreSQL's files in a folder of their own, and the programs that act on them."""

    folder: Path
    options: str
    where: Path = field(default_factory=lambda: programs())
    user: str | None = field(default_factory=lambda: ordinary_user())

    @property
    def address(self) -> str:
        return f"postgresql://essor@{str(self.folder).replace('/', '%2F')}/essor"

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.where / program, *arguments],
            user=self.user,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode()[-2000:]}")

    def make(self) -> None:
        self.run("initdb", "-D", str(self.folder / "data"), "-U", "essor", "-A", "trust",
                 "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")  # fmt: skip

    def start(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"),
                 "-w", "-t", "30", "-o", self.options, "start")  # fmt: skip

    def checkpoint(self) -> None:
        """Write everything to its files, so that a crash has little to make up for."""
        self.run("psql", "-h", str(self.folder), "-U", "essor", "-c", "CHECKPOINT", "essor")

    def crash(self) -> None:
        """Stop at once, as when the power goes: what was not written is lost."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "-t", "30",
                 "stop")  # fmt: skip


@contextlib.contextmanager
def running(durable: bool = False) -> Iterator[Cluster]:
    """A fresh cluster with an empty database ``essor``; it is gone afterwards.

    ``durable`` keeps PostgreSQL's default durability, for crash tests and benchmarks.
    """
    folder = Path(tempfile.mkdtemp(prefix="essor-pg-"))
    cluster = Cluster(folder, f"-k {folder} {SMALL} {DURABLE if durable else FAST}")
    if cluster.user:
        shutil.chown(folder, cluster.user)
    try:
        cluster.make()
        cluster.start()
        try:
            cluster.run("createdb", "-h", str(folder), "-U", "essor", "essor")
            yield cluster
        finally:
            cluster.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """The address of a fresh database; the cluster is gone afterwards."""
    with running(durable) as it:
        yield it.address


def main(command: list[str]) -> int:
    with cluster() as address:
        done = subprocess.run(command, env={**os.environ, "ESSOR_DATABASE": address}, check=False)
    return done.returncode


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the cluster ends with us
    sys.exit(main(sys.argv[1:]))
