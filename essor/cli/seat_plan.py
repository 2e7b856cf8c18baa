"""A plan as a file: JSON, a workbook of three sheets, or a printed list (PDF by typst)."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from essor.algos.seating.model import Plan, Problem
from essor.algos.seating.proof import prove

#: What typst makes of the data: lists by table, then by name. Names are data, never markup.
PAGE = r"""
#let evening = json(bytes(sys.inputs.evening))
#set page(paper: "a4", margin: 18mm, numbering: "1 / 1")
#set text(size: 10pt)
#set document(title: evening.title)
#text(size: 18pt, weight: "bold")[#evening.title]
#for line in evening.proof [ - #line ]
#for round in evening.rounds [
  #pagebreak(weak: true)
  #text(size: 14pt, weight: "bold")[#round.title]
  #columns(2, gutter: 8mm)[
    #for table in round.tables [
      #block(breakable: false, below: 5mm)[
        #text(weight: "bold")[#table.title] \
        #text(fill: luma(35%))[#table.challenges]
        #for name in table.people [ \ #name ]
      ]
    ]
  ]
  #pagebreak()
  #text(size: 14pt, weight: "bold")[#round.by_name]
  #columns(3, gutter: 6mm)[
    #for row in round.names [ #row.name #box(width: 1fr, repeat[ . ]) #row.table \ ]
  ]
]
"""


def write_plan(path: Path, problem: Problem, plan: Plan) -> None:
    """Write a plan by the ending of `path`; raises `OSError` when the file cannot be written."""
    path.write_bytes(ENDINGS[path.suffix.lower()](problem, plan))


def as_json(problem: Problem, plan: Plan) -> bytes:
    """The plan in the format essor-plan/1."""
    return (json.dumps(plan.to_dict(), ensure_ascii=False, indent=1) + "\n").encode()


def as_workbook(problem: Problem, plan: Plan) -> bytes:
    """A workbook: who sits where, the tables, the proof. Cells that look like formulas are text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    people = book.create_sheet("people")
    people.append(["id", "round", "table", "challenges", "facilitator", "reasons"])
    proof = prove(problem, plan)
    for r, tables in enumerate(plan.rounds):
        rows = [(m, s) for s in tables for m in s.people]
        for m, s in sorted(rows, key=lambda row: row[0]):
            reasons = " ".join(x.text for x in proof.people[m][r])
            guide = "yes" if problem.person[m].facilitator else ""
            people.append(
                [
                    _cell(book, people, x)
                    for x in (m, r + 1, s.table, "; ".join(s.challenges), guide, reasons)
                ]
            )
    tables_sheet = book.create_sheet("tables")
    tables_sheet.append(["round", "table", "challenges", "people", "names", "reasons"])
    for t, s in zip(proof.tables, (s for r in plan.rounds for s in r), strict=True):
        tables_sheet.append(
            [
                _cell(book, tables_sheet, x)
                for x in (
                    t.round,
                    t.table,
                    "; ".join(t.challenges),
                    t.people,
                    "; ".join(s.people),
                    " ".join(x.text for x in t.reasons),
                )
            ]
        )
    sheet = book.create_sheet("proof")
    for line in proof.sentences():
        sheet.append([_cell(book, sheet, line)])
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


def as_pdf(problem: Problem, plan: Plan) -> bytes:
    """A printed list: the proof, then for each round the tables and the names."""
    import typst

    several = len(plan.rounds) > 1
    evening = {
        "title": problem.name or "Seating plan",
        "proof": prove(problem, plan).sentences(),
        "rounds": [
            {
                "title": f"Round {r}: tables" if several else "Tables",
                "by_name": f"Round {r}: names" if several else "Names",
                "tables": [
                    {
                        "title": f"Table {s.table}",
                        "challenges": ", ".join(s.challenges),
                        "people": [
                            m + (" (facilitator)" if problem.person[m].facilitator else "")
                            for m in s.people
                        ],
                    }
                    for s in tables
                ],
                "names": [
                    {"name": m, "table": s.table}
                    for m, s in sorted(
                        ((m, s) for s in tables for m in s.people), key=lambda row: row[0]
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


ENDINGS: dict[str, Callable[[Problem, Plan], bytes]] = {
    ".json": as_json,
    ".xlsx": as_workbook,
    ".pdf": as_pdf,
}
