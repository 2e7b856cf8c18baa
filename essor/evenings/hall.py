"""What everybody in the hall follows on their phone: the time, its phase, a word, whose turn it is.

A phone gets this with its page and, each time it changes, within a second through the live stream,
so that a phase reaches a thousand phones without a thousand pages being fetched.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Evening, Phase
from essor.evenings.timer import timer_of
from essor.kit import clock
from essor.kit.prepared import Prepared
from essor.kit.privacy import Words
from essor.ledger import live

_phases = Prepared(lambda evening: Phase.objects.filter(evening_id=evening), int)

HEARD = frozenset(
    [
        "phase_started",
        "phase_paused",
        "phase_resumed",
        "minutes_added",
        "message_shown",
        "message_ended",
        "pitch_called",
        "pitches_ended",
        "ended",
    ]
)
"""Verbs of the ledger that every phone in the hall hears."""

AT_THE_TABLE = frozenset(
    ["idea_said", "idea_hidden", "idea_shown", "idea_marked", "idea_chosen", "help_asked",
     "help_came", "handed_in", "stays_at_table", "keeper_agreed", "table_told",
     "table_note_ended"]
)  # fmt: skip
"""Verbs that concern the phones of one table, which look again."""

INVITATIONS: dict[str, Words] = {
    Phase.Kind.WELCOME: _("Find your table, say hello, look who came."),
    Phase.Kind.SHOWCASE: _("Listen: others here have done it before."),
    Phase.Kind.WARM_UP: _("Stand up, meet somebody from another sphere."),
    Phase.Kind.SILENT: _("In silence, each for oneself: write several ideas, the boldest as well."),
    Phase.Kind.SHARE: _("Read your ideas to each other. Answer “yes, and…”."),
    Phase.Kind.CHOOSE: _("Mark up to three ideas. Then choose one together."),
    Phase.Kind.SHEET: _("One idea, nine fields: write the sheet together."),
    Phase.Kind.COMMIT: _("What would you bring? A skill, a resource, energy."),
    Phase.Kind.SHARE_OUT: _("One minute a table. If you can help, say “I bring”."),
    Phase.Kind.THANKS: _("Who keeps this table together?"),
}


def hall_of(evening: Evening) -> dict[str, Any]:
    """The context of ``evenings/_hall.html``: read before the page's own data. Three queries."""
    version = live.version(evening.room)
    hall = {
        "version": version,
        "phases": [(each, INVITATIONS.get(each.kind, "")) for each in _phases.all(evening.pk)],
        "pitching": evening.pitching,
    }
    return {"hall": hall, "timer": timer_of(evening, clock.now())}


def hall_now(evening: Evening) -> dict[str, Any]:
    """The same as plain values, for phones that have their page already."""
    pitching, timer = evening.pitching, timer_of(evening, clock.now())
    return {
        "phase": evening.phase_id,
        "left": timer.seconds if timer else None,
        "running": bool(timer and timer.running),
        "message": evening.message,
        "pitching": [pitching.number, pitching.public_id] if pitching else None,
    }
