"""A file of treasures: read and previewed first, then brought in by the worker."""

from django.db import models
from django.utils.translation import pgettext_lazy

from essor.kit.lists.life import IncomingList
from essor.people.models import Person
from essor.territories.models import Territory


class TreasureList(IncomingList):
    """A CSV, a spreadsheet, GeoJSON or a GoGoCarto export, being read.

    ``table`` holds what ``bringing.reading`` found (``header``, ``lines`` of number and cells);
    ``mapping`` what the columns mean and what is said for the whole file. Both go once the list is
    brought in; ``mapping`` stays, to be proposed for the next file with the same ``signature``.
    """

    INTO = "territory"

    class State(models.TextChoices):
        PREVIEW = "preview", pgettext_lazy("list of treasures", "to be looked at")
        COMING = "coming", pgettext_lazy("list of treasures", "coming in")
        APPLIED = "applied", pgettext_lazy("list of treasures", "brought in")
        DROPPED = "dropped", pgettext_lazy("list of treasures", "forgotten")

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="treasure_lists")
    source = models.CharField(max_length=200, blank=True, help_text="who published it, in words")
    signature = models.CharField(max_length=64, help_text="of the columns' titles")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="treasure_lists"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["territory", "signature", "state"], name="treasure_list_again")
        ]
