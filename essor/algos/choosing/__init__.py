"""People choose together: approval, equal shares, and places for what few carry with passion.

Pure and exact: fractions and whole numbers, no randomness beyond the seed of `next_to_show`.

* `Election` (`Option`s, `Ballot`s, budget): `with_places(n)` lets everything take one place;
  `anonymous()` drops names and order; `approvals()`, `energies()`, `digest()`.
* `choose(election, rule="equal shares", worth="approvals", completion="raise, support",
  bold_places=0)` gives a `Choice`: `ids`, `chosen` (each with how), `to_dict()`.
* `by_support`, `equal_shares` and `bold` are the rules alone.
* `next_to_show(seen, seed, already, count)`: what a person is shown next, least seen first.
* `read_pabulib(text)` and `write_pabulib(election)` read and write Pabulib files.
* `BadElection` says what is wrong, each fault at its place.

>>> from fractions import Fraction
>>> said = ["ab", "ab", "ab", "cd", "c"]
>>> ballots = tuple(Ballot(str(i), {o: Fraction(1) for o in each}) for i, each in enumerate(said))
>>> election = Election(tuple(Option(o) for o in "abcd"), ballots, Fraction(2))
>>> choose(election, rule="approval").ids, choose(election).ids
(('a', 'b'), ('a', 'c'))
"""

from essor.algos.choosing.choosing import RULES, Choice, Rule, choose, next_to_show
from essor.algos.choosing.model import BadElection, Ballot, Election, Option
from essor.algos.choosing.pabulib import read_pabulib, write_pabulib
from essor.algos.choosing.rules import (
    COMPLETIONS,
    WORTHS,
    Chosen,
    Completion,
    Worth,
    bold,
    by_support,
    equal_shares,
)

__all__ = [
    "COMPLETIONS",
    "RULES",
    "WORTHS",
    "BadElection",
    "Ballot",
    "Choice",
    "Chosen",
    "Completion",
    "Election",
    "Option",
    "Rule",
    "Worth",
    "bold",
    "by_support",
    "choose",
    "equal_shares",
    "next_to_show",
    "read_pabulib",
    "write_pabulib",
]
