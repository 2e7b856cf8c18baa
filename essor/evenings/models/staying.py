"""The table stays: who remains reachable through it, and what they write to each other."""

from django.db import models

from essor.evenings.models.table import Table
from essor.kit.ids import PublicIdField
from essor.people.models import Person


class Staying(models.Model):
    """Somebody who asked to stay reachable through their table; nobody sees an address."""

    public_id = PublicIdField()
    table = models.ForeignKey(Table, models.CASCADE, related_name="stayings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="stayings")
    offers_to_keep = models.BooleanField(
        default=False, help_text="would keep this table together, if the table agrees"
    )
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["table", "person"], name="staying_once")]


class TableLetter(models.Model):
    """What somebody wrote to their table; it was mailed to those who stayed then."""

    public_id = PublicIdField()
    table = models.ForeignKey(Table, models.CASCADE, related_name="letters")
    writer = models.ForeignKey(Person, models.CASCADE, related_name="table_letters")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
