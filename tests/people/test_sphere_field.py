"""The sphere that somebody chooses in a form: found by its code, or told to be none."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.people.fields import SphereField
from essor.people.models import Sphere

pytestmark = pytest.mark.django_db


def test_code_leads_to_its_sphere_in_one_query():
    citizen = Sphere.objects.get(code="citizen")
    with CaptureQueriesContext(connection) as asked:
        assert SphereField().clean("citizen") == citizen
    assert len(asked) == 1
    assert SphereField().clean(citizen) == citizen


@pytest.mark.parametrize("said", ["nobody", "citizen\0", "CITIZEN", "'; --", "1"])
def test_what_is_no_code_is_refused(said):
    with pytest.raises(ValidationError) as refused:
        SphereField().clean(said)
    assert refused.value.code == "invalid_choice"


def test_nothing_is_nothing_where_it_may_be_left_out():
    assert SphereField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        SphereField().clean("")


def test_every_sphere_can_be_chosen():
    offered = [str(code) for code, _ in SphereField(empty_label=None).choices]
    assert offered == [each.code for each in Sphere.objects.all()]
