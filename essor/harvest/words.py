"""What people wrote, made ready to be kept: cleaned without changing a word, and its digest."""

import hashlib
import re

from essor.kit.words import cleaned
from essor.people.text import folded

BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """As it was said: only marks nobody can see go, and blank space at the ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return BLANK_LINES.sub("\n\n", "\n".join(cleaned(line) for line in lines)).strip()


def key_of(text: str) -> str:
    """The same for two ideas that differ only in case, accents, punctuation or spaces."""
    return hashlib.sha256((folded(text) or cleaned(text)).encode()).hexdigest()


def says_something(text: str) -> bool:
    """Whether anything can be read in it: a letter, a figure or a sign in any script."""
    return any(char.isalnum() or ord(char) > 0x2600 for char in text)
