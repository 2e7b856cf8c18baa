"""Elections in Pabulib's file format (pabulib.org): read, and written without names.

Two columns more than the format has, which others pass over: `energy` and `group` of a vote.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from fractions import Fraction

from essor.algos.choosing.model import BadElection, Ballot, Election, Option

SECTIONS = ("meta", "projects", "votes")
APPROVING, SCORING = ("approval", "choose-1"), ("scoring", "cumulative")
META = {"description": "Choice", "country": "France", "unit": "Territory", "instance": "1"}
Table = list[tuple[int, list[str]]]


def read_pabulib(text: str) -> Election:
    """The election that a `.pb` file tells. Raises `BadElection`, each fault at its line.

    Votes by approval, choose-1, scoring and cumulative are understood; ordinal ones are not.
    """
    tables = _tables(text)
    faults = [f"no section {name.upper()}" for name in SECTIONS if name not in tables]
    if faults:
        raise BadElection(faults)
    meta = {row[0].strip(): row[1].strip() for _, row in tables["meta"][1:] if len(row) > 1}
    kind = meta.get("vote_type", "approval").lower()
    if kind not in APPROVING + SCORING:
        faults.append(f"vote_type: {', '.join(APPROVING + SCORING)} are counted, not {kind}")
    budget = _amount(meta.get("budget", ""), "META, budget", faults)
    options = _options(tables["projects"], faults)
    ballots = _ballots(tables["votes"], kind in SCORING, faults)
    if faults:
        raise BadElection(faults)
    return Election(tuple(options), tuple(ballots), budget, kind in SCORING, meta)


def write_pabulib(election: Election, *, names: bool = False) -> str:
    """The election as a `.pb` file; without the voters' ids unless `names`."""
    told = election if names else election.anonymous()
    approvals = told.approvals()
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
    meta = {**META, **told.meta}
    meta |= {
        "num_projects": str(len(told.options)),
        "num_votes": str(len(told.ballots)),
        "budget": _decimal(told.budget),
        "vote_type": "scoring" if told.scoring else "approval",
        "rule": told.meta.get("rule", "equalshares"),
    }
    write(["META"])
    write(["key", "value"])
    for key, value in meta.items():
        write([key, _line(value)])
    write(["PROJECTS"])
    write(["project_id", "cost", "votes", "name", "category"])
    for option in told.options:
        category = _line(option.category)
        write(
            [option.id, _decimal(option.cost), approvals[option.id], _line(option.name), category]
        )
    write(["VOTES"])
    points = ["points"] if told.scoring else []
    write(["voter_id", "vote", *points, "energy", "group"])
    for ballot in told.ballots:
        chosen = sorted(i for i, value in ballot.points.items() if value > 0)
        given = [",".join(_decimal(ballot.points[i]) for i in chosen)] if told.scoring else []
        write([ballot.voter, ",".join(chosen), *given, ballot.energy, _line(ballot.group)])
    return out.getvalue()


def _tables(text: str) -> dict[str, Table]:
    """Each section's header and rows with their line numbers."""
    tables: dict[str, Table] = {}
    here: Table = []
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";")
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            name = row[0].strip().lower()
            if name in SECTIONS and not any(cell.strip() for cell in row[1:]):
                here = tables.setdefault(name, [])
            else:
                here.append((reader.line_num, row))
    except csv.Error as fault:
        raise BadElection([f"line {reader.line_num}: {fault}"]) from fault
    return tables


def _cells(table: Table) -> list[tuple[int, dict[str, str]]]:
    titles = [title.strip() for title in (table[0][1] if table else [])]
    return [
        (
            line,
            {
                k: "" if v.strip().lower() == "none" else v.strip()
                for k, v in zip(titles, row, strict=False)
            },
        )
        for line, row in table[1:]
    ]


def _options(table: Table, faults: list[str]) -> list[Option]:
    options = []
    for line, cells in _cells(table):
        name = cells.get("project_id", "")
        if not name:
            faults.append(f"line {line}: no project_id")
        cost = _amount(cells.get("cost", ""), f"line {line}, cost", faults)
        category = cells.get("category", "") or cells.get("categories", "")
        options.append(Option(name, cost, cells.get("name", ""), category))
    return options


def _ballots(table: Table, scoring: bool, faults: list[str]) -> list[Ballot]:
    ballots = []
    for line, cells in _cells(table):
        chosen = [each.strip() for each in cells.get("vote", "").split(",") if each.strip()]
        points: Sequence[Fraction] = [Fraction(1)] * len(chosen)
        if scoring:
            written = [each for each in cells.get("points", "").split(",") if each.strip()]
            points = [_amount(each, f"line {line}, points", faults) for each in written]
            if len(points) != len(chosen):
                faults.append(f"line {line}: {len(chosen)} votes and {len(points)} points")
        if len(set(chosen)) < len(chosen):
            faults.append(f"line {line}: a project is voted for twice")
        said = dict(zip(chosen, points, strict=False))
        voter = cells.get("voter_id", "") or f"line {line}"
        ballots.append(Ballot(voter, said, cells.get("energy", ""), cells.get("group", "")))
    return ballots


def _amount(written: str, where: str, faults: list[str]) -> Fraction:
    try:
        return Fraction(written.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        faults.append(f'{where}: a number was expected, not "{written[:40]}"')
        return Fraction(1)


def _decimal(amount: Fraction) -> str:
    """As a whole number or a decimal where that is exact, else as a fraction."""
    if amount.denominator == 1:
        return str(amount.numerator)
    for places in range(1, 13):
        if (amount * 10**places).denominator == 1:
            return f"{float(amount):.{places}f}"
    return str(amount)


def _line(text: str) -> str:
    return " ".join(text.split())
