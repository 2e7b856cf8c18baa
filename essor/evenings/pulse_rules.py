"""The two questions of the pulse, when they are asked, and how a device is known again."""

from datetime import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Evening, Phase, Pulse
from essor.evenings.table_rules import phone_may_write
from essor.kit.privacy import Words

QUESTIONS: dict[str, Words] = {
    "dare": _("I dare to say a bold idea in front of others."),
    "together": _("Together, we can change something here."),
}
"""Two statements, in the order in which they are asked."""
SCALE: dict[int, Words] = {
    1: _("not at all"),
    2: _("rather not"),
    3: _("in between"),
    4: _("rather yes"),
    5: _("yes, fully"),
}
HIDDEN_AMONG = 5
"""Answers are told five at a time, so that no two looks at the figures give one of them away."""

_AT_FIRST = (Phase.Kind.WELCOME, Phase.Kind.SHOWCASE, Phase.Kind.WARM_UP)
_AT_LAST = (Phase.Kind.COMMIT, Phase.Kind.SHARE_OUT, Phase.Kind.THANKS)
_SALT = "essor.evenings.pulse"


def takes_answers(evening: Evening, at: datetime) -> bool:
    """Whether an answer may still come in; one that waited on a phone may be late."""
    return evening.state != Evening.State.DRAFT and phone_may_write(evening, at)


def moment_of(evening: Evening, at: datetime) -> str | None:
    """Which pulse is asked now: before the work begins, once it is done, or none meanwhile."""
    if not takes_answers(evening, at):
        return None
    if evening.state == Evening.State.OVER:
        return Pulse.Moment.AFTER
    if evening.state != Evening.State.LIVE:
        return Pulse.Moment.BEFORE if evening.date == timezone.localdate(at) else None
    kind = evening.phase.kind if evening.phase else Phase.Kind.WELCOME
    if kind in _AT_LAST:
        return Pulse.Moment.AFTER
    return Pulse.Moment.BEFORE if kind in _AT_FIRST else None


def pulse_mark(evening: Evening, moment: str, device: str) -> str:
    """The same for the same device, evening and moment; without the house's key it says nothing."""
    return salted_hmac(
        _SALT, f"{evening.public_id}:{moment}:{device}", algorithm="sha256"
    ).hexdigest()
