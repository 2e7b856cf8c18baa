"""The test harness itself: what every test may rely on."""

import pytest

from essor.people.models import Sphere


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_reference_rows_are_there_after_a_test_that_commits(time):
    assert Sphere.objects.exists()
    assert not Sphere.objects.filter(code="left-over").exists()
    Sphere.objects.create(code="left-over", letter="x", colour="#000000")
