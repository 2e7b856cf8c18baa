"""Why two texts, or a group of them, are held to be close: a code, its values, a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SENTENCES = {
    "same": "the same words",
    "words": "shared words: {words}",
    "meaning": "near meaning ({percent} %)",
    "both": "near meaning ({percent} %) and shared words: {words}",
    "field": "about {names}",
    "kept": "grouped by hand",
    "one": "one idea of its own",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` and `values` for translation; `text` is the English sentence.

    Codes: `same`, `words` (`words`: surface forms, most telling first), `meaning` (`percent`),
    `both`, `field` (`names`: concepts in French, `english`), `kept` (a human did it), `one` (a group of one).
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        shown = {
            key: ", ".join(value) if isinstance(value, (tuple, list)) else value
            for key, value in self.values.items()
        }
        return SENTENCES[self.code].format(**shown)

    def __str__(self) -> str:
        return self.text
