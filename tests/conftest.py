"""What every test may ask for: the cast, and a database with the spheres in it."""

import pytest
from django.test import Client

from tests.cast import Cast


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
    storages = dict(settings.STORAGES)
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages
