"""Mails about ideas, to whoever gave an address to hear what becomes of them."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from essor.harvest.models import Idea
from essor.people.links import link_address
from essor.territories.letters import post_to


def idea_address(idea: Idea) -> str:
    """The whole address of an idea's page, where its fate is read."""
    harvest = idea.harvest
    path = reverse("harvest:idea", args=[harvest.territory.slug, harvest.public_id, idea.public_id])
    return settings.SITE_URL + path


def post_given(idea: Idea, *, token: str, at: datetime) -> None:
    """Repeat the idea to its author, with the link to where its fate will be read."""
    assert idea.author is not None
    fate = idea.fates.filter(replaced_at=None).first()
    context = {"idea": idea, "link": link_address(token), "due_on": fate.due_on if fate else None}
    territory = idea.harvest.territory
    post_to(
        idea.author, territory, "harvest/mail/given.txt", context, key=given_key(idea, at), at=at
    )


def given_key(idea: Idea, at: datetime) -> str:
    """One such mail a day and harvest: its link opens everything the author gave."""
    day = timezone.localtime(at).date()
    author = idea.author.public_id if idea.author else ""
    return f"idea-given:{idea.harvest.public_id}:{author}:{day}"


def post_decision(idea: Idea, *, why: str, token: str, at: datetime) -> None:
    """Tell the author that the idea is hidden or shown again, and why; one mail a decision."""
    assert idea.author is not None
    context = {"idea": idea, "link": link_address(token), "why": why}
    hidden = idea.state == Idea.State.HIDDEN
    template = "harvest/mail/hidden.txt" if hidden else "harvest/mail/shown.txt"
    key = f"idea-decision:{idea.public_id}:{at.isoformat()}"
    post_to(idea.author, idea.harvest.territory, template, context, key=key, at=at)
