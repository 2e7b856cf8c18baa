"""The texts of public facts are set as the French set them; addresses stay what they are."""

import pytest

from essor.portal.facts import in_words, network_facts, typeset


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


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0.25, "25\u202f%"), (0.999, "100\u202f%"), (1, "1"), (0, "0"), (1400, "1\u202f400"),
        (2.5, "2,5"), (1234.5, "1\u202f234,5"), ("une dizaine", "une dizaine"),
        ([1380, 1400, "1 500"], "1\u202f380 / 1\u202f400 / 1 500"), ([0.5, 2], "50\u202f% / 2"),
    ],
)  # fmt: skip
def test_figures_are_read_as_people_say_them(value, read):
    assert in_words(value) == read


def test_every_figure_of_the_file_can_be_shown_and_names_its_sources():
    facts = network_facts()
    assert facts.figures
    for fact in facts.figures:
        assert fact["shown"] not in {"", "None"}
        assert all(source["label"] and source["url"] for source in fact["sources"])


def test_sources_stand_by_the_alphabet_whatever_their_capitals():
    labels = [source["label"].casefold() for source in network_facts().sources]
    assert labels == sorted(labels)
