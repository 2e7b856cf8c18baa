"""What can be wrong or doubtful in a line, in words that say what to do."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

BAD, DOUBT = "bad", "doubt"

WORDS = {
    "no_name": _("There is no name. Write at least a first name."),
    "long_name": _("This name is longer than %(limit)s characters. Shorten it."),
    "web_address": _("There is a web address in this name. Write the name alone."),
    "wrong_email": _(
        "“%(text)s” is not an e-mail address. The person is imported without one and gets no ticket"
        " by mail."
    ),
    "too_young": _(
        "Under 15: no profile is made. Give a guest badge at the door, with the adult who comes"
        " along."
    ),
    "unknown_choice": _("“%(text)s” is none of the challenges of this evening."),
    "unknown_sphere": _("“%(text)s” is none of our spheres. The sphere stays empty."),
    "unknown_age": _("“%(text)s” is no age, year of birth or age group. It stays empty."),
    "not_an_option": _("“%(text)s” is not one of the answers to “%(question)s”. It is left out."),
    "remote_without_email": _(
        "Takes part from a distance, and has no e-mail address: the link of the table could not be"
        " sent. Write the address."
    ),
    "lost_letters": _("Some letters could not be read: check the name against your file."),
    "cut": _("“%(field)s” is longer than %(limit)s characters and was shortened."),
    "perhaps_same": _(
        "Perhaps the same person as on line %(line)s: same name and organisation, another address."
        " Both are imported."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """``kind``: ``bad`` (the line is left out) or ``doubt`` (it is imported all the same)."""

    kind: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(WORDS[self.code]) % self.values
