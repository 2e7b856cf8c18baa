"""The texts of public facts are set as the French set them; addresses stay what they are."""

import pytest

from essor.portal.facts import typeset


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plus de 15; 12 listés", "plus de 15\u202f; 12 listés"),
        ("Objectif : acteurs", "Objectif\u202f: acteurs"),
        ("« oasis »: ouverte", "« oasis »\u202f: ouverte"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("18:30", "18:30"),
    ],
)
def test_signs_follow_a_space_that_does_not_break(text, seen):
    assert typeset(text) == seen


def test_lists_and_fields_are_set_through_and_numbers_left():
    assert typeset({"a": ["Qui?"], "n": 3}) == {"a": ["Qui\u202f?"], "n": 3}
