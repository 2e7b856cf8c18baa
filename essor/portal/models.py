"""What public sources tell of the network that no room beneath keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from essor.kit.ids import PublicIdField
from essor.territories.models import Territory


class Solution(models.Model):
    """A way that works in several places, and how it went from one to another, as sources say.

    It stands on the solutions' page, under an anchor of its own. ``territory`` is the first of the
    network where it is at work. ``steps`` are the places, first come first, each
    ``{"name", "place", "year", "project"}``: ``year`` may be null, ``project`` is the public id of
    the project that it is there, blank where there is none here.
    """

    public_id = PublicIdField()
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="solutions")
    name = models.CharField(max_length=200)
    spread = models.CharField(max_length=80, help_text="how it went on, in the words of sources")
    note = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("solution")

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> str:
        """Names its card on the solutions' page."""
        return f"solution-{self.public_id}"

    @property
    def places(self) -> str:
        """Where it is at work, each place once."""
        return ", ".join(dict.fromkeys(step["place"] for step in self.steps if step["place"]))
