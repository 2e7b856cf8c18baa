"""Bringing many ideas in at once, and what is computed of each idea's words."""

from django.db import models
from django.utils.translation import pgettext_lazy

from essor.harvest.models.gathering import Harvest, Idea, Picture, Source
from essor.kit.lists.life import IncomingList
from essor.people.models import Person


class IdeaList(IncomingList):
    """Many ideas at once, read and previewed first, then brought in whole or not at all.

    ``table`` holds the lines (``{"lines": [[number, text], ...]}``), or the sheets of a file as
    ``kit.sheets`` reads them; ``mapping`` what the columns mean and what was chosen for twins.
    Once brought in, only what was left out is kept, in ``result``.
    """

    INTO = "harvest"

    class State(models.TextChoices):
        PREVIEW = "preview", pgettext_lazy("list of ideas", "to be looked at")
        APPLIED = "applied", pgettext_lazy("list of ideas", "brought in")
        DROPPED = "dropped", pgettext_lazy("list of ideas", "forgotten")

    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="lists")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="lists")
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="lists"
    )
    way = models.CharField(max_length=10, choices=Idea.Way.choices, default=Idea.Way.TYPED)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="idea_lists"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["harvest", "digest"], name="idea_list_again")]


class IdeaVector(models.Model):
    """What an idea means, as 1,024 bytes (``algos.text.pack``); written by a job, never shown."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="vector")
    vector = models.BinaryField()

    class Meta:
        ordering = ["idea"]
