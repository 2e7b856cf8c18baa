"""Names as people write them, folded for comparison."""

import re
import unicodedata


def folded(text: str) -> str:
    """Lower case, without accents, punctuation or doubled spaces: for finding twins, not showing."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", plain).strip()
