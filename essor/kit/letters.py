"""How a mail looks: written once as text, shown as text and as HTML.

A letter's template is a ``.txt`` file. Its first paragraph is the subject; the others are what a
person would write in plain text, and that is all the markup there is:

* a line of words with an address alone on the next line is a button;
* lines that start with ``- `` are a list;
* a paragraph that is only a code (``BCDF-GHJK``) is shown large;
* one line with a line of dashes below it is a heading;
* an address within a sentence is a link; ends of lines are kept.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»]")
ANY_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|\bwww\.)\S*", re.IGNORECASE)
CODE = re.compile(r"[A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*")


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose letter it is: the name above, and the colours of band and button."""

    name: str = "Essor"
    colour: str = "#1d1a38"
    ink: str = "#fffdf8"
    accent: str = "#f2a51c"
    accent_ink: str = "#1f1b33"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: ``kind`` is ``words``, ``button``, ``list``, ``heading`` or ``code``.

    ``lines`` are made of pieces: words, or an address to link to.
    """

    kind: str
    lines: tuple[tuple[tuple[str, bool], ...], ...]
    address: str = ""


def render_letter(
    template: str, context: dict[str, Any], brand: Brand | None = None
) -> tuple[str, str, str]:
    """Subject, text and HTML of the letter that ``template`` makes of ``context``."""
    written = render_to_string(template, context).strip()
    subject, _, text = written.partition("\n\n")
    subject, text = " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text.strip())
    return subject, text + "\n", letter_html(text, subject, brand)


def letter_html(
    text: str, subject: str, brand: Brand | None = None, unsubscribe_url: str = ""
) -> str:
    """The HTML form of a letter written as text; nothing in ``text`` can become markup."""
    return render_to_string(
        "kit/mail.html",
        {
            "subject": subject,
            "blocks": blocks_of(text),
            "brand": brand or Brand(),
            "unsubscribe_url": unsubscribe_url,
        },
    )


def repeated(text: str) -> str:
    """What somebody wrote, as a letter may repeat it to an address that they typed themselves.

    One line, so that nothing of it becomes a paragraph, a button or a code of ours; and no web
    address, so that nobody has a link of theirs sent in our name.
    """
    return ANY_ADDRESS.sub("[…]", " ".join(text.split()))


def blocks_of(text: str) -> list[Block]:
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text.strip()))
    return [_block(part.splitlines()) for part in paragraphs if part]


def _block(lines: list[str]) -> Block:
    lines = [line.strip() for line in lines]
    if len(lines) == 2 and ADDRESS.fullmatch(lines[1]):
        return Block("button", (_pieces(lines[0]),), lines[1])
    if len(lines) == 2 and len(lines[1]) > 2 and not lines[1].strip("-"):
        return Block("heading", (_pieces(lines[0]),))
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(_pieces(line[2:]) for line in lines))
    if len(lines) == 1 and CODE.fullmatch(lines[0]):
        return Block("code", (_pieces(lines[0]),))
    return Block("words", tuple(_pieces(line) for line in lines))


def _pieces(line: str) -> tuple[tuple[str, bool], ...]:
    """The line cut into words and addresses (True)."""
    pieces, at = [], 0
    for found in ADDRESS.finditer(line):
        if found.start() > at:
            pieces.append((line[at : found.start()], False))
        pieces.append((found[0], True))
        at = found.end()
    if at < len(line):
        pieces.append((line[at:], False))
    return tuple(pieces)
