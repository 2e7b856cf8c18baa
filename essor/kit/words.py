"""Words as people write them: what nobody can see, or what turns the text around it, goes.

Any script, accents, apostrophes and emoji stay, and so do the joiners that emoji, Persian and
Indian scripts are written with. ``TextField`` is the field for words in every form.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIRECTION_MARKS = (0x061C, 0x200E, 0x200F)
"""They help within a text of two directions; in a name they only hide."""
TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Overrides, embeddings and isolates, which turn what stands beside them when left open."""
UNSEEN = (0x00AD, 0x180E, 0x200B, *range(0x2060, 0x2065), 0xFEFF, *range(0xFFF9, 0xFFFC))
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters by their class that show nothing."""
GONE = dict.fromkeys([*TURNING, *UNSEEN])
GONE_FROM_LINES = dict.fromkeys([*DIRECTION_MARKS, *TURNING, *UNSEEN])
CONTROLS = re.compile(r"[^\S\r\n ]|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What a text of several lines holds instead of a space: tabs, no-break spaces stay out of it."""


def cleaned(text: str) -> str:
    """A line as typed, without control characters, direction marks or doubled spaces; nothing
    where nothing of it can be seen.

    What is left of a right-to-left name is shown isolated (``<bdi>``), so that it cannot reorder
    what stands beside it.
    """
    composed = unicodedata.normalize("NFC", text).translate(GONE_FROM_LINES)
    seen = "".join(" " if unicodedata.category(char) == "Cc" else char for char in composed)
    return " ".join(seen.split()) if can_be_seen(seen) else ""


def cleaned_text(text: str) -> str:
    """The same for several lines, which keep their spaces and the marks of two directions."""
    plain = CONTROLS.sub(_as_space, text.translate(GONE))
    return plain if can_be_seen(plain) else ""


def can_be_seen(text: str) -> bool:
    """Whether a reader sees anything of it: not spaces, joiners and marks alone."""
    return any(
        unicodedata.category(char)[0] not in "ZC" and char not in BLANKS
        and unicodedata.category(char) != "Mn"
        for char in text
    )  # fmt: skip


def _as_space(found: re.Match[str]) -> str:
    """Tabs and controls become a space; the spaces of typography stay."""
    return found[0] if unicodedata.category(found[0]) == "Zs" else " "


class TextField(forms.CharField):
    """Words in a form: a line, or several with a ``Textarea``, cleaned; nothing invisible passes."""

    def to_python(self, value: Any) -> str:
        said = super().to_python(value) or ""
        clean = cleaned_text if isinstance(self.widget, forms.Textarea) else cleaned
        kept = clean(said)
        if said and not kept:
            raise ValidationError(_("We cannot see anything in what you wrote: use letters."))
        return kept
