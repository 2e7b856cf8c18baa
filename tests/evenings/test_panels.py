"""What the evenings hang on other pages is really there."""

import pytest

from essor.kit import navigation
from tests.cast import make_evening

pytestmark = pytest.mark.django_db


def test_evenings_stand_in_the_header():
    assert "evenings:evenings" in {entry.route for entry in navigation.entries()}


def test_coming_evening_shows_on_the_home_page(cast, stranger):
    evening = make_evening(cast.valence, name="Soirée de novembre")
    page = stranger.get("/valence/").content.decode()
    assert evening.name in page or evening.public_id in page
