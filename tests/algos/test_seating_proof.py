"""The proof: numbers that can be counted again, and reasons for every table and person."""

import random
from collections import Counter
from itertools import combinations, combinations_with_replacement
from math import comb

import pytest

from essor.algos.seating import (
    Challenge,
    Person,
    Problem,
    RoomTable,
    Rules,
    judge,
    prove,
    read_problem,
    solve,
    suggest,
)
from essor.algos.seating.bounds import forced_repeats, spread
from essor.algos.seating.chance import Chance
from tests.algos.evenings import evening, made, needs_bench, small


@pytest.fixture(scope="module")
def proven():
    problem = evening(people=28)
    plan = solve(problem, steps=8000).plan
    return problem, plan, prove(problem, plan)


def test_choices_add_up_to_all_who_chose(proven):
    problem, _, proof = proven
    choosers = sum(problem.chooses(p) for p in problem.people)
    assert sum(h.people for h in proof.choices) == choosers
    assert sum(h.share for h in proof.choices) == pytest.approx(1)


def test_every_person_and_table_has_reasons(proven):
    problem, plan, proof = proven
    assert set(proof.people) == set(problem.person)
    assert all(r.text and r.code for rounds in proof.people.values() for rs in rounds for r in rs)
    assert [t.table for t in proof.tables] == [s.table for s in plan.rounds[0]]


def test_a_person_is_told_choice_spheres_and_acquaintances(proven):
    problem, _, proof = proven
    person = next(p for p in problem.people if problem.chooses(p))
    codes = [r.code for r in proof.people[person.id][0]]
    assert codes[0] in ("choice", "no_choice")
    assert "values" in codes
    assert "known" in codes
    together = {r.code: r for r in proof.people["p7"][0]}["together"]
    assert together.params == {"people": ["p8"]}
    host = proof.people["p6"][0]
    assert host[0].code == "hosts"


def test_table_counts_are_those_of_its_people(proven):
    problem, plan, proof = proven
    for shown, s in zip(proof.tables, plan.rounds[0], strict=True):
        spheres = {v for m in s.people for v in problem.person[m].attributes["sphere"]}
        assert shown.values["sphere"] == len(spheres)
        assert shown.chance["sphere"].low <= shown.chance["sphere"].mean
        assert shown.chance["sphere"].mean <= shown.chance["sphere"].high


def test_chance_is_the_hypergeometric_law():
    problem = evening(people=28)
    held = [p.attributes["sphere"] for p in problem.people]
    values = {v for h in held for v in h}
    exact = sum(1 - comb(28 - sum(v in h for h in held), 6) / comb(28, 6) for v in values)
    law = Chance(problem, "sphere").of(6)
    assert law.mean == pytest.approx(exact)


def test_chance_interval_holds_nineteen_draws_in_twenty():
    problem = evening(people=40)
    law = Chance(problem, "commune").of(7)
    rng = random.Random(2)
    inside = sum(
        law.low <= len({v for p in rng.sample(problem.people, 7)
                        for v in p.attributes["commune"]}) <= law.high
        for _ in range(4000))  # fmt: skip
    assert inside / 4000 >= 0.94


def test_chance_of_people_with_several_values_is_drawn():
    data = small()
    for person in data["people"][:5]:
        person["attributes"]["sphere"] = ["citizen", "enterprise"]
    law = Chance(read_problem(data), "sphere").of(6)
    assert 1 < law.mean < 4


def test_spread_is_the_fewest_pairs_by_enumeration():
    def least(count, sizes):
        if not sizes:
            return 0 if count == 0 else 10**9
        return min(comb(k, 2) + least(count - k, sizes[1:])
                   for k in range(min(count, sizes[0]) + 1))  # fmt: skip

    for sizes in ([2, 3, 4], [1, 1, 5], [3, 3, 3], [4]):
        for count in range(sum(sizes) + 1):
            assert spread(count, sizes) == least(count, sizes)


@needs_bench
def test_a_solved_plan_beats_chance_on_every_attribute_of_weight():
    problem = read_problem(made(people=200, challenges=20, boosts=3))
    proof = prove(problem, solve(problem, steps=300_000).plan)
    spheres = next(m for m in proof.mixed if m.attribute == "sphere")
    assert spheres.mean > spheres.chance.high
    assert spheres.mean <= spheres.best
    assert proof.gap_closed > 0.8


def test_suggestions_are_legal_and_their_effect_is_true():
    data = small(people=28, facilitators=4, tables=5)
    for person in data["people"][8:20]:
        person["choices"] = ["c1"]
    problem = read_problem(data)
    plan = solve(problem, steps=15_000).plan
    found = suggest(problem, plan)
    assert {"one_more_facilitator", "drop"} <= {s.code for s in found}
    for s in found:
        verdict = judge(s.problem, s.plan)
        assert verdict.legal
        assert s.text
        assert s.effect["open_tables"] == sum(verdict.open_tables) - len(plan.rounds[0])
    assert [s.effect["cost"] for s in found] == sorted(s.effect["cost"] for s in found)
    more = next(s for s in found if s.code == "one_more_facilitator")
    assert more.effect["cost"] < 0
    assert len(more.problem.people) == 29


def test_a_dropped_challenge_is_at_no_table():
    problem = evening(people=28)
    found = suggest(problem, solve(problem, steps=8000).plan)
    dropped = [s for s in found if s.code == "drop"]
    assert dropped
    for s in dropped:
        assert not any(s.params["challenge"] in t.challenges for t in s.plan.rounds[0])


def test_tight_bound_counts_colleagues_who_come_together():
    data = small(people=28)
    for i in (7, 8):
        data["people"][i]["attributes"]["commune"] = "elsewhere"
    problem = read_problem(data)
    plan = solve(problem, steps=8000).plan
    proof = prove(problem, plan)
    assert proof.verdict.bound + 2 <= proof.bound <= proof.verdict.cost.mixing


def rotating(people, tables, rounds, size, together=()):
    """People without choices who change tables; one facilitates where `tables` must be held."""
    crowd = tuple(Person(f"p{i}") for i in range(people))
    return Problem(
        crowd, tuple(RoomTable(f"T{i}") for i in range(tables)), (Challenge("c"),), {},
        Rules(size, size, (0,), 0, repeat=25, same_challenge=0), rounds, together)  # fmt: skip


def test_repeats_that_no_plan_avoids_are_counted_and_said():
    """Eight people at two tables of four: two tables share four pairs of seats for eight people."""
    problem = rotating(8, 2, 2, 4)
    assert forced_repeats(problem) == 4
    proof = prove(problem, solve(problem, steps=3000).plan)
    assert (proof.verdict.repeats, proof.forced) == (4, 4)
    assert "4 pairs meet again, and no plan can have fewer than 4." in proof.sentences()


def test_forced_repeats_are_never_more_than_an_exhaustive_search_finds():
    groups = list(splits([f"p{i}" for i in range(6)], 2))
    for rounds in (2, 3, 4):
        fewest = min(
            sum(n - 1 for n in Counter(g for r in plan for g in r).values())
            for plan in combinations_with_replacement(groups, rounds)
        )
        assert forced_repeats(rotating(6, 3, rounds, 2)) <= fewest
    assert forced_repeats(rotating(6, 3, 7, 2)) == 6


def test_together_is_not_counted_as_a_repeat_but_what_follows_from_it_is():
    chain = (("p0", "p1"), ("p1", "p2"))
    assert forced_repeats(rotating(40, 10, 3, 4, chain)) == 2
    assert forced_repeats(rotating(40, 10, 3, 4, chain[:1])) == 0


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
