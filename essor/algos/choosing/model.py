"""An election as plain values: things to choose from, ballots, a budget (or a number of places)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

CHOICE_FORMAT = "essor-choice/1"


class BadElection(ValueError):
    """Ballots that cannot be counted as they are; `messages` says why, each at its place."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("; ".join(self.messages))


@dataclass(frozen=True, slots=True)
class Option:
    """A thing to choose. `cost` is what it takes of the budget: 1 where places are given out."""

    id: str
    cost: Fraction = Fraction(1)
    name: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person chose: `points` by option id (1 each where people only approve).

    `energy` is the one option they would put their energy into; `group` what kind of person they
    are (a sphere), for balancing; `seen` the options that they were shown.
    """

    voter: str
    points: Mapping[str, Fraction]
    energy: str = ""
    group: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Election:
    """Options, ballots and the budget. `scoring`: points differ; otherwise people approve."""

    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    budget: Fraction
    scoring: bool = False
    meta: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = []
        ids = [option.id for option in self.options]
        known = set(ids)
        faults += [
            f'option "{i}" stands twice' for i in sorted({i for i in ids if ids.count(i) > 1})
        ]
        faults += [f'option "{o.id}": a negative cost' for o in self.options if o.cost < 0]
        if self.budget <= 0:
            faults.append("budget: more than nothing was expected")
        for ballot in self.ballots:
            chosen = set(ballot.points) | ({ballot.energy} if ballot.energy else set())
            faults += [
                f'ballot "{ballot.voter}": there is no option "{i}"' for i in sorted(chosen - known)
            ]
            if any(points < 0 for points in ballot.points.values()):
                faults.append(f'ballot "{ballot.voter}": negative points')
        if faults:
            raise BadElection(faults)

    def with_places(self, places: int) -> Election:
        """The same ballots for so many places, whatever things cost."""
        options = tuple(replace(option, cost=Fraction(1)) for option in self.options)
        return replace(self, options=options, budget=Fraction(places))

    def approvals(self) -> dict[str, int]:
        """How many people chose each option."""
        counts = {option.id: 0 for option in self.options}
        for ballot in self.ballots:
            for chosen, points in ballot.points.items():
                counts[chosen] += points > 0
        return counts

    def energies(self) -> dict[str, int]:
        """How many people would put their energy into each option."""
        counts = {option.id: 0 for option in self.options}
        for ballot in self.ballots:
            if ballot.energy:
                counts[ballot.energy] += 1
        return counts

    def anonymous(self) -> Election:
        """The same election with ballots renumbered by what they say: no name, no order of arrival.

        Every rule here gives the same outcome on it. A rare combination of choices may still be
        known by whoever saw it being made; groups that are small should be blurred first.
        """
        ordered = sorted(self.ballots, key=_said)
        named = tuple(replace(ballot, voter=f"v{i}") for i, ballot in enumerate(ordered, 1))
        return replace(self, ballots=named)

    def digest(self) -> str:
        """A fingerprint of options, budget and what the ballots say, without names or order."""
        lines = [f"{o.id};{o.cost}" for o in sorted(self.options, key=lambda o: o.id)]
        lines += [str(self.budget), *sorted(_said(ballot) for ballot in self.ballots)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _said(ballot: Ballot) -> str:
    points = ",".join(f"{i}={p}" for i, p in sorted(ballot.points.items()))
    return f"{points};{ballot.energy};{ballot.group};{','.join(sorted(ballot.seen))}"
