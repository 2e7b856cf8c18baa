"""What this room adds elsewhere: the header, the personal link of an idea, my ideas."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.harvest.actions.ideas import LINK, LINK_LASTS
from essor.harvest.doors import IDEA
from essor.harvest.giving import page_of
from essor.harvest.models import Harvest, Idea
from essor.harvest.queries.table import sorted_so_far
from essor.harvest.sorting.doors import SORTERS
from essor.harvest.sorting.stream import what_to_show, who_holds_what, who_may_watch
from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.ledger import live
from essor.people.links import register_purpose
from essor.people.models import Person, PersonalLink
from essor.people.visitor import PERSON

MOST_KEYS, SHOWN = 30, 30


def open_idea(request: HttpRequest, link: PersonalLink) -> str:
    """Let the browser in to everything that the person gave to this harvest."""
    idea = _linked(link)
    if idea is None:
        return "/"
    visitor = request.visitor  # type: ignore[attr-defined]
    others = Idea.objects.filter(harvest=idea.harvest, author=link.person_id).order_by("-id")
    for key in reversed(others.values_list("public_id", flat=True)[:MOST_KEYS]):
        visitor.give_key(IDEA, key)
    visitor.give_key(IDEA, idea.public_id)
    visitor.give_key(PERSON, link.person.public_id)
    return page_of(idea)


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    """The address again, for the browser that used this link before."""
    if not request.visitor.holds(IDEA, link.subject):  # type: ignore[attr-defined]
        return None
    idea = _linked(link)
    return page_of(idea) if idea else None


def _linked(link: PersonalLink) -> Idea | None:
    return (
        Idea.objects.select_related("harvest__territory")
        .filter(public_id=link.subject, author=link.person_id)
        .first()
    )


def my_ideas(request: HttpRequest, person: Person) -> Panel | None:
    """What I gave, with what becomes of it."""
    ideas = list(
        Idea.objects.filter(author=person)
        .select_related("harvest__territory")
        .order_by("-said_at", "-id")[:SHOWN]
    )
    return Panel("harvest/_my_ideas.html", {"ideas": ideas}) if ideas else None


def sorting_on_desk(request: HttpRequest, harvest: Harvest) -> Panel | None:
    """How far sorting is, and the way to the table, for those who sort."""
    if not request.rights.any_of(*SORTERS):  # type: ignore[attr-defined]
        return None
    done, total = sorted_so_far(harvest)
    return Panel(
        "harvest/_sorting_on_desk.html", {"harvest": harvest, "done": done, "total": total}
    )


register_purpose(LINK, open_idea, button=_("See my idea"), lasts=LINK_LASTS, still_open=still_open)
register("me", my_ideas, order=10)
register("harvest_desk", sorting_on_desk, order=20)
live.register("sorting", who_may_watch, what_to_show, who_holds_what)
navigation.add(pgettext_lazy("header", "Ideas"), "harvest:harvests", order=10)
