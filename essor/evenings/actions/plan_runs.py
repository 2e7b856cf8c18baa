"""Asking for a plan, following its computation, stopping it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from essor.algos.seating import Outcome, Refusal
from essor.evenings.actions.plans import keep_plan, plan_in_hand
from essor.evenings.models import Evening, Plan, PlanRun, RoomTable
from essor.evenings.planning.figures import asks_of
from essor.kit.locks import lock
from essor.kit.runs import StillGoing, still_going
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person


class AlreadyComputing(StillGoing):
    """A plan is being computed for this evening; ``run`` is that computation."""

    run: PlanRun


class UnknownSuggestion(Exception):
    """The plan in hand does not make this suggestion (any more)."""


@action
def ask_for_plan(
    *,
    evening: Evening,
    seconds: float,
    by: Person,
    at: datetime,
    seed: int = 1,
    improve: bool = False,
    asks: Mapping[str, Any] | None = None,
    change: Mapping[str, Any] | None = None,
) -> PlanRun:
    """Queue the computation of a plan. Raises ``AlreadyComputing`` while another one goes on.

    ``improve`` starts from the plan in hand; otherwise the engine starts afresh. Both obey the
    ``asks`` of the plan in hand, where none are given.
    """
    lock(evening)
    going = still_going(PlanRun.objects.filter(evening=evening), at)
    if going is not None:
        raise AlreadyComputing(going)
    plan = plan_in_hand(evening)
    run = PlanRun.objects.create(
        evening=evening,
        seed=seed,
        seconds=seconds,
        asks=dict(asks if asks is not None else plan.asks if plan else {}),
        change=dict(change or {"code": "computed"}),
        start=plan if improve else None,
        asked_by=by,
        asked_at=at,
    )
    record(by=by, at=at, verb="asked_for_plan", of=run, territory=evening.territory,
           data={"seconds": seconds, "seed": seed})  # fmt: skip
    return run


@action
def accept_suggestion(
    *, evening: Evening, plan: Plan, key: str, seconds: float, by: Person, at: datetime
) -> PlanRun:
    """Do what a suggestion says: ask for the tables it names, and compute from the plan in hand.

    One more table is put into the room first. Raises ``UnknownSuggestion``, ``AlreadyComputing``.
    """
    suggestions = plan.proof.get("suggestions", [])
    chosen = next((each for each in suggestions if each["key"] == key), None)
    if chosen is None or chosen["code"] == "one_more_facilitator":
        raise UnknownSuggestion(key)
    if chosen["code"] == "one_more_table":
        _add_room_table(evening, remote=chosen["params"].get("side") == "remote")
    change = {"code": chosen["code"], **chosen["params"]}
    return ask_for_plan(
        evening=evening,
        seconds=seconds,
        improve=True,
        asks={**plan.asks, **asks_of(chosen)},
        change=change,
        by=by,
        at=at,
    )


@action
def stop_run(*, run: PlanRun, by: Person, at: datetime) -> PlanRun:
    """Ask the worker to stop; the best plan so far is kept. A run nobody works on ends at once."""
    run = lock(run)
    if not run.is_going or run.stop_asked_at:
        nothing_changed()
        return run
    if run.ask_to_stop(at):
        run.end(PlanRun.State.CANCELLED, at)
    record(by=by, at=at, verb="stopped_plan_run", of=run, territory=run.evening.territory)
    return run


@action
def begin_run(*, run: PlanRun, by: Named | None, at: datetime, again: bool = False) -> bool:
    """The worker takes the run; False when another one has it or it was stopped meanwhile.

    ``again``: the worker that had it has died.
    """
    taken = run.take(at, again=again)
    if taken:
        record(by=by, at=at, verb="began_plan_run", of=run, territory=run.evening.territory)
    else:
        nothing_changed()
    return taken


@action
def finish_run(
    *,
    run: PlanRun,
    outcome: Outcome,
    suggestions: list[dict[str, Any]],
    by: Named | None,
    at: datetime,
) -> PlanRun:
    """Keep what the engine found: a plan, which is in hand from then on, or its refusals."""
    lock(run.evening)
    run = lock(run)
    if run.state != PlanRun.State.RUNNING:
        nothing_changed()
        return run
    run.steps, run.refusals = outcome.done, [refusal_as_data(r) for r in outcome.refusals]
    if outcome.plan is None:
        run.end(PlanRun.State.REFUSED, at)
    else:
        run.plan = keep_plan(
            evening=run.evening,
            document=outcome.plan.to_dict(),
            change={**run.change, "seconds": round(outcome.seconds, 1), "seed": run.seed,
                    "steps": outcome.done},
            asks=run.asks,
            suggestions=suggestions,
            by=run.asked_by,
            at=at,
        )  # fmt: skip
        whole = not run.stop_asked_at
        run.end(
            PlanRun.State.DONE if whole else PlanRun.State.CANCELLED, at, best_cost=run.plan.cost,
            progress=1 if whole else run.progress,
        )  # fmt: skip
    record(by=by, at=at, verb="ended_plan_run", of=run, territory=run.evening.territory,
           data={"state": run.state, "steps": run.steps})  # fmt: skip
    return run


@action
def fail_run(*, run: PlanRun, by: Named | None, at: datetime) -> PlanRun:
    """The computation broke: the hosts are told, the plan in hand stays as it is."""
    run = lock(run)
    run.end(PlanRun.State.FAILED, at)
    record(by=by, at=at, verb="ended_plan_run", of=run, territory=run.evening.territory,
           data={"state": run.state})  # fmt: skip
    return run


@action
def keep_best_so_far(*, run: PlanRun, by: Person, at: datetime) -> Plan:
    """After a worker died: keep the best plan that it had met as the plan in hand."""
    lock(run.evening)
    run = lock(run)
    if run.document is None or run.plan_id is not None:
        raise UnknownSuggestion(run.public_id)
    if run.is_going:
        run.end(PlanRun.State.FAILED, at)
    run.plan = keep_plan(
        evening=run.evening, document=run.document, change=run.change, asks=run.asks,
        suggestions=[], by=by, at=at,
    )  # fmt: skip
    run.save(update_fields=["plan"])
    return run.plan


def note_progress(
    run: PlanRun, *, share: float, steps: int, best: float | None, document: Any, at: datetime
) -> bool:
    """How far the worker is; returns whether somebody asked it to stop. No ledger line: a beat."""
    with transaction.atomic():
        fields: dict[str, Any] = {"progress": share, "steps": steps, "best_cost": best,
                                  "beat_at": at}  # fmt: skip
        if document is not None:
            fields["document"] = document
        going = PlanRun.objects.filter(pk=run.pk, state=PlanRun.State.RUNNING)
        going.update(**fields)
        return not going.filter(stop_asked_at=None).exists()


def refusal_as_data(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "params": dict(refusal.params),
        "remedies": [[code, dict(params)] for code, params in refusal.remedies],
    }


def _add_room_table(evening: Evening, *, remote: bool) -> None:
    last = RoomTable.objects.filter(evening=evening).order_by("-number").first()
    number = last.number + 1 if last else 1
    RoomTable.objects.create(evening=evening, number=number, remote=remote, added=remote)
