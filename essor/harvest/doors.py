"""How harvests, ideas, sources and pictures are found inside a territory."""

from typing import Any

from essor.harvest.models import Harvest, Idea, IdeaList, Picture, Source
from essor.harvest.rules import is_public
from essor.kit.prepared import within
from essor.territories.doors import FACILITATOR, HOST, Opens, Rights
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


def find_source(rights: Rights, harvest: Harvest, key: str) -> Source | None:
    """A place where ideas of this harvest were said."""
    source = Source.objects.filter(harvest=harvest, public_id=key).first()
    if source is not None:
        source.harvest = harvest
    return source


def find_picture(rights: Rights, harvest: Harvest, key: str) -> Picture | None:
    """A photograph of this harvest's paper."""
    picture = (
        Picture.objects.select_related("source").filter(harvest=harvest, public_id=key).first()
    )
    if picture is not None:
        picture.harvest = harvest
    return picture


def gave_idea(rights: Rights, *, idea: Idea, **others: Any) -> bool:
    """This browser gave the idea (or opened its personal link), or it is the person's account."""
    if rights.holds(IDEA, idea.public_id):
        return True
    return rights.person is not None and rights.person.pk == idea.author_id


a_harvest = Opens("harvest", find_harvest)
an_idea = Opens("idea", find_idea, inside="harvest")
a_source = Opens("source", find_source, inside="harvest")
a_picture = Opens("picture", find_picture, inside="harvest")


def find_list(rights: Rights, harvest: Harvest, key: str) -> IdeaList | None:
    """A list of ideas being read, of this harvest."""
    found = (
        IdeaList.objects.select_related("source", "picture")
        .filter(harvest=harvest, public_id=key)
        .first()
    )
    if found is not None:
        found.harvest = harvest
    return found


a_list = Opens("lines", find_list, inside="harvest")
