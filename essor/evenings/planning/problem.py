"""An evening as the seating engine's problem, and plans as documents that stay true to it.

Ids in these documents are the public ids of registrations and challenges, and the numbers of the
room's tables as text. Files: ``essor-evening/1`` (problem), ``essor-plan/1`` (plan).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from essor.algos.seating import Plan as Seated
from essor.algos.seating import Problem, Seating, read_problem
from essor.challenges.models import Challenge
from essor.evenings.models import Choice, Evening, Pin, Registration, Wish
from essor.people.models import Person

USUAL_MIX = {"sphere": 6, "organisation": 8, "commune": 2, "age": 2}
MIX_NAMES = {
    "sphere": gettext_lazy("spheres"),
    "organisation": gettext_lazy("organisations"),
    "commune": gettext_lazy("communes"),
    "age": gettext_lazy("ages"),
}
COSTS = {"choice": [0, 4, 8], "unlisted": 40, "repeat": 25, "same_challenge": 40}
Asks = Mapping[str, Mapping[str, int]]
"""What hosts asked of a plan: for a challenge's id, ``min_tables`` and ``max_tables``."""

PERSON_FIELDS = (
    "id",
    "public_id",
    "person_id",
    "facilitator",
    "remote",
    "age_band",
    "person__sphere__code",
    "person__organisation__public_id",
    "person__commune",
    "access_need__accessible_table",
)


def problem_of(
    evening: Evening, *, asks: Asks | None = None, expected: Iterable[int] | None = None
) -> Problem:
    """The engine's problem of ``evening``; see ``problem_document``."""
    return read_problem(problem_document(evening, asks=asks, expected=expected))


def problem_document(
    evening: Evening, *, asks: Asks | None = None, expected: Iterable[int] | None = None
) -> dict[str, Any]:
    """The evening as ``essor-evening/1``, in eight queries however many people come.

    ``expected`` narrows the people to these registrations (primary keys): at the door, those who
    are here or still hold a seat. A boost challenge whose host is not among them has no host.
    """
    rows = _coming(evening, expected)
    public = {row["id"]: row["public_id"] for row in rows}
    of_person = {row["person_id"]: row["public_id"] for row in rows}
    room = list(evening.room_tables.values_list("number", "accessible", "remote"))
    on_offer = list(evening.challenges.order_by("id").prefetch_related("neighbours", "hosts"))
    choices = _choices(evening, {challenge.pk: challenge.public_id for challenge in on_offer})
    pins = _pins(evening, {number for number, _, _ in room})
    return {
        "format": "essor-evening/1",
        "name": evening.name,
        "rounds": evening.rounds,
        "seats": {"min": evening.seats_min, "max": evening.seats_max},
        "tables": [
            {"id": str(number), "accessible": accessible, "remote": remote}
            for number, accessible, remote in room
        ],
        "challenges": _challenges(evening, on_offer, of_person, asks or {}),
        "people": [_person(row, choices[row["id"]], pins.get(row["id"], {})) for row in rows],
        **_wishes(evening, public),
        "mix": mix_of(evening),
        "costs": COSTS,
    }


def mix_of(evening: Evening) -> dict[str, float]:
    """What this evening mixes, with weights: the usual ones where its hosts said nothing."""
    return {name: evening.mix.get(name, usual) for name, usual in USUAL_MIX.items()}


def _coming(evening: Evening, expected: Iterable[int] | None) -> list[dict[str, Any]]:
    registered = Registration.objects.filter(
        evening=evening, state=Registration.State.REGISTERED
    ).order_by("id")
    rows = list(registered.values(*PERSON_FIELDS))
    if expected is None:
        return rows
    wanted = set(expected)
    return [row for row in rows if row["id"] in wanted]


