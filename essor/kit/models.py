"""What the kit keeps: receipts of acts, mails, and the allowances that limit haste."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Receipt(models.Model):
    """One act that was carried out, by its idempotency key (see ``essor.kit.once``)."""

    key = models.CharField(max_length=32)
    scope = models.CharField(max_length=300)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "scope"], name="receipt_once")]


class Mail(models.Model):
    """A mail to one person: queued in the transaction that caused it, sent by a job."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("answer to something the person just did")
        NEWS = "news", _("news, counted in the weekly budget")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        HELD = "held", _("held back: weekly budget used")
        FAILED = "failed", _("could not be sent")
        MOOT = "moot", _("nothing to write about any more")

    person = models.CharField(max_length=16, blank=True, db_index=True)
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)
    unsubscribe_url = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    writer = models.CharField(max_length=40, blank=True, help_text="who writes it when it leaves")
    about = models.JSONField(default=dict, blank=True, help_text="public ids and plain facts")
    key = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField(
        default=timezone.now, help_text="not before; while being sent: given up after"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [models.Index(fields=["state", "queued_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return self.subject


class Allowance(models.Model):
    """How often something was tried in the present window (see ``essor.kit.limits``)."""

    key = models.CharField(max_length=150, unique=True)
    since = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)


class Turn(models.Model):
    """When a recurring job runs next (see ``essor.kit.recurring``)."""

    name = models.CharField(max_length=150, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WorkerSeen(models.Model):
    """The last sign of life of a worker."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker
