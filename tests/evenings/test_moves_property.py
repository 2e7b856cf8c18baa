"""Moving people by hand: whatever is tried, nobody is lost or doubled, and undo leads back."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essor.algos.seating import NoSeat
from essor.evenings.actions.plans import (
    BreaksRules,
    PlanChanged,
    move_person,
    plan_in_hand,
    take_up_plan,
)
from tests.cast import NOW
from tests.factories.seating import make_plan, make_ready_evening, registered, table_of
from tests.repo.matrix import undone

moves = st.lists(
    st.tuples(st.integers(1, 24), st.integers(0, 4), st.booleans()), min_size=2, max_size=6
)


@pytest.fixture
def plan(cast):
    """Full tables but for a seat or two: a second move to one breaks a rule."""
    return make_plan(make_ready_evening(cast.valence, seats_max=7), cast.aicha, steps=300)


def seats_of(plan) -> Counter:
    """Each person with each table they sit at; once each in a sound plan of one round."""
    return Counter(person for seating in plan.document["rounds"][0] for person in seating["people"])


@pytest.mark.slow
@settings(
    max_examples=8,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
    ],  # undone() resets each example
)
@given(moves=moves)
def test_moves_lose_nobody_and_undo_and_redo_lead_back_and_forth(cast, plan, moves):
    with undone():
        evening, everybody = plan.evening, seats_of(plan)
        assert set(everybody.values()) == {1}
        tables = sorted(each["table"] for each in plan.document["rounds"][0])
        walked = [plan]
        for number, table, knowingly in moves:
            here = walked[-1]
            who = registered(evening, number)
            to = tables[table] if table < len(tables) else "no-such-table"
            try:
                moved = move_person(
                    evening=evening, seen=here.public_id, registration=who, table=to,
                    by=cast.aicha, at=NOW, knowingly=knowingly,
                )  # fmt: skip
            except (BreaksRules, NoSeat):
                assert plan_in_hand(evening) == here, "a refusal changes nothing"
                continue
            assert seats_of(moved) == everybody, "nobody is lost, nobody sits twice"
            assert table_of(moved, who) == to
            assert knowingly or len(moved.proof["broken"]) <= len(here.proof["broken"])
            with pytest.raises(PlanChanged):
                move_person(
                    evening=evening, seen="of-before", registration=who, table=to,
                    by=cast.aicha, at=NOW,
                )  # fmt: skip
            walked.append(moved)

        for later, earlier in zip(walked[::-1], walked[-2::-1], strict=False):
            assert later.parent_id == earlier.pk
            take_up_plan(evening=evening, seen=later.public_id, plan=earlier, by=cast.aicha, at=NOW)
        assert plan_in_hand(evening).document == plan.document, "undone to the very beginning"
        for earlier, later in pairwise(walked):
            take_up_plan(evening=evening, seen=earlier.public_id, plan=later, by=cast.aicha, at=NOW)
        assert plan_in_hand(evening).document == walked[-1].document, "and done again"
