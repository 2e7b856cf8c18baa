"""Access needs are erased seven days after the evening, and not a day before."""

from datetime import timedelta

import pytest

from essor.evenings.actions.access_needs import forget_access_needs
from essor.evenings.models import AccessNeed
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_evening, make_registration

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "kept"), [(-1, True), (7, True), (8, False), (400, False)])
def test_access_needs_last_a_week(cast: Cast, days: int, kept: bool) -> None:
    evening = make_evening(cast.valence, date=(NOW - timedelta(days=days)).date())
    registration = make_registration(evening)
    AccessNeed.objects.create(registration=registration, words="boucle magnétique")

    for _ in range(2):
        forget_access_needs(by=None, at=NOW)

    assert AccessNeed.objects.exists() is kept
    assert Entry.objects.filter(verb="forgot_access_needs").count() == (not kept)
