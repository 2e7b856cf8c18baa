"""Names as people write them, folded for comparison."""

import re
import unicodedata

from essor.kit.words import cleaned

BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Lower case, without accents, punctuation or doubled spaces: for finding twins, not showing."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        plain = "".join([char for char in plain if not unicodedata.combining(char)])
    return BETWEEN.sub(" ", plain).strip()


def name_in(email: str) -> str:
    """What to call somebody who gave an address alone: how it begins."""
    return (
        email.split("@", maxsplit=1)[0]
        .split("+", maxsplit=1)[0]
        .split(".", maxsplit=1)[0]
        .capitalize()
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names are one name written twice; names without letters are compared as is."""
    if folded(one) or folded(other):
        return folded(one) == folded(other)
    return cleaned(one) == cleaned(other)
