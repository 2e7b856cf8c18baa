"""Every check of the repository: style, types, translations, then the tests in their lanes.

    python tools/check.py            everything (what ``make test`` runs)
    python tools/check.py style      ruff, mypy, translations
    python tools/check.py sqlite     the quick tests, on SQLite: most of them, in little time
    python tools/check.py slow       whole processes, properties and stress, on SQLite
    python tools/check.py postgres   the tests that use the database again, on PostgreSQL
    python tools/check.py browser    the tests that drive Chromium

PostgreSQL and Chromium are the system's; root on Debian gets them installed, others are told.
A handful that failed gets a second look, alone on the machine: what passes then is counted as
passed and named as unsteady, so that a crowded machine stops nobody and hides nothing.
The last line counts all tests: ``N passed, N failed``.
"""

import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

from postgres import PostgresMissing, cluster, programs

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "reports"
BIN = Path(sys.executable).parent
CORES = str(min(os.cpu_count() or 1, 8))
SHARED_OUT = ("-n", CORES, "--dist", "worksteal")
"""Modules stay together, so that what they prepare once is prepared once; the idle take over."""
SAME_ON_ANY_DATABASE = ("tests/repo/test_routes.py", "tests/repo/test_routes_bite.py")
"""A thousand small tests of who may pass which door; one database is enough for them."""
SECOND_LOOK = 5
"""So many failures, at most, may come from a crowded machine; more are the change's own."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass
class Result:
    """What all the runs together found."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    trouble: list[str] = field(default_factory=list)
    unsteady: list[str] = field(default_factory=list)


def say(words: str) -> None:
    print(f"\n== {words}", flush=True)


def style(result: Result) -> Thread:
    """Run the quick checks; start mypy, which takes longer, beside what follows."""
    say("style and translations")
    checks = {
        "ruff check": [BIN / "ruff", "check", "--quiet", "."],
        "ruff format": [BIN / "ruff", "format", "--check", "--quiet", "."],
        "translations": [sys.executable, "tools/messages.py", "--check"],
    }
    for name, command in checks.items():
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            result.trouble.append(name)

    def types() -> None:
        done = subprocess.run(
            [BIN / "mypy", "--no-error-summary", "--hide-error-context", "essor", "config"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            result.trouble.append("mypy")
            print(f"\nmypy found:\n{done.stdout}{done.stderr}", flush=True)

    thread = Thread(target=types)
    thread.start()
    return thread


def run_tests(result: Result, name: str, *arguments: str, database: str = "") -> None:
    """One run of pytest, counted from its report; a few failures are run once more, alone."""
    first = one_run(name, *arguments, database=database)
    failed = first.failed
    if first.code and 0 < len(failed) <= SECOND_LOOK:
        alone = [each for each in arguments if each not in SHARED_OUT]
        again = one_run(f"{name}-again", *alone, "--last-failed", database=database)
        if not again.code and again.passed >= len(failed):
            result.unsteady += [f"{name}: {each}" for each in failed]
            first.passed, first.failed, first.code = first.passed + len(failed), [], 0
    if first.code:
        result.trouble.append(f"tests, {name}")
    result.passed += first.passed
    result.failed += len(first.failed)
    result.skipped += first.skipped


@dataclass
class Run:
    """What one run of pytest answered: its exit code, and its tests by outcome."""

    code: int
    passed: int = 0
    skipped: int = 0
    failed: list[str] = field(default_factory=list)


def one_run(name: str, *arguments: str, database: str = "") -> Run:
    seed = str(random.randrange(1, 100_000))
    command = [str(BIN / "pytest"), f"--randomly-seed={seed}", *arguments]
    say(f"tests, {name}: {shlex.join(['pytest', *command[1:]])}")
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [*command, f"--junitxml={report}"], cwd=ROOT, env=environment(database), check=False
    )
    run = Run(done.returncode)
    for case in ElementTree.parse(report).iter("testcase") if report.exists() else ():
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"}:
            run.failed.append(f"{case.get('classname')}::{case.get('name')}")
        elif "skipped" in outcomes:
            run.skipped += 1
        else:
            run.passed += 1
    return run


def environment(database: str) -> dict[str, str]:
    """Ours, keeping bytecode: eight processes of tests would each compile every file anew."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "ESSOR_DATABASE": database} if database else ours


def sqlite(result: Result) -> None:
    run_tests(result, "sqlite", *SHARED_OUT, "-m", "not slow", "--ignore=tests/browser")


def slow(result: Result) -> None:
    run_tests(result, "slow", *SHARED_OUT, "-m", "slow", "--ignore=tests/browser")


def quick_and_slow(result: Result) -> None:
    """Both in one run: while a slow test waits for its processes, quick ones use the cores."""
    run_tests(result, "sqlite", *SHARED_OUT, "--ignore=tests/browser")


def postgres(result: Result) -> None:
    try:
        with cluster() as address:
            run_tests(
                result, "postgres", *SHARED_OUT, "-m", "database and not one_database", "--ignore=tests/browser",
                *(f"--ignore={each}" for each in SAME_ON_ANY_DATABASE), database=address,
            )  # fmt: skip
    except PostgresMissing as missing:
        result.trouble.append(f"tests, postgres: {missing}")


def browser(result: Result) -> None:
    if not any(shutil.which(name) for name in CHROMIUM):
        result.trouble.append("tests, browser: no Chromium (Debian: apt-get install chromium).")
        return
    run_tests(result, "browser", *SHARED_OUT, "--no-pictures", "tests/browser")


def install_what_is_missing() -> Thread:
    """As root on Debian, fetch PostgreSQL and Chromium while the first tests run."""
    wanted = [] if any(shutil.which(name) for name in CHROMIUM) else ["chromium"]
    try:
        programs()
    except PostgresMissing:
        wanted.append("postgresql")

    def install() -> None:
        quiet = {"check": False, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment, **quiet)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
        subprocess.run(command, env=environment, **quiet)

    thread = Thread(target=install)
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing what the tests need: {', '.join(wanted)}", flush=True)
        thread.start()
    return thread


LANES: dict[str, Callable[[Result], object]] = {
    "sqlite": sqlite,
    "slow": slow,
    "postgres": postgres,
    "browser": browser,
}
EVERYTHING = {"quick and slow": quick_and_slow, "postgres": postgres, "browser": browser}


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - {"style", *LANES}
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}.\n{__doc__}", file=sys.stderr)
        return 2
    started, result, waiting = time.monotonic(), Result(), []
    REPORTS.mkdir(parents=True, exist_ok=True)
    installing = install_what_is_missing()
    if not wanted or "style" in wanted:
        waiting.append(style(result))
    lanes = {name: LANES[name] for name in LANES if name in wanted} if wanted else EVERYTHING
    for name, lane in lanes.items():
        if name in {"postgres", "browser"} and installing.ident is not None:
            installing.join()
        lane(result)
    for thread in waiting:
        thread.join()
    say(f"{time.monotonic() - started:.0f} s in all")
    for unsteady in result.unsteady:
        print(f"UNSTEADY, passed alone at the second look: {unsteady}")
    for trouble in result.trouble:
        print(f"FAILED: {trouble}")
    if wanted != ["style"]:
        failed = max(result.failed, int(bool(result.trouble)))
        print(f"{result.passed} passed, {failed} failed, {result.skipped} skipped")
    return 1 if result.trouble or result.failed else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that PostgreSQL is ended too
    sys.exit(main(sys.argv[1:]))
