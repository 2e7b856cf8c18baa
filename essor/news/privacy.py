"""What this room keeps of people: how they want to hear of what, and what reached them."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.privacy import Basis, Personal, Seen, declare, goes_after
from essor.news.actions import forget_asked
from essor.news.models import Digest, DigestRound, Following, FollowingAsked, Told

TRACES, UNCONFIRMED = timedelta(days=120), timedelta(days=7)

declare(
    Following,
    _("what a person follows"),
    subject="person",
    personal={
        "person of_type of_id how since": Personal(
            _("to tell people of what they follow, as often as they like"),
            _("until the person chooses otherwise or asks for erasure"),
            Seen.ONESELF,
        )
    },
)
declare(
    FollowingAsked,
    _("what a person asked to follow"),
    subject="person",
    personal={
        "person of_type of_id asked_at": Personal(
            _("to tell by mail what becomes of a thing"),
            _("until it is confirmed; a week where it is not"),
            Seen.ONESELF,
            basis=Basis.CONSENT,
        )
    },
    plain="public_id",
)
declare(DigestRound, _("weeks of digests"), plain="public_id after upto began_at ended_at")
declare(
    Digest,
    _("digests sent"),
    subject="person",
    personal={
        "person held lines at": Personal(
            _("so that nobody gets two in a week"), _("four months"), Seen.ONESELF
        )
    },
    plain="round after",
)
declare(
    Told,
    _("what reached a person by mail"),
    subject="person",
    personal={
        "person line at_once at": Personal(
            _("so that nobody is told the same thing twice"), _("four months"), Seen.ONESELF
        )
    },
)


def forget_traces(before: datetime) -> int:
    """Remove what was told before ``before``: the rounds since then stand further on."""
    gone, _each = Told.objects.filter(at__lt=before).delete()
    return gone + Digest.objects.filter(at__lt=before, held=False).delete()[0]


def forget_unconfirmed(before: datetime) -> int:
    """What nobody confirmed goes, with the address where nothing else is kept of it."""
    return forget_asked(before=before, by=None, at=clock.now())


goes_after(_("traces of digests"), TRACES, forget_traces)
goes_after(_("followings that nobody confirmed"), UNCONFIRMED, forget_unconfirmed)
