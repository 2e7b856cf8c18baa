"""Thanks for a promise that was kept, and how far whoever kept it lets them be read."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models.commitments import Commitment
from essor.people.models import Person


class Thanks(models.Model):
    """What whoever leads or hosts said. Nobody else reads it before the giver says so."""

    class Showing(models.TextChoices):
        NAMED = "named", _("with my name")
        UNNAMED = "unnamed", _("without my name")
        PRIVATE = "private", _("for me alone")

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="thanks")
    words = models.CharField(max_length=600)
    said_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="thanks_said"
    )
    said_at = models.DateTimeField()
    showing = models.CharField(
        max_length=10, choices=Showing.choices, blank=True, help_text="blank: not answered yet"
    )
    name = models.CharField(max_length=80, blank=True, help_text="as the giver wants to be called")
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(
        null=True, blank=True, help_text="when the project's story first told of it"
    )

    class Meta:
        ordering = ["-said_at", "-id"]
        verbose_name_plural = "thanks"

    def __str__(self) -> str:
        return self.words

    @property
    def is_open(self) -> bool:
        """Whether the project's page may show them."""
        return self.showing in {self.Showing.NAMED, self.Showing.UNNAMED}

    def without_name(self, text: str) -> str:
        """``text`` as everybody may read it: without the giver's name, where they chose so."""
        if self.showing == self.Showing.NAMED:
            return text
        person = self.commitment.person
        names = [re.escape(each) for each in (person.first_name, person.last_name) if each]
        return re.sub(rf"\b(?:{'|'.join(names)})\b", "…", text, flags=re.IGNORECASE)
