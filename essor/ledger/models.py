"""What happened, one line each, in the order it happened. Append-only, without foreign keys.

Five readers live on it: activity pages, digests, live screens, the observatory, federation.
Objects and persons are named by their public id, so that lower rooms never call upper ones and
an erased person can be pseudonymised (``ledger.actions.pseudonymise``).
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read a line."""

    PUBLIC = "public", _("everybody")
    TABLE = "table", _("the people of one table")
    TEAM = "team", _("the host team")
    PERSON = "person", _("the person concerned")


class Entry(models.Model):
    """One line: ``by`` did ``verb`` to the object ``of_type`` / ``of_id`` in ``territory``.

    ``part_of`` is the larger thing to which the object belongs, where there is one: the project of
    a promise, a need, a file. Its whole history is ``of_id`` or ``part_of``.
    """

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=16, blank=True)
    verb = models.CharField(max_length=40)
    of_type = models.CharField(max_length=30)
    of_id = models.CharField(max_length=16)
    part_of = models.CharField(max_length=16, blank=True)
    territory = models.CharField(max_length=16, blank=True)
    room = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["territory", "-id"], name="ledger_territory"),
            models.Index(fields=["of_type", "of_id", "-id"], name="ledger_object"),
            models.Index(fields=["part_of", "-id"], name="ledger_part_of"),
            models.Index(fields=["room", "id"], name="ledger_room"),
            models.Index(fields=["by", "-id"], name="ledger_by"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.of_type} {self.of_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The ledger is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The ledger is append-only.")
