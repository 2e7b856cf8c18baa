"""What people agree to when they register, in numbered wordings that are never changed.

A new wording gets a new number and stays beside the old one, so that each consent can be read
in the words in which it was given.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.people.models import Consent

WORDING = "2026-11"

WORDINGS: dict[str, dict[str, str | Promise]] = {
    "2026-11": {
        Consent.Purpose.EVENING: _(
            "I agree that the host team uses my answers to organise this evening: the tables, "
            "the badges, the practical mails. Nobody else gets them."
        ),
        Consent.Purpose.NEWS: _(
            "Write to me about what becomes of our ideas: two mails a week at the very most, "
            "and one tap to stop."
        ),
        Consent.Purpose.SHOW_NAME: _("My first name may be shown on the screen of the evening."),
    }
}


def wording_of(purpose: str, version: str = WORDING) -> str:
    """The sentence that somebody agreed to."""
    return str(WORDINGS[version][purpose])
