"""What ``essor demo`` prepares: the network's facts and the living example. Safe to run again."""

from datetime import datetime

from essor.evenings.models import Evening
from essor.portal.actions import load_network
from essor.portal.demo.actions import open_example
from essor.portal.demo.answers import answer_example
from essor.portal.demo.exchanging import exchange_example
from essor.portal.demo.funding import fund_example
from essor.portal.demo.harvest import gather_example
from essor.portal.demo.life import seat_example
from essor.portal.demo.searches import find_example
from essor.portal.demo.support import support_example
from essor.portal.demo.treasures import enrich_example


def prepare_demonstration(*, at: datetime) -> Evening:
    """Load or complete the demonstration's data and return the example evening."""
    load_network(by=None, at=at)
    evening = open_example(by=None, at=at)
    seat_example(evening, at=at)
    harvest = gather_example(by=None, at=at)
    answer_example(harvest=harvest, by=None, at=at)
    support_example(territory=evening.territory, by=None, at=at)
    fund_example(territory=evening.territory, by=None, at=at)
    exchange_example(territory=evening.territory, by=None, at=at)
    enrich_example(territory=evening.territory, by=None, at=at)
    find_example(territory=evening.territory, at=at)
    return evening
