"""What every test may ask for: the cast, and a database with the spheres in it."""

import pytest
from django.test import Client

from tests.cast import Cast

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the database (they run on PostgreSQL too) and those of the browser."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "tests/browser/" in item.nodeid or fixtures & {"page", "site"}:
            item.add_marker("browser")


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def stranger() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def files_in(tmp_path, settings) -> None:
    """Uploaded files go to the test's own folder."""
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    storages = dict(settings.STORAGES)
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = storages
