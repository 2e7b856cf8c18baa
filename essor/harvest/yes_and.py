"""Wordings to start from when an idea is kept or declined: "yes, and", never "no, because".

Suggestions only: a human chooses one, changes it, and sends it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from essor.harvest.models import Fate

WORDINGS: dict[str, tuple[str, ...]] = {
    Fate.Kind.LATER: (
        gettext_noop(
            "Yes, and we keep it: nobody can carry it this year, and it will be read again with "
            "the next harvest. If you know who could take it up, write to us."
        ),
        gettext_noop(
            "Yes, and it needs one more thing before a table can work on it: a place to try it. "
            "As soon as one is found, we come back to you."
        ),
        gettext_noop(
            "Yes, and others here said something close. We keep them together, so that the next "
            "challenge can be born of them."
        ),
    ),
    Fate.Kind.DECLINED: (
        gettext_noop(
            "Yes, and somebody here already does it: rather than begin beside them, we put you in "
            "touch. Tell us if you would like that."
        ),
        gettext_noop(
            "Yes, the need is real, and the answer belongs to the municipality: we have passed "
            "your words on to it, just as you said them."
        ),
        gettext_noop(
            "Yes, and our evenings look for activities that can last by their own means. If you "
            "see how this one could, say it again: it will be welcome."
        ),
    ),
    Fate.Kind.MERGED: (
        gettext_noop("Yes, and somebody said almost the same: together the two weigh more."),
    ),
}


def wordings(kind: str) -> list[str]:
    """What one may start from for this fate, in the reader's language; nothing for most."""
    return [_(words) for words in WORDINGS.get(kind, ())]
