"""``python -m essor``: the command line."""

import sys

from essor.cli import main

if __name__ == "__main__":
    sys.exit(main())
