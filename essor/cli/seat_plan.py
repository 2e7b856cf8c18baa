"""A plan as a file: JSON, a workbook of three sheets, or a printed list (PDF by typst)."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from essor.algos.seating.model import Plan, Problem
from essor.algos.seating.proof import prove
from essor.algos.seating.sheets import plain
from essor.cli.seat_words import WORDS, proof_sentences, sentence

#: What typst makes of the data: lists by table, then by name. Names are data, never markup.
PAGE = r"""
#let evening = json(bytes(sys.inputs.evening))
#set page(paper: "a4", margin: (x: 18mm, y: 20mm), numbering: "1 / 1")
#set text(size: 10pt, lang: evening.language, hyphenate: false)
#set par(leading: 0.6em)
#set document(title: evening.title)
#let heading-line(words) = {
  text(size: 15pt, weight: "bold")[#words]
  v(-1.5mm)
  line(length: 100%, stroke: 0.6pt + luma(60%))
  v(1mm)
}
#text(size: 20pt, weight: "bold")[#evening.title]
#v(1mm)
#for line in evening.proof [ - #line ]
#for round in evening.rounds [
  #v(6mm, weak: true)
  #heading-line(round.title)
  #grid(columns: (1fr,) * 3, column-gutter: 7mm, row-gutter: 6mm,
    ..round.tables.map(table => block(breakable: false)[
      #text(size: 11pt, weight: "bold")[#table.title] \
      #text(fill: luma(35%), style: "italic")[#table.challenges]
      #for name in table.people [ \ #name ]
    ]))
  #pagebreak()
  #heading-line(round.by_name)
  #columns(3, gutter: 7mm)[
    #for row in round.names [
      #row.name #box(width: 1fr, repeat[#text(fill: luma(60%))[ . ]]) #strong(row.table) \
    ]
  ]
  #pagebreak(weak: true)
]
"""


def write_plan(path: Path, problem: Problem, plan: Plan, language: str = "en") -> None:
    """Write a plan by the ending of `path`; raises `OSError` when the file cannot be written."""
    path.write_bytes(ENDINGS[path.suffix.lower()](problem, plan, language))


def as_json(problem: Problem, plan: Plan, language: str) -> bytes:
    """The plan in the format essor-plan/1, the same in every language."""
    return (json.dumps(plan.to_dict(), ensure_ascii=False, indent=1) + "\n").encode()


def as_workbook(problem: Problem, plan: Plan, language: str) -> bytes:
    """A workbook: who sits where, the tables, the proof. Cells that look like formulas are text."""
    from openpyxl import Workbook

    words, proof = WORDS[language], prove(problem, plan)
    people: list[list[Any]] = [list(words["people_columns"].split(", "))]
    for r, seatings in enumerate(plan.rounds):
        rows = [(m, s) for s in seatings for m in s.people]
        for m, s in sorted(rows, key=lambda row: plain(row[0])):
            reasons = " ".join(sentence(x, language) for x in proof.people[m][r])
            guide = words["yes"] if problem.person[m].facilitator else ""
            people.append([m, r + 1, s.table, "; ".join(s.challenges), guide, reasons])
    tables: list[list[Any]] = [list(words["tables_columns"].split(", "))]
    for t, s in zip(proof.tables, (s for r in plan.rounds for s in r), strict=True):
        reasons = " ".join(sentence(x, language) for x in t.reasons)
        names = "; ".join(s.people)
        tables.append([t.round, t.table, "; ".join(t.challenges), t.people, names, reasons])
    book = Workbook(write_only=True)
    for name, lines in (
        (words["people_sheet"], people),
        (words["tables_sheet"], tables),
        (words["proof_sheet"], [[line] for line in proof_sentences(proof, language)]),
    ):
        sheet = book.create_sheet(name)
        for row in lines:
            sheet.append([_cell(book, sheet, x) for x in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(book: Any, sheet: Any, value: Any) -> Any:
    """A cell whose text stays text, even when it begins with an equals sign."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell


def as_pdf(problem: Problem, plan: Plan, language: str) -> bytes:
    """A printed list: the proof, then for each round the tables and the names."""
    import typst

    words, several = WORDS[language], len(plan.rounds) > 1

    def shown(person: str) -> str:
        guides = problem.person[person].facilitator
        return words["facilitator"].format(person) if guides else person

    evening = {
        "language": language,
        "title": problem.name or words["plan"],
        "proof": proof_sentences(prove(problem, plan), language),
        "rounds": [
            {
                "title": words["round_tables"].format(r) if several else words["tables"],
                "by_name": words["round_names"].format(r) if several else words["names"],
                "tables": [
                    {
                        "title": words["table"].format(s.table),
                        "challenges": ", ".join(s.challenges),
                        "people": [shown(m) for m in s.people],
                    }
                    for s in tables
                ],
                "names": [
                    {"name": m, "table": s.table}
                    for m, s in sorted(
                        ((m, s) for s in tables for m in s.people),
                        key=lambda row: plain(row[0]),
                    )
                ],
            }
            for r, tables in enumerate(plan.rounds, 1)
        ],
    }
    pdf = typst.compile(PAGE.encode(), sys_inputs={"evening": json.dumps(evening)})
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single document")
    return pdf


ENDINGS: dict[str, Callable[[Problem, Plan, str], bytes]] = {
    ".json": as_json,
    ".xlsx": as_workbook,
    ".pdf": as_pdf,
}
