"""Words as people write them: any script passes, what cannot be seen or turns the text does not."""

import importlib
import pkgutil

import pytest
from django import forms

import essor
from essor.kit.words import TextField, cleaned

OVERRIDE, ISOLATE, ZERO_WIDTH, JOINER = "\u202e", "\u2067", "\u200b", "\u200d"
NOTHING = {
    "spaces": "   ",
    "no-break spaces": "\u00a0\u202f\u3000",
    "zero width": f"{ZERO_WIDTH}\u2060\ufeff",
    "joiners": f"{JOINER}\u200c",
    "overrides": f"{OVERRIDE}\u202c",
    "soft hyphens": "\u00ad\u00ad",
    "blank letters": "\u3164\u2800",
    "accents of nothing": "\u0301\u0308",
    "controls": "\t\x07",
}
PEOPLE = [
    "Inès",
    "Jean-François d’Alençon",
    "O'Neill",
    "مريم الخطيب",
    "שרה כהן",
    "می\u200cخواهم",
    "李小龍",
    "นภา",
    "👩\u200d🌾 Lou",
    "Zoé ✨",
    "🏳\ufe0f\u200d🌈",
]
"""Invented names: none of them is refused or changed."""


class Card(forms.Form):
    name = TextField(max_length=40)
    story = TextField(required=False, widget=forms.Textarea)


@pytest.mark.parametrize("name", PEOPLE)
def test_names_of_any_script_pass_as_they_are(name):
    form = Card({"name": name, "story": name})
    assert form.is_valid()
    assert (form.cleaned_data["name"], form.cleaned_data["story"]) == (name, name)


@pytest.mark.parametrize("nothing", NOTHING.values(), ids=NOTHING)
@pytest.mark.parametrize("field", ["name", "story"])
def test_what_nobody_can_see_is_no_name_and_is_told(nothing, field):
    form = Card({"name": "Lou", field: nothing})
    told = form.errors.get(field, [])
    if nothing.strip() or field == "name":
        assert len(told) == 1
    assert not (form.is_valid() and form.cleaned_data[field])


def test_marks_that_turn_the_text_go_and_the_words_stay():
    form = Card(
        {"name": f"Lou {OVERRIDE}niM{ISOLATE} \u200f", "story": f"Un{OVERRIDE}\tdeux\r\n trois"}
    )
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Lou niM", "story": "Un deux\r\n trois"}


def test_what_is_pasted_from_a_table_is_one_line():
    assert cleaned("Lou\tMartin\r\n\x0bRomans ") == "Lou Martin Romans"


def test_length_is_counted_of_what_is_kept():
    assert Card({"name": ZERO_WIDTH * 60 + "Lou"}).is_valid()
    assert not Card({"name": "x" * 41}).is_valid()


def every_form() -> list[type[forms.Form]]:
    for module in pkgutil.walk_packages(essor.__path__, "essor."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    found, waiting = [], [forms.Form]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("essor.") and each.__module__ != "essor.kit.samples":
                found.append(each)
    return found


READ_OTHERWISE = {
    "IdeaForm.text", "IdeaForm.detail", "CorrectionForm.correction",  # ``harvest.words.tidy``
    "IdentityForm.primary", "IdentityForm.accent", "FoundingForm.primary", "FoundingForm.accent",
    "RemoteTableForm.link", "SavingForm.words", "PlaceForm.to", "DecisionForm.group",
    "PhaseForm.seen", "CodeForm.code",
}  # fmt: skip
"""Fields with a reading of their own: colours, links, codes, words to look for."""


def test_every_field_for_words_is_cleaned():
    known = {
        f"{form.__name__}.{name}"
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField)
        and type(field).__module__.startswith(("django", "essor.harvest"))
        and type(field) in {forms.CharField, *forms.CharField.__subclasses__()} - {forms.EmailField, forms.SlugField, forms.URLField, TextField}
        and not field.widget.is_hidden
    }  # fmt: skip
    assert known - READ_OTHERWISE == set()
