"""No server outlives the tests, even where one of them fails half way."""

from collections.abc import Iterator

import pytest

from tests.cli.servers import Server


@pytest.fixture(scope="session", autouse=True)
def _no_server_is_left() -> Iterator[None]:
    yield
    for server in Server.started:
        server.out.close()
        if server.process.poll() is None:
            server.process.terminate()
            server.process.wait(10)
