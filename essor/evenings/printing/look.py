"""The look of a printed page: a territory's name and colours, the marks of the spheres."""

import bisect
import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from essor.algos.later import Later
from essor.evenings.printing.render import FONTS

if TYPE_CHECKING:
    from fontTools import ttLib
else:
    ttLib = Later("fontTools.ttLib")

LIGHT, DARK = "#fffdf8", "#1f1b33"


@dataclass(frozen=True, slots=True)
class Look:
    """Whose page it is. Colours are ``#rrggbb``; ``when`` and ``where`` are written out."""

    territory: str
    evening: str
    when: str
    where: str = ""
    primary: str = "#1d1a38"
    accent: str = "#f2a51c"

    def as_data(self) -> dict[str, str]:
        return {
            "territory": self.territory,
            "primary": self.primary,
            "on_primary": ink_on(self.primary),
            "accent": self.accent,
            "on_accent": ink_on(self.accent),
        }

    def page(self, title: str, **words: str) -> dict[str, object]:
        """What every template needs; ``words`` are the page's own, already translated."""
        return {
            "title": f"{title} · {self.evening}",
            "heading": title,
            "lang": (translation.get_language() or "fr")[:2],
            "look": self.as_data(),
            "evening": self.evening,
            "evening_longest": longest_word(self.evening),
            "place": " · ".join(part for part in (self.when, self.where) if part),
            "words": {"table": _("Table"), **words},
        }


@dataclass(frozen=True, slots=True)
class SphereMark:
    """A sphere as it is printed: colour, letter and name together, never colour alone."""

    name: str
    letter: str
    colour: str

    def as_data(self) -> dict[str, str]:
        return {
            "name": self.name,
            "letter": self.letter,
            "colour": self.colour,
            "on": ink_on(self.colour),
        }


def ink_on(colour: str) -> str:
    """Light or dark ink, whichever is read better on ``colour`` (WCAG relative luminance)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return DARK if (luminance + 0.05) / (0.0108 + 0.05) > 1.03 / (luminance + 0.05) else LIGHT


BREAK_AFTER = 22
ZERO_WIDTH_SPACE = "\u200b"


def breakable(text: str) -> str:
    """``text`` with places to break inside words too long for any line."""
    return " ".join(_broken(word) for word in text.split())


def longest_word(text: str) -> str:
    """The longest piece that no line break may cut."""
    pieces = breakable(text).replace(ZERO_WIDTH_SPACE, " ").split()
    return max(pieces, key=len, default="")


def _broken(word: str) -> str:
    if len(word) <= BREAK_AFTER:
        return word
    return ZERO_WIDTH_SPACE.join(
        word[n : n + BREAK_AFTER] for n in range(0, len(word), BREAK_AFTER)
    )


@lru_cache(maxsize=1)
def _drawn() -> tuple[tuple[int, int], ...]:
    """The ranges of characters that our fonts draw, as ``tools/fonts.py`` wrote them."""
    ranges = json.loads((FONTS / "coverage.json").read_text())
    return tuple((start, end) for start, end in ranges)


def unprintable(text: str) -> str:
    """The characters of ``text`` that would be printed as an empty box."""
    shown = (char for char in text if unicodedata.category(char) not in {"Cf", "Cc", "Zs", "Mn"})
    return "".join(char for char in shown if not _draws(ord(char)))


def _draws(code: int) -> bool:
    at = bisect.bisect_right(_drawn(), (code, 0x110000)) - 1
    return at >= 0 and code <= _drawn()[at][1]
