"""Counting: from ballots to who has a place, as the public page tells it and a file replays it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from essor.algos.choosing import Ballot as Said
from essor.algos.choosing import Choice, Election, Option, choose, write_pabulib
from essor.choosing.models import Ballot, Vote, VoteOption


@dataclass(frozen=True, slots=True)
class Counted:
    """What is kept of a vote: the result as JSON, and the ballots without names."""

    result: dict[str, Any]
    file: str


def count(vote: Vote, options: Sequence[VoteOption], ballots: Iterable[Ballot]) -> Counted:
    """Equal shares, completed, with the bold places; approval alone beside it, to compare.

    Ballots that were begun and never answered do not count. Without any ballot nothing is chosen.
    """
    election = election_of(vote, options, ballots)
    fair = choose(election, bold_places=vote.bold_places)
    plain = choose(election, rule="approval")
    names = {option.key: option.name for option in options}
    result = fair.to_dict(names) | {
        "ballots": len(election.ballots),
        "by_approval": list(plain.ids),
        "rows": rows_of(fair, options),
    }
    return Counted(result, write_pabulib(election))


def election_of(vote: Vote, options: Sequence[VoteOption], ballots: Iterable[Ballot]) -> Election:
    """The vote as the algorithms read it. What each was shown stays out: it would tell people apart."""
    keys = {option.key for option in options}
    said = (
        Said(
            voter=ballot.voter,
            points={key: Fraction(1) for key in ballot.approved if key in keys},
            energy=ballot.energy if ballot.energy in keys else "",
        )
        for ballot in ballots
        if ballot.cast_at is not None
    )
    election = Election(
        options=tuple(Option(option.key, name=option.name) for option in options),
        ballots=tuple(said),
        budget=Fraction(vote.places),
        meta={
            "description": vote.title,
            "unit": vote.territory.name,
            "bold_places": str(vote.bold_places),
        },
    )
    return election.anonymous()


def rows_of(choice: Choice, options: Sequence[VoteOption]) -> list[dict[str, Any]]:
    """Every option with its numbers, chosen ones first, in the order of their places."""
    how = {each.id: str(each.how) for each in choice.chosen}
    place = {key: number for number, key in enumerate(how)}
    rows = [
        {
            "key": option.key,
            "name": option.name,
            "how": how.get(option.key, ""),
            "approvals": choice.approvals[option.key],
            "energy": choice.energies[option.key],
        }
        for option in options
    ]
    return sorted(
        rows,
        key=lambda row: (place.get(row["key"], len(place)), -row["approvals"], row["name"]),
    )
