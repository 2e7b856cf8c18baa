"""The bytes of a file as one table: CSV and spreadsheets, GeoJSON, GoGoCarto's JSON.

GoGoCarto answers ``{"data": [...]}``: whole elements as objects (``gogofull``: ``name``, ``geo``,
``address``, ``categories``, own fields), or short ones as rows (``gogocompact``: the columns are in
``mapping``). Everything becomes text cells under titles, so that one mapping serves them all.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from essor.kit.sheets import MAX_MEGABYTES, SheetRefused, find_table, read_workbook
from essor.treasures.bringing.columns import known

MOST_LINES = 20_000
MOST_COLUMNS, MOST_CELL = 80, 3_000
DROPPED = frozenset(["createdAt", "updatedAt", "status", "moderationState", "sourceKey", "bbox"])


@dataclass(frozen=True, slots=True)
class Read:
    """Titles, and lines with the number that their owner knows them by; ``digest`` of the bytes; formulas without value."""

    header: list[str]
    lines: list[tuple[int, list[str]]]
    digest: str = ""
    unvalued: int = 0


def read(data: bytes, *, name: str) -> Read:
    """One table of a file; of several sheets the longest. Raises ``SheetRefused``."""
    table = _table_in(data, name)
    return replace(table, digest=hashlib.sha256(data).hexdigest())


def _table_in(data: bytes, name: str) -> Read:
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") and not data.lstrip().startswith(
        b"{\\rtf"
    ):
        return _of_json(data)
    sheets = read_workbook(data, name=name, most_lines=MOST_LINES)
    longest = max(sheets, key=lambda sheet: len(sheet.rows))
    table = find_table(longest, known)
    return Read(table.header, table.lines, unvalued=longest.unvalued)


def _of_json(data: bytes) -> Read:
    if len(data) > MAX_MEGABYTES * 1_000_000:
        raise SheetRefused("too_heavy", limit=MAX_MEGABYTES)
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as trouble:
        line = trouble.lineno if isinstance(trouble, json.JSONDecodeError) else 1
        raise SheetRefused("json_damaged", line=line) from trouble
    items = _items(told)
    if not items:
        raise SheetRefused("json_unknown" if _holds_something(told) else "empty")
    if len(items) > MOST_LINES:
        raise SheetRefused("too_long", found=len(items), limit=MOST_LINES)
    return _table([_flat(item) for item in items])


def _items(told: Any) -> list[dict[str, Any]]:
    """The objects of GeoJSON, of GoGoCarto, or of a bare list."""
    if isinstance(told, dict) and told.get("type") == "Feature":
        told = [told]
    if isinstance(told, dict):
        mapping = told.get("mapping")
        items = told.get("features", told.get("data"))
        if isinstance(items, list) and isinstance(mapping, list):
            items = [_compact(mapping, row) for row in items]
    else:
        items = told
    if not isinstance(items, list):
        raise SheetRefused("json_unknown")
    return [item for item in items if isinstance(item, dict)]


def _holds_something(told: Any) -> bool:
    """Whether there is anything in it, though no list of places."""
    return bool(told.get("features", told.get("data"))) if isinstance(told, dict) else bool(told)


def _compact(mapping: list[Any], row: Any) -> dict[str, Any]:
    """One row of ``gogocompact``; a title in brackets is a column that holds a list."""
    titles = [title[0] if isinstance(title, list) and title else title for title in mapping]
    cells = row if isinstance(row, list) else []
    return {str(title): cell for title, cell in zip(titles, cells, strict=False)}


def _flat(item: dict[str, Any]) -> dict[str, str]:
    """One object as cells: what lies in it comes up, its point as latitude and longitude."""
    flat: dict[str, str] = {}
    inside: dict[str, Any] = dict(item)
    if item.get("type") == "Feature":
        properties = item.get("properties")
        inside = dict(properties) if isinstance(properties, dict) else {}
        if "id" in item:
            inside.setdefault("id", item["id"])
        point = _middle(item.get("geometry"))
        if point is not None:
            inside["longitude"], inside["latitude"] = point
    for name in ("geo", "address"):
        if isinstance(inside.get(name), dict):
            inside |= {key: each for key, each in inside.pop(name).items() if key not in inside}
    for name, value in inside.items():
        text = _text(value)
        if name not in DROPPED and text:
            flat[str(name)[:100]] = text
    return flat


def _middle(geometry: Any) -> tuple[float, float] | None:
    """A point, or the middle of the box around anything larger."""
    pairs = list(_pairs(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if not pairs:
        return None
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _pairs(coordinates: Any) -> Iterable[tuple[float, float]]:
    waiting = [coordinates]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, list) or not each:
            continue
        if (
            isinstance(each[0], (int, float))
            and len(each) > 1
            and isinstance(each[1], (int, float))
        ):
            yield float(each[0]), float(each[1])
        else:
            waiting += each


def _text(value: Any) -> str:
    """A value as people would type it; what cannot be typed in a cell is left out."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(each) for each in value)))[:MOST_CELL]
    return " ".join(str(value).split())[:MOST_CELL]


def _table(items: list[dict[str, str]]) -> Read:
    titles = list(dict.fromkeys(name for item in items for name in item))
    titles.sort(key=lambda title: not known(title))
    header = titles[:MOST_COLUMNS]
    return Read(header, [(n, [item.get(t, "") for t in header]) for n, item in enumerate(items, 1)])
