"""What every child does first: notice when its parent has gone, and speak through the log."""

import os
import signal
import threading


def end_with_parent(lifeline: int) -> None:
    """Stop like on SIGTERM when the pipe ``lifeline`` closes: the parent is no more."""

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
