"""What the example's people leave behind: their confidence before and after."""

from datetime import datetime

from essor.evenings.actions.pulse import count_paper_pulse
from essor.evenings.actions.staying import agree_on_keeper, stay_at_table, write_to_table
from essor.evenings.models import Evening, Pulse
from essor.evenings.pulse_rules import SCALE
from essor.evenings.queries.staying import candidates
from essor.people.models import Person

FIRST_WORD = "Quelle belle soirée ! Je vous propose un café jeudi à 18 h pour la suite. Qui vient ?"
LEVELS = {
    Pulse.Moment.BEFORE: {"dare": (34, 71, 92, 58, 21), "together": (18, 41, 88, 86, 43)},
    Pulse.Moment.AFTER: {"dare": (9, 31, 74, 96, 45), "together": (6, 17, 55, 101, 76)},
}
"""Invented: how many people chose each step of the scale."""


def stay_in_touch(evening: Evening, *, at: datetime) -> None:
    """At every third table some people stay, somebody keeps it together and writes a first word."""
    for table in evening.tables.order_by("number")[::3]:
        table.evening = evening
        people = [each.person for each in candidates(table)[:4]]
        stayings = [
            stay_at_table(table=table, person=person, offers_to_keep=n == 0, by=person, at=at)
            for n, person in enumerate(people)
            if person.email
        ]
        if not stayings:
            continue
        keeper = stayings[0]
        agree_on_keeper(table=table, person=keeper.person, by=keeper.person, at=at)
        write_to_table(staying=keeper, text=FIRST_WORD, by=keeper.person, at=at)


def tell_confidence(evening: Evening, moment: str, *, by: Person, at: datetime) -> None:
    """The invented answers of one moment, as slips of paper."""
    tally = {
        key: dict(zip(SCALE, counts, strict=True))
        for key, counts in LEVELS[Pulse.Moment(moment)].items()
    }
    count_paper_pulse(evening=evening, moment=moment, tally=tally, by=by, at=at)
