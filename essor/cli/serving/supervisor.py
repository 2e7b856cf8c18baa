"""The light parent: starts the children, waits, restarts one that dies, stops them all in time.

It imports no Django, holds the listening socket (so that no visitor is refused while a child
restarts) and a pipe whose other end the children watch: should the parent be killed outright,
they end by themselves instead of keeping the port.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

STOP_WITHIN = 4.0
"""Seconds that children have to stop before they are killed."""
FAST = 30.0
"""A child that lived less than this died at once."""
MOST_FAST_DEATHS = 8
LONGEST_PAUSE = 15.0


class StopAsked(Exception):
    """SIGTERM or Ctrl-C."""


@dataclass
class Child:
    """One process to keep alive. ``command`` follows ``python -m``; ``files`` are inherited."""

    name: str
    command: list[str]
    files: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    fast_deaths: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.command],
            pass_fds=self.files,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the parent alone, which tells the children
        )

    def pause_before_restart(self) -> float | None:
        """Seconds to wait before starting it again; None when it has died too often."""
        lived = time.monotonic() - self.started
        self.fast_deaths = self.fast_deaths + 1 if lived < FAST else 0
        if self.fast_deaths >= MOST_FAST_DEATHS:
            return None
        return min(LONGEST_PAUSE, 0.5 * 2.0**self.fast_deaths)


def say(words: str) -> None:
    print(f"essor: {words}", file=sys.stderr, flush=True)


@dataclass
class Supervisor:
    """Keeps ``children`` alive until asked to stop, and what they inherit open (``keep``)."""

    children: list[Child] = field(default_factory=list)
    keep: tuple[object, ...] = ()
    stopping: bool = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if not self.stopping:
            self.stopping = True
            raise StopAsked

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def watch(self) -> int:
        """Wait for deaths and restart; returns 1 when a child cannot be kept alive."""
        while True:
            pid, status = os.wait()
            child = next(
                (each for each in self.children if each.process and each.process.pid == pid), None
            )
            if child is None or child.process is None:
                continue
            child.process.returncode = os.waitstatus_to_exitcode(status)
            pause = child.pause_before_restart()
            if pause is None:
                say(f"the {child.name} ended {MOST_FAST_DEATHS} times in a row; giving up.")
                return 1
            say(f"the {child.name} ended ({child.process.returncode}); again in {pause:g} s.")
            time.sleep(pause)
            child.start()

    def stop(self) -> None:
        """End every child: first politely, then for good."""
        self.stopping = True
        alive = [
            each.process for each in self.children if each.process and each.process.poll() is None
        ]
        for process in alive:
            process.terminate()
        until = time.monotonic() + STOP_WITHIN
        for process in alive:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
