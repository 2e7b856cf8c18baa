"""Doors of this room: a challenge, seen by its team alone while it is a draft; a group to word."""

from essor.challenges.models import Challenge
from essor.harvest.models import Group
from essor.kit.prepared import within
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory

_challenge = within(Challenge, "territory")


def find_challenge(rights: Rights, territory: Territory, key: str) -> Challenge | None:
    """The challenge of this territory; a draft exists only for its team."""
    challenge = _challenge.first(territory.pk, key)
    if challenge is not None and may_see_challenge(rights, challenge):
        return challenge
    return None


def may_see_challenge(rights: Rights, challenge: Challenge) -> bool:
    return challenge.state != Challenge.State.DRAFT or rights.is_team


def find_group_to_word(rights: Rights, territory: Territory, key: str) -> Group | None:
    """A group of ideas of this territory that still lies on its sorting table."""
    return (
        Group.objects.select_related("harvest")
        .filter(harvest__territory=territory, public_id=key, merged_into=None, removed=False)
        .first()
    )


a_group_to_word = Opens("group", find_group_to_word)
a_challenge = Opens("challenge", find_challenge)
