"""The HTML of a letter's paragraphs: plain strings, for a digest is written for thousands at a time.

Mail programs know no style sheet, so styles stand where they are used. Words and addresses are
escaped one by one; nothing in them can become markup.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from essor.kit.letters import Block, Brand

Line = Sequence[tuple[str, str]]
BUTTON = (
    "display:inline-block;background:{accent};color:{ink};padding:13px 22px;border-radius:24px;"
    "font-weight:bold;text-decoration:none"
)
OPENINGS = {
    "code": '<p style="margin:22px 0;text-align:center;font-size:30px;font-weight:bold;'
    'letter-spacing:4px">',
    "heading": '<h2 style="margin:26px 0 4px;font-size:20px;line-height:1.25">',
    "small": '<p style="margin:8px 0;font-size:14px;color:#5b5670">',
    "words": '<p style="margin:12px 0">',
}


def markup(blocks: Sequence["Block"], brand: "Brand") -> SafeString:
    """The paragraphs of a letter, each on a line of its own."""
    return mark_safe("\n".join(_block(each, brand) for each in blocks))  # noqa: S308 - pieces are escaped


def _block(block: "Block", brand: "Brand") -> str:
    if block.kind == "list":
        items = "".join(f'<li style="margin:4px 0">{_line(line)}</li>' for line in block.lines)
        return f'<ul style="margin:12px 0;padding:0 0 0 22px">{items}</ul>'
    words = "<br>".join(_line(line) for line in block.lines)
    if block.kind == "button":
        style = BUTTON.format(accent=escape(brand.accent), ink=escape(brand.accent_ink))
        link = f'<a href="{escape(block.address)}" style="{style}">{words}</a>'
        return f'<p style="margin:22px 0">{link}</p>'
    ending = "</h2>" if block.kind == "heading" else "</p>"
    return f"{OPENINGS[block.kind]}{words}{ending}"


def _line(line: Line) -> str:
    return "".join(_piece(words, address) for words, address in line)


def _piece(words: str, address: str) -> str:
    told = escape(words)
    return f'<a href="{escape(address)}" style="color:#1c4a80">{told}</a>' if address else told
