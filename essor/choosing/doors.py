"""How a vote is found inside its territory: everybody may read it."""

from essor.choosing.models import Vote
from essor.territories.doors import Opens, Rights
from essor.territories.models import Territory


def find_vote(rights: Rights, territory: Territory, key: str) -> Vote | None:
    vote = Vote.objects.filter(territory=territory, public_id=key).first()
    if vote is not None:
        vote.territory = territory
    return vote


a_vote = Opens("vote", find_vote)
