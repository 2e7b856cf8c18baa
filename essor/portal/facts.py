"""Public facts about the real network, each with its source: read from ``data/network.json``.

The file was compiled by us from public pages; it holds no private person's name. A date, a status
or a figure is the source's, at the source's date.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from essor.kit.ids import ALPHABET, LENGTH

FILE = Path(__file__).parent / "data" / "network.json"
BEFORE_A_SIGN = re.compile(r"(?<=[\w)»]) ?(?=[;:?!](\s|$))")
Fact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """The file's lists, with each source's key replaced by its label and address."""

    themes: dict[str, str]
    territories: list[Fact]
    events: list[Fact]
    challenges: list[Fact]
    projects: list[Fact]
    resources: list[Fact]
    lineages: list[Fact]
    figures: list[Fact]
    sources: list[Fact]


@cache
def network_facts() -> Facts:
    """All facts; read once a process."""
    raw = typeset(json.loads(FILE.read_text(encoding="utf-8")))
    sources = raw["sources"]

    def sourced(name: str) -> list[Fact]:
        return [
            {**item, "sources": [sources[key] for key in item["sources"]]} for item in raw[name]
        ]

    return Facts(
        themes=raw["themes"],
        territories=sourced("territories"),
        events=sourced("events"),
        challenges=sourced("challenges"),
        projects=sourced("projects"),
        resources=sourced("resources"),
        lineages=sourced("lineages"),
        figures=[{**fact, "shown": in_words(fact["value"])} for fact in sourced("figures")],
        sources=sorted(sources.values(), key=lambda source: source["label"].casefold()),
    )


def typeset(value: Any) -> Any:
    """French spaces before « : », « ; », « ? » and « ! » in whatever texts ``value`` holds.

    >>> typeset({"note": "plus de 15; 12 listés"})
    {'note': 'plus de 15\\u202f; 12 listés'}
    """
    if isinstance(value, str):
        return BEFORE_A_SIGN.sub("\u202f", value)
    if isinstance(value, list):
        return [typeset(each) for each in value]
    if isinstance(value, dict):
        return {key: typeset(each) for key, each in value.items()}
    return value


def in_words(value: float | str | list[float]) -> str:
    """A figure as it is read: shares in percent, thousands apart, several values side by side."""
    if isinstance(value, list):
        return " / ".join(in_words(each) for each in value)
    if isinstance(value, str):
        return value
    if isinstance(value, float) and 0 < value < 1:
        return f"{100 * value:.0f}\u202f%"
    return f"{value:,}".replace(",", "\u202f").replace(".", ",")


def lasting_id(kind: str, key: str) -> str:
    """The same public id for the same fact in every installation, so that addresses last."""
    number = int.from_bytes(hashlib.sha256(f"{kind}:{key}".encode()).digest()[:8])
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
