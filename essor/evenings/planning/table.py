"""One table of the plan, and what tells each of its guests why they sit there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.models import Evening, Plan
from essor.evenings.planning.drawing import round_table, sphere_symbols
from essor.evenings.planning.page import in_round, round_asked
from essor.evenings.planning.words import decimal, ordinal_choice, together_in_words
from essor.evenings.queries.plans import Guest, OpenTable, Room, ranks_at, room_of, wishes_at


@dataclass(frozen=True, slots=True)
class Sitting:
    """A guest of the table with the reasons, and the page where they can be moved."""

    guest: Guest
    choice: str
    reason: str
    url: str


def table_page(request: HttpRequest, evening: Evening, number: int) -> dict[str, Any] | None:
    """The context of one table; None where the plan in hand does not open it."""
    plan = plan_in_hand(evening)
    round = round_asked(request, evening)
    room = room_of(evening, plan, round)
    table = room.table(str(number))
    if plan is None or table is None:
        return None
    return {
        "evening": evening,
        "table": table,
        "round": round + 1,
        "drawing": round_table(table.number, table.seats),
        "symbols": sphere_symbols(
            {guest.sphere for guest in table.guests if guest.sphere}, evening.seats_max
        ),
        "title": table_title(table),
        "beside_chance": beside_chance(table),
        "sitting": sitting_at(table, plan, room, evening, round),
    }


def table_title(table: OpenTable) -> str:
    people = ngettext("%(count)d person", "%(count)d people", table.people)
    spheres = ngettext("%(count)d sphere", "%(count)d spheres", table.spheres)
    return f"{people % {'count': table.people}}, {spheres % {'count': table.spheres}}"


def beside_chance(table: OpenTable) -> str:
    """How many spheres chance would bring to a table of this size."""
    if not table.chance:
        return ""
    mean, low, high = table.chance
    return _("By chance: %(mean)s spheres, %(low)d to %(high)d 19 times in 20.") % {
        "mean": decimal(mean),
        "low": low,
        "high": high,
    }


def sitting_at(
    table: OpenTable, plan: Plan, room: Room, evening: Evening, round: int
) -> list[Sitting]:
    """Each guest with the rank of choice found here and what else speaks for the seat."""
    seating = next(s for s in plan.document["rounds"][round] if s["table"] == table.number)
    ranks, friends = ranks_at(table, seating["challenges"], evening), wishes_at(table)
    alone = {key: sum(g.sphere == key for g in table.guests) == 1 for key in _spheres(table)}
    return [
        Sitting(
            guest,
            _choice(guest, ranks),
            _reason(guest, friends.get(guest.public_id, []), room, alone),
            in_round(
                reverse(
                    "evenings:plan_person",
                    args=[evening.territory.slug, evening.public_id, guest.public_id],
                ),
                round,
            ),
        )
        for guest in table.guests
    ]


def _spheres(table: OpenTable) -> set[Any]:
    return {guest.sphere for guest in table.guests if guest.sphere}


def _choice(guest: Guest, ranks: dict[int, int]) -> str:
    if guest.facilitator:
        return _("facilitates")
    if guest.pk not in ranks:
        return _("surprise me")
    return ordinal_choice(ranks[guest.pk])


def _reason(guest: Guest, friends: list[str], room: Room, alone: dict[Any, bool]) -> str:
    if friends:
        return together_in_words(friends, room.names)
    if guest.sphere and alone.get(guest.sphere):
        return _("the only voice of their sphere here")
    return ""
