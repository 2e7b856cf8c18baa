"""Who holds how much: the team's projects, the mentors' places."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from essor.kit.prepared import Columns
from essor.projects.models import Project
from essor.support.models import Contact, Mentor
from essor.territories.models import Role, Territory

AT_EASE = 8
"""More projects than this and nobody calls each of them once a month: a guess, and said to be one."""
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Load:
    """Somebody of the team or a mentor, with how many projects of how many they hold."""

    mentor: str
    first_name: str
    last_name: str
    holds: int
    most: int

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_full(self) -> bool:
        return self.holds > self.most or (bool(self.mentor) and self.holds == self.most)


def loads_of(territory: Territory) -> tuple[list[Load], list[Load]]:
    """Hosts and whoever holds projects, then mentors, the most laden first; one query."""
    loads = [Load(*row) for row in _question(connection.vendor, territory.pk).rows()]
    loads.sort(key=lambda load: (-load.holds, load.name))
    team = [load for load in loads if not load.mentor]
    return team, [load for load in loads if load.mentor]


@lru_cache(maxsize=300)
def _question(vendor: str, territory: int) -> Columns:
    """All of them in one question: writing its SQL costs more than its answer."""
    held = Contact.objects.filter(
        project__condition=Project.Condition.AWAKE, project__territory=territory, until=None
    )
    holders = _columns(held, Value(""), Count("pk"), Value(AT_EASE))
    living = Q(mentorings__ended_at=None, mentorings__project__condition="awake")
    agreed = Mentor.objects.filter(territory=territory, left_at=None, agreed_at__isnull=False)
    mentors = _columns(agreed, F("public_id"), Count("mentorings", filter=living), F("at_most"))
    hosts = Role.objects.filter(territory=territory, kind=Role.Kind.HOST).exclude(
        Exists(held.filter(person=OuterRef("person")))
    )
    others = _columns(hosts, Value(""), Count("pk") * 0, Value(AT_EASE))
    return Columns(holders.union(mentors, others, all=True))


def _columns(rows: QuerySet[Any, Any], mentor: Any, holds: Any, most: Any) -> QuerySet[Any, Any]:
    """A row a person, with the columns of a ``Load``; each with its type, as PostgreSQL wants it."""
    counted: QuerySet[Any, Any] = (
        rows.order_by()
        .values("person", a_mentor=Cast(mentor, CharField()), most=Cast(most, IntegerField()))
        .annotate(holds=Cast(holds, IntegerField()))
        .values_list("a_mentor", "person__first_name", "person__last_name", "holds", "most")
    )
    return counted
