"""Ideas said at tables go back to the harvest, where each gets its answer like any other."""

from datetime import datetime

from essor.evenings.models import Evening, TableIdea
from essor.evenings.queries.giving_back import origin_of, to_give_back
from essor.harvest.actions.ideas import NotTaken, Said, keep_ideas
from essor.harvest.actions.sources import SaidAt, add_source
from essor.harvest.models import Harvest, Idea, Source
from essor.harvest.rules import team_may_add
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record
from essor.people.models import Person


class OtherTerritory(Exception):
    """An idea goes back to a harvest of the evening's own territory."""


@action
def give_ideas_back(
    *, evening: Evening, harvest: Harvest, by: Person | None, at: datetime
) -> list[Idea]:
    """Bring every idea that may leave its table into ``harvest``, once, in its own words.

    Where it was said is told ("evening, table 12"); who said it is known to nobody. What a host hid
    and what is for the table alone stays. Raises ``NotTaken`` for a harvest that is over, and
    ``OtherTerritory``.
    """
    if harvest.territory_id != evening.territory_id:
        raise OtherTerritory
    territory = evening.territory
    lock(evening)  # two hosts who press together bring each idea once
    harvest = lock(harvest)
    harvest.territory = territory
    if not team_may_add(harvest):
        raise NotTaken
    ideas = to_give_back(evening)
    if not ideas:
        nothing_changed()
        return []
    sources = {
        number: _source(evening, harvest, number, by, at)
        for number in sorted({idea.table.number for idea in ideas})
    }
    said = [_said(idea, sources[idea.table.number]) for idea in ideas]
    made = keep_ideas(harvest=harvest, all_said=said, at=at)
    record(
        by=by,
        at=at,
        verb="ideas_given_back",
        of=evening,
        territory=territory,
        data={"ideas": len(made), "harvest": harvest.public_id},
    )
    return made


def _source(
    evening: Evening, harvest: Harvest, number: int, by: Person | None, at: datetime
) -> Source:
    said_at = SaidAt(
        label=f"{evening.name[:100]}, table {number}",
        kind=Source.Kind.EVENING,
        place=evening.place[:120],
        held_on=evening.date,
    )
    return add_source(harvest=harvest, said_at=said_at, by=by, at=at)


def _said(idea: TableIdea, source: Source) -> Said:
    return Said(
        text=idea.text,
        nameless=True,
        source=source,
        way=Idea.Way.TYPED,
        origin=origin_of(idea.public_id),
        at=idea.at,
    )
