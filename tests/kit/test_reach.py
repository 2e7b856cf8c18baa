"""E-mail addresses as people type them: small slips are put right, others told in words."""

import pytest
from django import forms

from essor.kit.reach import AddressField


class Card(forms.Form):
    email = AddressField()


@pytest.mark.parametrize(
    "typed",
    [
        "lise@example.org",
        " lise@example.org ",
        "lise @ example.org",
        "lise@example.org,",
        "<lise@example.org>",
        "mailto:lise@example.org",
        "lise@example.org\t",
        "lise\u200b@example.org",
    ],
)
def test_small_slips_are_put_right(typed):
    form = Card({"email": typed})
    assert form.is_valid()
    assert form.cleaned_data["email"] == "lise@example.org"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("06 12 34 56 78", "C’est un numéro de téléphone"),
        ("+33 (0)6.12.34.56.78", "C’est un numéro de téléphone"),
        ("lise@example,org", "Est-ce lise@example.org"),
        ("lise@example", "example.fr"),
        ("lise@", "Il manque la fin de l’adresse"),
        ("lise.example.org", "Il manque le @ de l’adresse"),
        ("@example.org", "Il manque le @ de l’adresse"),
        ("lise@exam ple..org", "Cette adresse e-mail n’est pas complète"),
    ],
)
def test_what_is_wrong_is_told_so_that_it_can_be_put_right(typed, told):
    form = Card({"email": typed})
    assert told in form.errors["email"][0]
    assert form["email"].value() == typed, "nothing of it is lost"


def test_none_is_still_asked_for():
    assert Card({"email": "  "}).errors["email"] == ["Ce champ est obligatoire."]
