"""Small invitations above the field: a question for the silent time, “yes, and” afterwards."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.harvest.models import Harvest, Idea
from essor.harvest.rules import ideas_are_public

QUESTIONS: tuple[str | Promise, ...] = (
    _("What have you seen elsewhere that would do good here?"),
    _("What is thrown away here that somebody could use?"),
    _("What can somebody of your street do better than anybody?"),
    _("Which place stands empty, and what could live there?"),
    _("What did you stop dreaming of, because it seemed too big?"),
    _("What do you wish your neighbours could buy from here?"),
    _("What would make young people stay, or come back?"),
    _("What would you begin tomorrow, with ten people beside you?"),
)
EACH, LATEST = 60, 40
"""Seconds for which one invitation stands; among how many of the latest ideas “yes, and” goes."""


def question_now(at: datetime) -> str:
    """The question of this minute: everybody in the room reads the same."""
    return str(QUESTIONS[int(at.timestamp()) // EACH % len(QUESTIONS)])


def idea_to_build_on(harvest: Harvest, at: datetime) -> Idea | None:
    """The idea of this minute to answer with “yes, and”; none in the silent time."""
    if not ideas_are_public(harvest):
        return None
    shown = Idea.objects.filter(harvest=harvest, state=Idea.State.SHOWN).order_by("-said_at", "-id")
    latest = list(shown[:LATEST])
    return latest[int(at.timestamp()) // EACH % len(latest)] if latest else None
