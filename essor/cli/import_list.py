"""Bring a participants' list into an evening: CSV, XLSX, XLS or ODS.

Reads exports of HelloAsso, Weezevent, Eventbrite, Framaforms, Google Forms and pretix, and lists
made by hand. Says what it understood and which lines it leaves out, and why. With --apply the list
is imported, whole or not at all. The same file twice changes nothing. It speaks the language of the
evening's territory.

    essor import people.xlsx --evening ab12cd34ef            what would happen
    essor import people.xlsx --evening ab12cd34ef --apply

The evening is named as in its address. A list that waits is also on the evening's page of lists,
where what a column means can be corrected.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from essor.cli import Refusal, start_django

if TYPE_CHECKING:
    from essor.evenings.models import Evening


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the list")
    parser.add_argument("--evening", required=True, help="the evening, by its name in addresses")
    parser.add_argument("--apply", action="store_true", help="import the list")


def run(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.utils import translation

    from essor.cli.serving.prepare import need_a_house
    from essor.evenings.listing import telling
    from essor.evenings.models import Evening

    need_a_house()
    evening = Evening.objects.filter(public_id=options.evening).first()
    of_territory = evening.territory.language if evening else ""
    with translation.override(of_territory or settings.LANGUAGE_CODE):
        if evening is None:
            raise Refusal(telling.NO_EVENING % {"name": options.evening})
        try:
            data = options.file.read_bytes()
        except OSError as trouble:
            raise Refusal(telling.NOT_READ % {"file": options.file}) from trouble
        return bring(evening, data, options.file.name, apply=options.apply)


def bring(evening: "Evening", data: bytes, name: str, *, apply: bool) -> int:
    """Read the list, say what would happen, and let it happen if asked to."""
    from essor.evenings.actions.lists import (
        EveningOver,
        NothingToImport,
        apply_list,
        read_list,
    )
    from essor.evenings.listing import telling
    from essor.evenings.listing.reading import comparison_of
    from essor.kit import clock
    from essor.kit.sheets import SheetRefused

    try:
        batch = read_list(evening=evening, data=data, filename=name, by=None, at=clock.now())
        comparison = comparison_of(batch, today=clock.today())
        if not comparison.verdicts:
            raise Refusal(str(telling.NOBODY))
        for words in telling.told(batch, comparison):
            print(words)
        if apply:
            apply_list(batch=batch, by=None, at=clock.now())
    except SheetRefused as refused:
        raise Refusal(str(refused)) from refused
    except EveningOver as over:
        raise Refusal(str(telling.EVENING_OVER)) from over
    except NothingToImport as nothing:
        raise Refusal(str(telling.NO_LINE)) from nothing
    print(telling.ended(applied=apply))
    return 0
