"""The whole choice: a rule for most places, some for bold options, told so that it can be replayed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from essor.algos.choosing.model import CHOICE_FORMAT, BadElection, Election
from essor.algos.choosing.rules import (
    Chosen,
    Completion,
    Worth,
    bold,
    by_support,
    equal_shares,
)

Rule = Literal["approval", "equal shares"]
RULES: tuple[Rule, ...] = ("approval", "equal shares")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, in order, by which rule; `digest` names the ballots that it was made from."""

    chosen: tuple[Chosen, ...]
    rule: Rule
    worth: Worth
    completion: Completion
    bold_places: int
    spent: Fraction
    budget: Fraction
    digest: str
    approvals: Mapping[str, int]
    energies: Mapping[str, int]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.chosen)

    def to_dict(self, names: Mapping[str, str] | None = None) -> dict[str, Any]:
        """As JSON, with names of options where given; amounts as text ("7", "1/3")."""
        names = names or {}
        return {
            "format": CHOICE_FORMAT,
            "rule": self.rule,
            "worth": self.worth,
            "completion": self.completion if self.rule == "equal shares" else "none",
            "bold": self.bold_places,
            "budget": str(self.budget),
            "spent": str(self.spent),
            "digest": self.digest,
            "chosen": list(self.ids),
            "places": [
                {
                    "id": each.id,
                    "name": names.get(each.id, ""),
                    "how": each.how,
                    "approvals": self.approvals[each.id],
                    "energy": self.energies[each.id],
                }
                for each in self.chosen
            ],
        }


def choose(
    election: Election,
    *,
    rule: Rule = "equal shares",
    worth: Worth = "approvals",
    completion: Completion = "raise, support",
    bold_places: int = 0,
) -> Choice:
    """Choose by the rule; the last `bold_places` go to what few people carry with passion.

    Bold places need an election over places (every cost 1). Those that nobody's energy fills go
    back to the rule. Nothing that nobody chose is chosen. Raises `BadElection`.
    """
    if bold_places and any(option.cost != 1 for option in election.options):
        raise BadElection(["bold places: every option must take one place"])
    if not 0 <= bold_places <= election.budget:
        raise BadElection([f"bold places: from 0 to {election.budget} were expected"])
    chosen: list[Chosen] = []
    if bold_places < election.budget:
        most = replace(election, budget=election.budget - bold_places)
        chosen = _by_rule(most, rule, worth, completion)
    passion = bold(election, bold_places, [each.id for each in chosen])
    chosen += [Chosen(option, "energy") for option in passion]
    if len(passion) < bold_places:
        approved = election.approvals()
        rest = by_support(election, "cost", [each.id for each in chosen])
        chosen += [Chosen(option, "support") for option in rest if approved[option]]
    costs = {option.id: option.cost for option in election.options}
    return Choice(
        tuple(chosen),
        rule,
        worth,
        completion,
        bold_places,
        sum((costs[each.id] for each in chosen), Fraction(0)),
        election.budget,
        election.digest(),
        election.approvals(),
        election.energies(),
    )


def _by_rule(election: Election, rule: Rule, worth: Worth, completion: Completion) -> list[Chosen]:
    if rule == "approval":
        approved = election.approvals()
        return [Chosen(i, "support") for i in by_support(election, worth) if approved[i]]
    return equal_shares(election, worth, completion)


def next_to_show(
    seen: Mapping[str, int], seed: str | int, already: Sequence[str] = (), count: int = 1
) -> list[str]:
    """The options to show next: least seen first, ties in an order of each person's own.

    `seen`: how often each option was shown to anybody; `seed`: the person (an id that stays);
    `already`: what this person saw. The same arguments give the same answer on any machine. When
    everybody is shown what was least seen, counts never differ by more than one for long.

    >>> next_to_show({"a": 3, "b": 2, "c": 2}, seed=1, already=["c"], count=2)
    ['b', 'a']
    """
    shown = set(already)

    def turn(option: str) -> tuple[int, bytes]:
        return seen[option], hashlib.sha256(f"{seed}\0{option}".encode()).digest()

    return sorted((option for option in seen if option not in shown), key=turn)[:count]
