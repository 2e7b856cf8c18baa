"""Reads about introductions: whom one may introduce, one's own list, the hosts' list, my sides."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from essor.exchanges.introducing import ANSWER_WITHIN
from essor.exchanges.models import Commitment, Introduction, IntroductionSide
from essor.exchanges.rules import GROUP
from essor.exchanges.states import DONE, LIVING
from essor.kit.prepared import Columns, Prepared
from essor.people.models import Person
from essor.projects.leading import leaders_of
from essor.projects.models import Leadership, Membership, Project
from essor.territories.models import Territory

MOST_PEOPLE = 300
Ending, Outcome = Introduction.Ending, IntroductionSide.Outcome


class Choice(NamedTuple):
    """Somebody who may be chosen, with what they are here."""

    person: Person
    note: str

    @property
    def label(self) -> str:
        return f"{self.person.name} – {self.note}" if self.note else self.person.name


def people_of_project(project: Project, *, hosts: bool) -> list[Choice]:
    """Its group (leaders first), then who promised it something; only whom a letter reaches.

    Whoever promised without answering a need was told that hosts alone see their name.
    """
    members = _members(Q(project=project)).order_by("since", "id")[:MOST_PEOPLE]
    first = {each.person_id for each in leaders_of(project)}
    ranked = sorted(members, key=lambda each: each.person_id not in first)
    of_group = [
        Choice(
            each.person, _("leader") if each.person_id in first else str(each.get_part_display())
        )
        for each in ranked
    ]
    seen = Q() if hosts else Q(need__isnull=False)
    return _each_once([*of_group, *_promisers(seen & Q(project=project))])


def people_of_territory(territory: Territory) -> list[Choice]:
    """For hosts: who leads a project under way, and who promised something here."""
    leading = (
        Leadership.objects.filter(
            project__territory=territory,
            project__condition=Project.Condition.AWAKE,
            until=None,
            person__erased_at=None,
        )
        .exclude(person__email="")
        .select_related("person", "project")
        .order_by("project__title", "id")[:MOST_PEOPLE]
    )
    words = _("leads “%(project)s”")
    leaders = [
        Choice(each.person, words % {"project": each.project}) for each in leading if each.person
    ]
    return _each_once([*leaders, *_promisers(Q(territory=territory))])


def _members(which: Q) -> QuerySet[Membership]:
    found = Membership.objects.filter(which, part__in=GROUP, person__erased_at=None)
    return found.exclude(person__email="").select_related("person", "project")


def _promisers(which: Q) -> Iterator[Choice]:
    promised = (
        Commitment.objects.filter(which, state__in=[*LIVING, *DONE], person__erased_at=None)
        .exclude(person__email="")
        .select_related("person")
        .order_by("-created_at", "-id")[:MOST_PEOPLE]
    )
    words = _("promised: %(what)s")
    return (Choice(each.person, words % {"what": each.what[:80]}) for each in promised)


def _each_once(choices: list[Choice]) -> list[Choice]:
    """The first mention of each person stands."""
    seen: dict[int, Choice] = {}
    for each in choices:
        seen.setdefault(each.person.pk, each)
    return list(seen.values())


def projects_of(person: Person, territory: Territory) -> list[Project]:
    """Published projects under way of whose group this person is."""
    return list(
        Project.objects.filter(
            territory=territory,
            published_at__isnull=False,
            condition=Project.Condition.AWAKE,
            memberships__person=person,
            memberships__part__in=GROUP,
        ).order_by("title", "id")[:10]
    )


def with_sides(introductions: QuerySet[Introduction]) -> QuerySet[Introduction]:
    return (
        introductions.select_related("territory", "project", "treasure", "introducer")
        .prefetch_related("sides")
        .order_by("-asked_at", "-id")
    )


_of_introducer = Prepared(
    lambda person: with_sides(Introduction.objects.filter(introducer_id=person)).prefetch_related(
        None
    ),
    int,
)


def of_introducer(person: Person) -> list[Introduction]:
    """What this person thought of, latest first; a second query where there is some."""
    found = _of_introducer.all(person.pk)
    prefetch_related_objects(found, "sides")
    return found


def of_territory(territory: Territory) -> QuerySet[Introduction]:
    return with_sides(Introduction.objects.filter(territory=territory))


_sides_of = Prepared(
    lambda person: (
        IntroductionSide.objects.filter(
            Q(introduction__ending=Ending.MADE)
            | (Q(introduction__ending="") & ~Q(introduction__introducer_id=person)),
            person_id=person,
            introduction__quiet=False,
        )
        .select_related("introduction__territory", "introduction__treasure")
        .order_by("-introduction__asked_at", "-id")
    ),
    int,
)


def sides_of(person: Person, at: datetime) -> list[IntroductionSide]:
    """What this person was asked and may still answer, and those whom they were put in touch with.

    Two more queries where there are some.
    """
    since = at - ANSWER_WITHIN
    found = [
        side
        for side in _sides_of.all(person.pk)
        if side.introduction.ending == Ending.MADE or side.introduction.asked_at > since
    ]
    prefetch_related_objects(found, "introduction__sides__person")
    return found


def other_than(side: IntroductionSide) -> IntroductionSide | None:
    """The other of the two; None once that person was erased."""
    sides = IntroductionSide.objects.filter(introduction=side.introduction).exclude(pk=side.pk)
    return sides.select_related("person", "introduction__treasure").first()


class Sums(NamedTuple):
    """Introductions of a territory: those that wait, that were made, of which something came."""

    waiting: int
    made: int
    something: int

    @property
    def any(self) -> bool:
        return any(self)


def sums(territory: Territory) -> Sums:
    """In one query; who answered what stands in none of them."""
    return next(
        (Sums(*row) for row in _sums(connection.vendor, territory.pk).rows()), Sums(0, 0, 0)
    )


@lru_cache(maxsize=300)
def _sums(vendor: str, territory: int) -> Columns:
    """On every host desk, so written once."""
    came = Q(sides__outcome=Outcome.SOMETHING)
    counted = Introduction.objects.filter(territory=territory).order_by().values("territory")
    counted = counted.annotate(
        waiting=Count("id", filter=Q(ending=""), distinct=True),
        made=Count("id", filter=Q(ending=Ending.MADE), distinct=True),
        something=Count("id", filter=came, distinct=True),
    )
    return Columns(counted.values_list(*Sums._fields))
