"""Doors of this room: a challenge, seen by its team alone while it is a draft."""

from essor.challenges.models import Challenge
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory


def find_challenge(rights: Rights, territory: Territory, key: str) -> Challenge | None:
    """The challenge of this territory; a draft exists only for its team."""
    challenge = Challenge.objects.filter(territory=territory, public_id=key).first()
    if challenge is not None and may_see_challenge(rights, challenge):
        return challenge
    return None


def may_see_challenge(rights: Rights, challenge: Challenge) -> bool:
    return challenge.state != Challenge.State.DRAFT or rights.is_team


a_challenge = Opens("challenge", find_challenge)
