"""Badges: who I am, my sphere, my table, and the code that the door reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from essor.evenings.printing.codes import qr_data
from essor.evenings.printing.look import Look, SphereMark, breakable, longest_word
from essor.evenings.printing.render import pdf


@dataclass(frozen=True, slots=True)
class Badge:
    """One person. ``table`` is blank before a plan; ``seats`` are the colours around it, a blank
    for a free seat; ``later`` the tables of further rounds; ``address`` is what the QR says."""

    first_name: str
    last_name: str
    code: str
    address: str
    organisation: str = ""
    sphere: SphereMark | None = None
    table: str = ""
    challenge: str = ""
    seats: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    facilitator: bool = False

    def as_data(self) -> dict[str, Any]:
        texts = {
            "first": self.first_name,
            "last": self.last_name,
            "organisation": self.organisation,
            "challenge": self.challenge,
        }
        return {
            **{name: breakable(text) for name, text in texts.items()},
            **{f"{name}_longest": longest_word(text) for name, text in texts.items()},
            "code": self.code,
            "qr": qr_data(self.address),
            "sphere": self.sphere.as_data() if self.sphere else None,
            "table": self.table,
            "seats": list(self.seats or ("",) * 8),
            "later": list(self.later),
            "facilitator": self.facilitator,
        }


def badges_pdf(look: Look, badges: Iterable[Badge], *, paper: str = "a4") -> bytes:
    """Badges of A6, four on a sheet of A4 with cut marks, or one a page (``paper="a6"``)."""
    data = look.page(_("Badges"), facilitator=_("Facilitator"))
    data |= {"paper": paper, "badges": [badge.as_data() for badge in badges]}
    return pdf("badges", data, tagged=False)
