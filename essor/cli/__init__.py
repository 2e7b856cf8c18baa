"""The command line: `essor COMMAND ...`. Each command is a module, imported only when called."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

COMMANDS = {"seat": "seat an evening: who sits where, and the proof"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="essor", description="Runs a Start-Up de Territoire.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=text, add_help=False)
    known, _ = parser.parse_known_args(words[:1])
    module = importlib.import_module(f"essor.cli.{known.command}")
    own = argparse.ArgumentParser(
        prog=f"essor {known.command}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(own)
    status: int = module.run(own.parse_args(words[1:]))
    return status
