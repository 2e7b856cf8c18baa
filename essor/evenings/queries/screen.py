"""What the big screen counts and shows. Every number is counted, none is guessed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from essor.evenings.idea_rules import said_aloud
from essor.evenings.models import Evening, Registration, Seat, Table, TableIdea
from essor.evenings.queries.tables import pitches_of
from essor.exchanges.models import Commitment
from essor.exchanges.states import State
from essor.kit.drawing import Ring, ring_of
from essor.kit.small_numbers import shown, shown_list
from essor.people.models import Consent, Sphere

CARDS = 6
"""How many ideas or commitments the screen shows at once."""

Sitting = tuple[int, int, int, int]
"""Round, table, person, sphere."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the screen. ``who`` is blank unless the person agreed to be shown."""

    key: str
    label: str
    text: str
    icon: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of the evening, from the tables and the door."""

    ideas: int
    commitments: int
    encounters: int
    people: int
    tables: int
    spheres: int
    remote: int = 0
    """Those at a distance who are there; ``people`` are all who take part, with them."""
    thanks: list[str] = field(default_factory=list)


def counts_of(evening: Evening) -> Counts:
    """People are those whom the door let in or who joined by video; encounters are between them alone."""
    sittings = _sittings(evening)
    arrived = evening.registrations.filter(arrived_at__isnull=False)
    spheres = arrived.filter(person__sphere__isnull=False).values("person__sphere").distinct()
    return Counts(
        ideas=TableIdea.objects.filter(table__evening=evening, hidden=False).count(),
        commitments=commitments_of(evening).count(),
        encounters=encounters(sittings),
        people=arrived.count(),
        remote=arrived.filter(remote=True).count(),
        tables=evening.tables.count(),
        spheres=spheres.count(),
    )


def _sittings(evening: Evening) -> list[Sitting]:
    return list(
        Seat.objects.filter(
            table__evening=evening,
            registration__arrived_at__isnull=False,
            registration__person__sphere__isnull=False,
        ).values_list("round", "table_id", "registration_id", "registration__person__sphere_id")
    )


def encounters(sittings: Iterable[Sitting]) -> int:
    """Pairs of people of different spheres who share a table, each pair counted once.

    With one round this is arithmetic on the numbers of each table; with several, pairs that meet
    again are told apart, in time and memory of the order of the number of pairs.
    """
    tables: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for turn, table, person, sphere in sittings:
        tables[turn, table].append((person, sphere))
    if len({turn for turn, _ in tables}) <= 1:
        return sum(_mixed_pairs(sphere for _, sphere in people) for people in tables.values())
    met = {
        (min(one, two), max(one, two))
        for people in tables.values()
        for (one, mine), (two, yours) in combinations(people, 2)
        if mine != yours
    }
    return len(met)


def _mixed_pairs(spheres: Iterable[int]) -> int:
    sizes = Counter(spheres).values()
    everybody = sum(sizes)
    return everybody * (everybody - 1) // 2 - sum(size * (size - 1) // 2 for size in sizes)


def encounter_ring(evening: Evening) -> Ring:
    """The spheres that came, on a ring, and a line between two that met at least ten times."""
    sittings = _sittings(evening)
    met: Counter[tuple[int, int]] = Counter()
    for sizes in _tables_by_sphere(sittings).values():
        for one, other in combinations(sorted(sizes), 2):
            met[one, other] += sizes[one] * sizes[other]
    present = {sphere for _turn, _table, _person, sphere in sittings}
    spheres = list(Sphere.objects.filter(pk__in=present).order_by("order", "id"))
    pairs = {pair: times for pair, times in met.items() if shown(times) is not None}
    return ring_of({each.pk: each for each in spheres}, pairs)


def _tables_by_sphere(sittings: Iterable[Sitting]) -> dict[tuple[int, int], Counter[int]]:
    tables: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for turn, table, _person, sphere in sittings:
        tables[turn, table][sphere] += 1
    return tables


def brought_to(evening: Evening, table: Table) -> int:
    """How many people promised something to this table's project tonight."""
    if table.project_id is None:
        return 0
    found = commitments_of(evening).filter(project=table.project_id)
    return found.values("person").distinct().count()


def commitments_of(evening: Evening) -> QuerySet[Commitment]:
    """What was promised at this evening and not released since."""
    return Commitment.objects.filter(origin=evening.room).exclude(state=State.RELEASED)


def idea_cards(evening: Evening) -> list[Card]:
    """The latest ideas, newest first."""
    ideas = (
        TableIdea.objects.filter(said_aloud(evening), table__evening=evening)
        .select_related("table")
        .order_by("-at", "-id")[:CARDS]
    )
    return [Card(idea.public_id, str(idea.table.number), idea.text, "idea") for idea in ideas]


def commitment_cards(evening: Evening) -> list[Card]:
    """The latest commitments, newest first; a first name only where its owner agreed."""
    agreed = Consent.objects.filter(
        person=OuterRef("person"), purpose=Consent.Purpose.SHOW_NAME, withdrawn_at=None
    )
    found = (
        commitments_of(evening)
        .select_related("person", "project")
        .annotate(shown=Exists(agreed))
        .order_by("-created_at", "-id")[:CARDS]
    )
    return [
        Card(
            each.public_id,
            str(each.get_kind_display()),
            " · ".join(part for part in (each.what, each.quantity) if part),
            {"skill": "hand", "resource": "key"}.get(each.kind, "sun"),
            each.person.first_name if each.shown else "",
        )
        for each in found
    ]


def pitch_cards(evening: Evening) -> list[Card]:
    """The next tables to speak: those that handed in their sheet and have not spoken yet."""
    return [_project_card(each) for each in pitches_of(evening) if each.pitched_at is None][:CARDS]


def born_cards(evening: Evening) -> list[Card]:
    """Some of the projects born at the tables tonight, by number of table."""
    return [_project_card(each) for each in pitches_of(evening)][:CARDS]


def _project_card(table: Table) -> Card:
    return Card(table.public_id, str(table.number), str(table.project or ""), "idea")


def arrivals_by_sphere(evening: Evening) -> list[tuple[Sphere, int]]:
    """How many of each sphere the door let in, without those that ten people or more do not hide.

    The screen shows everybody's sum too, so what is left out cannot be subtracted either.
    """
    spheres = Sphere.objects.annotate(
        here=Count(
            "person__registrations",
            filter=Q(
                person__registrations__evening=evening,
                person__registrations__arrived_at__isnull=False,
            ),
        )
    ).order_by("order", "id")
    counts = {sphere: sphere.here for sphere in spheres}
    unknown = Registration.objects.filter(
        evening=evening, arrived_at__isnull=False, person__sphere=None
    ).count()
    present = {sphere: people for sphere, people in counts.items() if people}
    told = shown_list({**present, **({None: unknown} if unknown else {})})
    return [(sphere, told[sphere] or 0) for sphere in present if told[sphere]]


def thanked(evening: Evening) -> list[str]:
    """First names of those who came and agreed to be shown, in the order of the alphabet."""
    return list(
        Registration.objects.filter(
            evening=evening,
            arrived_at__isnull=False,
            person__consents__purpose=Consent.Purpose.SHOW_NAME,
            person__consents__withdrawn_at=None,
        )
        .order_by("person__first_name", "id")
        .values_list("person__first_name", flat=True)
        .distinct()
    )
