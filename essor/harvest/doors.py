"""How harvests, ideas, sources and pictures are found inside a territory."""

from essor.harvest.models import Harvest, Idea, IdeaList, Picture, Source
from essor.harvest.rules import is_public
from essor.kit.prepared import within
from essor.territories.doors import FACILITATOR, HOST, Opens, Rights, found_in, holder
from essor.territories.models import Territory

IDEA = "idea"
"""The kind of key that a browser holds for the ideas it gave (``Visitor.give_key``)."""
SCOUTS = (HOST, FACILITATOR)
"""Who brings in what was said elsewhere: workshops, market stalls, sheets of paper."""

_harvest = within(Harvest, "territory")
_idea = within(Idea, "harvest", "source", "author")


def find_harvest(rights: Rights, territory: Territory, key: str) -> Harvest | None:
    """A harvest by its public id; in preparation, the team alone sees it."""
    harvest = _harvest.first(territory.pk, key)
    if harvest is None:
        return None
    harvest.territory = territory
    hidden = harvest.state == Harvest.State.DRAFT and not rights.is_team
    return None if hidden else harvest


def find_idea(rights: Rights, harvest: Harvest, key: str) -> Idea | None:
    """An idea of this harvest: for everybody while it is public, always for its author and team."""
    idea = _idea.first(harvest.pk, key)
    if idea is None:
        return None
    idea.harvest, idea.territory = harvest, harvest.territory
    seen = is_public(idea) or rights.is_team or gave_idea(rights, idea=idea)
    return idea if seen else None


gave_idea = holder("idea", IDEA, person="author_id")
a_harvest = Opens("harvest", find_harvest)
an_idea = Opens("idea", find_idea, inside="harvest")
a_source = Opens("source", found_in(Source, "harvest"), inside="harvest")
a_picture = Opens("picture", found_in(Picture, "harvest", "source"), inside="harvest")


a_list = Opens("lines", found_in(IdeaList, "harvest", "source", "picture"), inside="harvest")
