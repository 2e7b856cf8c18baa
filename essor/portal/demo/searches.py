"""The example can be searched at once, and two of its people keep a search."""

from datetime import datetime

from essor.finding.actions import Wanted, save_search
from essor.finding.rebuilding import rebuild
from essor.portal.demo.life import person_of
from essor.territories.models import Territory

KEPT = (("participant", "cantine", ""), ("host", "local atelier", "treasure"))
"""Who keeps which words, of which kind."""


def find_example(*, territory: Territory, at: datetime) -> None:
    """Make the index, then keep the searches: what is here already is no news."""
    rebuild()
    for code, words, kind in KEPT:
        who = person_of(code)
        wanted = Wanted(words, territory, kind)
        save_search(wanted=wanted, person=who, by=who, at=at)
