"""What this room hangs on the pages of others: a project's commitments, my promises."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from essor.exchanges.actions.thanks import TOLD
from essor.exchanges.doors import of_the_group
from essor.exchanges.models import Commitment, Introduction, IntroductionSide
from essor.exchanges.queries import commitments as queries
from essor.exchanges.queries import introductions, needs, thanks
from essor.exchanges.queries.suggestions import for_treasure
from essor.exchanges.rules import public_sums
from essor.kit import clock, navigation
from essor.kit.panels import Panel, register
from essor.kit.prepared import Prepared
from essor.people.models import Person
from essor.projects.leading import leads
from essor.projects.models import Project
from essor.projects.story import told_in_story
from essor.territories.models import Role, Territory
from essor.treasures.models import Treasure

SHOWN = 30
_promises = Prepared(lambda person: queries.of_person(Person(pk=person))[:SHOWN], int)


def needs_on_project(request: HttpRequest, project: Project) -> Panel | None:
    """What the project needs, each with the way to bring it; the group and the hosts say what."""
    rights = request.rights  # type: ignore[attr-defined]
    found = needs.of_project(project)
    steers = rights.is_host or of_the_group(rights, project=project)
    if not found and not steers:
        return None
    context = {"project": project, "needs": found, "steers": steers, "today": clock.today()}
    return Panel("exchanges/_needs_on_project.html", context)


def on_project(request: HttpRequest, project: Project) -> Panel:
    """The sums: public ones from ten on, all of them for the team; and the way to commit."""
    counts = queries.counts_by_state(project=project)
    is_team = request.rights.is_team  # type: ignore[attr-defined]
    context = {
        "project": project,
        "sums": public_sums(counts),
        "helps": project.published_at is not None and project.condition == "awake",
        "inside": [(Commitment.State(state).label, counts[state]) for state in sorted(counts)]
        if is_team
        else [],
        "total": sum(counts.values()),
        "at": clock.now(),
    }
    return Panel("exchanges/_on_project.html", context)


def who_may_need_it(request: HttpRequest, treasure: Treasure) -> Panel | None:
    """Open needs that this treasure may answer, each with why."""
    suggested = for_treasure(treasure)
    return (
        Panel("exchanges/_needs_for_treasure.html", {"suggested": suggested}) if suggested else None
    )


def my_promises(request: HttpRequest, person: Person) -> Panel | None:
    """What I promised, with the way to release it."""
    mine = _promises.all(person.pk)
    return Panel("exchanges/_my_promises.html", {"commitments": mine}) if mine else None


def people_of_project(request: HttpRequest, project: Project) -> Panel | None:
    """Who is there, for the group and the hosts, with the way to put two people in touch."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_host and not of_the_group(rights, project=project):
        return None
    people = introductions.people_of_project(project, hosts=rights.is_host)
    context = {"project": project, "people": people}
    return Panel("exchanges/_people_of_project.html", context)


def keeper_of_treasure(request: HttpRequest, treasure: Treasure) -> Panel | None:
    """The way to be put in touch with whoever wrote it down: for hosts, and for each group of mine."""
    rights = request.rights  # type: ignore[attr-defined]
    keeper = treasure.keeper
    if rights.person is None or keeper is None or not keeper.email or keeper == rights.person:
        return None
    mine = introductions.projects_of(rights.person, treasure.territory)
    if not mine and not rights.is_host:
        return None
    context = {"treasure": treasure, "projects": mine, "hosts": rights.is_host}
    return Panel("exchanges/_introduce_keeper.html", context)


def my_introductions(request: HttpRequest, person: Person) -> Panel | None:
    """Who would like to meet me, and whom I put in touch."""
    sides = []
    for side in introductions.sides_of(person, clock.now())[:SHOWN]:
        others = [each for each in side.introduction.sides.all() if each.pk != side.pk]
        if others:
            sides.append({"side": side, "name": _name_of(others[0])})
    mine = introductions.of_introducer(person)[:SHOWN]
    context = {"sides": sides, "introductions": mine}
    return Panel("exchanges/_my_introductions.html", context) if sides or mine else None


def _name_of(other: IntroductionSide) -> str:
    made = other.introduction.ending == Introduction.Ending.MADE
    return other.person.name if made else other.shown_as


@lru_cache(maxsize=3)
def _no_sign(today: date) -> Prepared[Commitment]:
    """The question of one day."""
    unsaid = queries.narrowed("no-sign", today)
    return Prepared(lambda key: Commitment.objects.filter(unsaid, territory_id=key), int)


def without_a_sign(request: HttpRequest, territory: Territory) -> Panel | None:
    """Promises of which no mail reminds any more: they are the hosts' to settle."""
    today = clock.today()
    count = _no_sign(today).count(territory.pk)
    context = {"territory": territory, "count": count}
    return Panel("exchanges/_no_sign_on_desk.html", context) if count else None


def introductions_on_desk(request: HttpRequest, territory: Territory) -> Panel | None:
    """How many are asked, put in touch, and of how many something came."""
    sums = introductions.sums(territory)
    context = {"territory": territory, "sums": sums}
    return Panel("exchanges/_introductions_on_desk.html", context) if sums.any else None


def thanks_of_project(request: HttpRequest, project: Project) -> Panel | None:
    """Thanks that may be read; for whoever leads or hosts, what nobody has thanked for yet."""
    rights = request.rights  # type: ignore[attr-defined]
    shown, more = thanks.of_project(project)
    thankers = rights.is_host or leads(rights.person, project)
    waiting = list(thanks.to_thank(project)[:SHOWN]) if thankers else []
    context = {"project": project, "thanks": shown, "more": more, "to_thank": waiting}
    return Panel("exchanges/_thanks_of_project.html", context) if shown or waiting else None


register("project", thanks_of_project, order=25)
told_in_story(thanks.sentences, TOLD)
told_in_story(needs.sentences, *needs.IN_STORY)
register("project", people_of_project, order=60)
register("treasure", keeper_of_treasure, order=40)
register("me", my_introductions, order=35)
register("host_desk", without_a_sign, order=6)
register("host_desk", introductions_on_desk, order=60)
register("project", needs_on_project, order=10)
register("project", on_project, order=20)
register("treasure", who_may_need_it, order=20)
register("me", my_promises, order=30)
navigation.add(_("Needs"), "needs:needs", order=45)
navigation.add(
    _("Commitments"), "exchanges:desk", order=60, place=navigation.TEAM, roles={Role.Kind.HOST}
)
navigation.add(
    _("Introductions"),
    "introductions:desk",
    order=65,
    place=navigation.TEAM,
    roles={Role.Kind.HOST},
)
