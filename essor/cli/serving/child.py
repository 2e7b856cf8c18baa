"""What every child does first: notice when its parent has gone, and put itself up quickly."""

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def end_with_parent(lifeline: int) -> None:
    """Stop like on SIGTERM when the pipe ``lifeline`` closes: the parent is no more."""

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


@contextmanager
def built_at_once() -> Iterator[None]:
    """While the house is built next to nothing becomes garbage, so nobody looks for it; and what
    stands then is none, so it is not looked through again and again."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
