"""The worker process: ``python -m essor.cli.serving.run_worker LIFELINE HOUSE``."""

import sys

from essor.cli import start_django

if __name__ == "__main__":
    start_django()
    from essor.cli.serving.worker import run_until_asked  # its imports need Django set up

    run_until_asked(int(sys.argv[1]), sys.argv[2])
