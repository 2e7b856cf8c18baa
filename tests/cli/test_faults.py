"""Killed for real in the middle of the evening: what was acknowledged is there, and nothing twice."""

from collections import Counter

import pytest

from tests import migrated
from tests.cli.phones import FILL, TEXTS, Phones, inside, kill, say
from tests.cli.servers import Server, database_in_cluster

pytestmark = [pytest.mark.database, pytest.mark.slow]


@pytest.fixture
def house(house_folder, django_db_setup):
    """Where the house keeps its things: a folder, and a database of its own on PostgreSQL."""
    with database_in_cluster(migrated.name_of_the_copy()) as (_, database):
        yield {"ESSOR_DATA": str(house_folder / "data"), **database}


def test_kill_9_in_the_middle_of_postings_loses_nothing_and_doubles_nothing(house_folder, house):
    database = {name: value for name, value in house.items() if name == "ESSOR_DATABASE"}
    server = Server(house_folder, **database)
    evening, tables = inside(house, FILL)
    phones = Phones(int(server.url.rsplit(":", 1)[1]), evening, tables)
    phones.wait_for(40)
    kill(server)
    phones.rest()
    assert phones.unsure, "the server died between two postings: nothing was proven"

    again = Server(house_folder, **database)
    try:
        port = int(again.url.rsplit(":", 1)[1])
        for table, key in [*phones.unsure, *phones.unsure, *phones.acknowledged[:5]]:
            assert say(port, evening, table, key)
        kept = Counter(inside(house, TEXTS))
    finally:
        again.stop()

    assert set(kept) == {key for _, key in [*phones.acknowledged, *phones.unsure]}
    assert set(kept.values()) == {1}
