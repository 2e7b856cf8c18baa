"""What this room hangs on the pages of others: a project's cohort and mentors, the header."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.exchanges.doors import of_the_group
from essor.exchanges.queries.commitments import CALL_WITHIN
from essor.kit import clock, navigation
from essor.kit.panels import Panel, register
from essor.kit.prepared import Prepared
from essor.people.models import Person
from essor.projects.models import Project
from essor.support.doors import speaks_for
from essor.support.models import Finding, Funder
from essor.support.queries.cohorts import places_of
from essor.support.queries.funders import listed
from essor.support.queries.load import SHOWN as SHOWN_LOADS
from essor.support.queries.load import loads_of
from essor.support.queries.mentors import mentorings_of
from essor.support.queries.private_rooms import public_sum, waiting_pledges
from essor.support.queries.recommendations import waiting_for
from essor.support.queries.today import Row, to_do
from essor.support.room_doors import came_by_link, keeps_it, room_of
from essor.territories.models import Role, Territory

Kind = Finding.Kind
TODAY = ("calls", "due", "late", Kind.SILENT.value, "advice", "plays", "takeoffs", "hearings")
ALONE = (Kind.ONE_PARTNER.value, Kind.ONE_PERSON.value, Kind.MANY_PROJECTS.value)

_interests = Prepared(
    lambda person: (
        Funder.objects.filter(person_id=person, left_at=None)
        .select_related("territory")
        .order_by("created_at", "id")
    ),
    int,
)


def on_project(request: HttpRequest, project: Project) -> Panel | None:
    """Its cohort, for everybody; who accompanies it, for its group and the hosts."""
    rights = request.rights  # type: ignore[attr-defined]
    inside = rights.is_host or of_the_group(rights, project=project)
    places = places_of(project)
    mentorings = mentorings_of(project) if inside else []
    speaks = rights.is_host or speaks_for(rights, project=project)
    if not places and not mentorings and not (speaks and project.published_at):
        return None
    context = {
        "project": project,
        "places": places,
        "mentorings": mentorings,
        "inside": inside,
        "host": rights.is_host,
        "speaks": speaks,
        "waiting": waiting_for(project) if speaks else 0,
        "today": clock.today(),
    }
    return Panel("support/_on_project.html", context)


def room_on_project(request: HttpRequest, project: Project) -> Panel | None:
    """How much is found, as far as the leaders choose; the way in for those to whom it opens."""
    rights = request.rights  # type: ignore[attr-defined]
    keeps = rights.is_host or keeps_it(rights, project=project)
    found = room_of(project)
    enters = found is not None and (keeps or (found.is_open and came_by_link(rights, project)))
    said = public_sum(found) if found else None
    if not (said or enters or (keeps and project.published_at)):
        return None
    context = {
        "project": project, "room": found, "enters": enters, "keeps": keeps, "sum": said,
        "waiting": waiting_pledges(project) if keeps and found else 0,
    }  # fmt: skip
    return Panel("support/_room_on_project.html", context)


def my_interests(request: HttpRequest, person: Person) -> Panel | None:
    """Where I said what I would support, with the way to change it."""
    found = _interests.all(person.pk)
    return Panel("support/_my_interests.html", {"funders": found}) if found else None


@lru_cache(maxsize=3)
def _ready(day: date) -> Prepared[Funder]:
    """The question of one day."""
    return Prepared(lambda key: listed(Territory(pk=key), "ready", day), int)


def funders_on_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """How many funders may be thought of, and the way to what fits them."""
    count = _ready(clock.today()).count(territory.pk)
    if not count:
        return None
    return Panel("support/_funders_on_desk.html", {"territory": territory, "count": count})


def _lists(request: HttpRequest, territory: Territory) -> dict[str, list[Row]]:
    """What both panels of the desk show, read once a request."""
    known: dict[str, list[Row]] | None = getattr(request, "to_do_today", None)
    if known is None:
        known = to_do(territory, clock.now())
        request.to_do_today = known  # type: ignore[attr-defined]
    return known


def today(request: HttpRequest, territory: Territory) -> Panel | None:
    """What the team does today: one list a card, what waits longest first."""
    lists = _lists(request, territory)
    shown = {name: lists[name] for name in TODAY}
    if not any(shown.values()):
        return None
    context = {"territory": territory, "call_within": CALL_WITHIN.days, **shown}
    return Panel("support/_today.html", context)


def load(request: HttpRequest, territory: Territory) -> Panel | None:
    """Who holds how much, and what hangs on one alone; nothing before anybody holds a project."""
    team, mentors = loads_of(territory)
    alone = {name: _lists(request, territory)[name] for name in ALONE}
    if not mentors and not any(alone.values()) and not any(each.holds for each in team):
        return None
    context = {
        "territory": territory,
        "team": team[:SHOWN_LOADS],
        "mentors": mentors[:SHOWN_LOADS],
        **alone,
    }
    return Panel("support/_load_of_team.html", context)


register("project", on_project, order=15)
register("project", room_on_project, order=22)


def look_of_desk(request: HttpRequest, territory: Territory) -> Panel:
    """The style of this room's part of the desk."""
    return Panel("support/_desk_head.html", {})


register("host_desk_head", look_of_desk)
register("host_desk", today, order=5)
register("host_desk_beside", load, order=10)
register("host_desk_beside", funders_on_desk, order=20)
register("me", my_interests, order=40)
navigation.add(
    _("Committees"), "support:committees", order=66, place=navigation.TEAM,
    roles={Role.Kind.COMMITTEE},
)  # fmt: skip
navigation.add(
    _("Support"), "support:cohorts", order=65, place=navigation.TEAM, roles={Role.Kind.HOST}
)
navigation.add(_("State of play"), "support:questions", order=50, place=navigation.SETTINGS)
