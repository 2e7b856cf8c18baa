"""Extracts the translatable strings of each room, compiles its French, says what is missing.

    python tools/messages.py            extract, compile, report
    python tools/messages.py --check    report only; exit status 1 where French is incomplete
    python tools/messages.py --compile  compile only
    python tools/messages.py --merge BASE OURS THEIRS    git's merge driver for *.po (make setup)

Babel does the work, so that GNU gettext need not be installed. Messages are English; only French
has a catalogue.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, TokenType
from django.utils.translation.template import (
    block_re,
    constant_re,
    endblock_re,
    inline_re,
    plural_re,
)

HEADER = rb"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""
ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Message = tuple[str, int, str | tuple[str, str], str | None]


def rooms() -> list[Path]:
    sys.path.insert(0, str(ROOT))
    from essor.rooms import ROOMS  # noqa: PLC0415 - the path is set just above

    return [ROOT / "essor" / room for room in ROOMS]


def messages_of(room: Path) -> Iterator[Message]:
    """File, line, message (or message with plural) and context, for every string of ``room``."""
    for file in sorted(room.rglob("*.py")):
        if "migrations" not in file.parts:
            for line, message, _, context in extract(
                "python", io.BytesIO(file.read_bytes()), KEYWORDS
            ):
                yield str(file.relative_to(ROOT)), line, message, context
    for file in sorted([*room.rglob("*.html"), *room.rglob("*.txt"), *room.rglob("*.typ")]):
        yield from template_messages(str(file.relative_to(ROOT)), file.read_text())


def template_messages(name: str, source: str) -> Iterator[Message]:
    singular: list[str] | None = None
    plural: list[str] | None = None
    trimmed, context, started = False, None, 0
    for token in Lexer(source).tokenize():
        if singular is not None:
            if token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
                one, many = (joined(part, trimmed) for part in (singular, plural or []))
                yield name, started, (one, many) if plural is not None else one, context
                singular = plural = None
            elif token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
                plural = []
            else:
                text = token.contents.replace("%", "%%")
                if token.token_type == TokenType.VAR:
                    text = f"%({token.contents.split('|')[0].strip()})s"
                (singular if plural is None else plural).append(text)
            continue
        if token.token_type == TokenType.TEXT:
            continue
        if token.token_type == TokenType.BLOCK and (found := block_re.match(token.contents)):
            singular, trimmed, started = [], " trimmed" in token.contents, token.lineno
            context = unquoted(found[1]) if found[1] else None
        elif token.token_type == TokenType.BLOCK and (found := inline_re.match(token.contents)):
            context = unquoted(re.sub(r"^\s*context\s+", "", found[3])) if found[3] else None
            yield name, token.lineno, unquoted(found[1]).replace("%", "%%"), context
        else:
            for constant in constant_re.findall(token.contents):
                yield name, token.lineno, unquoted(constant), None


def unquoted(text: str) -> str:
    text = text.strip()
    for quote in ('"', "'"):
        if text.startswith(quote) and text.endswith(quote):
            return text[1:-1]
    return text.removeprefix("_(").removesuffix(")").strip("\"'")


def joined(parts: list[str], trimmed: bool) -> str:
    text = "".join(parts)
    return " ".join(line.strip() for line in text.splitlines() if line.strip()) if trimmed else text


def catalogue_of(room: Path) -> Catalog:
    """What is in the room's French file, with the messages found in the sources now."""
    file = po_file(room)
    known = read_po(io.BytesIO(file.read_bytes()), locale="fr") if file.exists() else Catalog("fr")
    fresh = Catalog("fr", fuzzy=False)
    for name, line, message, context in messages_of(room):
        fresh.add(message, None, [(name, line)], context=context)
        python_format = "%(" in (message if isinstance(message, str) else message[0])
        entry = fresh.get(message, context)
        if entry is not None and python_format:
            entry.flags.add("python-format")
    for entry in fresh:
        old = known.get(entry.id, entry.context) if entry.id else None
        if old is not None and entry.id:
            entry.string = typeset(old.string)
    return fresh


def typeset(french: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """French with its unbreakable spaces: wide before a colon and inside « », narrow before ; ? !"""
    if isinstance(french, (tuple, list)):
        return tuple(str(typeset(each)) for each in french)
    french = re.sub(r"(?<=\S)[ \u00a0](?=[;?!](?:\s|$))", "\u202f", french)
    french = re.sub(r"(?<=\S) (?=[:»](?:\s|$))|(?<=\S) (?=»)", "\u00a0", french)
    return re.sub("« ", "«\u00a0", french)


def po_file(room: Path) -> Path:
    return room / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def missing(catalogue: Catalog) -> list[str]:
    """Messages without French, or whose French lost a placeholder."""
    found = []
    for entry in catalogue:
        if not entry.id:
            continue
        strings = list(entry.string) if isinstance(entry.string, (tuple, list)) else [entry.string]
        first = entry.id if isinstance(entry.id, str) else entry.id[0]
        holes = set(re.findall(r"%\((\w+)\)", first if isinstance(entry.id, str) else entry.id[1]))
        if not all(strings):
            found.append(first)
        elif holes - set(re.findall(r"%\((\w+)\)", strings[-1])):
            found.append(f"{first}  (its French lost a placeholder)")
    return found


def as_po(catalogue: Catalog) -> bytes:
    text = io.BytesIO()
    write_po(text, catalogue, width=100, sort_output=True, omit_header=True, no_location=True)
    return HEADER + text.getvalue()


def merge(base: Path, ours: Path, theirs: Path) -> None:
    """Merge three versions of a French file, message by message, into ``ours``.

    git's own merge works on lines: it pairs words with the French of others, and nothing says so.
    A message that only one side translated keeps that; where both did, ours stays.
    """
    old, mine, other = (
        read_po(io.BytesIO(f.read_bytes()), locale="fr") for f in (base, ours, theirs)
    )
    for entry in other:
        if not entry.id:
            continue
        before, now = old.get(entry.id, entry.context), mine.get(entry.id, entry.context)
        if now is None:
            mine.add(entry.id, entry.string, flags=entry.flags, context=entry.context)
        elif told(entry) and (not told(now) or (before and now.string == before.string)):
            now.string = entry.string
    ours.write_bytes(as_po(mine))


def told(entry: BabelMessage) -> bool:
    strings = entry.string if isinstance(entry.string, (tuple, list)) else [entry.string]
    return all(strings)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--merge"]:
        merge(*(Path(name) for name in arguments[1:4]))
        return 0
    incomplete = 0
    for room in rooms():
        catalogue = catalogue_of(room)
        file = po_file(room)
        if not arguments and len(catalogue):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(as_po(catalogue))
        if "--check" not in arguments and len(catalogue):
            file.parent.mkdir(parents=True, exist_ok=True)
            half = file.with_suffix(".mo.new")  # whoever reads meanwhile finds the old one whole
            with half.open("wb") as out:
                write_mo(out, catalogue)
            half.replace(file.with_suffix(".mo"))
        for message in missing(catalogue) if "--compile" not in arguments else []:
            incomplete += 1
            print(f"{room.name}: no French for: {message}")
    if "--compile" not in arguments:
        print(f"{incomplete} messages without French")
    return 1 if incomplete and arguments != ["--compile"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
