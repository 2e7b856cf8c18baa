"""The command line: ``essor COMMAND ...``. Each command is a module, imported only when called.

A command module has a docstring (its help), ``add_arguments(parser)`` and ``run(options)``, which
returns the exit status: 0 done, 1 could not be done, 2 asked wrongly. ``Refusal`` says in plain
words why something was not done; nobody is shown a traceback for what they typed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

Run = Callable[[argparse.Namespace], int]
COMMANDS = {
    "demo": "open a living example in the browser",
    "serve": "run the house: pages, live screens and jobs",
    "create-territory": "open a territory and invite its first host",
    "seat": "seat an evening: who sits where, and the proof",
    "group": "group ideas: titles, reasons, and who stays alone",
    "choose": "choose projects from people's ballots, exactly",
    "match": "match needs with offers, and say why",
    "import": "bring a participants' list into an evening",
    "export": "write everything, or one territory, into a readable file",
    "backup": "keep a copy of everything, or bring one back",
    "rehearse": "live a whole evening through with invented people: the load test",
}
MODULES = {"create-territory": "create_territory", "import": "import_list"}
"""Commands whose module cannot have their name."""


class Refusal(Exception):
    """What was asked cannot be done; the message says why and what to do."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="essor",
        description="Runs a Start-Up de Territoire: from the first evening to projects that live.",
        epilog="essor COMMAND --help tells more about a command.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=text, add_help=False)
    known, _ = parser.parse_known_args(words[:1])
    module = importlib.import_module(f"essor.cli.{MODULES.get(known.command, known.command)}")
    own = argparse.ArgumentParser(
        prog=f"essor {known.command}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(own)
    return _carefully(known.command, module.run, own.parse_args(words[1:]))


def _carefully(name: str, run: Run, options: argparse.Namespace) -> int:
    try:
        return run(options)
    except Refusal as refusal:
        print(f"essor {name}: {refusal}", file=sys.stderr)
        return refusal.status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def start_django() -> None:
    """Read the settings and set Django up; a wrong setting is told, not thrown."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.umask(0o077)  # what is kept here holds personal data: its owner alone reads it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise Refusal(str(wrong), status=2) from wrong
