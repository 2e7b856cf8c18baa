"""Plans: computed, changed one person at a time, undone, named, brought from elsewhere."""

import pytest

from essor.algos.seating import BadPlan, NoSeat
from essor.evenings.actions.plans import (
    HISTORY,
    BreaksRules,
    PlanChanged,
    PlanRefused,
    import_plan,
    keep_plan,
    move_person,
    name_plan,
    plan_in_hand,
    seat_the_rest,
    settle_suggestion,
    take_up_plan,
)
from essor.evenings.models import Plan, Registration, Wish
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_registration
from tests.factories.seating import make_plan, make_ready_evening, registered, table_of, wish


def other_table(plan: Plan, registration: Registration) -> str:
    """An open table where this person does not sit, the emptiest."""
    here = table_of(plan, registration)
    others = [s for s in plan.document["rounds"][0] if s["table"] != here]
    return min(others, key=lambda s: len(s["people"]))["table"]


def last_verb() -> str:
    return Entry.objects.order_by("id").last().verb


def test_a_kept_plan_is_in_hand_with_its_figures(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)

    plan = make_plan(evening, cast.aicha)

    assert plan_in_hand(evening) == plan
    assert plan.proof["people"] == 24
    assert plan.proof["broken"] == []
    assert sum(plan.proof["ranks"]) + plan.proof["unlisted"] == plan.proof["choosers"] == 20
    assert plan.cost == plan.proof["cost"]
    assert last_verb() == "kept_plan"


def test_moving_somebody_makes_a_new_plan_and_moves_nobody_else(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan, who = make_plan(evening, cast.aicha), registered(evening, 12)
    target = other_table(plan, who)

    moved = move_person(
        evening=evening, seen=plan.public_id, registration=who, table=target, by=cast.aicha, at=NOW
    )

    assert table_of(moved, who) == target
    assert moved.parent == plan
    assert plan_in_hand(evening) == moved
    assert all(
        table_of(moved, each) == table_of(plan, each)
        for each in evening.registrations.exclude(pk=who.pk)
    )
    assert moved.change["code"] == "moved"


def test_moving_on_a_plan_that_changed_meanwhile_is_refused(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan, who = make_plan(evening, cast.aicha), registered(evening, 12)
    newer = make_plan(evening, cast.aicha, seed=2)

    with pytest.raises(PlanChanged) as told:
        move_person(evening=evening, seen=plan.public_id, registration=who, table="1",
                    by=cast.aicha, at=NOW)  # fmt: skip

    assert told.value.plan == newer
    assert Plan.objects.count() == 2


def test_a_move_that_breaks_a_rule_needs_to_be_wanted(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    one, other = registered(evening, 12), registered(evening, 13)
    wish(one, Wish.Kind.TOGETHER, other)
    plan = make_plan(evening, cast.aicha)
    move = {"evening": evening, "registration": one, "table": other_table(plan, one),
            "by": cast.aicha, "at": NOW, "seen": plan.public_id}  # fmt: skip

    with pytest.raises(BreaksRules) as refused:
        move_person(**move)
    moved = move_person(**move, knowingly=True)

    assert "together" in {broken.code for broken in refused.value.broken}
    assert "together" in {code for code, _ in moved.proof["broken"]}


def test_moving_to_a_table_that_is_not_open_is_refused(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan, who = make_plan(evening, cast.aicha), registered(evening, 12)

    with pytest.raises(NoSeat):
        move_person(evening=evening, seen=plan.public_id, registration=who, table="99",
                    by=cast.aicha, at=NOW)  # fmt: skip


def test_undo_and_redo_walk_between_parent_and_child(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    child = make_plan(evening, cast.aicha, seed=2)

    take_up_plan(evening=evening, seen=child.public_id, plan=plan, by=cast.aicha, at=NOW)
    undone = plan_in_hand(evening)
    take_up_plan(evening=evening, seen=plan.public_id, plan=child, by=cast.aicha, at=NOW)

    assert undone == plan
    assert plan_in_hand(evening) == child
    assert last_verb() == "took_up_plan"


def test_who_registered_since_is_seated_without_moving_the_others(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)
    late = make_registration(evening, "Zoé")

    fuller = seat_the_rest(evening=evening, seen=plan.public_id, by=cast.aicha, at=NOW)

    assert table_of(fuller, late)
    assert all(
        table_of(fuller, each) == table_of(plan, each)
        for each in evening.registrations.exclude(pk=late.pk)
    )
    assert fuller.proof["broken"] == []


def test_seating_the_rest_when_everybody_sits_changes_nothing(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)

    assert seat_the_rest(evening=evening, seen=plan.public_id, by=cast.aicha, at=NOW) == plan
    assert Plan.objects.count() == 1


def test_a_named_plan_outlives_the_steps_that_are_forgotten(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence, people=12, tables=2)
    named = name_plan(
        plan=make_plan(evening, cast.aicha), name=" Avec Claire ", by=cast.aicha, at=NOW
    )
    document = named.document

    for _ in range(HISTORY + 3):
        keep_plan(
            evening=evening, document=document, change={"code": "computed"}, by=cast.aicha, at=NOW
        )

    named.refresh_from_db()
    assert named.name == "Avec Claire"
    assert Plan.objects.filter(evening=evening, name="").count() == HISTORY + 1


def test_a_suggestion_decided_against_stays_so_in_later_plans(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    plan = make_plan(evening, cast.aicha)

    settle_suggestion(plan=plan, key="drop:abc", by=cast.aicha, at=NOW)
    later = make_plan(evening, cast.aicha, seed=2)

    assert later.settled == ["drop:abc"]


def test_two_hosts_who_decide_against_suggestions_at_once_are_both_heard(cast: Cast) -> None:
    plan = make_plan(make_ready_evening(cast.valence), cast.aicha)
    pages = [Plan.objects.get(pk=plan.pk) for _ in range(2)]

    for page, key in zip(pages, ["drop:abc", "drop:def"], strict=True):
        settle_suggestion(plan=page, key=key, by=cast.aicha, at=NOW)

    plan.refresh_from_db()
    assert plan.settled == ["drop:abc", "drop:def"]


def test_a_legal_plan_from_elsewhere_is_kept(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    document = make_plan(evening, cast.aicha).document

    plan = import_plan(evening=evening, data=document, name="De Romans", by=cast.aicha, at=NOW)

    assert plan_in_hand(evening) == plan
    assert plan.document == document
    assert plan.change == {"code": "imported"}


def test_a_plan_from_elsewhere_that_leaves_somebody_out_is_refused(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)
    document = make_plan(evening, cast.aicha).document
    left_out = document["rounds"][0][0]["people"].pop()

    with pytest.raises(PlanRefused) as refused:
        import_plan(evening=evening, data=document, name="", by=cast.aicha, at=NOW)

    assert ["seated_once", {"round": 1, "person": left_out, "times": 0}] in refused.value.broken
    assert Plan.objects.count() == 1


def test_a_file_that_is_no_plan_is_refused(cast: Cast) -> None:
    evening = make_ready_evening(cast.valence)

    with pytest.raises(BadPlan):
        import_plan(evening=evening, data={"rounds": 3}, name="", by=cast.aicha, at=NOW)
    with pytest.raises(BadPlan, match="nobody"):
        import_plan(
            evening=evening, name="", by=cast.aicha, at=NOW,
            data={"rounds": [[{"table": "1", "challenges": [], "people": ["nobody"]}]]},
        )  # fmt: skip
