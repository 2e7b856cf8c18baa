"""A rehearsal: an evening that is played with invented people, to train on, and thrown away."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import pgettext_lazy

from essor.evenings.models.evening import Evening
from essor.kit.ids import PublicIdField
from essor.people.models import Person
from essor.territories.models import Territory


class Rehearsal(models.Model):
    """One rehearsal of ``evening``, played on a ``stage``: a throw-away territory of its own.

    All that happens there belongs to the stage, so that no list, figure, digest, harvest or search
    of the real territory can meet it, and one deletion takes it all.
    """

    class State(models.TextChoices):
        PLAYING = "playing", pgettext_lazy("rehearsal", "being played")
        ENDED = "ended", pgettext_lazy("rehearsal", "played to its end")
        STOPPED = "stopped", pgettext_lazy("rehearsal", "stopped")

    public_id = PublicIdField()
    evening = models.ForeignKey(Evening, models.CASCADE, related_name="rehearsals")
    stage = models.OneToOneField(Territory, models.CASCADE, related_name="+")
    practice = models.OneToOneField(Evening, models.CASCADE, related_name="rehearsal")
    minutes = models.PositiveSmallIntegerField(default=10)
    yours = models.PositiveSmallIntegerField(
        default=1, help_text="tables whose sheet the invented people leave to the team"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLAYING)
    started_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(help_text="when the invented people last did something")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evening"],
                condition=models.Q(state="playing"),
                name="rehearsal_one_played",
            )
        ]

    def silent_at(self, at: datetime) -> bool:
        """Whether nobody has played on for a while: no worker runs."""
        return self.state == self.State.PLAYING and at - self.beat_at > timedelta(seconds=30)
