"""Computing a plan in the worker: progress, stopping, refusals, a worker that died."""

from datetime import timedelta

import pytest

from essor.evenings.actions.pins import name_facilitator
from essor.evenings.actions.plan_runs import (
    AlreadyComputing,
    UnknownSuggestion,
    accept_suggestion,
    ask_for_plan,
    begin_run,
    fail_run,
    keep_best_so_far,
    note_progress,
    stop_run,
)
from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.jobs.plan_runs import compute
from essor.evenings.models import Evening, PlanRun
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_registration
from tests.factories.seating import make_plan, make_ready_evening, registered


def ask(evening: Evening, cast: Cast, **more) -> PlanRun:
    return ask_for_plan(evening=evening, seconds=0.2, by=cast.aicha, at=NOW, **more)


def test_a_run_ends_with_a_legal_plan_in_hand(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    run = ask(evening, cast)

    ended = compute(run.public_id)

    run.refresh_from_db()
    assert ended == run.state == PlanRun.State.DONE
    assert run.plan == plan_in_hand(evening)
    assert run.plan.proof["broken"] == []
    assert run.plan.made_by == cast.aicha
    assert run.progress == 1
    assert run.steps > 0
    assert Entry.objects.order_by("id").last().verb == "ended_plan_run"


def test_only_one_computation_goes_on_at_a_time(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    first = ask(evening, cast)

    with pytest.raises(AlreadyComputing) as told:
        ask(evening, cast)

    assert told.value.run == first
    assert PlanRun.objects.count() == 1


def test_a_run_whose_worker_is_silent_gives_way(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    dead = ask(evening, cast)

    later = ask_for_plan(evening=evening, seconds=1, by=cast.aicha, at=NOW + PlanRun.SILENT * 2)

    dead.refresh_from_db()
    assert dead.state == PlanRun.State.FAILED
    assert later.state == PlanRun.State.WAITING


def test_a_run_taken_by_one_worker_is_not_computed_by_another(cast: Cast) -> None:
    run = ask(make_ready_evening(cast.valence), cast)

    assert begin_run(run=run, by=None, at=NOW)
    assert compute(run.public_id) == "not taken"
    assert compute("unknown") == "not taken"


def test_a_run_whose_worker_died_goes_on_from_its_best_plan(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    best = make_plan(evening, cast.aicha)
    run = ask(evening, cast)
    begin_run(run=run, by=None, at=NOW)
    note_progress(run, share=0.4, steps=900, best=best.cost, document=best.document, at=NOW)

    assert compute(run.public_id, again=True) == PlanRun.State.DONE

    run.refresh_from_db()
    assert run.plan == plan_in_hand(evening) != best
    assert run.plan.cost <= best.cost
    assert Entry.objects.filter(verb="ended_plan_run").count() == 1


def test_rules_that_cannot_hold_end_in_refusals_with_remedies(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    for number in (2, 3, 4):
        name_facilitator(
            registration=registered(evening, number), facilitates=False, by=cast.aicha, at=NOW
        )
    run = ask(evening, cast)

    compute(run.public_id)

    run.refresh_from_db()
    assert run.state == PlanRun.State.REFUSED
    assert run.plan is None
    refusal = run.refusals[0]
    assert refusal["code"] == "too_few_facilitators"
    assert refusal["params"]["missing"] == 2
    assert ["more_facilitators", {"count": 2}] in refusal["remedies"]
    assert plan_in_hand(evening) is None


def test_an_evening_that_cannot_be_read_fails_without_losing_the_plan(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    evening.room_tables.all().delete()
    run = ask(evening, cast)

    assert compute(run.public_id) == PlanRun.State.FAILED
    assert plan_in_hand(evening) == plan


def test_a_waiting_run_stops_at_once_and_is_not_computed(cast: Cast) -> None:
    run = ask(make_ready_evening(cast.valence), cast)

    stopped = stop_run(run=run, by=cast.aicha, at=NOW)

    assert stopped.state == PlanRun.State.CANCELLED
    assert compute(run.public_id) == "not taken"


def test_a_running_run_hears_that_it_shall_stop_and_keeps_its_best(cast: Cast) -> None:
    run = ask(make_ready_evening(cast.valence), cast)
    begin_run(run=run, by=None, at=NOW)
    first = note_progress(run, share=0.3, steps=900, best=12.5, document={"rounds": []}, at=NOW)

    stop_run(run=run, by=cast.aicha, at=NOW)
    second = note_progress(run, share=0.4, steps=1200, best=12.5, document=None, at=NOW)

    run.refresh_from_db()
    assert (first, second) == (False, True)
    assert (run.state, run.progress, run.best_cost) == (PlanRun.State.RUNNING, 0.4, 12.5)
    assert run.document == {"rounds": []}


def test_the_best_plan_of_a_dead_worker_can_be_kept_once(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    document = make_plan(evening, cast.aicha).document
    run = ask(evening, cast)
    begin_run(run=run, by=None, at=NOW)
    note_progress(run, share=0.9, steps=900, best=10, document=document, at=NOW)
    fail_run(run=run, by=None, at=NOW + timedelta(minutes=1))

    plan = keep_best_so_far(run=run, by=cast.aicha, at=NOW)

    assert plan_in_hand(evening) == plan
    assert plan.document == document
    with pytest.raises(UnknownSuggestion):
        keep_best_so_far(run=run, by=cast.aicha, at=NOW)


def test_improving_starts_from_the_plan_in_hand_and_seats_newcomers(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    make_registration(evening, "Zoé")
    run = ask(evening, cast, improve=True)

    compute(run.public_id)

    run.refresh_from_db()
    assert run.start == plan
    assert run.plan.proof["people"] == 25
    assert run.plan.proof["broken"] == []


def test_accepting_to_open_a_challenge_twice_is_obeyed_from_then_on(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    topic = evening.challenges.order_by("id").first().public_id
    suggestion = {"key": f"open_twice:{topic}", "code": "open_twice",
                  "params": {"challenge": topic, "tables": 2, "missed": 3}, "effect": {}}  # fmt: skip
    plan.proof["suggestions"] = [suggestion]
    plan.save()

    run = accept_suggestion(
        evening=evening, plan=plan, key=suggestion["key"], seconds=0.2, by=cast.aicha, at=NOW
    )
    compute(run.public_id)
    accepted = plan_in_hand(evening)
    assert accepted is not None
    works_on = [s for s in accepted.document["rounds"][0] if topic in s["challenges"]]

    assert len(works_on) >= 2
    assert accepted.asks == {topic: {"min_tables": 2}}
    assert accepted.change["code"] == "open_twice"
    assert accepted.parent == plan


def test_accepting_one_more_table_puts_it_into_the_room(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    plan.proof["suggestions"] = [
        {"key": "one_more_table", "code": "one_more_table", "params": {}, "effect": {}}
    ]

    accept_suggestion(
        evening=evening, plan=plan, key="one_more_table", seconds=1, by=cast.aicha, at=NOW
    )

    assert evening.room_tables.order_by("-number").first().number == 5


def test_a_suggestion_nobody_made_is_refused(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)

    with pytest.raises(UnknownSuggestion):
        accept_suggestion(
            evening=evening, plan=plan, key="drop:zzz", seconds=1, by=cast.aicha, at=NOW
        )


def test_a_computed_plan_carries_suggestions_with_their_effect(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence, people=40, tables=6, challenges=5)
    first, second, *_ = evening.challenges.order_by("id")
    first.neighbours.add(second)
    run = ask(evening, cast)

    compute(run.public_id)

    run.refresh_from_db()
    suggestions = run.plan.proof["suggestions"]
    assert suggestions
    assert all({"cost", "first_choice", "points"} <= each["effect"].keys() for each in suggestions)
    assert len({each["key"] for each in suggestions}) == len(suggestions)
