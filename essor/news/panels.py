"""The way from my space to what I hear of, what I follow, and the button that follows a thing."""

from typing import Any

from django.http import HttpRequest

from essor.kit.panels import Panel, register
from essor.news.follows import followed_by, follows
from essor.news.kinds import kinds
from essor.people.models import Person

FOLLOWED_ON = ("project", "challenge", "need", "treasure")
"""Pages of things that show the button: the slot has the name of the thing's ledger type."""


def my_link(request: HttpRequest, person: Person) -> Panel:
    return Panel("news/_my_link.html", {})


def my_follows(request: HttpRequest, person: Person) -> Panel | None:
    """What I chose to follow, each with the way to leave."""
    followed = followed_by(person)
    return Panel("news/_my_follows.html", {"followed": followed}) if followed else None


def follow_button(request: HttpRequest, thing: Any) -> Panel | None:
    """For strangers the way to give an address; drafts, which only the team reads, have none."""
    key = thing._meta.model_name, thing.public_id
    known = request.visitor.recognised  # type: ignore[attr-defined]
    public = kinds()[key[0]].public
    if known is not None and (public is None or key[1] not in set(public([key[1]]))):
        return None
    hears = known is not None and follows(known, key)
    context = {
        "of_type": key[0],
        "of_id": key[1],
        "known": hears or (known is not None and bool(known.email)),
        "follows": hears,
    }
    return Panel("news/_follow.html", context)


register("me_links", my_link, order=10)
register("me", my_follows, order=45)
for slot in FOLLOWED_ON:
    register(slot, follow_button, order=90)
