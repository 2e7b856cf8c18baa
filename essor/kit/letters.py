"""How a mail looks: written once as text, shown as text and as HTML.

A letter's template is a ``.txt`` file. Its first paragraph is the subject; the others are what a
person would write in plain text, and that is all the markup there is:

* a line of words with an address alone on the next line is a button;
* lines that start with ``- `` are a list;
* a paragraph that is only a code (``BCDF-GHJK``) is shown large;
* one line with a line of dashes below it is a heading;
* a short line of words, a colon and an address of the house is a link that reads as these words;
* any other address within a sentence is a link that shows itself; ends of lines are kept;
* what comes below the signature (the name of whose letter it is) is the small print.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from essor.kit.letter_markup import markup

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»]")
ANY_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|\bwww\.)\S*", re.IGNORECASE)
NAMED = re.compile(r"([^:]{2,60}?)\s*:\s+(https?://\S+)")
COLON = re.compile(r"\s*:$")
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
    """One paragraph: ``kind`` is ``words``, ``button``, ``list``, ``heading``, ``code`` or ``small``.

    ``lines`` are made of pieces: words, and the address they lead to or nothing.
    """

    kind: str
    lines: tuple[tuple[tuple[str, str], ...], ...]
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
    brand = brand or Brand()
    return render_to_string(
        "kit/mail.html",
        {
            "subject": subject,
            "paragraphs": markup(_with_small_print(blocks_of(text), brand.name), brand),
            "brand": brand,
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


def _with_small_print(blocks: list[Block], signature: str) -> list[Block]:
    signed = Block("words", (_pieces(signature),))
    after = blocks.index(signed) + 1 if signed in blocks else len(blocks)
    small = [
        replace(each, kind="small") if each.kind == "words" else each for each in blocks[after:]
    ]
    return blocks[:after] + small


def _block(lines: list[str]) -> Block:
    lines = [line.strip() for line in lines]
    if len(lines) == 2 and ADDRESS.fullmatch(lines[1]):
        return Block("button", (_pieces(COLON.sub("", lines[0])),), lines[1])
    if len(lines) == 2 and len(lines[1]) > 2 and not lines[1].strip("-"):
        return Block("heading", (_pieces(lines[0]),))
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(_pieces(line[2:]) for line in lines))
    if len(lines) == 1 and CODE.fullmatch(lines[0]):
        return Block("code", (_pieces(lines[0]),))
    return Block("words", tuple(_pieces(line) for line in lines))


def _pieces(line: str) -> tuple[tuple[str, str], ...]:
    """The line cut into words and links. Words hide an address only where it is the house's own."""
    named = NAMED.fullmatch(line)
    if named and named[2].startswith(f"{settings.SITE_URL}/"):
        return ((named[1], named[2]),)
    pieces, at = [], 0
    for found in ADDRESS.finditer(line):
        if found.start() > at:
            pieces.append((line[at : found.start()], ""))
        pieces.append((found[0], found[0]))
        at = found.end()
    if at < len(line):
        pieces.append((line[at:], ""))
    return tuple(pieces)
