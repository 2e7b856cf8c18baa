"""The piece of a text around the words that were found, in parts; templates escape each part."""

from dataclasses import dataclass

from essor.algos.finding import forms
from essor.algos.text import words

AROUND, LONGEST, FURTHEST = 70, 220, 8_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, found or not."""

    text: str
    found: bool = False


def marked(text: str, stems: set[str], *, cut: bool = False) -> list[Piece]:
    """``text`` in pieces, words of ``stems`` marked; with ``cut`` only what is around the first."""
    spots = [
        (each.start, each.end)
        for each in words(text[:FURTHEST], "fr")
        if not stems.isdisjoint(forms(each.text))
    ]
    start, end = (0, len(text)) if not cut else _window(text, spots)
    pieces = [Piece("… ")] if start else []
    at = start
    for first, last in spots:
        if first < at or last > end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], found=True)]
        at = last
    pieces += [Piece(text[at:end]), Piece(" …" if end < len(text) else "")]
    return [piece for piece in pieces if piece.text]


def _window(text: str, spots: list[tuple[int, int]]) -> tuple[int, int]:
    """Where the piece begins and ends, between words."""
    start = max(0, spots[0][0] - AROUND) if spots else 0
    start = text.find(" ", start) + 1 if start else 0
    end = start + LONGEST
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", start, end), start) or end
