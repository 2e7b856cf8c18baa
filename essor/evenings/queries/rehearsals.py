"""What the page of rehearsals shows."""

from dataclasses import dataclass

from essor.evenings.models import Evening, Registration, Rehearsal, Table
from essor.evenings.rehearsing.acts import expected_at_door
from essor.evenings.rehearsing.stage import LEFT_FOR_YOU


@dataclass(frozen=True, slots=True)
class Shown:
    """One rehearsal with what the team needs to take part: people at the door, tables to hold."""

    rehearsal: Rehearsal
    practice: Evening
    waiting: list[Registration]
    tables: list[Table]


def rehearsals_of(evening: Evening) -> list[Rehearsal]:
    found = Rehearsal.objects.filter(evening=evening).select_related(
        "practice__territory", "stage", "started_by"
    )
    return list(found.order_by("-started_at", "-id"))


def shown(rehearsal: Rehearsal) -> Shown:
    """Four queries."""
    practice = rehearsal.practice
    waiting = expected_at_door(practice)[-LEFT_FOR_YOU:]
    tables = practice.tables.filter(state=Table.State.OPEN, number__lte=rehearsal.yours)
    return Shown(rehearsal, practice, waiting, list(tables.order_by("number")))
