"""How a vote is found inside its territory: everybody may read it."""

from essor.choosing.models import Vote
from essor.territories.doors import Opens, found_in

a_vote = Opens("vote", found_in(Vote, "territory"))
