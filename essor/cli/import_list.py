"""Bring a participants' list into an evening: CSV, XLSX, XLS or ODS.

Reads exports of HelloAsso, Weezevent, Eventbrite, Framaforms, Google Forms and pretix, and lists
made by hand. Says what it understood and which lines it leaves out, and why. With --apply the list
is imported, whole or not at all. The same file twice changes nothing.

    essor import people.xlsx --evening ab12cd34ef            what would happen
    essor import people.xlsx --evening ab12cd34ef --apply

The evening is named as in its address. A list that waits is also on the evening's page of lists,
where what a column means can be corrected.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essor.cli import Refusal, start_django

if TYPE_CHECKING:
    from essor.evenings.models import Evening

COUNTED = {
    "new": "new",
    "changed": "changed",
    "same": "as they are",
    "known": "registered by another way, left as they are",
    "twice": "twice in the list",
    "bad": "left out",
    "out": "cancelled in the list",
    "gone": "cancelled here",
    "missing": "in an earlier version of the list only",
    "waiting": "for the waiting list",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the list")
    parser.add_argument("--evening", required=True, help="the evening, by its name in addresses")
    parser.add_argument("--apply", action="store_true", help="import the list")


def run(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.utils import translation

    from essor.cli.serving.prepare import need_a_house
    from essor.evenings.models import Evening

    need_a_house()
    evening = Evening.objects.filter(public_id=options.evening).first()
    if evening is None:
        raise Refusal(f"there is no evening {options.evening!r}; its address ends with its name.")
    try:
        data = options.file.read_bytes()
    except OSError as trouble:
        raise Refusal(f"{options.file} cannot be read: {trouble.strerror}.") from trouble
    with translation.override(evening.territory.language or settings.LANGUAGE_CODE):
        return bring(evening, data, options.file.name, apply=options.apply)


def bring(evening: "Evening", data: bytes, name: str, *, apply: bool) -> int:
    """Read the list, say what would happen, and let it happen if asked to."""
    from essor.evenings.actions.lists import (
        EveningOver,
        NothingToImport,
        apply_list,
        read_list,
    )
    from essor.evenings.listing.reading import comparison_of
    from essor.kit import clock
    from essor.kit.sheets import SheetRefused

    try:
        batch = read_list(evening=evening, data=data, filename=name, by=None, at=clock.now())
        comparison = comparison_of(batch, today=clock.today())
        if not comparison.verdicts:
            raise Refusal("there is nobody on this list, only the titles of its columns.")
        tell(comparison.counts, comparison.verdicts)
        if apply:
            apply_list(batch=batch, by=None, at=clock.now())
    except SheetRefused as refused:
        raise Refusal(str(refused)) from refused
    except EveningOver as over:
        raise Refusal("this evening is over: nobody is registered any more.") from over
    except NothingToImport as nothing:
        raise Refusal("no line can be imported. Correct the columns on the page.") from nothing
    print("Imported." if apply else "Nothing is imported yet: add --apply.")
    return 0


def tell(counts: dict[str, int], verdicts: Iterable[Any]) -> None:
    """How many lines of each kind, then each line that has a problem, with it."""
    for kind, words in COUNTED.items():
        if counts.get(kind):
            print(f"{counts[kind]:>6}  {words}")
    for verdict in verdicts:
        for problem in verdict.line.problems:
            print(f"line {verdict.line.number}: {problem}")
