"""This room's link in the header, what it puts on the host desk and tells of its projects."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.challenges.nearby import tells_of
from essor.harvest.targets import leads_to
from essor.kit import clock, navigation
from essor.kit.panels import Panel, register
from essor.kit.prepared import Prepared
from essor.people.models import Person
from essor.projects import nearby
from essor.projects.leading import answers_waiting
from essor.projects.models import LeaderAnswer, Leadership, Project
from essor.projects.queries import leaders_wanted, to_settle
from essor.territories.models import Territory

SHOWN, MOST_TO_SETTLE = 5, 50
_all_answers = Prepared(lambda key: answers_waiting(Territory(pk=key)), int)
_answers = Prepared(lambda key: _all_answers.ask(key)[:SHOWN], int)
_all_wanted = Prepared(lambda key: leaders_wanted(Territory(pk=key)).prefetch_related(None), int)
_wanted = Prepared(lambda key: _all_wanted.ask(key)[:SHOWN], int)

_my_answers = Prepared(
    lambda person: LeaderAnswer.objects.filter(person_id=person).select_related(
        "project__territory"
    )[:SHOWN],
    int,
)
_my_terms = Prepared(
    lambda person: (
        Leadership.objects.filter(person_id=person)
        .select_related("project__territory")
        .order_by("-since", "-id")[:30]
    ),
    int,
)


@lru_cache(maxsize=3)
def _to_settle(today: date) -> Prepared[Project]:
    """The question of one day."""
    return Prepared(lambda key: to_settle(Territory(pk=key), today)[:MOST_TO_SETTLE], int)


def answers_on_host_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """People who could carry a project, or know somebody, and wait for a call."""
    waiting = _answers.all(territory.pk)
    if not waiting:
        return None
    count = _all_answers.count(territory.pk)
    context = {"territory": territory, "waiting": waiting, "count": count}
    return Panel("projects/_answers_on_host_desk.html", context)


def my_answers(request: HttpRequest, person: Person) -> Panel | None:
    """What I answered to searches for a leader, and what I lead."""
    context = {"answers": _my_answers.all(person.pk), "terms": _my_terms.all(person.pk)}
    return Panel("projects/_on_my_space.html", context) if any(context.values()) else None


def on_host_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """Who looks for a leader, calls to decide, hostings that end, sheets without a title."""
    today = clock.today()
    waiting = _to_settle(today).all(territory.pk)
    lists: dict[str, list[Any]] = {
        "wanted": _wanted.all(territory.pk),
        "nameless": [each for each in waiting if not each.title][:SHOWN],
        "closed": [each for each in waiting if each.call_closed][:SHOWN],  # type: ignore[attr-defined]
        "ending": [each for each in waiting if each.host_until][:SHOWN],  # type: ignore[attr-defined]
    }
    if not any(lists.values()):
        return None
    many = len(lists["wanted"]) == SHOWN
    count = _all_wanted.count(territory.pk) if many else len(lists["wanted"])
    context = {"territory": territory, "wanted_count": count, "today": today, **lists}
    return Panel("projects/_on_host_desk.html", context)


navigation.add(_("Projects"), "projects:board", order=40)
navigation.add(_("Stages"), "projects:stages", order=40, place=navigation.SETTINGS)
register("host_desk", answers_on_host_desk, order=25)
register("host_desk", on_host_desk, order=30)
register("me", my_answers, order=25)
leads_to("project", nearby.find_targets)
tells_of(nearby.TELLER)
