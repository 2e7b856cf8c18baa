"""The register of personal data that a host reads: every room's declaration, in plain words."""

import pytest
from django.utils import translation
from django.utils.html import escape
from django.utils.text import capfirst

from essor.kit.models import Mail
from essor.kit.privacy import declarations
from essor.people.models import PersonalLink
from essor.territories.views.field_words import WORDS, words_of
from essor.territories.views.privacy import _lines

pytestmark = pytest.mark.django_db


def test_register_names_every_declaration_that_holds_personal_data(cast):
    page = cast.client("aicha").get("/valence/settings/privacy/").content.decode()
    kept = [each for each in declarations() if each.personal]
    assert kept
    for each in kept:
        assert escape(capfirst(str(each.title))) in page


def test_each_personal_field_stands_in_exactly_one_line():
    for each in declarations():
        named = [name for line in _lines(each) for name in line.fields.split(", ")]
        assert sorted(named) == sorted(words_of(each.model, name) for name in each.personal)


def test_each_personal_field_has_words_and_no_words_are_left_over():
    used = {
        own if (own := f"{each.model.__name__}.{name}") in WORDS else name
        for each in declarations()
        for name in each.personal
    }
    assert used == set(WORDS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_line_shows_a_name_of_the_code(language):
    with translation.override(language):
        shown = [
            name for d in declarations() for line in _lines(d) for name in line.fields.split(", ")
        ]
    assert shown
    assert not [name for name in shown if "_" in name or name in {"at", "by", "html", "of id"}]


def test_the_same_name_is_told_by_what_it_means_in_its_model():
    with translation.override("en"):
        assert words_of(PersonalLink, "subject") == "what the link opens"
        assert words_of(Mail, "subject") == "subject line"


def test_a_field_that_nobody_named_is_an_error():
    with pytest.raises(KeyError):
        words_of(Mail, "shoe_size")


@pytest.mark.parametrize("who", [None, "denis", "bruno", "hugo"])
def test_register_is_the_hosts(cast, who):
    assert cast.client(who).get("/valence/settings/privacy/").status_code == 404
