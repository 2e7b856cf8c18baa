"""The lexicon: well-formed, carried to words that it does not hold, and kept up to date."""

import numpy as np
import pytest

from essor.algos.text.lexicon import (
    TERRITORY,
    concept_scores,
    concepts_of,
    fingerprint,
    learn,
    lexicon,
)
from essor.algos.text.vectors import vectors
from essor.algos.text.words import folded


def top(text, **how):
    """The name of the concept that a text speaks of most."""
    (counts,) = concepts_of([text], **how)
    return lexicon().concepts[int(counts.argmax())].name if counts.any() else ""


def test_concepts_have_names_in_both_languages_and_enough_words():
    known = lexicon()
    assert len({each.name for each in known.concepts}) == len(known.concepts) >= 50
    assert all(each.english and each.field for each in known.concepts)
    held = [concept for lang, _, concept in known.expressions if lang == "fr"]
    assert min(held.count(i) for i in range(len(known.concepts))) >= 20
    english = [concept for lang, _, concept in known.expressions if lang == "en"]
    assert min(english.count(i) for i in range(len(known.concepts))) >= 4


def test_no_expression_stands_twice_under_one_concept():
    known = [(lang, folded(wording), concept) for lang, wording, concept in lexicon().expressions]
    twice = sorted({each for each in known if known.count(each) > 1})
    assert twice == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Réparer sa bicyclette", "vélo"),
        ("Des VÉLOS pour tous !", "vélo"),
        ("La nounou est malade", "petite enfance et parents"),
        ("Isoler les combles", "rénovation et chauffage"),
        ("Fish market on the quay", "pêche et coquillages"),
        ("Homework help for pupils", "école"),
    ],
)
def test_known_words_tell_the_concept(text, concept):
    (counts,) = concepts_of([text], guess=False)
    names = [each.name for each in lexicon().concepts]
    assert counts[names.index(concept)] >= 0.5


@pytest.mark.parametrize(
    ("word", "concept"),
    [("motocyclette", "vélo"), ("pédopsychiatre", "santé mentale"), ("haltérophilie", "sport")],
)
def test_words_that_are_not_held_are_guessed_by_their_vectors(word, concept):
    assert top(word, guess=False) == ""
    assert top(word) == concept


def test_words_of_any_subject_say_little():
    assert top("le temps, le monde et les gens") == ""
    (fete, velo) = concepts_of(["la fête", "le vélo"], guess=False).sum(axis=1)
    assert 0 < fete < velo == 1


def test_what_was_learned_is_of_todays_lexicon():
    """After a change of lexicon.txt: python -m essor.algos.text.lexicon."""
    with np.load(TERRITORY.with_suffix(".npz")) as kept:
        assert str(kept["of"]) == fingerprint()
        afresh = learn(lexicon())
        assert kept["weights"] == pytest.approx(afresh.weights, abs=2e-3)


def test_whole_texts_are_scored_by_their_meaning():
    texts = ["Pédaler en sécurité jusqu'au lycée", "Manger mieux à midi", "Soigner ses dents"]
    found = vectors(texts)
    scores = concept_scores(found, found.mean(axis=0).astype(float))
    assert scores.shape == (3, len(lexicon().concepts))
    assert np.isfinite(scores).all()


def test_nothing_said_is_nothing_counted(monkeypatch):
    assert not concepts_of(["", "!!!", "42"]).any()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert top("motocyclette") == ""
    assert top("vélo") == "vélo"
