"""Choosing: properties that any election keeps, bold places, files, what is shown next."""

import doctest
import random
from collections import Counter
from fractions import Fraction

import pytest

from essor.algos import choosing as package
from essor.algos.choosing import (
    BadElection,
    Ballot,
    Election,
    Option,
    bold,
    choose,
    choosing,
    equal_shares,
    next_to_show,
    read_pabulib,
    write_pabulib,
)
from tests.algos.elections import pabulib

SEEDS = range(40)


def places(count, *said, energy=None, groups=None):
    """An election over single letters: each word is a ballot."""
    letters = sorted(set("".join(said)))
    ballots = tuple(
        Ballot(f"v{i}", dict.fromkeys(each, Fraction(1)), (energy or {}).get(i, ""),
               (groups or {}).get(i, ""))
        for i, each in enumerate(said)
    )  # fmt: skip
    return Election(tuple(Option(letter) for letter in letters), ballots, Fraction(count))


def ids(chosen):
    return [each.id for each in chosen]


def test_a_third_of_the_voters_get_a_third_of_the_places():
    election = places(3, *["abc"] * 6, *["xyz"] * 3)
    assert choose(election, rule="approval").ids == ("a", "b", "c")
    assert sorted(choose(election).ids) == ["a", "b", "x"]


@pytest.mark.parametrize("seed", SEEDS)
def test_never_more_than_the_budget_nor_twice_nor_what_nobody_chose(seed):
    election = read_pabulib(pabulib(seed))
    costs = {option.id: option.cost for option in election.options}
    approved = election.approvals()
    for rule in ("approval", "equal shares"):
        choice = choose(election, rule=rule)
        assert choice.spent == sum(costs[i] for i in choice.ids) <= election.budget
        assert max(Counter(choice.ids).values(), default=1) == 1
        assert all(approved[i] for i in choice.ids)
        left = election.budget - choice.spent
        assert not [i for i in costs if approved[i] and i not in choice.ids and costs[i] <= left]


@pytest.mark.parametrize("seed", SEEDS)
def test_payments_cover_costs_and_nobody_overspends(seed):
    """The method's own promise, by its definition, replayed with plain fractions."""
    election = read_pabulib(pabulib(seed))
    share = election.budget / len(election.ballots)
    money = [share] * len(election.ballots)
    costs = {option.id: option.cost for option in election.options}
    for each in equal_shares(election, "approvals", "none"):
        holders = [i for i, b in enumerate(election.ballots) if b.points.get(each.id)]
        low, paid = Fraction(0), Fraction(0)
        for i in sorted(holders, key=lambda i: money[i]):  # the least common price that covers
            rest = [j for j in holders if money[j] >= money[i]]
            poor = sum(money[j] for j in holders if money[j] < money[i])
            low = (costs[each.id] - poor) / len(rest)
            if low <= money[i]:
                break
        for i in holders:
            pay = min(money[i], low)
            money[i] -= pay
            paid += pay
        assert paid == costs[each.id]
        assert min(money) >= 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_united_group_gets_what_its_shares_can_buy(seed):
    """Extended justified representation for one option: enough united voters are never empty-handed."""
    election = read_pabulib(pabulib(seed, places=True))
    chosen = set(ids(equal_shares(election, "approvals", "none")))
    quota = len(election.ballots) / election.budget
    for option in election.options:
        united = [b for b in election.ballots if b.points.get(option.id)]
        if len(united) >= quota:
            assert any(chosen & b.points.keys() for b in united)


def test_order_and_names_of_voters_change_nothing():
    for seed in SEEDS:
        election = read_pabulib(pabulib(seed))
        ballots = list(election.ballots)
        random.Random(seed).shuffle(ballots)
        other = Election(election.options[::-1], tuple(ballots), election.budget)
        assert choose(other).ids == choose(election).ids
        assert other.digest() == election.digest()
        assert choose(election.anonymous()).ids == choose(election).ids


def test_one_more_supporter_never_hurts_in_a_count_by_approval():
    election = places(2, "ab", "a", "bc", "c", "")
    assert choose(election, rule="approval").ids == ("a", "b")
    more = places(2, "ab", "a", "bc", "c", "c")
    assert choose(more, rule="approval").ids == ("c", "a")


def test_bold_places_go_to_passion_not_to_numbers():
    said = ["a"] * 6 + ["ax"] * 2 + ["b"] * 5 + ["by"]
    election = places(3, *said, energy={6: "x", 7: "x", 13: "y", 0: "a", 1: "a"})
    assert bold(election, 1, already=["a"]) == ["x"]
    choice = choose(election, rule="approval", bold_places=1)
    assert choice.ids == ("a", "b", "x")
    assert choice.chosen[-1].how == "energy"


def test_bold_places_are_balanced_between_groups():
    said = ["p"] * 4 + ["q"] * 4 + ["r"] * 2
    energy = dict(enumerate("ppppqqqqrr"))
    town = dict.fromkeys(range(8), "town") | {8: "country", 9: "country"}
    alike = places(2, *said, energy=energy)
    assert bold(alike, 2) == ["p", "q"]
    balanced = places(2, *said, energy=energy, groups=town)
    assert bold(balanced, 2) == ["p", "r"]


def test_energy_of_one_person_has_no_bold_place_and_the_place_is_not_lost():
    election = places(2, "a", "a", "b", energy={2: "b"})
    choice = choose(election, bold_places=1)
    assert [(c.id, c.how) for c in choice.chosen][-1] == ("b", "support")
    assert len(choice.ids) == 2


def test_all_places_may_be_bold_and_nobody_may_have_voted():
    election = places(1, "a", "a", "b", energy={0: "a", 1: "a"})
    assert choose(election, bold_places=1).ids == ("a",)
    empty = Election((Option("a"),), (), Fraction(3))
    assert choose(empty).ids == choose(empty, rule="approval").ids == ()
    silent = Election((Option("a"),), (Ballot("v", {}),), Fraction(3))
    assert choose(silent).ids == ()


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"bold_places": 9}, "bold places: from 0"), ({"bold_places": -1}, "bold places: from 0")],
)
def test_impossible_bold_places_are_refused(asked, told):
    with pytest.raises(BadElection, match=told):
        choose(places(2, "a", "b"), **asked)
    with pytest.raises(BadElection, match="one place"):
        choose(Election((Option("a", Fraction(2)),), (), Fraction(3)), bold_places=1)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: Election((Option("a"), Option("a")), (), Fraction(1)), '"a" stands twice'),
        (lambda: Election((Option("a", Fraction(-1)),), (), Fraction(1)), "negative cost"),
        (lambda: Election((Option("a"),), (), Fraction(0)), "budget"),
        (lambda: Election((), (Ballot("v", {"z": Fraction(1)}),), Fraction(1)), 'no option "z"'),
        (lambda: Election((), (Ballot("v", {}, "z"),), Fraction(1)), 'no option "z"'),
        (lambda: Election((Option("a"),), (Ballot("v", {"a": Fraction(-1)}),), Fraction(1)), "negative"),
    ],
)  # fmt: skip
def test_elections_that_cannot_be_counted_are_refused(made, told):
    with pytest.raises(BadElection, match=told):
        made()


@pytest.mark.parametrize("kind", ["approval", "scoring"])
def test_written_without_names_it_reads_back_and_gives_the_same_result(kind):
    for seed in SEEDS:
        election = read_pabulib(pabulib(seed, kind).replace("v0;", "Zoé;"))
        worth = "points" if kind == "scoring" else "approvals"
        text = write_pabulib(election)
        assert "Zoé" not in text
        again = read_pabulib(text)
        assert choose(again, worth=worth).to_dict() == choose(election, worth=worth).to_dict()
        assert write_pabulib(again) == text


def test_energy_and_groups_travel_in_the_file():
    election = places(2, "ab", "b", energy={0: "a"}, groups={0: "citizens"})
    again = read_pabulib(write_pabulib(election, names=True))
    assert [(b.voter, b.energy, b.group) for b in again.ballots] == [
        ("v0", "a", "citizens"),
        ("v1", "", ""),
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("META", "MET"), "no section META"),
        (("VOTES", "VOTE"), "no section VOTES"),
        (("approval", "ordinal"), "not ordinal"),
        (("budget;", "budget;x"), "META, budget: a number"),
        (("v0;", "v0;p99,"), 'ballot "v0": there is no option "p99"'),
        (("p1;", "p1;x"), "line 14, cost: a number"),
        (("v0;", "v0;p1,p1,"), "voted for twice"),
    ],
)
def test_bad_files_are_refused_at_their_line(change, told):
    with pytest.raises(BadElection, match=told):
        read_pabulib(pabulib(3).replace(*change, 1))


def test_least_seen_first_and_counts_stay_level():
    seen = {f"o{i}": 0 for i in range(30)}
    for voter in range(60):
        shown = []
        for _ in range(7):
            (option,) = next_to_show(seen, voter, shown)
            shown.append(option)
            seen[option] += 1
        assert len(set(shown)) == 7
        assert max(seen.values()) - min(seen.values()) <= 1
    assert next_to_show(seen, 1, list(seen)) == []


def test_two_people_see_equal_options_in_different_orders():
    seen = dict.fromkeys("abcdefghij", 4)
    first, second = (next_to_show(seen, name, count=10) for name in ("ada", "bob"))
    assert sorted(first) == sorted(second) == sorted(seen)
    assert first != second
    assert first == next_to_show(dict(reversed(seen.items())), "ada", count=10)


def test_examples_in_the_documentation_run():
    for module in (package, choosing):
        assert doctest.testmod(module).failed == 0
