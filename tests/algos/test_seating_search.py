"""The search: always legal or refused, never dearer than it says, as good as an exact solver."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import combinations

import pytest

from essor.algos.seating import (
    Challenge,
    Outcome,
    Person,
    Problem,
    RoomTable,
    Rules,
    judge,
    read_problem,
    solve,
)
from essor.algos.seating.compiled import Emphasis, compile_problem
from essor.algos.seating.kernels import anneal, cost_of, faults_of
from essor.algos.seating.opening import first_state, seated
from essor.algos.seating.plans import to_plan
from essor.algos.seating.wishes import Wishes
from tests.algos.evenings import evening, made, needs_bench, small


def legal_cost(problem, outcome):
    """The judge's total, after making sure that the plan is legal and the outcome agrees."""
    verdict = judge(problem, outcome.plan)
    assert [v.text for v in verdict.violations] == []
    assert outcome.cost == verdict.cost
    return verdict.cost.total


def test_same_seed_and_steps_give_the_same_plan():
    problem = evening(rounds=2)
    first = solve(problem, seed=3, steps=5000)
    assert solve(problem, seed=3, steps=5000).plan == first.plan
    assert solve(problem, seed=4, steps=5000).plan != first.plan


def test_stopped_search_is_made_again_with_its_steps_and_stop():
    problem = evening()
    calls = iter(range(100))
    stopped = solve(problem, seed=1, steps=30_000, cancelled=lambda: next(calls) == 7)
    assert not stopped.complete
    assert solve(problem, seed=1, steps=30_000, stop=stopped.done).plan == stopped.plan


def test_seconds_are_turned_into_steps_that_are_reported():
    problem = evening()
    outcome = solve(problem, seconds=0.2)
    legal_cost(problem, outcome)
    assert outcome.steps >= 1000
    if outcome.complete:
        assert solve(problem, steps=outcome.steps).plan == outcome.plan


