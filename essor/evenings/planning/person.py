"""Somebody's place in the plan: what they asked for, and what each move would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from essor.algos.seating import Effect, Live, Violation
from essor.algos.seating.judging import rank_of
from essor.evenings.actions.plans import live_on, plan_in_hand
from essor.evenings.forms.plans import PinForm
from essor.evenings.models import Evening, Pin, Plan, Registration
from essor.evenings.planning.page import round_asked, round_tabs
from essor.evenings.planning.words import broken_in_words, ordinal_choice, signed
from essor.evenings.queries.plans import OpenTable, Room, room_of


@dataclass(frozen=True, slots=True)
class Move:
    """A table where somebody could sit instead: what it would change, what it would break."""

    table: OpenTable
    topics: str
    choice: str
    mixing: float
    mixing_words: str
    cost: float
    breaks: tuple[str, ...]

    @property
    def better(self) -> bool:
        return self.mixing > 0

    @property
    def worse(self) -> bool:
        return self.mixing < 0


def person_page(
    request: HttpRequest,
    evening: Evening,
    registration: Registration,
    wanted: str = "",
    refused: Sequence[Violation] = (),
    pin: PinForm | None = None,
) -> dict[str, Any]:
    """The context of a person's page; ``refused`` are the rules that the ``wanted`` move breaks."""
    plan = plan_in_hand(evening)
    round = round_asked(request, evening)
    room = room_of(evening, plan, round)
    moves = moves_of(plan, room, registration, evening, round) if plan else []
    here = room.table_of(registration.public_id)
    return {
        "evening": evening,
        "registration": registration,
        "plan": plan,
        "here": here,
        "round": round + 1,
        "rounds": round_tabs(request, evening),
        "choices": list(registration.choices.select_related("challenge")),
        "wishes": list(registration.wishes.select_related("other__person")),
        "easy": [move for move in moves if not move.breaks],
        "hard": [move for move in moves if move.breaks],
        "wanted": wanted,
        "refused": broken_in_words([[v.code, v.params] for v in refused], room.names),
        "pin": pin or pin_form(evening, registration, room),
    }


def pin_form(evening: Evening, registration: Registration, room: Room) -> PinForm:
    kept = Pin.objects.filter(registration=registration).select_related("challenge").first()
    return PinForm(
        tables=list(evening.room_tables.values_list("number", flat=True)),
        challenges=room.topics,
        initial={
            "table": kept.table_number if kept else None,
            "challenge": kept.challenge.public_id if kept and kept.challenge else "",
        },
    )


def moves_of(
    plan: Plan, room: Room, registration: Registration, evening: Evening, round: int = 0
) -> list[Move]:
    """Every other table open in ``round`` with the effect of moving there, the best first."""
    plan.evening = evening
    if round >= len(plan.document["rounds"]):
        return []
    live = live_on(plan, round)
    person = registration.public_id
    if person not in live.people:
        return []
    here = live.where[round].get(person)
    effects = [live.effect_of_move(person, t.number) for t in room.tables if t.number != here]
    moves = [_move(live, room, effect) for effect in effects]
    return sorted(moves, key=lambda move: (bool(move.breaks), move.cost, int(move.table.number)))


def _move(live: Live, room: Room, effect: Effect) -> Move:
    table = room.table(effect.table)
    if table is None:
        raise LookupError(effect.table)
    rank = rank_of(live.problem, effect.person, effect.challenges)
    mixing = effect.before.mixing - effect.after.mixing
    return Move(
        table=table,
        topics=" + ".join(table.topics),
        choice="" if rank is None else ordinal_choice(rank + 1),
        mixing=mixing,
        mixing_words=signed(mixing),
        cost=effect.change,
        breaks=tuple(broken_in_words([[v.code, v.params] for v in effect.breaks], room.names)),
    )
