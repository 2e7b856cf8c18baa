"""A throw-away PostgreSQL: a cluster in a temporary folder, on a Unix socket, for the tests.

    python tools/postgres.py COMMAND...      runs COMMAND with ESSOR_DATABASE set

PostgreSQL refuses to run as root, so root hands it to the ``postgres`` user (or ``nobody``).
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Nothing here must survive a crash: the tests' cluster need not wait for the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
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


@contextlib.contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """Yield the address of a fresh database; the cluster is gone afterwards.

    ``durable`` keeps PostgreSQL's default durability, for crash tests and benchmarks.
    """
    where, user = programs(), ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="essor-pg-"))
    if user:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [where / program, *arguments],
            user=user,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode()[-2000:]}")

    options = f"-k {folder} {SMALL} {'' if durable else FAST}"
    data, log = str(folder / "data"), str(folder / "log")
    try:
        run("initdb", "-D", data, "-U", "essor", "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8")  # fmt: skip
        run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "30", "-o", options, "start")
        try:
            run("createdb", "-h", str(folder), "-U", "essor", "essor")
            yield f"postgresql://essor@{str(folder).replace('/', '%2F')}/essor"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "-t", "30", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    with cluster() as address:
        done = subprocess.run(command, env={**os.environ, "ESSOR_DATABASE": address}, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
