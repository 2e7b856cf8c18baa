"""What people chose to hear of, the weekly rounds, and which line reached whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.people.models import Person


class Following(models.Model):
    """How one person wants to hear of one thing, or of everything in a territory.

    ``of_type`` is a ledger type (``project``), or ``everything`` for all that the person follows in
    a territory. What one follows by taking part (a project of one's table) needs no row.
    """

    class How(models.TextChoices):
        WEEKLY = "weekly", _("once a week")
        AT_ONCE = "at_once", _("at once")
        NONE = "none", _("nothing")

    person = models.ForeignKey(Person, models.CASCADE, related_name="followings")
    of_type = models.CharField(max_length=30)
    of_id = models.CharField(max_length=16)
    how = models.CharField(max_length=10, choices=How.choices, default=How.WEEKLY)
    since = models.DateTimeField()

    class Meta:
        ordering = ["of_type", "of_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "of_type", "of_id"], name="following_once")
        ]
        indexes = [models.Index(fields=["of_type", "of_id"], name="following_object")]


class FollowingAsked(models.Model):
    """Somebody gave an address to follow one thing; it follows once the letter's button is pressed."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="followings_asked")
    of_type = models.CharField(max_length=30)
    of_id = models.CharField(max_length=16)
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "of_type", "of_id"], name="asked_once")
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class DigestRound(models.Model):
    """One week's digests: the lines after ``after`` up to ``upto``, whenever they are written."""

    public_id = models.CharField(max_length=10, unique=True, help_text="the day it was due")
    after = models.BigIntegerField()
    upto = models.BigIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-upto", "-id"]

    def __str__(self) -> str:
        return self.public_id


class Digest(models.Model):
    """What a round was for one person: a mail, or held back because the week's mails were spent.

    A digest held back keeps from where the next one begins.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    round = models.ForeignKey(DigestRound, models.CASCADE, related_name="digests")
    held = models.BooleanField(default=False)
    after = models.BigIntegerField(help_text="it tells of lines after this one")
    lines = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "round"], name="digest_once")]


class Told(models.Model):
    """A ledger line reached a person; the database holds that it does so once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="told")
    line = models.BigIntegerField()
    at_once = models.BooleanField(default=False, help_text="by a mail of its own")
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["line", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "line"], name="line_told_once")]
