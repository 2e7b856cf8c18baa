"""Group ideas: titles out of their own words, the reasons, and who stays alone.

IDEAS is CSV (any encoding and separator), XLSX, XLS or ODS, with a line of titles and the columns

  text   what was said (texte, idee, proposition)
  id     its own name (identifiant); without it, the number of the line

GROUPS is JSON: {"groups": [{"title", "ideas": [ids], "reasons": [...], ...}], "alone": [ids]}.
The same ideas and seed give the same groups. With --previous, groups of an earlier file keep their
key and title. Exit status 2, with what is wrong and where, when a file cannot be read or written.

    essor group ideas.csv --groups 20 --out groups.json
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from essor.algos.grouping import BadIdeas, Grouping, Idea, group, read_grouping
from essor.cli import Refusal
from essor.cli.rows import columns, read_json, read_rows, refuse_if, write_json

COLUMNS = {
    "id": ("id", "identifiant", "identifier", "code", "numero", "ref", "reference"),
    "text": (
        *("text", "texte", "idee", "idea", "proposition", "contenu", "content", "description"),
        *("titre", "title"),
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `essor group`."""
    parser.add_argument("ideas", metavar="IDEAS", type=Path, help="CSV, XLSX, XLS or ODS")
    parser.add_argument("--groups", type=_whole, help="how many (default: some 20 for 350 ideas)")
    parser.add_argument("--out", metavar="GROUPS", type=Path, help="write the groups as JSON")
    parser.add_argument("--previous", metavar="GROUPS", type=Path, help="groups to stay close to")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same groups (1)")
    parser.add_argument(
        "--without-meaning", action="store_true", help="words alone, no sentence vectors"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but faults")


def run(options: argparse.Namespace) -> int:
    """Read, group, write, tell."""
    ideas = read_ideas(options.ideas)
    previous = None
    try:
        if options.previous:
            previous = read_grouping(read_json(options.previous))
        found = group(
            ideas,
            options.groups,
            previous=previous,
            seed=options.seed,
            meaning=not options.without_meaning,
        )
    except BadIdeas as bad:
        raise Refusal("; ".join(bad.messages), 2) from bad
    if options.out:
        write_json(options.out, found.to_dict())
    if not options.quiet:
        _tell(found, len(ideas), options.out)
    if not found.meaning and not options.without_meaning:
        print(
            "The package with sentence vectors is missing: words alone, markedly worse.",
            file=sys.stderr,
        )
    return 0


def read_ideas(path: Path) -> list[Idea]:
    """The ideas of a file; a line without text is an idea that says nothing."""
    rows = read_rows(path)
    where = columns(path, rows.titles, COLUMNS, ["text"])
    ideas, faults = [], []
    seen: dict[str, int] = {}
    for number, cells in rows.lines:
        name = cells[where["id"]] if "id" in where else str(number)
        if not name:
            faults.append(f"line {number}: no id")
        elif name in seen:
            faults.append(f'line {number}: the id "{name}" is already on line {seen[name]}')
        seen.setdefault(name, number)
        ideas.append(Idea(name, cells[where["text"]]))
    if not ideas:
        faults.append("no idea below the line of titles")
    refuse_if(path, faults)
    return ideas


def _tell(found: Grouping, count: int, out: Path | None) -> None:
    print(f"{count} ideas in {len(found.groups)} groups, {len(found.alone)} alone.")
    for each in found.groups:
        why = "; ".join(reason.text for reason in each.reasons)
        print(f"{len(each.ideas):5}  {each.title}  ({why})")
    if out:
        print(f"Written: {out}")


def _whole(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError("a whole number from 1 on was expected")
    return int(text)
