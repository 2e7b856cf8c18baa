"""Tables by video: people at a distance sit at remote tables, those in the hall never do."""

import random
from dataclasses import replace

import pytest

from essor.algos.seating import (
    Live,
    NoSeat,
    Person,
    Plan,
    Seating,
    check,
    judge,
    prove,
    read_problem,
    solve,
    suggest,
)
from essor.algos.seating.bounds import bound_of, most_open
from essor.algos.seating.chance import Chance, mean_by_chance
from essor.algos.seating.compiled import compile_problem
from essor.algos.seating.kernels import anneal, cost_of, faults_of
from essor.algos.seating.opening import first_state
from essor.algos.seating.plans import to_plan
from tests.algos.evenings import bench, made, needs_bench, small


def hybrid(far=range(20, 26), tables=2, rng=None, people=34, tables_in_hall=4, **options):
    """A small evening: the people numbered in `far` at a distance, `tables` remote ones more.

    The first of `far` facilitates, and the last too.
    """
    data = small(rng, people=people, tables=tables_in_hall, **options)
    far = list(far)
    for i in far:
        data["people"][i].update(remote=True, needs_access=False)
    for i in {far[0], far[-1]}:
        data["people"][i].update(facilitator=True, choices=[])
    data["tables"] += [{"id": f"V{i}", "accessible": True, "remote": True} for i in range(tables)]
    return data


def far_and_near(problem, plan):
    """Remote people at remote tables, and everybody else, as two sets of (person, table)."""
    seats = {(m, s.table) for tables in plan.rounds for s in tables for m in s.people}
    far = {(m, t) for m, t in seats if problem.person[m].remote}
    return far, seats - far


def test_people_at_a_distance_sit_at_remote_tables_and_nobody_else_does():
    problem = read_problem(hybrid())
    plan = solve(problem, steps=20_000).plan
    far, near = far_and_near(problem, plan)
    assert {t for _, t in far} == {"V0"}
    assert len(far) == 6
    assert {t for _, t in near} == {"T0", "T1", "T2", "T3"}
    assert judge(problem, plan).legal


def test_the_judge_names_each_who_sits_on_the_wrong_side():
    problem = read_problem(hybrid())
    plan = solve(problem, steps=20_000).plan
    at = {m: s.table for s in plan.rounds[0] for m in s.people}
    swapped = {"p20": at["p30"], "p30": at["p20"]}
    tables = [
        replace(s, people=tuple(m for m in at if swapped.get(m, at[m]) == s.table))
        for s in plan.rounds[0]
    ]
    found = {v.params["person"]: v.text for v in judge(problem, Plan((tuple(tables),))).violations
             if v.code == "distance"}  # fmt: skip
    assert found == {
        "p20": f"round 1: p20 takes part from a distance, table {at['p30']} is in the hall",
        "p30": "round 1: p30 is in the hall, table V0 meets by video",
    }


def test_several_rounds_keep_each_on_their_side():
    problem = read_problem(hybrid(far=range(16, 30), tables=3, people=40, rounds=3))
    outcome = solve(problem, steps=30_000)
    far, near = far_and_near(problem, outcome.plan)
    assert judge(problem, outcome.plan).legal
    assert {t[0] for _, t in far} == {"V"}
    assert {t[0] for _, t in near} == {"T"}


def side_alone(data, far):
    """One side of a split evening as an evening of its own."""
    people = [p for p in data["people"] if p.get("remote", False) is far]
    ids = {p["id"] for p in people}
    tables = [t for t in data["tables"] if t.get("remote", False) is far]
    hosts = [{**c, "hosts": [h for h in c["hosts"] if h in ids]} for c in data["challenges"]]
    pairs = {k: [p for p in data[k] if ids.issuperset(p)] for k in ("together", "apart")}
    return read_problem({
        **data, **pairs, "challenges": hosts,
        "people": [{**p, "remote": False} for p in people],
        "tables": [{**t, "remote": False} for t in tables]})  # fmt: skip


def test_split_evening_costs_no_more_than_its_two_sides_seated_apart():
    """Two evenings that share nothing: searched as one, with the same steps, it is as good."""
    data = hybrid(far=range(50, 68), tables=3, people=80, tables_in_hall=9, facilitators=9)
    data["people"][55]["facilitator"] = True
    apart = [solve(side_alone(data, far), steps=60_000).cost.total for far in (False, True)]
    together = solve(read_problem(data), steps=120_000).cost.total
    assert together <= sum(apart) * 1.03


