"""What the door's pages are given: as little as the door needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from essor.algos.seating import Live
from essor.algos.seating.judging import rank_of
from essor.evenings.at_door.live_room import has_tables, holding, live_room
from essor.evenings.models import Evening, Registration, Seat, Table
from essor.evenings.planning.words import ordinal_choice
from essor.evenings.queries.door import counts_of, find_by_name, latest_arrivals
from essor.kit import clock

OTHERS = 3
"""How many other tables are proposed to somebody who is here."""
State = Registration.State


@dataclass(frozen=True, slots=True)
class Offer:
    """Another table with a seat that this person may take, and why."""

    number: int
    topics: str
    reason: str


def door_page(evening: Evening, query: str, typed: str = "", unknown: str = "") -> dict[str, Any]:
    """The context of the door: finds for a name, the last arrivals, the count."""
    return {
        "evening": evening,
        "q": query,
        "typed": typed,
        "unknown": unknown,
        "found": find_by_name(evening, query) if query.strip() else [],
        "latest": latest_arrivals(evening),
        "counts": counts_of(evening),
        "open": is_open(evening),
    }


def is_open(evening: Evening) -> bool:
    return evening.state not in {Evening.State.DRAFT, Evening.State.OVER}


def person_at_door(
    evening: Evening, registration: Registration, was: str, others: bool = False
) -> dict[str, Any]:
    """The context of one person: the state to show, the table, the reason.

    Other tables are looked for where there is no seat, and for whoever asks for ``others``: reading
    a room of 1,400 people takes longer than everything else that a door does with one of them.
    """
    seat = (
        Seat.objects.filter(
            registration=registration, round=1, table__state=Table.State.OPEN
        ).select_related("table").prefetch_related("table__challenges").first()
    )  # fmt: skip
    here, tables, now = registration.arrived_at is not None, has_tables(evening), clock.now()
    looks = here and tables and (others or seat is None)
    return {
        "evening": evening,
        "registration": registration,
        "state": state_of(registration, was),
        "seat": seat,
        "topics": [c.short for c in seat.table.challenges.all()] if seat else [],
        "reason": reason_of(evening, registration, seat, now) if here and seat else "",
        "offers": offers_for(live_room(evening, now), registration.public_id, evening)
        if looks
        else [],
        "looked": looks,
        "let_in_by": registration.arrived_by.short_name if registration.arrived_by else "?",
        "tables": tables,
        "open": is_open(evening),
    }


def state_of(registration: Registration, was: str) -> str:
    """``welcome``, ``again`` (was here already), ``expected``, ``waiting`` or ``cancelled``."""
    if registration.state == State.REGISTERED:
        if registration.arrived_at is None:
            return "expected"
        return "again" if was == "here" else "welcome"
    return "waiting" if registration.state == State.WAITING else "cancelled"


def reason_of(evening: Evening, registration: Registration, seat: Seat, at: datetime) -> str:
    """Why the table of this seat, as ``reason_for`` tells it, from its own people alone."""
    around = set(
        holding(evening, at)
        .filter(seats__table=seat.table, seats__round=1)
        .values_list("person__sphere_id", flat=True)
    )
    spheres = around | {registration.person.sphere_id}
    return _reason(_rank_at(evening, registration, seat.table), len(spheres - {None}))


def _rank_at(evening: Evening, registration: Registration, table: Table) -> int | None:
    """As the engine's ``rank_of``: facilitators and hosts, and whoever chose nothing, have none."""
    on_offer = evening.challenges
    if registration.facilitator or registration.surprise:
        return None
    if on_offer.filter(hosts=registration.person_id).exists():
        return None
    chosen = registration.choices.filter(challenge__in=on_offer.values("pk")).order_by("rank")
    ranked = list(chosen.values_list("challenge_id", flat=True))
    topics = [challenge.pk for challenge in table.challenges.all()]
    if not ranked:
        return None
    return min((ranked.index(topic) for topic in topics if topic in ranked), default=-1)


def reason_for(live: Live, person: str, table: str) -> str:
    """Why this table: the choice it meets, and how many spheres sit there."""
    at, sitter = live.tables[0].get(table), live.people.get(person)
    if at is None or sitter is None:
        return ""
    rank = rank_of(live.problem, person, at.challenges)
    spheres = len(
        {v for m in at.people for v in live.people[m].attributes.get("sphere", ())}
        | set(sitter.attributes.get("sphere", ()))
    )
    return _reason(rank, spheres)


def _reason(rank: int | None, spheres: int) -> str:
    around = ngettext(
        "%(count)d sphere around the table", "%(count)d spheres around the table", spheres
    ) % {"count": spheres}
    return around if rank is None else f"{ordinal_choice(rank + 1)} · {around}"


def offers_for(live: Live, person: str, evening: Evening) -> list[Offer]:
    """The best other tables that may take this person, best first."""
    here = live.where[0].get(person)
    if person not in live.people:
        return []
    names = dict(evening.challenges.values_list("public_id", "short"))
    effects = [live.effect_of_move(person, table) for table in live.tables[0] if table != here]
    legal = sorted((e for e in effects if e.legal), key=lambda e: (e.change, int(e.table)))
    return [
        Offer(
            int(effect.table),
            " + ".join(names.get(topic, "") for topic in effect.challenges),
            reason_for(live, person, effect.table),
        )
        for effect in legal[:OTHERS]
    ]
