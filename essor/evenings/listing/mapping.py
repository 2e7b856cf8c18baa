"""Which column means what: guessed from its title and from what stands in it."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from essor.evenings.listing.fields import BY_KEY, FIELDS, IGNORE, NOTHING
from essor.evenings.listing.words import ChallengeWords, SphereWords
from essor.evenings.models import Question
from essor.kit.sheets import Table
from essor.people.text import folded

LOOK_AT = 200
EXACT, OWN_QUESTION, CHALLENGE, PATTERN, CONTENT = 100, 95, 90, 60, 40
MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
PHONE = re.compile(r"^(\+|00)?[\d\s.\-()]{9,16}$")
POSTCODE = re.compile(r"^\d{4,5}$")
TWO_WORDS = re.compile(r"^[^\d@]{2,40} [^\d@]{2,40}$")
IN_BRACKETS = re.compile(r"\[(.+)\]\s*$")
SINGLE = frozenset(each.key for each in FIELDS)

Mapping = dict[int, str]
"""Meaning by column index; columns that mean nothing here are absent."""


@dataclass(frozen=True)
class Known:
    """What an evening knows, to compare a list with."""

    challenges: ChallengeWords
    spheres: SphereWords
    questions: tuple[Question, ...]


def known_title(title: str) -> bool:
    """Whether any service, or anybody's form, uses this title for a column that we know."""
    key = folded(title)
    return key in NOTHING or any(key in each.titles for each in FIELDS)


def signature(table: Table) -> str:
    """What files with the same columns share, so that a mapping is remembered for them."""
    titled = "yes" if table.header_line is not None else f"no {len(table.header)}"
    titles = "\x1f".join(folded(title) for title in table.header)
    return hashlib.sha256(f"{titled}\x1e{titles}".encode()).hexdigest()


def guess_mapping(table: Table, known: Known) -> Mapping:
    """The likeliest meaning of each column; every single meaning goes to one column at most."""
    bids = sorted(
        (bid for column in range(len(table.header)) for bid in _bids(table, column, known)),
        key=lambda bid: (-bid[0], bid[1]),
    )
    mapping: Mapping = {}
    for _, column, key in bids:
        if column not in mapping and (key not in SINGLE or key not in mapping.values()):
            mapping[column] = key
    _second_address(table, mapping)
    _whole_names(table, mapping)
    return {column: key for column, key in sorted(mapping.items()) if key != IGNORE}


def _bids(table: Table, column: int, known: Known) -> list[tuple[int, int, str]]:
    """(score, column, meaning) for everything that this column may mean."""
    title = table.header[column]
    key = folded(title)
    values = [cells[column] for _, cells in table.lines[:LOOK_AT] if cells[column]]
    if not values:
        return []
    if key in NOTHING and table.header_line is not None:
        return [(EXACT, column, IGNORE)]
    bids = [(OWN_QUESTION, f"question:{q.pk}") for q in known.questions if folded(q.label) == key]
    bids += _challenge_column(title, known)
    for each in FIELDS:
        if key in each.titles:
            bids.append((EXACT + _about_the_person(key), each.key))
        elif table.header_line is not None and each.like and each.like.search(key):
            bids.append((PATTERN, each.key))
    bids += [(CONTENT, meaning) for meaning in _by_content(values, known)]
    return [(score, column, meaning) for score, meaning in bids]


def _about_the_person(key: str) -> int:
    return 3 if re.search(r"\b(participant|attendee)\b", key) else 0


def _challenge_column(title: str, known: Known) -> list[tuple[int, str]]:
    """A column for one challenge: « Vos défis [Cantines] », « Vos défis – Cantines »."""
    inside = IN_BRACKETS.search(title)
    parts = [inside[1]] if inside else re.split(r" [–—-] |: ", title)[1:]
    for part in parts:
        challenge = known.challenges.find(part)
        if challenge is not None:
            return [(CHALLENGE, f"challenge:{challenge.public_id}")]
    return []


def _by_content(values: Sequence[str], known: Known) -> list[str]:
    def mostly(test: Callable[[str], object], share: float) -> bool:
        return sum(1 for value in values if test(value)) >= share * len(values)

    if mostly(MAIL.match, 0.8):
        return ["email"]
    if mostly(POSTCODE.match, 0.9):
        return ["postcode"]
    if mostly(PHONE.match, 0.8):
        return ["phone"]
    if mostly(lambda value: known.challenges.several(value)[0], 0.6):
        return ["choices", "choice_1", "choice_2", "choice_3"]
    if mostly(known.spheres.find, 0.7) and len(set(values)) <= max(12, len(values) // 3):
        return ["sphere"]
    return []


def _second_address(table: Table, mapping: Mapping) -> None:
    """A second column of addresses is that of whoever ordered (pretix, HelloAsso)."""
    if "email" not in mapping.values() or "payer_email" in mapping.values():
        return
    for column, title in enumerate(table.header):
        if column not in mapping and folded(title) in BY_KEY["email"].titles:
            mapping[column] = "payer_email"
            return


def _whole_names(table: Table, mapping: Mapping) -> None:
    """Settle who holds the name: both halves, or the whole in one column."""
    where = {key: column for column, key in mapping.items()}
    if {"first_name", "last_name"} <= set(where):
        mapping.pop(where.get("full_name", -1), None)
    elif "last_name" in where and not {"first_name", "full_name"} & set(where):
        mapping[where["last_name"]] = "full_name"
    elif "first_name" in where and "full_name" in where:
        mapping.pop(where["first_name"])
    elif not {"first_name", "full_name"} & set(where) and table.header_line is None:
        _name_without_title(table, mapping)


def _name_without_title(table: Table, mapping: Mapping) -> None:
    for column in range(len(table.header)):
        values = [cells[column] for _, cells in table.lines[:LOOK_AT] if cells[column]]
        named = sum(1 for value in values if TWO_WORDS.match(value))
        if column not in mapping and values and named >= 0.8 * len(values):
            mapping[column] = "full_name"
            return
