"""Rules that cannot hold together are named before the search, with the smallest change."""

import pytest

from essor.algos.seating import check, read_problem, solve
from tests.algos.evenings import evening, small


def refusals(**changes):
    """Codes and sentences for a small evening changed by `changes`."""
    data = small()
    data.update(changes)
    return {r.code: r for r in check(read_problem(data))}


def people(change, which=lambda i: True):
    """The people of the small evening, some of them changed."""
    crowd = small()["people"]
    for i, person in enumerate(crowd):
        if which(i):
            person.update(change)
    return crowd


def test_possible_evening_is_not_refused():
    assert check(evening()) == []


def test_too_few_facilitators_says_how_many_and_what_else_would_do():
    crowd = people({"facilitator": False}, lambda i: i > 0)
    found = refusals(people=crowd, seats={"min": 4, "max": 8})["too_few_facilitators"]
    assert found.params == {"tables": 3, "facilitators": 1, "missing": 2}
    assert found.text == (
        "3 tables, 1 facilitators: find 2 more facilitators, or close 2 tables "
        "and seat up to 24 at each."
    )
    assert found.remedies[0] == ("more_facilitators", {"count": 2})


def test_the_remedy_of_too_few_facilitators_does_it():
    crowd = people({"facilitator": False}, lambda i: i > 0)
    for person in crowd[-2:]:
        person["facilitator"] = True
    assert "too_few_facilitators" not in refusals(people=crowd)


def test_too_few_tables():
    found = refusals(tables=[{"id": "T0", "accessible": True}])["too_few_tables"]
    assert found.params["needed"] == 3
    assert dict(found.remedies)["seats_max"] == {"to": 24}
    assert dict(found.remedies)["fewer_people"] == {"count": 16}


def test_too_few_people():
    found = refusals(seats={"min": 30, "max": 40})["too_few_people"]
    assert found.remedies[0] == ("more_people", {"count": 6})


def test_people_who_cannot_be_split():
    found = refusals(seats={"min": 10, "max": 11})["cannot_split"]
    assert found.params == {"people": 24, "low": 10, "high": 11}


def test_nobody_can_reach_a_table():
    tables = [{"id": f"T{i}", "accessible": False} for i in range(4)]
    found = refusals(tables=tables)["too_few_accessible"]
    assert found.params["missing"] == 1


def test_block_larger_than_a_table():
    found = refusals(together=[["p6", f"p{i}"] for i in range(7, 16)])["block_too_large"]
    assert found.params["count"] == 10


def test_together_by_way_of_others_and_apart():
    found = refusals(together=[["p7", "p8"], ["p8", "p9"]], apart=[["p7", "p9"]])
    assert found["together_and_apart"].params == {"first": "p7", "second": "p9"}


def test_host_of_two_challenges_that_are_not_neighbours():
    challenges = small()["challenges"]
    challenges[2]["hosts"] = ["p6"]
    found = refusals(challenges=challenges)["host_of_two"]
    assert (found.params["first"], found.params["second"]) == ("c0", "c2")


def test_more_hosted_challenges_than_tables():
    challenges = small(challenges=7)["challenges"]
    for i, c in enumerate(challenges):
        c.update(hosts=[f"p{10 + i}"], neighbours=[])
    assert refusals(challenges=challenges)["too_many_hosted"].params["tables"] == 4


@pytest.mark.parametrize(
    ("pins", "code"),
    [
        ({7: {"pin_table": "T0"}, 8: {"pin_table": "T1"}}, "pins_differ"),
        ({10: {"pin_table": "T1"}}, "pin_without_access"),
    ],
)
def test_pins_that_contradict_a_rule(pins, code):
    crowd = small()["people"]
    for i, pin in pins.items():
        crowd[i].update(pin)
    assert code in refusals(people=crowd)


def test_solve_refuses_without_a_search():
    data = small()
    data["tables"] = data["tables"][:1]
    outcome = solve(read_problem(data), steps=1000)
    assert outcome.plan is None
    assert outcome.done == 0
    assert outcome.refusals[0].code == "too_few_tables"


def test_rules_that_only_the_search_finds_impossible_are_named():
    """Five people apart from each other and four tables: no check before, an honest word after."""
    data = small()
    data["together"] = []
    data["apart"] = [[f"p{i}", f"p{j}"] for i in range(10, 15) for j in range(10, i)]
    outcome = solve(read_problem(data), steps=3000)
    assert outcome.plan is None
    assert outcome.refusals[0].code == "not_found"
    assert "apart" in outcome.refusals[0].params["rules"]
