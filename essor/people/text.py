"""Names as people write them, folded for comparison."""

import re
import unicodedata

BETWEEN = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Lower case, without accents, punctuation or doubled spaces: for finding twins, not showing."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        plain = "".join([char for char in plain if not unicodedata.combining(char)])
    return BETWEEN.sub(" ", plain).strip()


# Marks that change the direction of the text around them; joiners (emoji, Persian) stay.
DIRECTION_MARKS = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)


def cleaned(text: str) -> str:
    """A name as typed, without control characters, direction marks or doubled spaces.

    What is left of a right-to-left name is shown isolated (``<bdi>``), so that it cannot reorder
    what stands beside it.
    """
    composed = unicodedata.normalize("NFC", text).translate(DIRECTION_MARKS)
    visible = "".join(" " if unicodedata.category(char) == "Cc" else char for char in composed)
    return " ".join(visible.split())


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
