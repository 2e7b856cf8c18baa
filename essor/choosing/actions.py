"""Opening a vote, choosing in it, changing one's mind, closing it.

What a voter does leaves no name in the ledger: lines say that something happened in the vote.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from essor.algos.choosing import next_to_show
from essor.choosing.counting import count
from essor.choosing.models import Ballot, Vote, VoteOption
from essor.choosing.rules import A_ROUND, takes_ballots
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.territories.models import Territory


class VoteOver(Exception):
    """The vote is closed, or not open yet."""


class NothingToChoose(Exception):
    """There are no more options than places: all of them have one."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One challenge or project as voters read it."""

    key: str
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """All that a host decides about a vote."""

    title: str
    kind: str
    places: int
    closes_at: datetime
    opens_at: datetime
    bold_places: int = 0
    words: str = ""
    invented: bool = False


@action
def open_vote(
    *,
    territory: Territory,
    planned: Planned,
    options: Sequence[Offered],
    by: Named | None,
    at: datetime,
) -> Vote:
    """Open a vote among ``options``. Raises ``NothingToChoose``."""
    if len(options) <= planned.places:
        raise NothingToChoose
    vote = Vote.objects.create(
        territory=territory,
        title=planned.title,
        words=planned.words,
        kind=planned.kind,
        places=planned.places,
        bold_places=planned.bold_places,
        opens_at=planned.opens_at,
        closes_at=planned.closes_at,
        invented=planned.invented,
        created_at=at,
    )
    VoteOption.objects.bulk_create(
        VoteOption(vote=vote, key=each.key, name=each.name[:300], words=each.words[:400], order=n)
        for n, each in enumerate(options, 1)
    )
    record(by=by, at=at, verb="vote_opened", of=vote, territory=territory,
           audience=Audience.PUBLIC, data={"options": len(options)})  # fmt: skip
    return vote


@action
def begin_ballot(*, vote: Vote, voter: str, by: None, at: datetime) -> Ballot:
    """Begin a ballot with the cards that were shown least so far; begun already, it is found.

    ``voter`` is a digest (``voter.py``), ``by`` is nobody: the ledger must not know who votes.
    Raises ``VoteOver``.
    """
    vote = _open(vote, at)
    ballot, new = Ballot.objects.get_or_create(vote=vote, voter=voter)
    if not new:
        nothing_changed()
        return ballot
    _show_next(vote, ballot)
    record(by=None, at=at, verb="ballot_begun", of=vote, territory=vote.territory)
    return ballot


@action
def show_more(*, ballot: Ballot, by: None, at: datetime) -> Ballot:
    """Show some more cards, least seen first; while some wait for an answer, those. Raises ``VoteOver``."""
    vote = _open(ballot.vote, at)
    ballot = lock(ballot)
    ballot.vote = vote
    if ballot.waiting or not _show_next(vote, ballot):
        nothing_changed()
        return ballot
    record(by=None, at=at, verb="ballot_continued", of=vote, territory=vote.territory)
    return ballot


@action
def cast_ballot(
    *, ballot: Ballot, approved: Collection[str], energy: str, by: None, at: datetime
) -> Ballot:
    """Keep what this ballot approves among what it was shown; where the energy goes is approved.

    Cards without an answer are passed. It may be cast again until the vote closes: the last one
    counts. Raises ``VoteOver``.
    """
    vote = _open(ballot.vote, at)
    ballot = lock(ballot)
    chosen = [key for key in ballot.seen if key in approved or key == energy]
    ballot.approved = chosen
    ballot.energy = energy if energy in chosen else ""
    ballot.waiting, ballot.cast_at = [], at
    ballot.save(update_fields=["approved", "energy", "waiting", "cast_at"])
    record(by=None, at=at, verb="ballot_cast", of=vote, territory=vote.territory)
    return ballot


@action
def withdraw_ballot(*, ballot: Ballot, by: None, at: datetime) -> None:
    """Take one's ballot back: nothing of it stays. Raises ``VoteOver``."""
    vote = _open(ballot.vote, at)
    ballot.delete()
    record(by=None, at=at, verb="ballot_withdrawn", of=vote, territory=vote.territory)


@action
def close_vote(*, vote: Vote, by: Named | None, at: datetime) -> Vote:
    """Count, keep the result and the ballots without names, and let the ballots themselves go.

    Closed already, nothing changes: a result is never made twice.
    """
    territory = vote.territory
    vote = lock(vote)
    vote.territory = territory
    if vote.state == Vote.State.CLOSED:
        nothing_changed()
        return vote
    ballots = Ballot.objects.filter(vote=vote)
    counted = count(vote, list(vote.options.all()), ballots.order_by("voter"))
    vote.result, vote.file = counted.result, counted.file
    vote.state, vote.closed_at = Vote.State.CLOSED, at
    vote.save(update_fields=["result", "file", "state", "closed_at"])
    ballots.delete()
    record(by=by, at=at, verb="vote_closed", of=vote, territory=territory,
           audience=Audience.PUBLIC, data={"chosen": counted.result["chosen"]})  # fmt: skip
    return vote


def _open(vote: Vote, at: datetime) -> Vote:
    """The vote as it is now. Whoever closes it waits for us, or we see that it is closed."""
    territory = vote.territory
    vote = lock(vote)
    vote.territory = territory
    if not takes_ballots(vote, at):
        raise VoteOver
    return vote


def _show_next(vote: Vote, ballot: Ballot) -> list[str]:
    """Add the next cards to the ballot, and count that they were shown."""
    shown = dict(vote.options.values_list("key", "times_shown"))
    cards = next_to_show(shown, ballot.voter, ballot.seen, A_ROUND)
    if cards:
        vote.options.filter(key__in=cards).update(times_shown=F("times_shown") + 1)
        ballot.seen, ballot.waiting = [*ballot.seen, *cards], cards
        ballot.save(update_fields=["seen", "waiting"])
    return cards
