"""Rounds made by algebra: nobody meets twice, and the search keeps what the algebra gave."""

from collections import Counter
from itertools import combinations

import pytest

from essor.algos.seating import Challenge, Person, Problem, RoomTable, Rules, judge, solve
from essor.algos.seating.designs import rounds_apart, squares


def tables_of(seats):
    tables = {}
    for person, table in enumerate(seats):
        tables.setdefault(table, []).append(person)
    return tables


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 10, 12, 15])
def test_squares_are_latin_and_any_two_are_orthogonal(order):
    made = squares(order)
    numbers = set(range(order))
    for square in made:
        assert all(set(row) == numbers for row in square)
        assert all(set(column) == numbers for column in zip(*square, strict=True))
    for one, other in combinations(made, 2):
        pairs = {(x, y) for a, b in zip(one, other, strict=True) for x, y in zip(a, b, strict=True)}
        assert len(pairs) == order**2


@pytest.mark.parametrize(("order", "count"), [(7, 6), (8, 7), (9, 8), (10, 2), (12, 2), (6, 1)])
def test_as_many_squares_as_is_promised(order, count):
    assert len(squares(order)) == count


@pytest.mark.parametrize(
    ("people", "tables", "rounds"),
    [(32, 8, 9), (100, 10, 4), (60, 8, 8), (25, 5, 6), (144, 12, 4), (49, 7, 8), (61, 8, 4)],
)
def test_nobody_meets_anybody_twice(people, tables, rounds):
    plan = rounds_apart(people, tables, rounds)
    assert len(plan) == rounds
    met = Counter()
    for seats in plan:
        groups = tables_of(seats).values()
        assert len(groups) == tables
        assert max(map(len, groups)) - min(map(len, groups)) <= 1
        for group in groups:
            met.update(combinations(group, 2))
    assert max(met.values()) == 1


def test_no_more_rounds_than_asked_and_none_where_tables_are_too_large():
    assert len(rounds_apart(25, 5, 2)) == 2
    assert rounds_apart(30, 5, 3) == []
    assert rounds_apart(8, 1, 3) == []


def test_first_people_share_no_table():
    for seats in rounds_apart(60, 8, 8):
        assert len({seats[i] for i in range(8)}) == 8


def rotating(people, tables, rounds, guides=0):
    crowd = tuple(
        Person(f"p{i}", {"sphere": ("abcdefg"[i * i % 7],)}, facilitator=i >= people - guides)
        for i in range(people)
    )
    size = people // tables
    rules = Rules(size, size + (people % tables > 0), (0,), 0, repeat=25, same_challenge=0)
    room = tuple(RoomTable(f"T{i}") for i in range(tables))
    return Problem(crowd, room, (Challenge("c"),), {"sphere": 6}, rules, rounds)


@pytest.mark.parametrize("guides", [0, 8])
def test_search_keeps_everybody_apart_for_seven_rounds(guides):
    problem = rotating(60, 8, 7, guides)
    verdict = judge(problem, solve(problem, steps=60_000).plan, shuffles=0)
    assert verdict.legal
    assert verdict.repeats == 0


def test_hundred_people_ten_tables_four_rounds_without_a_repeat():
    problem = rotating(100, 10, 4)
    verdict = judge(problem, solve(problem, steps=60_000).plan, shuffles=0)
    assert verdict.legal
    assert verdict.repeats == 0