def _person(row: dict[str, Any], choices: list[str], pin: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row["public_id"],
        "attributes": {
            "sphere": row["person__sphere__code"],
            "organisation": row["person__organisation__public_id"],
            "commune": row["person__commune"] or None,
            "age": row["age_band"] or None,
        },
        "choices": choices,
        "facilitator": row["facilitator"],
        "needs_access": bool(row["access_need__accessible_table"]) and not row["remote"],
        "remote": row["remote"],
        **pin,
    }


def _choices(evening: Evening, on_offer: Mapping[int, str]) -> defaultdict[int, list[str]]:
    """Challenges ``on_offer`` that each registration chose, dearest first; none: a surprise.

    Asked with the offer in one question, PostgreSQL may look each of 4,000 choices up in it: 0.3 s.
    """
    chosen: defaultdict[int, list[str]] = defaultdict(list)
    rows = Choice.objects.filter(registration__evening=evening, registration__surprise=False)
    for registration, challenge in rows.order_by("registration_id", "rank").values_list(
        "registration_id", "challenge_id"
    ):
        if challenge in on_offer:
            chosen[registration].append(on_offer[challenge])
    return chosen


def _pins(evening: Evening, room: set[int]) -> dict[int, dict[str, str]]:
    rows = Pin.objects.filter(registration__evening=evening).values_list(
        "registration_id", "table_number", "challenge__public_id"
    )
    pins: dict[int, dict[str, str]] = {}
    for registration, table, challenge in rows:
        pin = {"pin_table": str(table)} if table in room else {}
        pins[registration] = {**pin, **({"pin_challenge": challenge} if challenge else {})}
    return pins


def _challenges(
    evening: Evening, on_offer: Sequence[Challenge], of_person: Mapping[int, str], asks: Asks
) -> list[dict[str, Any]]:
    """Challenges with the neighbours and hosts that this evening has.

    A capacity counts people; as tables it is the number that seats them all.
    """
    here = {challenge.public_id for challenge in on_offer}
    rows = []
    for challenge in on_offer:
        hosts = (of_person.get(host.pk) for host in challenge.hosts.all())
        row: dict[str, Any] = {
            "id": challenge.public_id,
            "track": challenge.track,
            "neighbours": sorted({n.public_id for n in challenge.neighbours.all()} & here),
            "hosts": [host for host in hosts if host],
        }
        if challenge.capacity is not None:
            row["max_tables"] = -(-challenge.capacity // evening.seats_max)
        rows.append({**row, **asks.get(challenge.public_id, {})})
    return rows


def _wishes(evening: Evening, public: Mapping[int, str]) -> dict[str, list[list[str]]]:
    """Pairs who wish to sit together or apart, each once, both of them coming."""
    pairs: dict[str, set[tuple[str, str]]] = {kind: set() for kind in Wish.Kind.values}
    rows = Wish.objects.filter(registration__evening=evening, other__isnull=False)
    for kind, one, other in rows.values_list("kind", "registration_id", "other_id"):
        if one in public and other in public and one != other:
            first, second = sorted((public[one], public[other]))
            pairs[kind].add((first, second))
    return {kind: [list(pair) for pair in sorted(found)] for kind, found in pairs.items()}


def hosts_who_do_not_come(evening: Evening) -> list[Person]:
    """Hosts of this evening's boost challenges who are not registered, by name."""
    coming = evening.registrations.filter(state=Registration.State.REGISTERED)
    return list(
        Person.objects.filter(boosted_challenges__in=evening.challenges.values("pk"))
        .exclude(pk__in=coming.values("person_id"))
        .distinct()
        .order_by("first_name", "last_name", "id")
    )


def fitted(plan: Seated, problem: Problem) -> Seated:
    """``plan`` without the people, tables and challenges that ``problem`` no longer knows.

    Who registered since the plan was made sits nowhere in it: the judge will say so.
    """
    return Seated(
        tuple(
            tuple(
                Seating(
                    seating.table,
                    tuple(c for c in seating.challenges if c in problem.challenge),
                    tuple(p for p in seating.people if p in problem.person),
                )
                for seating in tables
                if seating.table in problem.table
            )
            for tables in plan.rounds
        )
    )
