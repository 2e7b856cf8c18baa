"""PostgreSQL crashes and comes back in the middle of the evening: a moment's wait, nothing lost."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from essor.kit.again import PATIENCE
from tests.cli.phones import FILL, TEXTS, PatientPhones, inside
from tests.cli.servers import Server
from tools.postgres import Cluster, running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.skipif(not os.environ.get("ESSOR_DATABASE"), reason="needs PostgreSQL"),
]
AWAY = 3
"""Seconds that the database is away while people ask: as long as its restart takes."""
MOST_ERRORS = 5
"""Among all who ask in such a restart. A peer showed 52 people an error."""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this test's own, which keeps what it acknowledged."""
    with running(durable=True) as cluster:
        yield cluster


class Readers:
    """Two people who open a page again and again."""

    def __init__(self, server: Server, page: str) -> None:
        self.seen: Counter[int] = Counter()
        self.ending = threading.Event()
        self.threads = [threading.Thread(target=self.read, args=(server, page)) for _ in "ab"]
        for each in self.threads:
            each.start()

    def read(self, server: Server, page: str) -> None:
        while not self.ending.is_set():
            try:
                self.seen[server.get(page)[0]] += 1
            except OSError:
                self.seen[0] += 1

    def rest(self) -> None:
        self.ending.set()
        for each in self.threads:
            each.join()


def test_a_database_that_restarts_loses_nothing_and_everybody_goes_on(tmp_path, cluster):
    house = {"ESSOR_DATA": str(tmp_path / "data"), "ESSOR_DATABASE": cluster.address}
    server = Server(tmp_path, "serve", "--processes", "2", ESSOR_LOG="ERROR", **house)
    try:
        evening, tables = inside(house, FILL)
        phones = PatientPhones(int(server.url.rsplit(":", 1)[1]), evening, tables)
        phones.wait_for(40)
        page = f"/grand/evenings/{evening}/registration/"
        readers = Readers(server, page)
        cluster.checkpoint()
        went = time.monotonic()
        cluster.crash()
        phones.wait_until_all_ask(len(phones.acknowledged))
        time.sleep(max(0.0, AWAY - (time.monotonic() - went)))
        cluster.start()
        away = time.monotonic() - went
        before = len(phones.acknowledged)
        phones.wait_for(before + 2 * len(tables))
        readers.rest()
        phones.rest()
        kept = Counter(inside(house, TEXTS))
        cluster.crash()  # once more while nobody asks: every connection that is kept is dead
        cluster.start()
        answers = [server.get(page)[0] for _ in range(20)]
    finally:
        server.stop()

    errors = [*phones.refused, *(readers.seen - Counter({200: readers.seen[200]})).elements()]
    assert len(errors) <= MOST_ERRORS or away > PATIENCE, f"{Counter(errors)} in {away:.1f} s"
    assert set(phones.refused) <= {"answer 503", "no answer: TimeoutError"}, "told to wait"
    assert answers == [200] * 20, "nobody gets a connection that died with the database"
    assert set(kept) == {key for _, key in phones.acknowledged}
    assert set(kept.values()) == {1}
