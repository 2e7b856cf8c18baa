"""When one may choose, and what may be shown of a result."""

from datetime import datetime

from essor.choosing.models import Vote
from essor.kit.small_numbers import INSIDE, PUBLIC

A_ROUND = 8
"""Cards shown at once: what one reads with pleasure on a phone."""


def takes_ballots(vote: Vote, at: datetime) -> bool:
    return vote.state == Vote.State.OPEN and vote.opens_at <= at < vote.closes_at


def is_due(vote: Vote, at: datetime) -> bool:
    """Its time is over, it waits to be counted."""
    return vote.state == Vote.State.OPEN and at >= vote.closes_at


def numbers_shown(vote: Vote, *, inside: bool) -> bool:
    """Numbers, and the file that tells them all, from ten ballots on; five inside the team."""
    ballots = int(vote.result.get("ballots", 0))
    return ballots >= (INSIDE if inside else PUBLIC)
