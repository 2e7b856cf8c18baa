"""Match needs with offers: for each need the offers that may answer it, and why.

NEEDS and OFFERS are CSV (any encoding and separator), XLSX, XLS or ODS with a line of titles:

  text        in people's words (texte, besoin, offre, description)
  id          its own name (identifiant); without it, the number of the line
  kind        skill, people, premises, equipment, material, money, partner, first customers
              (competence, personnes, lieu, materiel, materiaux, argent, partenaire, clients)
  lat, lon    degrees (latitude, longitude)
  from, until days, 2026-03-31 or 31/03/2026 (du, au; debut, fin)

MATCHES is JSON: {"matches": {need id: [{"offer", "score", "reasons", "km"}, ...]}}, best first.
Exit status 2, with what is wrong and where, when a file cannot be read or written.

    essor match needs.csv offers.csv --top 10 --out matches.json
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from essor.algos.matching import MATCHES_FORMAT, BadThings, Thing, kind_of, match
from essor.algos.text import has_vectors
from essor.cli.rows import columns, read_rows, refuse_if, write_json

COLUMNS = {
    "id": ("id", "identifiant", "identifier", "code", "numero", "ref", "reference"),
    "text": (
        *("text", "texte", "besoin", "offre", "need", "offer", "description", "titre", "title"),
        *("nom", "name"),
    ),
    "kind": ("kind", "type", "genre", "categorie", "category", "nature"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "from": ("from", "du", "debut", "start", "a partir de"),
    "until": ("until", "au", "fin", "end", "jusqu au", "jusqu a"),
}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%Y")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `essor match`."""
    parser.add_argument("needs", metavar="NEEDS", type=Path, help="CSV, XLSX, XLS or ODS")
    parser.add_argument("offers", metavar="OFFERS", type=Path, help="CSV, XLSX, XLS or ODS")
    parser.add_argument("--top", type=_whole, default=10, help="offers for each need (10)")
    parser.add_argument("--out", metavar="MATCHES", type=Path, help="write the matches as JSON")
    parser.add_argument("--quiet", action="store_true", help="print nothing but faults")


def run(options: argparse.Namespace) -> int:
    """Read, match, write, tell."""
    needs, offers = read_things(options.needs), read_things(options.offers)
    found = match(needs, offers, options.top)
    if options.out:
        answers = {need: [each.to_dict() for each in all_] for need, all_ in found.items()}
        write_json(options.out, {"format": MATCHES_FORMAT, "matches": answers})
    if not options.quiet:
        print(f"{len(needs)} needs, {len(offers)} offers.")
        wordings = {offer.id: offer.text for offer in offers}
        for need in needs:
            print(need.text[:100])
            for each in found[need.id][:3]:
                why = "; ".join(reason.text for reason in each.reasons)
                print(f"  {each.score:4.2f}  {wordings[each.offer][:80]}  ({why})")
        if options.out:
            print(f"Written: {options.out}")
    if not has_vectors():
        print(
            "The package with sentence vectors is missing: words alone, markedly worse.",
            file=sys.stderr,
        )
    return 0


def read_things(path: Path) -> list[Thing]:
    """The needs or offers of a file; every bad cell is told with its line."""
    rows = read_rows(path)
    where = columns(path, rows.titles, COLUMNS, ["text"])
    things: list[Thing] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, cells in rows.lines:
        cell = {thing: cells[at] for thing, at in where.items()}
        name = cell.get("id", str(number))
        if not name:
            faults.append(f"line {number}: no id")
        elif name in seen:
            faults.append(f'line {number}: the id "{name}" is already on line {seen[name]}')
        seen.setdefault(name, number)
        if not cell["text"]:
            faults.append(f"line {number}: no text")
        try:
            things.append(_thing(name, cell, number, faults))
        except BadThings as bad:
            faults += [f"line {number}: {message}" for message in bad.messages]
    refuse_if(path, faults)
    return things


def _thing(name: str, cell: Mapping[str, str], number: int, faults: list[str]) -> Thing:
    return Thing(
        name,
        cell["text"],
        kind_of(cell.get("kind", "")),
        _degrees(cell.get("lat", ""), f"line {number}, lat", faults),
        _degrees(cell.get("lon", ""), f"line {number}, lon", faults),
        _day(cell.get("from", ""), f"line {number}, from", faults),
        _day(cell.get("until", ""), f"line {number}, until", faults),
    )


def _degrees(written: str, where: str, faults: list[str]) -> float | None:
    if not written:
        return None
    try:
        value = float(written.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not -180 <= value <= 180:
        faults.append(f'{where}: degrees were expected, not "{written[:40]}"')
        return None
    return value


def _day(written: str, where: str, faults: list[str]) -> date | None:
    if not written:
        return None
    for form in DAYS:
        try:
            return datetime.strptime(written[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    faults.append(f'{where}: a day such as 2026-03-31 was expected, not "{written[:40]}"')
    return None


def _whole(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError("a whole number from 1 on was expected")
    return int(text)
