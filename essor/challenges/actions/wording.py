"""Wording a challenge, opening it to choices, closing it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from essor.challenges.actions.feeding import feed_challenge, feeding_ideas, tell_fates
from essor.challenges.models import Challenge
from essor.challenges.states import DRAFT, OPEN, may_become
from essor.harvest.models import Idea
from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.ledger.models import Audience
from essor.people.actions import welcome_person
from essor.people.models import Person
from essor.people.text import folded
from essor.territories.models import Territory, Theme


class MoveNotAllowed(Exception):
    """A challenge in this state cannot become that one."""


class ElsewhereNeighbour(Exception):
    """A neighbour or theme of another territory."""


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who carries a project to boost, as the team wrote it; the address may be empty."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a host writes about a challenge. ``sources`` are ``{"label", "url"}``."""

    question: str
    short: str
    context: str = ""
    track: str = Challenge.Track.IMAGINE
    capacity: int | None = None
    checks: tuple[str, ...] = ()
    sources: tuple[dict[str, str], ...] = ()
    themes: Sequence[Theme] = ()
    neighbours: Sequence[Challenge] = ()
    hosts: Sequence[Host] = field(default=())

    def plain(self) -> dict[str, Any]:
        """The columns of the challenge itself."""
        return {
            "question": self.question,
            "short": self.short,
            "context": self.context,
            "track": self.track,
            "capacity": self.capacity,
            "checks": list(self.checks),
            "sources": list(self.sources),
        }


@action
def word_challenge(
    *,
    territory: Territory,
    wording: Wording,
    by: Named | None,
    at: datetime,
    ideas: Sequence[Idea] = (),
    group: str = "",
) -> Challenge:
    """Word a new challenge, as a draft that the team alone sees; ``ideas`` feed it from now on.

    Raises ``ElsewhereNeighbour`` and ``ElsewhereIdea``.
    """
    challenge = Challenge.objects.create(territory=territory, created_at=at, **wording.plain())
    _tie(challenge, wording, by=by, at=at)
    record(by=by, at=at, verb="worded", of=challenge, territory=territory)
    if ideas:
        feed_challenge(challenge=challenge, ideas=ideas, group=group, by=by, at=at)
    return challenge


@action
def rewrite_challenge(
    *, challenge: Challenge, wording: Wording, by: Named | None, at: datetime
) -> Challenge:
    """Change a challenge's words and ties; its address and its choices stay."""
    plain = wording.plain()
    for name, value in plain.items():
        setattr(challenge, name, value)
    challenge.save(update_fields=list(plain))
    _tie(challenge, wording, by=by, at=at)
    record(by=by, at=at, verb="rewritten", of=challenge, territory=challenge.territory)
    return challenge


def _tie(challenge: Challenge, wording: Wording, *, by: Named | None, at: datetime) -> None:
    here = challenge.territory_id
    if any(near.territory_id != here for near in wording.neighbours):
        raise ElsewhereNeighbour
    if any(theme.territory_id not in {None, here} for theme in wording.themes):
        raise ElsewhereNeighbour
    challenge.themes.set(wording.themes)
    challenge.neighbours.set(near for near in wording.neighbours if near.pk != challenge.pk)
    boosted = wording.track == Challenge.Track.BOOST
    hosts = [_host(challenge, host, by=by, at=at) for host in wording.hosts] if boosted else []
    challenge.hosts.set(hosts)


def _host(challenge: Challenge, host: Host, *, by: Named | None, at: datetime) -> Person:
    """The host under this name: one of the challenge's already, or one who gave this very name and
    address here before; else a new person."""
    for known in challenge.hosts.all():
        if folded(known.name) == folded(host.name):
            return known
    if host.email:
        for known in Person.objects.filter(email=host.email.lower(), erased_at=None):
            if folded(known.name) == folded(host.name):
                return known
    first, _, last = host.name.partition(" ")
    return welcome_person(first_name=first, last_name=last, email=host.email, by=by, at=at)


@action
def move_challenge(
    *, challenge: Challenge, state: str, by: Named | None, at: datetime
) -> Challenge:
    """Open, close, reopen a challenge or take it back to a draft; raises ``MoveNotAllowed``."""
    challenge = lock(challenge)
    if challenge.merged_into_id:
        raise MoveNotAllowed
    if challenge.state == state:
        nothing_changed()
        return challenge
    if not may_become(challenge, state):
        raise MoveNotAllowed
    challenge.state = state
    challenge.save(update_fields=["state"])
    audience = Audience.TEAM if state == DRAFT else Audience.PUBLIC
    record(by=by, at=at, verb=f"challenge_{state}", of=challenge, territory=challenge.territory,
           audience=audience)  # fmt: skip
    if state == OPEN and (ideas := feeding_ideas(challenge)):
        tell_fates(challenge, ideas, by=by, at=at)
    return challenge
