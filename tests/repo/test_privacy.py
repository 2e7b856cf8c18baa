"""No field is kept of anybody that is not declared: what for, on which ground, how long, who sees it."""

import pytest
from django.apps import apps

from essor.kit.privacy import (
    UNTIL_ERASURE,
    Basis,
    Declaration,
    Leaving,
    Personal,
    Seen,
    declarations,
    misdeclared,
    signed,
    undeclared,
)
from essor.people.models import Person

MODELS = [model for model in apps.get_models() if model.__module__.startswith("essor.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_declared_in_its_rooms_privacy_file(model):
    assert undeclared(model) == set(), f"declare them in the room's privacy.py: {model._meta.label}"


@pytest.mark.parametrize("declaration", declarations(), ids=lambda each: each.model._meta.label)
def test_declarations_name_fields_that_exist_once(declaration):
    assert misdeclared(declaration) == set()


def test_a_new_field_would_be_noticed():
    declared = next(each for each in declarations() if each.model is Person)
    without_phone = Declaration(
        Person, "", {k: v for k, v in declared.personal.items() if k != "phone"}, declared.plain
    )
    fields = {each.name for each in Person._meta.fields}
    assert fields - without_phone.declared == {"phone"}


@pytest.mark.parametrize("declaration", declarations(), ids=lambda each: each.model._meta.label)
def test_each_use_says_why_how_long_and_who_sees_it(declaration):
    for use in declaration.personal.values():
        assert isinstance(use, Personal)
        assert str(use.why)
        assert str(use.kept)
        assert use.seen in Seen


def test_health_data_rests_on_explicit_consent_and_the_narrowest_circle():
    health = [u for each in declarations() for u in each.personal.values() if u.health]
    assert health
    assert all(use.basis is Basis.EXPLICIT_CONSENT and use.seen is Seen.HOSTS for use in health)


def test_rows_about_a_person_can_be_found():
    for each in declarations():
        if each.subject:
            each.model._default_manager.filter(**{each.subject: 1})


def test_whoever_signed_a_row_goes_and_the_row_stays():
    said = signed("made_by asked_by", "to know whom to ask", Seen.HOSTS)
    assert (said["subject"], said["leaving"]) == ("made_by", Leaving.BLANK)
    assert said["personal"] == {
        "made_by asked_by": Personal("to know whom to ask", UNTIL_ERASURE, Seen.HOSTS)
    }
