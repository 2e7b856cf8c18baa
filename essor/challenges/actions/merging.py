"""Merging and splitting challenges without losing anybody's trail."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from essor.challenges.actions.feeding import (
    ElsewhereIdea,
    MergedAlready,
    feed_challenge,
    feeding_ideas,
)
from essor.challenges.actions.wording import ElsewhereNeighbour, Wording, word_challenge
from essor.challenges.carrying import carry_over, objection_to
from essor.challenges.models import Challenge, Feeding
from essor.challenges.states import CLOSED, DRAFT
from essor.harvest.models import Idea
from essor.kit.locks import lock, lock_all
from essor.ledger.actions import Named, action, record
from essor.ledger.models import Audience


class CannotMerge(Exception):
    """Something else holds on to this challenge; ``why`` says what, in words."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


class TakesAll(Exception):
    """A split leaves at least one idea behind; to move all of them, merge."""


@action
def merge_challenge(
    *, challenge: Challenge, into: Challenge, by: Named | None, at: datetime
) -> Challenge:
    """``challenge`` becomes a part of ``into``: its address leads there, its ideas feed that one.

    Each idea keeps both on its trail, and its authors are told as of any fate. Choices of people
    and neighbours go along. Raises ``MergedAlready``, ``CannotMerge``, ``ElsewhereNeighbour``.
    """
    if challenge.pk == into.pk or challenge.territory_id != into.territory_id:
        raise ElsewhereNeighbour
    why = objection_to(challenge) or _hidden(challenge, into)
    if why:
        raise CannotMerge(why)
    territory = challenge.territory
    challenge, into = lock_all(challenge, into)
    challenge.territory = into.territory = territory
    if challenge.merged_into_id or into.merged_into_id:
        raise MergedAlready
    ideas = feeding_ideas(challenge)
    Feeding.objects.filter(challenge=challenge, ended_at=None).update(ended_at=at)
    carry_over(challenge, into, at)
    into.neighbours.add(*challenge.neighbours.exclude(pk=into.pk))
    into.neighbours.remove(challenge)
    challenge.neighbours.clear()
    Challenge.objects.filter(merged_into=challenge).update(merged_into=into)
    public = challenge.state != DRAFT and into.state != DRAFT
    challenge.state, challenge.merged_into = CLOSED, into
    challenge.save(update_fields=["state", "merged_into"])
    record(by=by, at=at, verb="challenge_merged", of=challenge, territory=territory,
           audience=Audience.PUBLIC if public else Audience.TEAM,
           data={"into": into.public_id, "ideas": len(ideas)})  # fmt: skip
    if ideas:
        feed_challenge(challenge=into, ideas=ideas, via=challenge, by=by, at=at)
    return into


def _hidden(challenge: Challenge, into: Challenge) -> str | None:
    """An address that everybody knows must not lead to a draft."""
    if challenge.state != DRAFT and into.state == DRAFT:
        return _("Open the other challenge first: everybody knows the address of this one.")
    return None


@action
def split_challenge(
    *,
    challenge: Challenge,
    ideas: Sequence[Idea],
    wording: Wording,
    by: Named | None,
    at: datetime,
) -> Challenge:
    """Word a second challenge, a draft, that some of the ideas feed from now on.

    Their fate stays with the first until the new one opens; their trail then holds both. Raises
    ``ElsewhereIdea`` for an idea that does not feed ``challenge``, ``TakesAll``, ``MergedAlready``.
    """
    territory, challenge = challenge.territory, lock(challenge)
    challenge.territory = territory
    if challenge.merged_into_id:
        raise MergedAlready
    here = {idea.pk for idea in feeding_ideas(challenge)}
    leaving = {idea.pk for idea in ideas}
    if not leaving <= here:
        raise ElsewhereIdea
    if leaving == here:
        raise TakesAll
    Feeding.objects.filter(challenge=challenge, idea__in=leaving, ended_at=None).update(ended_at=at)
    made = word_challenge(territory=challenge.territory, wording=wording, by=by, at=at)
    feed_challenge(challenge=made, ideas=ideas, via=challenge, by=by, at=at)
    record(by=by, at=at, verb="challenge_split", of=challenge, territory=challenge.territory,
           data={"into": made.public_id, "ideas": len(leaving)})  # fmt: skip
    return made
