"""A mail that gives an idea: who wrote it, what it says once signature and quotes are gone. Pure."""

import hashlib
import html
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

import nh3

from essor.harvest.models import LONGEST_IDEA
from essor.harvest.words import says_something, tidy
from essor.kit.words import cleaned
from essor.people.text import folded

AUTOMATIC_SENDER = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre|bounces?|notifications?)\b", re.I
)
GENERIC = frozenset({"", "idee", "idees", "une idee", "mon idee", "mes idees", "idea", "ideas",
                     "my idea", "bonjour", "hello", "proposition", "suggestion"})  # fmt: skip
PREFIX = re.compile(r"^\s*((re|ré|fwd?|tr)\s*:\s*)+", re.I)
QUOTE_BEGINS = re.compile(
    r"^\s*(>|_{8,}\s*$|-{2,}\s*(message|original|forwarded|messages?\s+d).*|"
    r"(le|on)\s.{4,200}\s(a écrit|wrote)\s*:\s*$|(de|from)\s*:\s.+@.+)",
    re.I,
)
SENT_FROM = re.compile(r"^\s*(envoyé (de|depuis|à partir de)|sent from|télécharger outlook)", re.I)
BREAKS = re.compile(r"<(br|/p|/div|/li|/h\d|/tr)\b[^>]*>", re.I)
SPACES = re.compile(r"[ \t]+")
TAG = re.compile(r"\+([A-Za-z0-9]{4,8})@")
IN_SUBJECT = re.compile(r"\[([A-Za-z0-9]{4,8})\]")


@dataclass(frozen=True, slots=True)
class Mailed:
    """``codes`` are the harvest codes that the address or the subject names."""

    origin: str
    name: str
    address: str
    text: str
    detail: str
    codes: tuple[str, ...]
    automatic: bool


def read_mail(raw: bytes) -> Mailed:
    """What a message says, whatever its shape; blank where it says nothing."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    name, address = _first(message, "From")
    subject = PREFIX.sub("", cleaned(_header(message, "Subject")))
    codes = tuple(dict.fromkeys(code.upper() for code in _codes(message, subject)))
    subject = cleaned(IN_SUBJECT.sub("", subject))
    text, detail = _idea(subject, without_replies(_words(message)))
    mark = _header(message, "Message-ID") or hashlib.sha256(raw).hexdigest()
    return Mailed(
        origin=f"mail:{hashlib.sha256(mark.strip().encode()).hexdigest()[:40]}",
        name=cleaned(name)[:80],
        address=address.lower()[:254],
        text=text,
        detail=detail,
        codes=codes,
        automatic=_automatic(message, address),
    )


def without_replies(text: str) -> str:
    """What the sender wrote: everything from the signature or the first quote on is cut."""
    kept: list[str] = []
    lines = text.replace("\r\n", "\n").split("\n")
    for at, line in enumerate(lines):
        two = f"{line} {lines[at + 1]}" if at + 1 < len(lines) else line
        if line.rstrip() in {"--", "-- "} or QUOTE_BEGINS.match(line) or SENT_FROM.match(line):
            break
        if line.lower().startswith(("le ", "on ")) and QUOTE_BEGINS.match(two):
            break
        kept.append(line)
    return tidy("\n".join(kept))


def _idea(subject: str, body: str) -> tuple[str, str]:
    """The idea and its detail: a subject that says something is the idea, else the first lines."""
    body = _at_most(body)
    if folded(subject) not in GENERIC and says_something(subject):
        return _at_most(subject), "" if folded(body) == folded(subject) else body
    first, _, rest = body.partition("\n\n") if "\n\n" in body else (body, "", "")
    greeting = len(first) < 40 and folded(first).startswith(("bonjour", "hello", "hi", "salut"))
    if greeting and rest:
        first, _, rest = rest.partition("\n\n")
    return first.strip(), rest.strip()


def _at_most(text: str) -> str:
    return text if len(text) <= LONGEST_IDEA else text[: LONGEST_IDEA - 4].rstrip() + " […]"


def _words(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError, KeyError):
        text = bytes(part.get_payload(decode=True) or b"").decode("utf-8", errors="replace")
    if part.get_content_subtype() != "html":
        return text
    bare = nh3.clean(BREAKS.sub("\n", text), tags=set(), clean_content_tags={"script", "style"})
    lines = (SPACES.sub(" ", line).strip() for line in html.unescape(bare).split("\n"))
    return "\n".join(lines)


def _automatic(message: EmailMessage, address: str) -> bool:
    """Answers of machines: away messages, bounces, lists. They give no ideas."""
    submitted = _header(message, "Auto-Submitted").lower() or "no"
    return (
        submitted != "no"
        or _header(message, "Precedence").lower() in {"bulk", "list", "junk", "auto_reply"}
        or bool(_header(message, "X-Autoreply") or _header(message, "X-Autorespond"))
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or AUTOMATIC_SENDER.match(address) is not None
    )


def _codes(message: EmailMessage, subject: str) -> list[str]:
    headers = ("To", "Cc", "Delivered-To", "X-Original-To")
    addresses = " ".join(_header(message, name) for name in headers)
    return TAG.findall(addresses) + IN_SUBJECT.findall(subject)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # a header no parser reads
        return ""


def _first(message: EmailMessage, name: str) -> tuple[str, str]:
    found = getaddresses([_header(message, name)])
    return found[0] if found else ("", "")
