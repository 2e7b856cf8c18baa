"""What every test may ask for: the cast, and a database with the spheres in it."""

import gc
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client, TransactionTestCase
from django.test.utils import teardown_databases
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from essor.challenges import nearby
from essor.kit import clock
from essor.ledger import kept
from tests import migrated
from tests.cast import NOW, Cast

# How long an example takes tells of the machine and its other work, nothing of the code.
hypothesis.register_profile("essor", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("essor")

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "live_server",
    "empty_database",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="keep the pictures of the guide there")
    parser.addoption("--no-pictures", action="store_true", help="look at pages, keep no pictures")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the database (they run on PostgreSQL too) and those of the browser."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: going over it for garbage takes a tenth of all tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker
) -> Iterator[None]:
    """The test database, copied where migrations have run before (``tests/migrated.py``)."""
    with django_db_blocker.unblock():
        made = migrated.set_up()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", migrated.as_it_came())
            yield
        teardown_databases(made, verbosity=0)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def stranger() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def nothing_kept_by_another_test() -> None:
    """Tests take their lines of the ledger back: what is kept would pass for the next test's.

    So would the language of the last page that was asked for.
    """
    kept.shelf.clear()
    nearby.forget_index()
    translation.deactivate()


@pytest.fixture
def made_anew(settings, monkeypatch) -> None:
    """Nothing is kept: for tests of how a page is made, and those that write without the ledger."""
    pages = "essor.ledger.kept.KeptPages"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != pages]
    monkeypatch.setattr(kept, "LIFE", timedelta(0))


@pytest.fixture(autouse=True)
def no_files_of_another_test() -> Iterator[None]:
    """What a test kept goes with it; what its module prepared stays.

    One folder for all: a folder a test would be made, linked to and removed again thousands of times.
    """
    before = files_kept()
    yield
    for path in files_kept() - before:
        os.unlink(path)


def files_kept() -> set[str]:
    return {
        os.path.join(folder, name) for folder, _, names in os.walk(settings.DATA) for name in names
    }


@pytest.fixture
def on_that_day() -> Iterator[None]:
    """It is ``NOW`` in the whole house: for letters of that day whose links are used the same day."""
    with clock.travelling() as go:
        go(NOW)
        yield


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """For a test that begins with an old house: from nothing up to it is a shorter way than back."""
    with django_db_blocker.unblock(), migrated.empty_database():
        yield


@pytest.fixture
def back_to_today(transactional_db: None) -> Iterator[None]:
    """For a test that takes the database back to older migrations: forward again after it."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
