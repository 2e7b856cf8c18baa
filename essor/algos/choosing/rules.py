"""The rules: by support, by equal shares with completions, and places for what few carry far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

from essor.algos.choosing.model import BadElection, Ballot, Election, Option
from essor.algos.choosing.shares import Wanted, buy

Worth = Literal["approvals", "cost", "points"]
Completion = Literal["none", "raise", "support", "raise, support"]
How = Literal["free", "shares", "raised", "support", "energy"]
WORTHS: tuple[Worth, ...] = ("approvals", "cost", "points")
COMPLETIONS: tuple[Completion, ...] = ("none", "raise", "support", "raise, support")
STEPS = 100
"""A raise is this part of the budget, shared by all voters."""
LEAST_ENERGY = 2
"""People whose energy an option needs to have a bold place: one person is not yet a group."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option chosen, and how: `free` (it costs nothing), `shares`, `raised` (by shares once
    every share was raised), `support` (most support among what still fits), `energy` (a bold place).
    """

    id: str
    how: How


def worth_of(election: Election, option: Option, ballot: Ballot, worth: Worth) -> Fraction:
    """What an option is worth to a person: 1 if approved, its cost if approved, or its points."""
    points = ballot.points.get(option.id, Fraction(0))
    if worth == "points":
        return points
    if points <= 0:
        return Fraction(0)
    return option.cost if worth == "cost" else Fraction(1)


def by_support(
    election: Election,
    worth: Worth = "cost",
    already: Sequence[str] = (),
) -> list[str]:
    """The options with most worth for their cost, passing over what no longer fits.

    With `worth="cost"`, or where everything costs the same, that is: most approvals first. Ties go
    to the id that comes first. What nobody chose comes last, as long as there is room; callers who
    do not want it look at `Election.approvals`. This is the greedy utilitarian rule of pabutools.
    """
    total = {option.id: Fraction(0) for option in election.options}
    for ballot in election.ballots:
        for option in election.options:
            if option.id in ballot.points:
                total[option.id] += worth_of(election, option, ballot, worth)
    held = set(already)
    left = election.budget - sum(o.cost for o in election.options if o.id in held)
    free = [o for o in election.options if o.id not in held]
    chosen = []
    for option in sorted(free, key=lambda o: (*_density(total[o.id], o.cost), o.id)):
        if option.cost <= left:
            chosen.append(option.id)
            left -= option.cost
    return chosen


def _density(total: Fraction, cost: Fraction) -> tuple[int, Fraction]:
    if total <= 0:
        return 1, Fraction(0)
    return (0, -total / cost) if cost > 0 else (-1, Fraction(0))


def equal_shares(
    election: Election,
    worth: Worth = "approvals",
    completion: Completion = "raise, support",
    raise_by: Fraction | None = None,
) -> list[Chosen]:
    """The Method of Equal Shares, then its completion; exact, ties to the id that comes first.

    Alone it leaves budget unspent. `raise`: every share is raised by `raise_by` (a hundredth of
    the budget over all voters) and all is bought anew, until nothing wanted fits any more or the
    real budget would be overspent (then the purchases before that hold); pabutools calls it
    `voter_budget_increment`, others Add1. `support`: what is left goes by `by_support`. Options
    that nobody chose are bought by neither. Empty ballots have a share, too, which nobody spends.
    """
    if not election.ballots:
        return []
    free = [o for o in election.options if o.cost == 0 and _supported(election, o, worth)]
    outcome = [Chosen(option.id, "free") for option in sorted(free, key=lambda o: o.id)]
    wanted = _wanted(election, worth)
    voters = len(election.ballots)
    share = election.budget / voters
    step = election.budget / STEPS / voters if raise_by is None else raise_by
    if step <= 0:
        raise BadElection(["raise_by: more than nothing was expected"])
    ranks = {option: i for i, option in enumerate(sorted(each.id for each in wanted))}
    first = _ids(buy(wanted, voters, share, ranks, election.budget))
    bought = first
    if "raise" in completion:
        costs = {each.id: each.cost for each in wanted}
        while not _full(bought, costs, election.budget):
            share += step
            more = buy(wanted, voters, share, ranks, election.budget)
            if more is None:
                break
            bought = _ids(more)
    outcome += [Chosen(i, "shares" if i in first else "raised") for i in bought]
    if "support" in completion:
        approved = election.approvals()
        rest = by_support(election, worth, [each.id for each in outcome])
        outcome += [Chosen(i, "support") for i in rest if approved[i]]
    return outcome


def _ids(bought: Sequence[tuple[str, Fraction]] | None) -> list[str]:
    return [option for option, _ in bought or ()]


def _full(bought: Sequence[str], costs: Mapping[str, Fraction], budget: Fraction) -> bool:
    left = budget - sum(costs[option] for option in bought)
    return not any(cost <= left for option, cost in costs.items() if option not in bought)


def _supported(election: Election, option: Option, worth: Worth) -> bool:
    used: Worth = "approvals" if worth == "cost" else worth
    return any(worth_of(election, option, ballot, used) > 0 for ballot in election.ballots)


def _wanted(election: Election, worth: Worth) -> list[Wanted]:
    """Options that cost something and that somebody wants, with worths as whole numbers."""
    found = []
    for option in election.options:
        if option.cost == 0:
            continue
        supporters, worths = [], []
        for number, ballot in enumerate(election.ballots):
            if option.id in ballot.points:
                value = worth_of(election, option, ballot, worth)
                if value > 0:
                    supporters.append(number)
                    worths.append(value)
        if supporters:
            found.append((option, supporters, worths))
    scale = lcm(1, *(value.denominator for *_, worths in found for value in worths))
    wanted = []
    for option, supporters, worths in found:
        whole = [int(value * scale) for value in worths]
        common = lcm(*whole)
        wanted.append(
            Wanted(option.id, option.cost, supporters, whole, [common // each for each in whole])
        )
    return wanted


def bold(election: Election, places: int, already: Sequence[str] = ()) -> list[str]:
    """Options that few choose but carry with passion, at most `places`, balanced between groups.

    Intensity is the energy put into an option over the number of people who chose it (plus two,
    so that two friends do not outweigh twenty). One place is given at a time; the energy of a
    group that had places counts less for the next one, by what it had over its share of the
    voters. Options with the energy of fewer than two people, or already chosen, have none. Ties
    go to more energy, then to the id that comes first.
    """
    energies, approvals = election.energies(), election.approvals()
    groups = [ballot.group for ballot in election.ballots]
    part = {group: Fraction(groups.count(group), len(groups)) for group in set(groups)}
    had = dict.fromkeys(part, Fraction(0))
    from_group: dict[str, dict[str, int]] = {}
    for ballot in election.ballots:
        if ballot.energy:
            held = from_group.setdefault(ballot.energy, {})
            held[ballot.group] = held.get(ballot.group, 0) + 1
    left = [i for i, energy in energies.items() if energy >= LEAST_ENERGY and i not in already]
    chosen: list[str] = []

    def intensity(option: str) -> Fraction:
        balanced = sum(
            (count / (1 + had[group] / part[group]) for group, count in from_group[option].items()),
            Fraction(0),
        )
        return balanced / (max(approvals[option], energies[option]) + LEAST_ENERGY)

    while left and len(chosen) < places:
        best = min(left, key=lambda option: (-intensity(option), -energies[option], option))
        left.remove(best)
        chosen.append(best)
        for group, count in from_group[best].items():
            had[group] += Fraction(count, energies[best])
    return chosen
