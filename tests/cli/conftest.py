"""Folders to open a house in; no server outlives the tests, even where one fails half way."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import migrated
from tests.cli.servers import Server


@pytest.fixture(scope="session", autouse=True)
def _no_server_is_left() -> Iterator[None]:
    yield
    for server in Server.started:
        server.out.close()
        if server.process.poll() is None:
            server.process.terminate()
            server.process.wait(10)


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory, django_db_setup: None) -> Path:
    """Data of a house that nobody has opened yet, its migrations run: to be copied."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    folder.mkdir()
    if not os.environ.get("ESSOR_DATABASE"):
        shutil.copyfile(migrated.sqlite_copy(), folder / "essor.sqlite3")
    return folder


@pytest.fixture
def house_folder(tmp_path: Path, migrated_folder: Path) -> Path:
    """A folder for ``Server``, so that it need not migrate."""
    shutil.copytree(migrated_folder, tmp_path / "data")
    return tmp_path


@pytest.fixture(scope="module")
def prepared_example(tmp_path_factory) -> Path:
    """The demonstration's data, prepared once: to be copied."""
    from tests.cli.test_commands import essor

    folder = tmp_path_factory.mktemp("example") / "data"
    done = essor("demo", "--prepare-only", "--port", "0", ESSOR_DATA=str(folder))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    return folder


@pytest.fixture
def example_folder(tmp_path: Path, prepared_example: Path) -> Path:
    """A folder in which the demonstration opens at once."""
    shutil.copytree(prepared_example, tmp_path / "data")
    return tmp_path
