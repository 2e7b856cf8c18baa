"""An evening from a spreadsheet: rows of cells in, a problem out, each bad cell named by its place.

`people` has one row a person; a header names the columns, in any order, in French or English.
`challenges` and `tables` are optional sheets; without them challenges are those that people chose
and the room has as many tables as the people need.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from essor.algos.seating.model import PROBLEM_FORMAT, BadProblem, Problem
from essor.algos.seating.reading import read_problem

Rows = Sequence[Sequence[Any]]

#: Header words (without accents, lower case) for each thing that we read.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "code", "ticket", "billet"),
    "first name": ("first name", "prenom", "name", "nom", "participant"),
    "facilitator": ("facilitator", "animateur", "animatrice", "animateur·rice", "animation"),
    "access": ("access", "needs access", "accessible", "acces", "accessibilite", "pmr"),
    "remote": ("remote", "online", "by video", "distance", "a distance", "en ligne", "en visio"),
    "together": ("together", "with", "avec", "ensemble", "vient avec"),
    "apart": ("apart", "apart from", "sans", "separe", "pas avec"),
    "host": ("host", "hosts", "porte", "porteur", "porteuse", "hote"),
    "table": ("pin table", "kept for table", "table reservee"),
    "challenge": ("pin challenge", "kept for challenge", "defi reserve"),
}
CHOICE_WORDS = ("choice", "voeu", "vœu", "choix", "defi", "challenge")
ATTRIBUTE_WORDS: Mapping[str, str] = {
    "univers": "sphere",
    "sphere": "sphere",
    "structure": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "commune": "commune",
    "age": "age",
    "genre": "gender",
    "gender": "gender",
    "premiere fois": "first_time",
    "first time": "first_time",
}
WEIGHTS: Mapping[str, float] = {
    "sphere": 6,
    "organisation": 8,
    "gender": 3,
    "age": 2,
    "commune": 2,
    "first_time": 1,
}
YES = {"yes", "y", "oui", "o", "x", "1", "true", "vrai"}
NO = {"", "no", "n", "non", "0", "false", "faux"}
SEVERAL = ";"


@dataclass(frozen=True, slots=True)
class Room:
    """What a spreadsheet of people does not say about the evening."""

    tables: int | None = None
    accessible: int | None = None
    seats_min: int = 6
    seats_max: int = 12
    rounds: int = 1
    mix: Mapping[str, float] | None = None


def problem_of(
    people: Rows, challenges: Rows = (), tables: Rows = (), room: Room | None = None, name: str = ""
) -> Problem:
    """The problem that some sheets describe; raises `BadProblem` naming each bad cell."""
    room = room or Room()
    faults: list[str] = []
    crowd, hosts, pairs = _people(people, faults)
    if not crowd:
        raise BadProblem(faults or ["people: no row below the header"])
    topics = _challenges(challenges, crowd, hosts, faults)
    seats = _tables(tables, len(crowd), room, crowd)
    known = {a for p in crowd for a in p["attributes"]}
    mix = dict(room.mix) if room.mix is not None else {a: WEIGHTS.get(a, 1) for a in sorted(known)}
    if faults:
        raise BadProblem(faults)
    return read_problem(
        {
            "format": PROBLEM_FORMAT,
            "name": name,
            "rounds": room.rounds,
            "seats": {"min": room.seats_min, "max": room.seats_max},
            "tables": seats,
            "challenges": topics,
            "people": crowd,
            **pairs,
            "mix": mix,
        }
    )


def plain(word: Any) -> str:
    """A header word without accents, case, stars or double spaces."""
    text = unicodedata.normalize("NFKD", str(word or ""))
    text = "".join(ch for ch in text if not unicodedata.combining(ch)).lower()
    return " ".join(text.replace("*", " ").replace("_", " ").split())


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _column(word: str) -> tuple[str, str]:
    """What a header means: ("choice", "2"), ("field", "id"), ("attribute", "sphere") or ("", "")."""
    for key, words in COLUMNS.items():
        if word in words:
            return "field", key
    for start in CHOICE_WORDS:
        rest = word.removeprefix(plain(start)).strip(" n°#")
        if word.startswith(plain(start)) and (rest.isdigit() or not rest):
            return "choice", rest or "1"
    if word:
        return "attribute", ATTRIBUTE_WORDS.get(word, word.replace(" ", "_"))
    return "", ""


def _people(
    rows: Rows, faults: list[str]
) -> tuple[list[dict[str, Any]], dict[str, list[str]], dict[str, list[list[str]]]]:
    header = [_column(plain(cell)) for cell in (rows[0] if rows else [])]
    if not {("field", "id"), ("field", "first name")} & set(header):
        faults.append(
            'line 1: a column "id" or "first name" is needed; found '
            + (", ".join(_text(c) for c in rows[0]) if rows else "an empty sheet")
        )
        return [], {}, {}
    if ("field", "id") not in header:
        header[header.index(("field", "first name"))] = ("field", "id")
    crowd: list[dict[str, Any]] = []
    hosts: dict[str, list[str]] = {}
    wishes: dict[str, list[tuple[int, str, str]]] = {"together": [], "apart": []}
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(_text(cell) for cell in row):
            continue
        person = _person(header, row, number, hosts, wishes, faults)
        if not person["id"]:
            faults.append(f"line {number}: no id or name")
        elif person["id"] in seen:
            faults.append(
                f'line {number}: "{person["id"]}" is already on line '
                f"{seen[person['id']]}; an id column tells namesakes apart"
            )
        seen.setdefault(person["id"], number)
        crowd.append(person)
    pairs: dict[str, list[list[str]]] = {}
    for key, found in wishes.items():
        for number, _, other in found:
            if other not in seen:
                faults.append(f'line {number}, {key}: "{other}" is not in the list')
        unique = {tuple(sorted((a, b))) for _, a, b in found if b in seen and a != b}
        pairs[key] = [list(pair) for pair in sorted(unique)]
    return crowd, hosts, pairs


def _person(
    header: Sequence[tuple[str, str]],
    row: Sequence[Any],
    number: int,
    hosts: dict[str, list[str]],
    wishes: dict[str, list[tuple[int, str, str]]],
    faults: list[str],
) -> dict[str, Any]:
    cells = [(*what, _text(cell)) for what, cell in zip(header, row, strict=False)]
    fields = {key: text for kind, key, text in cells if kind == "field"}
    choices = sorted((int(key), text) for kind, key, text in cells if kind == "choice" and text)
    me = fields.get("id", "")
    for key in wishes:
        wishes[key] += [
            (number, me, other.strip())
            for other in fields.get(key, "").split(SEVERAL)
            if other.strip()
        ]
    for c in fields.get("host", "").split(SEVERAL):
        if c.strip():
            hosts.setdefault(c.strip(), []).append(me)
    flags = {
        key: _flag(fields.get(key, ""), number, key, faults)
        for key in ("facilitator", "access", "remote")
    }
    return {
        "id": me,
        "attributes": {
            key: [v.strip() for v in text.split(SEVERAL) if v.strip()]
            for kind, key, text in cells
            if kind == "attribute"
        },
        "choices": list(dict.fromkeys(text for _, text in choices)),
        "facilitator": flags["facilitator"],
        "needs_access": flags["access"],
        "remote": flags["remote"],
        "pin_table": fields.get("table") or None,
        "pin_challenge": fields.get("challenge") or None,
    }


def _flag(text: str, number: int, key: str, faults: list[str]) -> bool:
    if plain(text) in YES:
        return True
    if plain(text) not in NO:
        faults.append(f'line {number}, {key}: "{text}" is neither yes nor no')
    return False


def _challenges(
    rows: Rows,
    crowd: Sequence[Mapping[str, Any]],
    hosts: Mapping[str, list[str]],
    faults: list[str],
) -> list[dict[str, Any]]:
    named = list(
        dict.fromkeys(
            [c for p in crowd for c in p["choices"]]
            + list(hosts)
            + [p["pin_challenge"] for p in crowd if p["pin_challenge"]]
        )
    )
    if not rows:
        return [_challenge(name, hosts) for name in named or ["open"]]
    header = [plain(cell) for cell in rows[0]]
    found = []
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(header, (_text(cell) for cell in row), strict=False))
        name = cells.get("id") or cells.get("defi") or cells.get("challenge") or ""
        if not name:
            if any(cells.values()):
                faults.append(f"challenges, line {number}: no id")
            continue
        c = _challenge(name, hosts)
        near = cells.get("neighbours") or cells.get("voisins") or ""
        c["neighbours"] = [x.strip() for x in near.split(SEVERAL) if x.strip()]
        for host in (cells.get("hosts") or "").split(SEVERAL):
            if host.strip() and host.strip() not in c["hosts"]:
                c["hosts"].append(host.strip())
        found.append(c)
    return found


def _challenge(name: str, hosts: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "id": name,
        "track": "boost" if hosts.get(name) else "imagine",
        "neighbours": [],
        "hosts": list(hosts.get(name, [])),
    }


def _tables(
    rows: Rows, people: int, room: Room, crowd: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    if rows:
        header = [plain(cell) for cell in rows[0]]
        cells = [dict(zip(header, (_text(x) for x in row), strict=False)) for row in rows[1:]]
        return [
            {
                "id": c.get("id") or c.get("table", ""),
                "accessible": plain(c.get("accessible", "")) in YES,
                "remote": any(plain(c.get(word, "")) in YES for word in COLUMNS["remote"]),
            }
            for c in cells
            if any(c.values())
        ]
    middle = max(1, (room.seats_min + room.seats_max) // 2)
    far = sum(p["remote"] for p in crowd)
    count = room.tables or -(-(people - far) // middle)
    fit = count if room.accessible is None else room.accessible
    names = list(dict.fromkeys(p["pin_table"] for p in crowd if p["pin_table"]))
    names += [str(i + 1) for i in range(count) if str(i + 1) not in names]
    return [
        {"id": name, "accessible": i < fit}
        for i, name in enumerate(names[: max(count, len([n for n in names if not n.isdigit()]))])
    ] + [{"id": f"V{i + 1}", "accessible": True, "remote": True} for i in range(-(-far // middle))]