def test_as_many_tables_open_as_each_side_allows():
    problem = read_problem(hybrid(far=range(16, 30), tables=5, people=40))
    assert most_open(problem) == 4 + 2  # two facilitators are at a distance
    with_one_more = replace(
        problem, people=(*problem.people, Person("g", facilitator=True, remote=True))
    )
    assert most_open(with_one_more) == 4 + 3


# --- what cannot hold ---------------------------------------------------------------------------


def refused(data):
    return {(r.code, r.params.get("side")): r for r in check(read_problem(data))}


def test_too_few_remote_tables_says_how_many_to_mark():
    found = refused(hybrid(far=range(12, 30), tables=1, people=40))["too_few_tables", "remote"]
    assert found.params == {"people": 18, "tables": 1, "needed": 3, "high": 8, "side": "remote"}
    assert found.text.startswith("At a distance: 18 people need 3 tables of 8, the room has 1")
    assert found.remedies[0] == ("mark_remote", {"count": 2, "side": "remote"})
    assert found.remedies[-1] == ("to_the_hall", {"count": 18, "side": "remote"})


def test_no_remote_table_at_all():
    assert ("too_few_tables", "remote") in refused(hybrid(tables=0))


def test_the_remedies_do_it():
    data = hybrid(far=range(12, 30), tables=3, people=40)
    assert ("too_few_tables", "remote") not in refused(data)
    data["people"][13]["facilitator"] = True
    assert refused(data) == {}


def test_three_at_a_distance_are_too_few_for_a_table():
    found = refused(hybrid(far=range(20, 23)))["too_few_people", "remote"]
    assert found.params == {"people": 3, "low": 4, "side": "remote"}
    assert dict(found.remedies)["more_people"] == {"count": 1, "side": "remote"}
    assert dict(found.remedies)["to_the_hall"] == {"count": 3, "side": "remote"}


def test_nobody_at_a_distance_facilitates():
    data = hybrid()
    for i in (20, 25):
        data["people"][i]["facilitator"] = False
    found = refused(data)["too_few_facilitators", "remote"]
    assert found.remedies[0] == ("more_facilitators", {"count": 1, "side": "remote"})


def test_facilitators_at_a_distance_do_not_help_the_hall():
    data = hybrid(facilitators=1)
    assert ("too_few_facilitators", "hall") in refused(data)


def test_a_wish_across_names_who_is_where():
    data = hybrid()
    data["together"].append(["p22", "p30"])
    found = refused(data)["together_across", None]
    assert found.params == {"hall": ["p30"], "remote": ["p22"]}
    assert [code for code, _ in found.remedies] == ["drop_together", "change_side"]


@pytest.mark.parametrize(("who", "table"), [(22, "T0"), (30, "V0")])
def test_a_pin_across_is_refused(who, table):
    data = hybrid()
    data["people"][who]["pin_table"] = table
    found = refused(data)["pin_across", None]
    assert (found.params["people"], found.params["table"]) == ([f"p{who}"], table)


def test_remote_tables_nobody_asked_for_stay_closed():
    data = small(people=28)
    data["tables"].append({"id": "V0", "accessible": True, "remote": True})
    problem = read_problem(data)
    outcome = solve(problem, steps=8000)
    assert judge(problem, outcome.plan).legal
    assert "V0" not in {s.table for s in outcome.plan.rounds[0]}


