"""The worker process: ``python -m essor.cli.serving.run_worker LIFELINE HOUSE``."""

import gc
import sys

from essor.cli import start_django

if __name__ == "__main__":
    gc.disable()  # while the house is built, next to nothing becomes garbage
    start_django()
    from essor.cli.serving.worker import run_until_asked  # its imports need Django set up

    gc.freeze()
    gc.enable()
    run_until_asked(int(sys.argv[1]), sys.argv[2])
