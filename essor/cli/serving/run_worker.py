"""The worker process: ``python -m essor.cli.serving.run_worker LIFELINE HOUSE``."""

import sys

from essor.cli import start_django
from essor.cli.serving.child import built_at_once

if __name__ == "__main__":
    with built_at_once():
        start_django()
        from essor.cli.serving.worker import run_until_asked  # its imports need Django set up

    run_until_asked(int(sys.argv[1]), sys.argv[2])
