"""Work that the worker does while people look: asked for, taken, its signs of life, its end.

A room's own run is a ``Run`` with what it works on, its ``state`` (whose first two values are
``WAITING`` and ``RUNNING``), and how far it is (``percent``). One of them goes on at a time:
``one_going`` lets the database say so.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from django.db import models

from essor.kit import clock

WAITING, RUNNING, FAILED = "waiting", "running", "failed"
GOING = (WAITING, RUNNING)
"""The states in which somebody waits for it."""


class Run(models.Model):
    """One piece of work for the worker.

    ``SILENT`` is how long a worker may give no sign before it counts as gone.
    """

    SILENT: ClassVar[timedelta]

    state = models.CharField(max_length=10, default=WAITING)
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True, help_text="last sign of the worker")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_going(self) -> bool:
        return self.state in GOING

    @property
    def nobody_works(self) -> bool:
        """Whether people who look at it now must be told that no worker is there."""
        return self.is_going and self.is_silent(clock.now())

    def is_silent(self, at: datetime) -> bool:
        """No worker took it, or the one that did gives no sign any more."""
        return at - (self.beat_at or self.asked_at) > self.SILENT

    def take(self, at: datetime, *, again: bool = False) -> bool:
        """The worker takes it; False when another one has it or it ended meanwhile.

        ``again``: the worker that had it has died.
        """
        free = GOING if again else (WAITING,)
        mine = type(self)._default_manager.filter(pk=self.pk, state__in=free)
        return bool(mine.update(state=RUNNING, beat_at=at))

    def end(self, state: str, at: datetime, **fields: Any) -> None:
        """End it in ``state``, with what else its ``fields`` say from then on."""
        for name, value in {"state": state, "ended_at": at, **fields}.items():
            setattr(self, name, value)
        self.save()


class StoppableRun(Run):
    """A run that people may stop: its worker sees that they asked, and ends it in its own way."""

    stop_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def ask_to_stop(self, at: datetime) -> bool:
        """Keep that somebody asked; whether it may end at once, since nobody works on it."""
        self.stop_asked_at = self.stop_asked_at or at
        self.save(update_fields=["stop_asked_at"])
        return self.state == WAITING or self.is_silent(at)


R = TypeVar("R", bound=Run)


class StillGoing(Exception):
    """One goes on already; ``run`` is it."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.pk)
        self.run = run


def still_going(runs: models.QuerySet[R], at: datetime) -> R | None:
    """Which of ``runs`` goes on; one whose worker is silent ends here and gives way."""
    going = runs.filter(state__in=GOING).first()
    if going is None or not going.is_silent(at):
        return going
    going.end(FAILED, at)
    return None


def one_going(inside: str, name: str) -> models.UniqueConstraint:
    """One run goes on at a time for each object of the relation ``inside``."""
    going = models.Q(state__in=list(GOING))
    return models.UniqueConstraint(fields=[inside], condition=going, name=name)
