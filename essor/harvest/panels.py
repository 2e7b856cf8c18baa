"""What this room adds elsewhere: the header, the personal link of an idea, my ideas."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.harvest.actions.ideas import LINK
from essor.harvest.doors import IDEA
from essor.harvest.giving import page_of
from essor.harvest.models import Group, Harvest, Idea
from essor.harvest.queries.fates import due_in, ideas_of
from essor.harvest.queries.kindness import looks_wanted
from essor.harvest.queries.table import sorted_so_far
from essor.harvest.sorting.doors import SORTERS
from essor.harvest.sorting.stream import what_to_show, who_holds_what, who_may_watch
from essor.kit import clock, navigation
from essor.kit.panels import Panel, register
from essor.ledger import live
from essor.people.links import THREE_YEARS, register_key
from essor.people.models import Person, PersonalLink
from essor.territories.models import Territory

MOST_KEYS = 30


def idea_page(link: PersonalLink) -> str | None:
    idea = _linked(link)
    return page_of(idea) if idea else None


def others_given(link: PersonalLink) -> list[str]:
    """What else the person gave to the idea's harvest."""
    given = Idea.objects.filter(harvest__ideas__public_id=link.subject, author=link.person_id)
    newest = given.order_by("-id").values_list("public_id", flat=True)[:MOST_KEYS]
    return list(reversed(newest))


def _linked(link: PersonalLink) -> Idea | None:
    return (
        Idea.objects.select_related("harvest__territory")
        .filter(public_id=link.subject, author=link.person_id)
        .first()
    )


def my_ideas(request: HttpRequest, person: Person) -> Panel | None:
    """What I gave or stand behind, with what becomes of it."""
    ideas = ideas_of(person)
    return Panel("harvest/_my_ideas.html", {"ideas": ideas}) if ideas else None


def sorting_on_desk(request: HttpRequest, harvest: Harvest) -> Panel | None:
    """How far sorting is, and the way to the table, for those who sort."""
    if not request.rights.any_of(*SORTERS):  # type: ignore[attr-defined]
        return None
    done, total = sorted_so_far(harvest)
    return Panel(
        "harvest/_sorting_on_desk.html", {"harvest": harvest, "done": done, "total": total}
    )


def fates_due(request: HttpRequest, territory: Territory) -> Panel | None:
    """Answers that the team owes: too late, or within two weeks."""
    due = due_in(territory, timezone.localtime(clock.now()).date())
    if not due.overdue and not due.soon:
        return None
    return Panel("harvest/_fates_due.html", {"territory": territory, "due": due})


def looks_due(request: HttpRequest, territory: Territory) -> Panel | None:
    """Reports, appeals and ideas that wait for somebody to look at them."""
    waiting = looks_wanted(territory)
    return Panel("harvest/_looks_due.html", {"waiting": waiting}) if waiting else None


def fates_desk(request: HttpRequest, harvest: Harvest) -> Panel:
    """The way to giving answers, on the harvest's desk."""
    return Panel("harvest/_fates_desk.html", {"harvest": harvest})


def outcomes_link(request: HttpRequest, harvest: Harvest) -> Panel:
    """The way to what the ideas became, on the harvest's public page."""
    return Panel("harvest/_outcomes_link.html", {"harvest": harvest})


def fates_of_group(request: HttpRequest, group: Group) -> Panel | None:
    """One answer for all ideas of a group, on the sorting table."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_host:
        return None
    return Panel("harvest/_fates_of_group.html", {"group": group, "harvest": group.harvest})


register_key(LINK, IDEA, idea_page, button=_("See my idea"), lasts=THREE_YEARS, others=others_given)
register("me", my_ideas, order=10)
register("harvest_desk", sorting_on_desk, order=20)
live.register("sorting", who_may_watch, what_to_show, who_holds_what)
register("host_desk", fates_due, order=10)
register("host_desk", looks_due, order=15)
register("harvest_desk", fates_desk, order=60)
register("harvest", outcomes_link, order=80)
register("sorting_group", fates_of_group, order=40)
navigation.add(pgettext_lazy("header", "Ideas"), "harvest:harvests", order=10)
