"""Pieces of pages that come out alike for everybody who gives the same few words: made once.

The header of a territory, the buttons of the language: their template sees the values it is given
and nothing else (no request, no person), so the same values always make the same piece. A process
keeps the latest ``MOST`` of them, under the values themselves and the language.
"""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 600
"""A header weighs six kilobytes: at most some four megabytes."""
PLAIN = (str, int, bool, type(None))


class NotPlain(TypeError):
    """A value that two visitors could share without seeing the same: a row, a text marked safe."""


def alike(template: str, **told: Any) -> SafeString:
    """``template`` rendered with ``told``: texts, numbers, yes or no, and tuples of them.

    A text marked safe is refused: it equals the same text unmarked, and one would be shown
    unescaped in place of the other.
    """
    for name, value in told.items():
        _check(name, value)
    return _made(template, get_language(), tuple(told), *told.values())


def _check(name: str, value: Any) -> None:
    if isinstance(value, tuple):
        for each in value:
            _check(name, each)
    elif type(value) not in PLAIN:
        raise NotPlain(f"{name}: {type(value).__name__}")


@lru_cache(maxsize=MOST, typed=True)
def _made(template: str, language: str | None, names: tuple[str, ...], *values: Any) -> SafeString:
    return render_to_string(template, dict(zip(names, values, strict=True)))
