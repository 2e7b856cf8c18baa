"""Our judge and the bench's, which knows nothing of us, say the same of the same plan."""

import random

import pytest

from essor.algos.seating import Plan, Seating, judge, read_problem, solve
from tests.algos.evenings import bench, made, needs_bench, small

FIGURES = (
    "cost",
    "mixing",
    "choice_cost",
    "mixing_bound",
    "mixing_random",
    "gap_closed",
    "first_choice",
    "first_or_second",
    "none_of_choices",
    "repeats_beyond_forced",
    "same_challenge",
    "hard_rules_broken",
)


def figures(verdict):
    """The figures to compare; a float may differ in its last digit."""
    return [verdict["open_tables"], {k: pytest.approx(verdict[k], abs=0.11) for k in FIGURES}]


def shuffled_plan(problem, rng):
    """A careless plan: people dealt out by lot, tables on one or two challenges by lot."""
    rounds = []
    for _ in range(problem.rounds):
        people = [p.id for p in problem.people]
        rng.shuffle(people)
        tables = rng.sample(problem.tables, rng.randint(2, len(problem.tables)))
        rounds.append(
            tuple(
                Seating(
                    t.id,
                    tuple(rng.sample([c.id for c in problem.challenges], rng.randint(1, 2))),
                    tuple(people[i :: len(tables)]),
                )
                for i, t in enumerate(tables)
            )
        )
    return Plan(tuple(rounds))


@needs_bench
@pytest.mark.parametrize("rounds", [1, 3])
def test_judge_agrees_with_the_bench_on_careless_plans(rounds):
    theirs = bench("judge_evening")
    rng = random.Random(5)
    for data in (small(rounds=rounds), made(rounds=rounds)):
        problem = read_problem(data)
        for _ in range(10):
            plan = shuffled_plan(problem, rng)
            expected = theirs.verdict(data, plan.to_dict())
            found = judge(problem, plan).to_dict()
            assert figures(expected) == [found["open_tables"], {k: found[k] for k in FIGURES}]


@needs_bench
@pytest.mark.parametrize("rounds", [1, 3])
def test_judge_agrees_with_the_bench_on_solved_plans(rounds):
    data = made(rounds=rounds)
    problem = read_problem(data)
    plan = solve(problem, steps=20_000).plan
    expected = bench("judge_evening").verdict(data, plan.to_dict())
    found = judge(problem, plan).to_dict()
    assert expected["hard_rules_broken"] == 0
    assert figures(expected) == [found["open_tables"], {k: found[k] for k in FIGURES}]


def test_judge_counts_each_shared_value_of_people_with_several_spheres():
    data = small()
    for person in data["people"]:
        person["attributes"] = {"sphere": ["citizen", "enterprise"]}
    problem = read_problem(data)
    table = Seating("T0", ("c0",), tuple(p.id for p in problem.people))
    assert judge(problem, Plan(((table,),))).cost.mixing == 2 * 6 * 24 * 23 / 2
