"""Kept plans side by side, and what publishing one would change."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from essor.evenings.models import Evening, Plan, Seat
from essor.evenings.planning.page import percent
from essor.evenings.planning.words import broken_in_words, change_in_words, decimal
from essor.evenings.queries.plans import Room, plans_to_compare, room_of


@dataclass(frozen=True, slots=True)
class Compared:
    """A kept plan with the figures that hosts compare."""

    plan: Plan
    title: str
    figures: tuple[str, ...]


def figure_labels() -> tuple[str, ...]:
    return (
        _("First or second choice"),
        _("First choice"),
        _("Spheres at a table"),
        _("Mixing gained over chance"),
        _("Open tables"),
        _("Requests not met"),
    )


def kept_page(evening: Evening) -> dict[str, Any]:
    """The context of the page of kept plans."""
    names = room_of(evening, None).names
    plans = [_compared(plan, names) for plan in plans_to_compare(evening)]
    rows = [
        (label, [each.figures[at] for each in plans]) for at, label in enumerate(figure_labels())
    ]
    in_hand = next((each.plan for each in plans if each.plan.in_hand), None)
    return {"evening": evening, "plans": plans, "rows": rows, "in_hand": in_hand}


def _compared(plan: Plan, names: dict[str, str]) -> Compared:
    figures = plan.proof
    broken = [each for each in figures["broken"] if each[0] != "seated_once"]
    return Compared(
        plan,
        plan.name or change_in_words(plan.change, names),
        (
            percent(figures["ranks"][:2], figures["choosers"]),
            percent(figures["ranks"][:1], figures["choosers"]),
            decimal(figures["spheres"]),
            _("%(percent)s %%") % {"percent": round(100 * figures["gap_closed"])},
            str(figures["open"]),
            str(len(broken)),
        ),
    )


def publication_page(evening: Evening, plan: Plan, published: Plan | None) -> dict[str, Any]:
    """What publishing ``plan`` does: who sits, who does not, who changes table."""
    room = room_of(evening, plan)
    broken = [each for each in plan.proof["broken"] if each[0] != "seated_once"]
    return {
        "evening": evening,
        "plan": plan,
        "published": published,
        "seen": published.public_id if published else "",
        "same": published is not None and published.pk == plan.pk,
        "tables": len(room.tables),
        "people": sum(table.people for table in room.tables),
        "unseated": room.unseated,
        "broken": broken_in_words(broken, room.names),
        "moved": _moved(evening, room) if published else 0,
    }


def _moved(evening: Evening, room: Room) -> int:
    """How many of those who have a published seat would find another table number."""
    planned = {g.pk: int(table.number) for table in room.tables for g in table.guests}
    seats = Seat.objects.filter(table__evening=evening, round=1)
    return sum(
        planned.get(registration, number) != number
        for registration, number in seats.values_list("registration_id", "table__number")
    )
