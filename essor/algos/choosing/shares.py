"""The Method of Equal Shares (Peters, Pierczyński, Skowron 2021), exactly, in whole numbers.

Everybody gets the same share of the budget. An option can be bought when those who want it can
pay for it; they pay in proportion to what it is worth to them, or all they have left if that is
less. The option with the lowest price per worth is bought first, until none can be.

All money is kept as integers over one common denominator, which grows with each purchase: ties
are real ties, on any machine.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

Ties = Mapping[str, int]


@dataclass(slots=True)
class Wanted:
    """An option with its supporters: `worth[j]` (whole) is its worth to voter `voters[j]`.

    `turn[j]` is a whole number proportional to 1 / worth[j], so that `money x turn` orders
    supporters by how early they run out.
    """

    id: str
    cost: Fraction
    voters: list[int]
    worth: list[int]
    turn: list[int]


def buy(
    wanted: Sequence[Wanted], voters: int, share: Fraction, ties: Ties, most: Fraction
) -> list[tuple[str, Fraction]] | None:
    """What is bought with `share` for each voter: ids with their price per worth, in order.

    `ties`: rank of each id, lower first. None as soon as more than `most` would be spent. An
    option's price only rises while money is spent, so that it is priced anew only when its last
    price comes first (lazy greedy). O(supporters log supporters) for each pricing.
    """
    common = share.denominator
    for each in wanted:
        common = lcm(common, each.cost.denominator)
    money = [share.numerator * (common // share.denominator)] * voters
    queue = [
        (Fraction(each.cost, sum(each.worth)), ties[each.id], i) for i, each in enumerate(wanted)
    ]
    heapq.heapify(queue)
    bought: list[tuple[str, Fraction]] = []
    spent = Fraction(0)
    while queue:
        found: tuple[Fraction, int, int] | None = None
        fresh: list[tuple[Fraction, int, int]] = []
        while queue and (found is None or queue[0][0] <= found[0]):
            _, rank, i = heapq.heappop(queue)
            price = _price(wanted[i], money, common)
            if price is not None:
                here = (price, rank, i)
                fresh.append(here)
                found = here if found is None else min(found, here)
        if found is None:
            break
        for again in fresh:
            if again is not found:
                heapq.heappush(queue, again)
        price, _, i = found
        spent += wanted[i].cost
        if spent > most:
            return None
        common = _pay(wanted[i], money, common, price)
        bought.append((wanted[i].id, price))
    return bought


def _price(option: Wanted, money: Sequence[int], common: int) -> Fraction | None:
    """Money per worth at which the supporters can pay for it; None when they cannot."""
    left = option.cost.numerator * (common // option.cost.denominator)
    if sum(money[v] for v in option.voters) < left:
        return None
    worth_left = sum(option.worth)
    order = sorted(
        range(len(option.voters)), key=lambda j: money[option.voters[j]] * option.turn[j]
    )
    for j in order:
        has, worth = money[option.voters[j]], option.worth[j]
        if left * worth <= has * worth_left:
            return Fraction(left, worth_left * common)
        left -= has
        worth_left -= worth
    return None


def _pay(option: Wanted, money: list[int], common: int, price: Fraction) -> int:
    """Take the supporters' payments; the new common denominator."""
    wider = lcm(common, price.denominator)
    if wider != common:
        factor = wider // common
        money[:] = [has * factor for has in money]
    unit = price.numerator * (wider // price.denominator)
    for voter, worth in zip(option.voters, option.worth, strict=True):
        money[voter] -= min(money[voter], unit * worth)
    narrow = gcd(wider, *money)
    if narrow > 1 and wider.bit_length() > 4096:
        money[:] = [has // narrow for has in money]
        return wider // narrow
    return wider
