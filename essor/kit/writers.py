"""Letters that are written when they leave: the queue holds what they are about, and no link.

    @writes("evenings.registration")
    def written(about: dict[str, Any], at: datetime) -> Written | None: ...

``about`` is what ``Letter`` was posted with: public ids and plain facts, nothing personal. The
writer answers None when there is nothing left to write about. It may be called again for the same
letter, when a mail server refused it for now, and then makes a new link.
"""

from collections.abc import Callable, Sequence
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
Together = Callable[[Sequence[dict[str, Any]], datetime], Sequence[Written | None]]
_writers: dict[str, Writer] = {}
_together: dict[str, Together] = {}


def writes(name: str) -> Callable[[Writer], Writer]:
    """Declare the writer of the letters posted with ``writer=name``; in a room's ``letters.py``."""

    def declare(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return declare


def writes_each(name: str) -> Callable[[Together], Together]:
    """The same for letters that leave many at a time: the writer answers one for each that it is
    asked for, in their order, in a fixed number of queries. What it wrote may never leave and be
    written anew: a link that it made must be harmless unread."""

    def declare(writer: Together) -> Together:
        _together[name] = writer
        return writer

    return declare


def write(name: str, about: dict[str, Any], at: datetime) -> Written | None:
    """Raises ``KeyError`` where no room has such a writer."""
    if written_together(name):
        return _together[name]([about], at)[0]
    return _writers[name](about, at)


def written_together(name: str) -> bool:
    """Whether letters of this writer are best written many at a time."""
    if name not in _writers and name not in _together:
        autodiscover_modules("letters")
    return name in _together


def write_each(name: str, abouts: Sequence[dict[str, Any]], at: datetime) -> list[Written | None]:
    """One letter for each of ``abouts``, in their order."""
    if written_together(name):
        return list(_together[name](abouts, at))
    return [write(name, about, at) for about in abouts]
