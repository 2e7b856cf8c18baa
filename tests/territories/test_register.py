"""The register of personal data that a host reads: every room's declaration, in plain words."""

import pytest
from django.utils.html import escape
from django.utils.text import capfirst

from essor.kit.privacy import declarations
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
        assert sorted(named) == sorted(each.personal)


@pytest.mark.parametrize("who", [None, "denis", "bruno", "hugo"])
def test_register_is_the_hosts(cast, who):
    assert cast.client(who).get("/valence/settings/privacy/").status_code == 404
