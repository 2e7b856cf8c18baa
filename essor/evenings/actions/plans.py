"""Making and changing seating plans. Every change makes a new plan, whose parent is the old one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from essor.algos.seating import Live, NoSeat, Violation, read_plan
from essor.algos.seating import Plan as Seated
from essor.algos.seating.violations import violations
from essor.evenings.models import Evening, Plan, Registration
from essor.evenings.planning.figures import figures_of
from essor.evenings.planning.problem import fitted, problem_of
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person

HISTORY = 60
"""How many unnamed plans are kept to undo; older ones go."""


class PlanChanged(Exception):
    """Somebody else changed the plan meanwhile; ``plan`` is the one in hand now."""

    def __init__(self, plan: Plan | None) -> None:
        super().__init__("The plan was changed meanwhile.")
        self.plan = plan


class BreaksRules(Exception):
    """The change breaks hard rules (``broken``); it needs to be asked for knowingly."""

    def __init__(self, broken: tuple[Violation, ...]) -> None:
        super().__init__("; ".join(each.text for each in broken))
        self.broken = broken


class PlanRefused(Exception):
    """A plan from elsewhere breaks hard rules of this evening: (code, parameters) each."""

    def __init__(self, broken: list[list[Any]]) -> None:
        super().__init__(f"{len(broken)} rules are broken")
        self.broken = broken


def plan_in_hand(evening: Evening) -> Plan | None:
    """The plan that the hosts of ``evening`` now work on."""
    return Plan.objects.filter(evening=evening, in_hand=True).first()


@action
def keep_plan(
    *,
    evening: Evening,
    document: Mapping[str, Any],
    change: Mapping[str, Any],
    by: Person | None,
    at: datetime,
    asks: Mapping[str, Any] | None = None,
    suggestions: list[dict[str, Any]] | None = None,
    name: str = "",
) -> Plan:
    """Judge ``document`` and keep it as a plan, in hand from now on; undo leads back.

    ``asks`` are the bounds on tables it obeys (those of its parent, where not said).
    """
    lock(evening)
    parent = plan_in_hand(evening)
    asks = dict(asks if asks is not None else parent.asks if parent else {})
    problem = problem_of(evening, asks=asks)
    seated = fitted(read_plan(document), problem)
    figures = figures_of(problem, seated)
    if suggestions is None:
        suggestions = parent.proof.get("suggestions", []) if parent else []
    plan = Plan.objects.create(
        evening=evening,
        name=name,
        change=dict(change),
        document=seated.to_dict(),
        proof={**figures, "suggestions": suggestions},
        asks=asks,
        settled=parent.settled if parent else [],
        cost=figures["cost"],
        parent=parent,
        made_by=by,
        made_at=at,
    )
    _take_in_hand(plan)
    _forget_old_steps(evening)
    record(by=by, at=at, verb="kept_plan", of=plan, territory=evening.territory,
           data={"change": dict(change), "cost": plan.cost})  # fmt: skip
    return plan


@action
def move_person(
    *,
    evening: Evening,
    seen: str,
    registration: Registration,
    table: str,
    by: Person,
    at: datetime,
    round: int = 0,
    knowingly: bool = False,
) -> Plan:
    """Seat somebody at another table of the plan in hand, in ``round`` (from 0).

    ``seen`` is the public id of the plan on which the host decided. Raises ``PlanChanged``,
    ``BreaksRules`` unless ``knowingly``, and ``NoSeat`` where the table is not open.
    """
    plan = _in_hand_as_seen(evening, seen)
    if round >= len(plan.document["rounds"]):  # the evening has more rounds since it was computed
        raise NoSeat("no_such_round", "The plan has no such round.", round=round + 1)
    live = live_on(plan, round)
    try:
        effect = live.move(registration.public_id, table, force=knowingly)
    except NoSeat as refusal:
        if refusal.code == "breaks_rules":
            raise BreaksRules(live.effect_of_move(registration.public_id, table).breaks) from None
        raise
    moved = {"code": "moved", "person": registration.public_id, "table": table,
             **({"round": round + 1} if round else {}), "points": round_cost(effect.change)}  # fmt: skip
    return keep_plan(evening=evening, document=live.plan.to_dict(), change=moved, by=by, at=at)


@action
def seat_the_rest(*, evening: Evening, seen: str, by: Person, at: datetime) -> Plan:
    """Seat those who registered since the plan in hand was made, moving nobody else.

    Raises ``PlanChanged``; ``NoSeat`` where somebody finds no legal seat.
    """
    plan = _in_hand_as_seen(evening, seen)
    live = live_on(plan)
    missing = [person for person in live.people if person not in live.where[0]]
    if not missing:
        nothing_changed()
        return plan
    for person in missing:
        live.arrive(person)
    return keep_plan(evening=evening, document=live.plan.to_dict(),
                     change={"code": "seated_rest", "people": len(missing)}, by=by, at=at)  # fmt: skip


@action
def take_up_plan(*, evening: Evening, seen: str, plan: Plan, by: Person, at: datetime) -> Plan:
    """Work on another kept plan from now on: undo, redo, or back to a named one."""
    if _in_hand_as_seen(evening, seen).pk == plan.pk:
        nothing_changed()
        return plan
    _take_in_hand(plan)
    record(by=by, at=at, verb="took_up_plan", of=plan, territory=evening.territory)
    return plan


@action
def name_plan(*, plan: Plan, name: str, by: Person, at: datetime) -> Plan:
    """Give a plan a name: named plans are listed side by side and never forgotten."""
    if plan.name == name.strip():
        nothing_changed()
        return plan
    plan.name = name.strip()
    plan.save(update_fields=["name"])
    record(by=by, at=at, verb="named_plan", of=plan, territory=plan.evening.territory)
    return plan


@action
def settle_suggestion(*, plan: Plan, key: str, by: Person, at: datetime) -> Plan:
    """Decide against a suggestion: it is not made again for this plan and those after it."""
    evening, plan = plan.evening, lock(plan)
    plan.evening = evening
    if key in plan.settled:
        nothing_changed()
        return plan
    plan.settled = [*plan.settled, key]
    plan.save(update_fields=["settled"])
    record(by=by, at=at, verb="settled_suggestion", of=plan, territory=plan.evening.territory,
           data={"key": key})  # fmt: skip
    return plan


@action
def import_plan(*, evening: Evening, data: Any, name: str, by: Named | None, at: datetime) -> Plan:
    """Keep a plan that was computed elsewhere, once the judge finds every hard rule held.

    Raises ``BadPlan`` where it cannot be read or names unknown people, ``PlanRefused`` where it
    breaks a rule.
    """
    problem = problem_of(evening)
    seated: Seated = read_plan(data, problem)
    broken = [[each.code, dict(each.params)] for each in violations(problem, seated)]
    if broken:
        raise PlanRefused(broken)
    return keep_plan(evening=evening, document=seated.to_dict(), change={"code": "imported"},
                     by=by if isinstance(by, Person) else None, at=at, asks={}, suggestions=[],
                     name=name)  # fmt: skip


def live_on(plan: Plan, round: int = 0) -> Live:
    """The plan as the engine changes it, true to who is registered now."""
    problem = problem_of(plan.evening, asks=plan.asks)
    return Live(problem, fitted(read_plan(plan.document), problem), round)


def round_cost(cost: float) -> float:
    return round(cost, 1)


def _in_hand_as_seen(evening: Evening, seen: str) -> Plan:
    lock(evening)
    plan = plan_in_hand(evening)
    if plan is None or plan.public_id != seen:
        raise PlanChanged(plan)
    plan.evening = evening
    return plan


def _take_in_hand(plan: Plan) -> None:
    Plan.objects.filter(evening_id=plan.evening_id, in_hand=True).update(in_hand=False)
    plan.in_hand = True
    plan.save(update_fields=["in_hand"])


def _forget_old_steps(evening: Evening) -> None:
    steps = Plan.objects.filter(evening=evening, name="", in_hand=False, state=Plan.State.KEPT)
    old = steps.order_by("-made_at", "-id").values_list("pk", flat=True)[HISTORY:]
    Plan.objects.filter(pk__in=list(old)).delete()
