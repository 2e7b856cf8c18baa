"""Letters that are written when they leave: the queue holds what they are about, and no link.

    @writes("evenings.registration")
    def written(about: dict[str, Any], at: datetime) -> Written | None: ...

``about`` is what ``Letter`` was posted with: public ids and plain facts, nothing personal. The
writer answers None when there is nothing left to write about. It may be called again for the same
letter, when a mail server refused it for now, and then makes a new link.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it leaves; attachments as ``Letter`` has them."""

    subject: str
    text: str
    html: str
    attachments: tuple[dict[str, Any], ...] = ()


Writer = Callable[[dict[str, Any], datetime], Written | None]
_writers: dict[str, Writer] = {}


def writes(name: str) -> Callable[[Writer], Writer]:
    """Declare the writer of the letters posted with ``writer=name``; in a room's ``letters.py``."""

    def declare(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return declare


def write(name: str, about: dict[str, Any], at: datetime) -> Written | None:
    """Raises ``KeyError`` where no room has such a writer."""
    if name not in _writers:
        autodiscover_modules("letters")
    return _writers[name](about, at)
