"""PostgreSQL crashes and comes back in the middle of the evening: a moment's wait, nothing lost."""

import os
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.cli.phones import FILL, TEXTS, PatientPhones, inside
from tests.cli.servers import Server
from tools.postgres import Cluster, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.skipif(not os.environ.get("ESSOR_DATABASE"), reason="needs PostgreSQL"),
]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this test's own, which keeps what it acknowledged."""
    with running(durable=True) as cluster:
        yield cluster


def test_a_database_that_restarts_loses_nothing_and_everybody_goes_on(tmp_path, cluster):
    house = {"ESSOR_DATA": str(tmp_path / "data"), "ESSOR_DATABASE": cluster.address}
    server = Server(tmp_path, "serve", "--processes", "2", ESSOR_LOG="ERROR", **house)
    try:
        evening, tables = inside(house, FILL)
        phones = PatientPhones(int(server.url.rsplit(":", 1)[1]), evening, tables)
        phones.wait_for(40)
        cluster.crash()
        time.sleep(1)  # as long as it is down, phones try in vain
        cluster.start()
        phones.wait_for(len(phones.acknowledged) + 40)
        phones.rest()
        kept = Counter(inside(house, TEXTS))
        cluster.crash()  # once more while nobody asks: every connection that is kept is dead
        cluster.start()
        page = f"/grand/evenings/{evening}/registration/"
        answers = [server.get(page)[0] for _ in range(20)]
    finally:
        server.stop()

    assert phones.refused, "the database was away between two postings: nothing was proven"
    assert set(phones.refused) <= {503}, "those who asked meanwhile were told to wait"
    assert answers == [200] * 20, "nobody gets a connection that died with the database"
    assert set(kept) == {key for _, key in phones.acknowledged}
    assert set(kept.values()) == {1}
