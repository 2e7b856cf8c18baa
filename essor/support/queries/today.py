"""What the team does today, in one query: calls, due promises, late needs, silences, advice, states of play, dates.

Each list is a part of one union, so that the desk costs the same however many lists there are. A
part holds the first ``SHOWN`` of its list, each with how many there are in all.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    FloatField,
    IntegerField,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils import timezone

from essor.exchanges.models import Commitment, Need
from essor.exchanges.queries.calls import waits_for_call
from essor.exchanges.queries.commitments import narrowed
from essor.exchanges.queries.needs import still_missing
from essor.kit.prepared import Columns
from essor.projects.models import Project
from essor.support.models import Cohort, Committee, Finding, Recommendation, Standing
from essor.support.states import Answer
from essor.territories.models import Territory

SHOWN = 5
MOMENTS = ("created_at", "since", "asked_at")
"""Fields that hold a moment; the others hold a day."""
ANSWER_WITHIN = timedelta(days=10)
"""A state of play that a project left unanswered for longer comes on the desk."""
SOON = timedelta(days=45)
"""How far ahead a take-off evening or a committee comes on the desk."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of one list; ``day`` is since when it waits, or when it comes. Blank: no such."""

    list: str
    key: str
    title: str
    project: str
    project_key: str
    who: str
    day: date
    count: int
    share: float | None
    total: int
    days: int
    """From today back to ``day``, or on to it."""


def to_do(territory: Territory, at: datetime) -> dict[str, list[Row]]:
    """Every list by its name, what waits longest first; one query."""
    today = timezone.localtime(at).date()
    lists: dict[str, list[Row]] = defaultdict(list)
    for values in _question(connection.vendor, territory.pk, today).rows():
        row = Row(*(*values, abs((today - values[6]).days)))
        lists[row.list].append(row)
    for rows in lists.values():
        rows.sort(key=lambda row: (row.day, row.key))
    return lists


@lru_cache(maxsize=300)
def _question(vendor: str, territory: int, today: date) -> Columns:
    """Every list of a territory on one day. Writing the SQL costs more than its answer."""
    awake = {"territory": territory, "project__condition": Project.Condition.AWAKE}
    unanswered = Standing.objects.filter(
        project__territory=territory, project__condition=Project.Condition.AWAKE,
        handed_in_at=None, asked_at__date__lt=today - ANSWER_WITHIN,
    )  # fmt: skip
    promised = Commitment.objects.filter(territory=territory)
    parts = [
        _part(
            "calls", promised.filter(waits_for_call(today)),
            Coalesce("call_again_on", TruncDate("created_at")), what="what",
            first_by=Coalesce("call_again_on", "created_at", output_field=DateTimeField()),
        ),
        _part("due", promised.filter(narrowed("to-follow-up", today)), "until", what="what"),
        _part(
            "late", Need.objects.filter(still_missing(), **awake, until__lt=today),
            "until", what="title", who="",
        ),
        _part(
            "advice",
            Recommendation.objects.filter(answer=Answer.NONE, **awake).exclude(
                project__pauses__ended_at=None, project__pauses__until__gt=today
            ),
            "created_at", what="what", who="written_by",
        ),
        _part("plays", unanswered, "asked_at", what="", who=""),
        _part(
            "takeoffs",
            Cohort.objects.filter(
                territory=territory, takeoff_on__gte=today, takeoff_on__lte=today + SOON
            ),
            "takeoff_on", what="name", project="", who="",
        ),
        _part(
            "hearings",
            Committee.objects.filter(territory=territory, on__gte=today, on__lte=today + SOON),
            "on", what="name", project="", who="",
        ),
        *(
            _part(
                kind, Finding.objects.filter(territory=territory, kind=kind), "since",
                what="", who="person", count=F("count"), share=F("share"),
            )
            for kind in Finding.Kind.values
        ),
    ]  # fmt: skip
    first, *others = parts
    return Columns(first.union(*others, all=True))


def _part(
    name: str,
    rows: QuerySet[Any, Any],
    day: str | Coalesce,
    *,
    what: str,
    project: str = "project",
    who: str = "person",
    count: Any = None,
    share: Any = None,
    first_by: Coalesce | None = None,
) -> QuerySet[Any, Any]:
    """The first of ``rows`` by their day, with the columns of a ``Row``.

    ``day``, ``what``, ``project`` and ``who`` name the fields of the day or moment, of the title, of
    the project and of a person; blank: there is none. ``day`` may be an expression too; then
    ``first_by`` sorts like it without a calendar: SQLite asks Python for the day of each row.
    """
    on_day = TruncDate(day) if day in MOMENTS else F(day) if isinstance(day, str) else day
    first = rows.order_by(first_by or day, "pk").values("pk")[:SHOWN]
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    part: QuerySet[Any, Any] = (
        rows.model._default_manager.filter(pk__in=first)
        .order_by()
        .annotate(
            in_list=_word(name),
            in_words=Coalesce(what, _word("")) if what else _word(""),
            of_project=Coalesce(f"{project}__title", _word("")) if project else _word(""),
            of_key=Coalesce(f"{project}__public_id", _word("")) if project else _word(""),
            by_name=_name(who) if who else _word(""),
            on_day=Cast(on_day, DateField()),
            how_many=Cast(count or Value(0), IntegerField()),
            how_rare=Cast(share or Value(None), FloatField()),
            in_all=Subquery(counted.values("n"), output_field=IntegerField()),
        )
        .values_list(
            "in_list", "public_id", "in_words", "of_project", "of_key", "by_name", "on_day",
            "how_many", "how_rare", "in_all",
        )
    )  # fmt: skip
    return part


def _word(text: str) -> Cast:
    """A word with its type: PostgreSQL wants to know it in every part of a union."""
    return Cast(Value(text), CharField())


def _name(person: str) -> Any:
    """First and last name of the person in this field; blank where there is none."""
    parts = (f"{person}__first_name", Value(" "), f"{person}__last_name")
    return Coalesce(Concat(*parts, output_field=CharField()), _word(""))
