"""Counting agrees exactly, order included, with pabutools on generated Pabulib instances."""

import pytest
from pabutools.election import Additive_Cardinal_Sat, Cardinality_Sat, Cost_Sat
from pabutools.election.pabulib import parse_pabulib_from_string
from pabutools.fractions import frac
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from essor.algos.choosing import by_support, equal_shares, read_pabulib
from tests.algos.elections import pabulib

SATISFACTION = {"approvals": Cardinality_Sat, "cost": Cost_Sat, "points": Additive_Cardinal_Sat}
CASES = [
    *((seed, "approval", worth, seed % 3 == 0) for seed in range(60) for worth in ("approvals", "cost")),
    *((seed, "scoring", "points", seed % 3 == 0) for seed in range(60, 90)),
]  # fmt: skip


def names(allocation):
    return [project.name for project in allocation]


@pytest.mark.parametrize(("seed", "kind", "worth", "places"), CASES)
def test_outcomes_equal_those_of_pabutools(seed, kind, worth, places):
    text = pabulib(seed, kind, places)
    instance, profile = parse_pabulib_from_string(text)
    election = read_pabulib(text)
    sat = SATISFACTION[worth]

    greedy = greedy_utilitarian_welfare(instance, profile, sat_class=sat)
    assert by_support(election, worth) == names(greedy)

    alone = method_of_equal_shares(instance, profile, sat_class=sat)
    assert [c.id for c in equal_shares(election, worth, "none")] == names(alone)

    step = frac(instance.budget_limit, 100 * profile.num_ballots())
    raised = method_of_equal_shares(instance, profile, sat_class=sat, voter_budget_increment=step)
    assert [c.id for c in equal_shares(election, worth, "raise")] == names(raised)

    then = greedy_utilitarian_welfare(
        instance, profile, sat_class=sat, initial_budget_allocation=raised
    )
    wanted = {o for o, count in election.approvals().items() if count}
    whole = [c.id for c in equal_shares(election, worth, "raise, support")]
    assert whole == [name for name in names(then) if name in wanted]


def test_generated_elections_have_what_makes_counting_hard():
    elections = [read_pabulib(pabulib(seed, kind, places)) for seed, kind, _, places in CASES]
    assert any(not ballot.points for e in elections for ballot in e.ballots)
    assert any(option.cost.denominator > 1 for e in elections for option in e.options)
    tied = 0
    for election in elections:
        counts = sorted(election.approvals().values())
        tied += len(set(counts)) < len(counts)
    assert tied > len(elections) / 2
    several = [e for e in elections if len(equal_shares(e, "approvals", "none")) > 1]
    assert len(several) > len(elections) / 3
    more = [
        e for e in elections if len(equal_shares(e)) > len(equal_shares(e, "approvals", "none"))
    ]
    assert len(more) > len(elections) / 5
