"""This room's link in the header, what it puts on the host desk and tells of its projects."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.challenges.nearby import tells_of
from essor.harvest.targets import leads_to
from essor.kit import navigation
from essor.kit.panels import Panel, register
from essor.people.models import Person
from essor.projects import nearby
from essor.projects.leading import answers_waiting
from essor.projects.models import LeaderAnswer, Leadership
from essor.projects.queries import leaders_wanted, untitled
from essor.territories.models import Territory

SHOWN = 5


def answers_on_host_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """People who could carry a project, or know somebody, and wait for a call."""
    waiting = answers_waiting(territory)
    if not waiting.exists():
        return None
    context = {
        "territory": territory,
        "waiting": list(waiting[:SHOWN]),
        "count": waiting.count(),
    }
    return Panel("projects/_answers_on_host_desk.html", context)


def my_answers(request: HttpRequest, person: Person) -> Panel | None:
    """What I answered to searches for a leader, and what I lead."""
    answers = LeaderAnswer.objects.filter(person=person).select_related("project__territory")
    terms = Leadership.objects.filter(person=person).select_related("project__territory")
    context = {
        "answers": list(answers[:SHOWN]),
        "terms": list(terms.order_by("-since", "-id")[:30]),
    }
    return Panel("projects/_on_my_space.html", context) if any(context.values()) else None


def on_host_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """Projects that look for a leader, and sheets that still need a title."""
    looking = leaders_wanted(territory).prefetch_related(None)
    wanted, nameless = list(looking[:SHOWN]), list(untitled(territory)[:SHOWN])
    if not wanted and not nameless:
        return None
    context = {
        "territory": territory,
        "wanted": wanted,
        "wanted_count": looking.count() if len(wanted) == SHOWN else len(wanted),
        "nameless": nameless,
    }
    return Panel("projects/_on_host_desk.html", context)


navigation.add(_("Projects"), "projects:board", order=40)
register("host_desk", answers_on_host_desk, order=25)
register("host_desk", on_host_desk, order=30)
register("me", my_answers, order=25)
leads_to("project", nearby.find_targets)
tells_of(nearby.TELLER)
