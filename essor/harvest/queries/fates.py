"""What became of ideas: the public page, the desk's list, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from essor.harvest.models import Fate, Group, Harvest, Idea
from essor.harvest.queries.ideas import CURRENT_FATE, with_life
from essor.harvest.rules import SILENT
from essor.harvest.targets import Target, targets_of
from essor.kit.prepared import Prepared
from essor.people.models import Person
from essor.territories.models import Territory

A_PAGE = 10
ON_THE_DESK = 24
MINE_SHOWN = 30
SOON = timedelta(days=14)
KINDS = (
    Fate.Kind.PROJECT,
    Fate.Kind.CHALLENGE,
    Fate.Kind.LATER,
    Fate.Kind.MERGED,
    Fate.Kind.DECLINED,
    Fate.Kind.AWAITED,
)
"""In the order in which pages tell them: what was born first."""


ORDER = {str(Fate.Kind.AWAITED): (F("due_on").asc(nulls_last=True), "id")}
"""What waits is told by its due day, late ones first; the rest by when it was decided."""


@dataclass(frozen=True, slots=True)
class Told:
    """One idea with its fate and where that leads, as a page shows it."""

    idea: Idea
    fate: Fate
    target: Target | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What ideas became: counts of all, and a page of those of one kind."""

    counts: dict[str, int]
    overdue: int
    kind: str
    page: Page[Fate]
    told: list[Told]
    harvests: list[Harvest]

    @property
    def ideas(self) -> int:
        return sum(self.counts.values())

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        """The bar of all ideas: kind, where its part begins, how long it is."""
        starts = accumulate(self.counts.values(), initial=0)
        told = zip(self.counts.items(), starts, strict=False)
        return [(kind, start, count) for (kind, count), start in told if count]

    @property
    def answered(self) -> int:
        return self.ideas - self.counts[Fate.Kind.AWAITED]


def public_fates(territory: Territory) -> QuerySet[Fate]:
    """The current fates of ideas that everybody may read."""
    silent = Q(idea__harvest__show_ideas=False, idea__harvest__state__in=SILENT)
    return Fate.objects.filter(
        idea__territory=territory, idea__state=Idea.State.SHOWN, replaced_at=None
    ).exclude(silent)


def outcomes_of(
    territory: Territory, *, today: date, kind: str, harvest: str, page: str
) -> Outcomes:
    """Eight queries at most, however many ideas: an unknown kind or harvest narrows nothing."""
    every = public_fates(territory)
    harvests = list(
        Harvest.objects.filter(territory=territory)
        .exclude(state=Harvest.State.DRAFT)
        .order_by("-created_at", "-id")
    )
    if harvest in {each.public_id for each in harvests}:
        every = every.filter(idea__harvest__public_id=harvest)
    found = dict(every.order_by().values_list("kind").annotate(Count("pk")))
    counts = {str(each): int(found.get(each, 0)) for each in KINDS}
    chosen = kind if kind in counts else next((each for each in KINDS if counts[each]), KINDS[-1])
    shown = Paginator(
        every.filter(kind=chosen)
        .select_related("idea__source", "idea__harvest", "merged_into__harvest")
        .order_by(*ORDER.get(chosen, ("-decided_at", "-id"))),
        A_PAGE,
    ).get_page(page)
    overdue = every.filter(kind=Fate.Kind.AWAITED, due_on__lt=today).count()
    return Outcomes(counts, overdue, str(chosen), shown, told_of(shown.object_list), harvests)


def told_of(fates: Iterable[Fate]) -> list[Told]:
    """Fates with their ideas and targets, in the order given."""
    fates = list(fates)
    targets = targets_of(fates)
    return [
        Told(fate.idea, fate, targets.get((fate.target_type, fate.target_id))) for fate in fates
    ]


@dataclass(frozen=True, slots=True)
class Mine:
    """One idea that I gave or stand behind, with its fate and where that leads."""

    idea: Idea
    fate: Fate | None
    target: Target | None


_ideas_of = Prepared(
    lambda person: (
        Idea.objects.filter(Q(author_id=person) | Q(supports__person_id=person))
        .distinct()
        .select_related("harvest__territory")
        .order_by("-said_at", "-id")[:MINE_SHOWN]
    ),
    int,
)


def ideas_of(person: Person) -> list[Mine]:
    """A person's ideas and those they stand behind, the latest first: two queries, one a target."""
    ideas = _ideas_of.all(person.pk)
    prefetch_related_objects(ideas, CURRENT_FATE)
    fates = {idea.pk: next(iter(idea.current_fates), None) for idea in ideas}  # type: ignore[attr-defined]
    targets = targets_of(fate for fate in fates.values() if fate)
    return [
        Mine(idea, fate, targets.get((fate.target_type, fate.target_id)) if fate else None)
        for idea, fate in ((idea, fates[idea.pk]) for idea in ideas)
    ]


@dataclass(frozen=True, slots=True)
class Due:
    """How many answers a territory owes: too late, and within ``SOON``; the harvests that owe."""

    overdue: int
    soon: int
    harvests: list[Harvest]


def due_in(territory: Territory, today: date) -> Due:
    """One query, another where answers are owed. Ideas kept for later count when their day has come."""
    waiting = Fate.objects.filter(
        idea__territory=territory,
        idea__state=Idea.State.SHOWN,
        replaced_at=None,
        kind__in=[Fate.Kind.AWAITED, Fate.Kind.LATER],
    )
    counts = waiting.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=today + SOON)),
    )
    if not any(counts.values()):
        return Due(0, 0, [])
    late = waiting.filter(due_on__lte=today + SOON)
    harvests = list(Harvest.objects.filter(pk__in=late.values("idea__harvest")).order_by("id"))
    return Due(counts["overdue"], counts["soon"], harvests)


def ideas_to_decide(harvest: Harvest, *, show: str, group: Group | None) -> QuerySet[Idea]:
    """Ideas of the desk's list with ``due_on``: those that wait longest first.

    ``show`` is ``awaited``, ``later`` or ``answered``; a ``group`` shows all that lie in it.
    """
    ideas = Idea.objects.filter(harvest=harvest, state=Idea.State.SHOWN)
    if group is not None:
        ideas = ideas.filter(placing__group=group)
    elif show == "later":
        ideas = ideas.filter(fates__replaced_at=None, fates__kind=Fate.Kind.LATER)
    elif show == "answered":
        settled = set(Fate.Kind.values) - {Fate.Kind.AWAITED, Fate.Kind.LATER}
        ideas = ideas.filter(fates__replaced_at=None, fates__kind__in=settled)
    else:
        ideas = ideas.exclude(fates__in=Fate.objects.filter(
            replaced_at=None).exclude(kind=Fate.Kind.AWAITED))  # fmt: skip
    due = Fate.objects.filter(idea=OuterRef("pk"), replaced_at=None).values("due_on")[:1]
    return with_life(ideas.annotate(due_on=Subquery(due))).order_by(
        F("due_on").asc(nulls_last=True), "said_at", "id"
    )