# --- stress -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_random_split_evening_is_seated_legally_or_refused_with_a_reason(seed):
    rng = random.Random(seed)
    people = rng.randint(14, 40)
    far = sorted(rng.sample(range(8, people), rng.randint(1, people // 2)))
    data = hybrid(far, rng.randint(1, 4), rng, people, challenges=rng.randint(1, 6),
        rounds=rng.randint(1, 2), low=rng.randint(2, 4), high=rng.randint(6, 9),
        facilitators=rng.randint(2, 6))  # fmt: skip
    if rng.random() < 0.3:
        data["challenges"][-1]["min_tables"] = rng.randint(1, 2)
    if rng.random() < 0.3:
        data["challenges"][-1]["max_tables"] = rng.randint(0, 1)
    problem = read_problem(data)
    outcome = solve(problem, seed=seed, steps=6000)
    if outcome.plan is None:
        assert all(r.code and r.text and r.remedies for r in outcome.refusals)
        assert outcome.refusals
        return
    verdict = judge(problem, outcome.plan)
    assert [v.text for v in verdict.violations] == []
    assert outcome.cost == verdict.cost
    far_seats, near_seats = far_and_near(problem, outcome.plan)
    assert not {t for _, t in far_seats} & {t for _, t in near_seats}


def test_priced_changes_add_up_where_some_sit_on_the_wrong_side():
    """From an opening that breaks the rule: the kernels' own sum equals a full count each time."""
    rng = random.Random(4)
    for rounds in (1, 2):
        data = hybrid(range(10, 20), 2, rng, rounds=rounds)
        c = compile_problem(read_problem(data))
        state = first_state(c, seed=rounds)

        def whole(c=c, state=state):
            return cost_of(c.fixed, state) + c.fixed.penalty * faults_of(c.fixed, state)

        for part in range(20):
            before = whole()
            heat = 9000.0 if part < 5 else 40.0  # so hot that penalties are paid, then cool again
            change = anneal(c.fixed, state, 300, heat, 0.5, part / 20, (part + 1) / 20, 0)
            assert whole() == pytest.approx(before + change)
        assert judge(c.problem, to_plan(c, state.where, state.topic), 0).legal is (
            faults_of(c.fixed, state) == 0
        )


# --- at the door --------------------------------------------------------------------------------


def seats(live):
    return {m: s.table for s in live.plan.rounds[live.round] for m in s.people}


def test_walk_ins_go_to_their_side():
    problem = read_problem(hybrid())
    live = Live(problem, solve(problem, steps=8000).plan)
    assert live.walk_in(Person("far", remote=True)).tables == ("V0",)
    assert live.walk_in(Person("near")).tables[0].startswith("T")


def test_a_full_remote_table_does_not_send_people_to_the_hall():
    problem = read_problem(hybrid())
    live = Live(problem, solve(problem, steps=8000).plan)
    live.walk_in(Person("a", remote=True))
    live.walk_in(Person("b", remote=True))
    with pytest.raises(NoSeat) as refusal:
        live.walk_in(Person("c", remote=True))
    assert refusal.value.code == "no_legal_seat"
    assert "c" not in live.people


def test_moving_somebody_across_breaks_a_rule_that_is_named():
    problem = read_problem(hybrid())
    live = Live(problem, solve(problem, steps=8000).plan)
    assert "distance" in [v.code for v in live.effect_of_move("p22", "T0").breaks]
    assert "distance" in [v.code for v in live.effect_of_move("p30", "V0").breaks]


def test_the_only_remote_table_cannot_close():
    problem = read_problem(hybrid())
    live = Live(problem, solve(problem, steps=8000).plan)
    before = seats(live)
    with pytest.raises(NoSeat):
        live.close_table("V0")
    assert seats(live) == before


@pytest.mark.parametrize("seed", range(4))
def test_any_evening_of_events_keeps_each_on_their_side(seed):
    rng = random.Random(seed)
    problem = read_problem(hybrid(range(14, 30), 3, rng, 44, rounds=1 + seed % 2))
    live = Live(problem, solve(problem, steps=8000).plan)
    for number in range(30):
        event = rng.choice(["walk_in", "no_show", "move", "close"])
        someone, table = (
            rng.choice(sorted(live.people)),
            rng.choice(sorted(set(seats(live).values()))),
        )
        try:
            if event == "walk_in":
                live.walk_in(Person(f"w{number}", {}, ("c0",), remote=rng.random() < 0.5))
            elif event == "no_show":
                live.no_show(someone)
            elif event == "move":
                live.move(someone, table)
            else:
                live.close_table(table)
        except NoSeat:
            continue
        faults = {v.code for v in judge(live.problem, live.plan, 0).violations}
        assert faults <= {"size", "facilitator", "host"}


# --- files, proof, suggestions ------------------------------------------------------------------


def test_file_names_what_is_remote_and_nothing_else():
    problem = read_problem(hybrid())
    data = problem.to_dict()
    assert {p["id"] for p in data["people"] if p.get("remote")} == {f"p{i}" for i in range(20, 26)}
    assert [t for t in data["tables"] if "remote" in t] == [
        {"id": "V0", "accessible": True, "remote": True},
        {"id": "V1", "accessible": True, "remote": True},
    ]
    assert read_problem(data) == problem
    plain = read_problem(small()).to_dict()
    assert not any("remote" in row for row in (*plain["people"], *plain["tables"]))


@needs_bench
def test_the_shared_judge_finds_the_plan_legal_and_of_the_same_cost():
    data = made()
    guides = [p for p in data["people"] if p["facilitator"]]
    tied = {x for pair in (*data["together"], *data["apart"]) for x in pair}
    hosts = {h for c in data["challenges"] for h in c["hosts"]}
    free = [p for p in data["people"] if not p["facilitator"] and p["id"] not in tied | hosts]
    for person in [guides[0], *free[:8]]:
        person.update(remote=True, needs_access=False)
    data["tables"].append({"id": "V", "accessible": True, "remote": True})
    problem = read_problem(data)
    outcome = solve(problem, steps=30_000)
    theirs = bench("judge_evening").verdict(problem.to_dict(), outcome.plan.to_dict())
    assert theirs["hard_rules_broken"] == 0
    assert theirs["cost"] == pytest.approx(outcome.cost.total)


def test_proof_tells_the_table_and_the_person():
    problem = read_problem(hybrid())
    proof = prove(problem, solve(problem, steps=8000).plan)
    table = next(t for t in proof.tables if t.table == "V0")
    assert next(r for r in table.reasons if r.code == "remote").params == {"people": 6}
    assert "distance" in [r.code for r in proof.people["p22"][0]]
    assert "distance" not in [r.code for r in proof.people["p30"][0]]


def test_suggestions_find_means_for_one_side():
    problem = read_problem(hybrid(far=range(14, 30), tables=4, people=48, facilitators=4))
    plan = solve(problem, steps=20_000).plan
    means = [s for s in suggest(problem, plan) if s.code == "one_more_facilitator"]
    assert means
    for each in means:
        newcomer = each.problem.person[each.params["person"]]
        assert newcomer.remote is (each.params["side"] == "remote")
        assert judge(each.problem, each.plan).legal


def seated_in_order(data):
    """A plan that fills the tables one after the other, each side its own, by hand."""
    seats = {}
    for far in (False, True):
        people = [p["id"] for p in data["people"] if p.get("remote", False) is far]
        tables = [t["id"] for t in data["tables"] if t.get("remote", False) is far]
        for n, person in enumerate(people):
            seats.setdefault(tables[n % len(tables)], []).append(person)
    topic = data["challenges"][0]["id"]
    seated = tuple(Seating(t, (topic,), tuple(people)) for t, people in seats.items())
    return Plan((seated,))


def of_two_kinds():
    """Everybody at a distance is of one sphere, each person in the hall of another."""
    data = hybrid(people=14, far=range(8, 14), tables=2, tables_in_hall=2)
    for n, person in enumerate(data["people"]):
        person["attributes"] = {"sphere": ["afar"] if person.get("remote") else [f"s{n}"]}
    return {**data, "together": [], "apart": [], "mix": {"sphere": 1}}


def test_chance_fills_each_side_from_its_own_people():
    data = of_two_kinds()
    problem, plan = read_problem(data), seated_in_order(data)
    assert Chance(problem, "sphere").of(4).mean == pytest.approx(4)
    assert Chance(problem, "sphere", remote=True).of(3).mean == pytest.approx(1)
    by_chance = mean_by_chance(problem, plan, "sphere")
    assert (by_chance.low, by_chance.mean, by_chance.high) == (2.5, 2.5, 2.5), "(4 + 4 + 1 + 1) / 4"
    proof = prove(problem, plan)
    assert {t.table: t.chance["sphere"].mean for t in proof.tables} == pytest.approx(
        {"T0": 4, "T1": 4, "V0": 1, "V1": 1}
    )


def test_bound_and_chance_of_a_split_evening_are_those_of_its_two_sides():
    data = of_two_kinds()
    proof = prove(read_problem(data), seated_in_order(data))
    assert proof.verdict.random == proof.verdict.cost.mixing == 6, "three pairs at each table afar"
    assert proof.bound == proof.verdict.bound == 6, "and no plan has fewer"
    assert proof.gap_closed == 1


@pytest.mark.parametrize("seed", range(6))
def test_bound_of_two_sides_is_valid_and_never_below_that_of_one_crowd(seed):
    data = hybrid(rng=random.Random(seed))
    problem = read_problem(data)
    outcome = solve(problem, steps=6_000)
    if outcome.plan is None:
        return
    as_one = bound_of(problem, [s.people for s in outcome.plan.rounds[0]])
    proof = prove(problem, outcome.plan)
    assert as_one <= proof.verdict.bound <= proof.bound <= outcome.cost.mixing