def test_progress_grows_to_one_and_offers_the_best_plan_so_far():
    problem, seen = evening(), []
    outcome = solve(problem, steps=12_000, progress=seen.append)
    shares = [p.share for p in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert seen[-1].plan() == outcome.plan


def test_cancelled_at_once_still_gives_a_legal_plan():
    problem = evening()
    outcome = solve(problem, steps=10**9, cancelled=lambda: True)
    legal_cost(problem, outcome)
    assert outcome.done < 10**8


def test_start_is_improved_and_past_rounds_keep_their_seats():
    problem = evening(rounds=3)
    start = solve(problem, seed=1, steps=300)
    better = solve(problem, seed=1, steps=20_000, start=start.plan, first_round=1)
    assert legal_cost(problem, better) < legal_cost(problem, start)

    def seats(plan):
        return {m: s.table for s in plan.rounds[0] for m in s.people}

    assert seats(better.plan) == seats(start.plan)


@needs_bench
def test_everybody_has_one_of_their_choices_when_that_can_be():
    for seed in (11, 12):
        problem = read_problem(made(people=200, challenges=20, boosts=3, seed=seed))
        verdict = judge(problem, solve(problem, steps=600_000).plan)
        assert verdict.legal
        assert verdict.unlisted == 0
        assert verdict.share(2) == 1.0


def crowded(choices, tables="ABC", low=2, high=3, neighbours=()):
    """Nine people at three tables of three: a facilitator each, and those with these choices."""
    crowd = [Person(f"f{t}", facilitator=True) for t in tables]
    crowd += [Person(f"p{i}", choices=wishes) for i, wishes in enumerate(choices)]
    topics = sorted({c for wishes in choices for c in wishes})
    challenges = tuple(
        Challenge(c, neighbours=tuple(x for x in neighbours if x != c and c in neighbours))
        for c in topics
    )
    return Problem(tuple(crowd), tuple(map(RoomTable, tables)), challenges, {"sphere": 1},
                   Rules(seats_min=low, seats_max=high))  # fmt: skip


def wishes_of(problem, tables_on, seats):
    """The last hopes of a plan: `tables_on[t]` is a challenge, `seats[person]` a table's number."""
    c = compile_problem(problem)
    names = [ch.id for ch in problem.challenges]
    where = [[seats[problem.people[u[0]].id] for u in c.units]]
    topic = [[names.index(x) for x in tables_on]]
    return c, Wishes(c, seated(c, where, topic, 1), 0, random.Random(1), 5000)


def test_last_hope_is_a_chain_of_three_who_each_take_the_next_seat():
    """p0 wants water, full; p1 leaves it for bikes, full; p3 leaves bikes for the seat of p0."""
    wishes = [
        ("water",),
        ("water", "bikes"),
        ("water",),
        ("bikes", "bread"),
        ("bikes",),
        ("bread",),
    ]
    problem = crowded(wishes)
    c, hopes = wishes_of(problem, ["water", "bikes", "bread"], {
        "fA": 0, "fB": 1, "fC": 2, "p1": 0, "p2": 0, "p3": 1, "p4": 1, "p0": 2, "p5": 2})  # fmt: skip
    assert len(hopes.lost) == 1
    assert hopes.settle()
    assert hopes.lost == set()
    plan = to_plan(c, [hopes.where], [hopes.topic])
    verdict = judge(problem, plan)
    assert verdict.legal
    assert verdict.unlisted == 0


def test_last_hope_opens_a_challenge_at_a_table_whose_people_can_go_elsewhere():
    wishes = [("rare",), ("water",), ("water",), ("water",), ("bikes",), ("bikes", "rare")]
    problem = crowded(wishes)
    c, hopes = wishes_of(problem, ["water", "water", "bikes"], {
        "fA": 0, "fB": 1, "fC": 2, "p1": 0, "p2": 0, "p3": 1, "p0": 1, "p4": 2, "p5": 2})  # fmt: skip
    assert not hopes.settle()
    assert len(hopes.lost) == 1
    problem = crowded(wishes, high=4)
    c, hopes = wishes_of(problem, ["water", "water", "bikes"], {
        "fA": 0, "fB": 1, "fC": 2, "p1": 0, "p2": 0, "p3": 1, "p0": 1, "p4": 2, "p5": 2})  # fmt: skip
    assert hopes.settle()
    verdict = judge(problem, to_plan(c, [hopes.where], [hopes.topic]))
    assert verdict.legal
    assert verdict.unlisted == 0


@pytest.mark.parametrize("seed", range(12))
def test_last_hope_never_breaks_a_rule_nor_loses_anybody(seed):
    rng = random.Random(seed)
    problem = read_problem(small(rng, people=40, tables=7, challenges=9, low=3, facilitators=9))
    c = compile_problem(problem)
    state = first_state(c, seed=seed)
    anneal(c.fixed, state, 3000, 40.0, 1.0, 0.0, 1.0, 0)
    assert faults_of(c.fixed, state) == 0
    hopes = Wishes(c, state, 0, rng, 5000)
    before = len(hopes.lost)
    gained = hopes.settle()
    after = seated(c, [hopes.where], [hopes.topic], 1)
    assert faults_of(c.fixed, after) == 0
    assert gained is (len(hopes.lost) < before)
    assert hopes.lost == Wishes(c, after, 0, rng, 1).lost
    assert judge(problem, to_plan(c, after.where, after.topic)).unlisted <= before


def exact_nones(problem):
    """The fewest people with none of their choices, by CP-SAT."""
    free = replace(problem.rules, choice=(0,) * 4, unlisted=1)
    return exact(replace(problem, mix={}, rules=free))


@pytest.mark.parametrize("seed", range(8))
def test_nobody_goes_without_a_choice_whom_an_exact_solver_would_seat(seed):
    rng = random.Random(seed)
    problem = read_problem(small(rng, people=20, tables=4, challenges=6, facilitators=4))
    fewest = exact_nones(problem)
    found = judge(problem, solve(problem, steps=40_000).plan)
    assert found.legal
    assert found.unlisted == fewest


@needs_bench
def test_three_rounds_repeat_no_meeting_that_is_not_forced():
    problem = read_problem(made(people=200, challenges=20, boosts=3, rounds=3))
    verdict = judge(problem, solve(problem, steps=600_000).plan)
    assert verdict.legal
    assert verdict.repeats == 0


def test_priced_changes_add_up_to_the_whole_cost():
    """Random stress: after each slice the kernels' own sum equals a full count and the judge's."""
    rng = random.Random(9)
    for rounds in (1, 2, 3):
        data = small(rng, rounds=rounds, people=30, tables=5)
        data["costs"].update(table=30, merge=3)
        data["people"][9]["attributes"]["sphere"] = ["citizen", "enterprise"]
        problem = read_problem(data)
        c = compile_problem(problem)
        state = first_state(c, seed=rounds)
        forced = sum(problem.rules.repeat * (rounds - 1) for _ in problem.together)

        def whole(c=c, state=state):
            return cost_of(c.fixed, state) + c.fixed.penalty * faults_of(c.fixed, state)

        for part in range(30):
            before = whole()
            change = anneal(c.fixed, state, 200, 40.0, 0.5, part / 30, (part + 1) / 30, 0)
            assert whole() == pytest.approx(before + change)
            verdict = judge(problem, to_plan(c, state.where, state.topic), shuffles=0)
            if faults_of(c.fixed, state) == 0:
                assert verdict.legal
                slim = verdict.cost.total - verdict.cost.merge
                assert slim <= cost_of(c.fixed, state) + c.inside + 1e-6 + forced


def test_emphasis_is_unknown_to_the_cost_that_is_reported():
    problem = evening()
    plain = compile_problem(problem)
    raised = compile_problem(problem, Emphasis())
    assert raised.fixed.unlisted > plain.fixed.unlisted == problem.rules.unlisted
    legal_cost(problem, solve(problem, steps=4000))


@pytest.mark.parametrize("seed", range(25))
def test_random_evening_is_seated_legally_or_refused_with_a_reason(seed):
    rng = random.Random(seed)
    data = small(rng, people=rng.randint(9, 40), tables=rng.randint(1, 8),
                 challenges=rng.randint(1, 7), rounds=rng.randint(1, 3), low=rng.randint(2, 5),
                 high=rng.randint(5, 9), facilitators=rng.randint(1, 4))  # fmt: skip
    names = [p["id"] for p in data["people"]]
    data["together"] += [rng.sample(names, 2) for _ in range(rng.randint(0, 3))]
    data["apart"] += [rng.sample(names, 2) for _ in range(rng.randint(0, 4))]
    if rng.random() < 0.3:
        data["people"][-1]["pin_table"] = rng.choice(data["tables"])["id"]
    if rng.random() < 0.3:
        data["challenges"][-1]["max_tables"] = rng.randint(0, 2)
    problem = read_problem(data)
    outcome = solve(problem, seed=seed, steps=6000)
    if outcome.plan:
        legal_cost(problem, outcome)
    else:
        assert all(r.code and r.text and r.remedies for r in outcome.refusals)
        assert outcome.refusals


def splits(people, size):
    """Every way to cut a list into groups of `size`."""
    if not people:
        yield ()
        return
    for rest in combinations(people[1:], size - 1):
        group = (people[0], *rest)
        left = [p for p in people if p not in group]
        for more in splits(left, size):
            yield (group, *more)


@pytest.mark.parametrize("seed", range(6))
def test_tiny_mixing_is_as_good_as_full_enumeration(seed):
    rng = random.Random(seed)
    crowd = tuple(
        Person(f"p{i}", {"sphere": (rng.choice("abc"),), "age": (rng.choice("xy"),)})
        for i in range(9)
    )
    problem = Problem(
        crowd, tuple(RoomTable(t) for t in "ABC"), (Challenge("c"),), {"sphere": 6, "age": 2},
        Rules(seats_min=3, seats_max=3))  # fmt: skip
    weights = problem.mix.items()

    def price(group):
        return sum(
            w
            for a, b in combinations(group, 2)
            for k, w in weights
            if a.attributes[k] == b.attributes[k]
        )

    best = min(sum(map(price, groups)) for groups in splits(list(crowd), 3))
    assert legal_cost(problem, solve(problem, steps=6000)) == best


def exact_people(problem, m, sit, on, tables):
    """One table for each person; what their choice costs there, as CP-SAT variables."""
    r, cost = problem.rules, []
    for p in problem.people:
        m.add_exactly_one(sit[p.id, t] for t in tables)
        for t in tables:
            if p.needs_access and not problem.tables[t].accessible:
                m.add(sit[p.id, t] == 0)
            if p.remote is not problem.tables[t].remote:
                m.add(sit[p.id, t] == 0)
            for c in problem.hosting.get(p.id, ()):
                m.add_implication(sit[p.id, t], on[c, t])
            if problem.chooses(p):
                ladder = [*r.choice[: len(p.choices)], r.unlisted]
                paid = m.new_int_var(0, int(r.unlisted), "")
                for rank, price in enumerate(ladder):
                    better = [on[c, t] for c in p.choices[:rank]]
                    clause = [sit[p.id, t], *[b.negated() for b in better]]
                    m.add(paid >= int(price)).only_enforce_if(clause)
                cost.append(paid)
    return cost


def exact(problem):
    """The least cost of a tiny single-round evening by CP-SAT, or None when there is no plan."""
    cp = pytest.importorskip("ortools.sat.python.cp_model")
    m, r = cp.CpModel(), problem.rules
    tables, topics = range(len(problem.tables)), problem.challenges
    sit = {(p.id, t): m.new_bool_var("") for p in problem.people for t in tables}
    on = {(c.id, t): m.new_bool_var("") for c in topics for t in tables}
    opened = [m.new_bool_var("") for _ in tables]
    cost = exact_people(problem, m, sit, on, tables)
    for t in tables:
        size = sum(sit[p.id, t] for p in problem.people)
        m.add(size >= r.seats_min * opened[t])
        m.add(size <= r.seats_max * opened[t])
        m.add(sum(sit[p.id, t] for p in problem.people if p.facilitator) >= opened[t])
        m.add(sum(on[c.id, t] for c in topics) >= opened[t])
        for a, b in combinations(topics, 2):
            if not problem.may_share(a.id, b.id):
                m.add(on[a.id, t] + on[b.id, t] <= 1)
        for a, b in problem.together:
            m.add(sit[a, t] == sit[b, t])
        for a, b in problem.apart:
            m.add(sit[a, t] + sit[b, t] <= 1)
        for a, b in combinations(problem.people, 2):
            shared = sum(
                w
                for k, w in problem.mix.items()
                if set(a.attributes.get(k, ())) & set(b.attributes.get(k, ()))
            )
            if shared:
                both = m.new_bool_var("")
                m.add_bool_or([sit[a.id, t].negated(), sit[b.id, t].negated(), both])
                cost.append(int(shared) * both)
    m.minimize(sum(cost))
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = 20
    solver.parameters.num_workers = 1
    status = solver.solve(m)
    assert status in (cp.OPTIMAL, cp.INFEASIBLE)
    return solver.objective_value if status == cp.OPTIMAL else None


@pytest.mark.parametrize("seed", range(4))
def test_tiny_evening_costs_what_an_exact_solver_finds(seed):
    data = small(random.Random(seed), people=10, tables=3, challenges=3, low=3, high=5,
                 facilitators=2)  # fmt: skip
    problem = read_problem(data)
    best = exact(problem)
    outcomes = [solve(problem, seed=s, steps=20_000) for s in range(3)]
    if best is None:
        assert all(o.plan is None for o in outcomes)
    else:
        assert min(legal_cost(problem, o) for o in outcomes) == best


@pytest.mark.parametrize("seed", range(8))
def test_tiny_evening_with_people_at_a_distance_costs_what_an_exact_solver_finds(seed):
    rng = random.Random(seed)
    data = small(rng, people=13, tables=3, challenges=3, low=3, high=6, facilitators=3)
    for i in [*rng.sample(range(3, 13), 3 + seed % 3), 2]:
        data["people"][i].update(remote=True, needs_access=False)
    data["tables"][2]["remote"] = True
    problem = read_problem(data)
    best = exact(problem)
    outcomes = [solve(problem, seed=s, steps=20_000) for s in range(3)]
    if best is None:
        assert all(o.plan is None for o in outcomes)
    else:
        assert min(legal_cost(problem, o) for o in outcomes) == best


def test_tables_open_only_while_they_pay():
    problem = evening(people=48, tables=8, facilitators=8)
    many = solve(problem, steps=30_000)
    dear = replace(problem, rules=replace(problem.rules, table=2000))
    few = solve(dear, steps=30_000)
    assert len(many.plan.rounds[0]) == 8
    assert len(few.plan.rounds[0]) == 6
    again = solve(problem, steps=60_000, start=few.plan)
    assert len(again.plan.rounds[0]) > 6


def test_pins_and_numbers_of_tables_hold():
    data = small(people=32, facilitators=6)
    data["people"][20]["pin_table"] = "T3"
    data["people"][21]["pin_challenge"] = "c2"
    data["challenges"][3]["max_tables"] = 0
    data["challenges"][1]["min_tables"] = 2
    problem = read_problem(data)
    outcome = solve(problem, steps=20_000)
    legal_cost(problem, outcome)
    tables = outcome.plan.rounds[0]
    assert next(s.table for s in tables if "p20" in s.people) == "T3"
    assert "c2" in next(s.challenges for s in tables if "p21" in s.people)
    assert sum("c1" in s.challenges for s in tables) >= 2
    assert not any("c3" in s.challenges for s in tables)


def test_without_numba_the_same_law_holds():
    """Plain Python, in a process of its own: the same plan as the compiled kernels give."""
    code = (
        "from tests.algos.evenings import evening\n"
        "from essor.algos.seating import solve, jit\n"
        "o = solve(evening(), seed=2, steps=1500)\n"
        "print(jit.COMPILED, o.cost.total)\n"
    )
    env = {**os.environ, "ESSOR_NO_NUMBA": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True,
                          check=True)  # fmt: skip
    problem = evening()
    compiled = solve(problem, seed=2, steps=1500)
    assert isinstance(compiled, Outcome)
    assert done.stdout.split() == ["False", str(legal_cost(problem, compiled))]


def test_tables_open_again_where_nobody_chose():
    """Thirty imported names without a wish: five tables of six spheres, not three of ten."""
    people = tuple(Person(f"p{i}", {"sphere": (f"s{i % 6}",)}, ()) for i in range(30))
    problem = Problem(
        people,
        tuple(RoomTable(str(number)) for number in range(1, 7)),
        (Challenge("canteen"), Challenge("cafe")),
        {"sphere": 6, "commune": 2},
        Rules(seats_min=6, seats_max=12),
    )
    outcome = solve(problem, seed=1, steps=1_000_000)
    assert legal_cost(problem, outcome) == 0
    assert [len(table.people) for table in outcome.plan.rounds[0]] == [6] * 5
