"""Words, stems and languages of short texts."""

import doctest

import pytest

from essor.algos import text as package
from essor.algos.text import (
    folded,
    language,
    main_language,
    stem,
    stems,
    words,
)
from essor.algos.text import words as words_of
from essor.algos.text.stopwords import ENGLISH, FRENCH, WISHING


def test_folding_forgets_accents_case_ligatures_and_punctuation():
    assert folded("L’École d’Été : « ŒUVRER », ÇA va ?") == "l ecole d ete oeuvrer ca va"
    assert folded("snake_case\tand\n\nlines") == "snake case and lines"
    assert folded("🙂 !!!") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cantine", "cantines"),
        ("rénové", "RÉNOVÉS"),
        ("énergie", "energies"),
        ("école", "Ecoles"),
        ("réparer", "répare"),
        ("jardin", "jardins"),
        ("vélo", "VELOS"),
        ("menu", "menus"),
        ("ami", "amis"),
    ],
)
def test_forms_of_one_french_word_meet(one, other):
    assert stem(one) == stem(other) != ""


def test_decomposed_accents_are_the_same_word():
    assert stem("e\u0301cole") == stem("école")


def test_grammar_wishing_figures_and_monsters_have_no_stem():
    silent = ["pour", "Nous", "créer", "projet", "2026", "x", "a" * 100, "été"]
    assert [stem(word) for word in silent] == [""] * len(silent)


def test_stop_words_are_folded_and_without_subjects():
    every = FRENCH | ENGLISH | WISHING
    assert all(word == folded(word) for word in every)
    assert not {"velo", "ecole", "eau", "jardin", "energie", "sante", "school", "water"} & every


def test_words_keep_their_place_and_their_writing():
    text = "L’école de Saint-Étienne"
    found = words(text)
    assert [text[w.start : w.end] for w in found] == [w.text for w in found]
    assert [w.text for w in found if w.stem] == ["école", "Saint", "Étienne"]


def test_addresses_are_not_words():
    assert stems("voir https://exemple.org/jardin ou moi@exemple.org, potager") == (
        stem("voir"),
        stem("potager"),
    )


def test_what_only_looks_like_addresses_is_read_at_once():
    """An expression that tries every cut of it would read this for hours."""
    assert stems("@." * 10_000 + " potager") == (stem("potager"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un atelier pour réparer les vélos", "fr"),
        ("A workshop to repair the bikes", "en"),
        ("covoiturage", "fr"),
        ("l'eau", "fr"),
        ("", "fr"),
        ("日本語", "fr"),
    ],
)
def test_language_of_a_text_is_french_unless_english_shows(text, expected):
    assert language(text) == expected


def test_silent_texts_take_the_language_of_the_others():
    texts = ["repair cafe", "a garden for the school", "more trees in our streets"]
    assert main_language(texts) == "en"
    assert language("repair cafe", main_language(texts)) == "en"
    assert main_language(["", "vélo"]) == "fr"


def test_english_words_get_english_stems():
    assert stems("the gardens and gardening") == (stem("gardens", "en"), stem("gardening", "en"))
    assert stem("gardens", "en") == "garden"


def test_examples_in_the_documentation_run():
    assert doctest.testmod(package).failed == 0
    assert doctest.testmod(__import__(words_of.__module__, fromlist=["x"])).failed == 0
