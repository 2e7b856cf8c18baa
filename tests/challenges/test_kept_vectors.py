"""Vectors of public work: encoded once, kept beside the database, and never trusted blindly."""

import numpy as np
import pytest

from essor.algos.text import vectors
from essor.challenges import kept_vectors
from essor.challenges.kept_vectors import FILE, WORTH_KEEPING, vectors_of

TEXTS = [f"Un verger numéro {n}" for n in range(WORTH_KEEPING)]


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def encoded(monkeypatch):
    """What is asked of the encoder, from now on."""
    asked = []

    def listening(texts):
        asked.extend(texts)
        return vectors(texts)

    monkeypatch.setattr(kept_vectors, "vectors", listening)
    return asked


def test_only_what_is_new_is_encoded_and_the_figures_are_the_encoders(encoded):
    first = vectors_of(TEXTS)
    assert encoded == TEXTS
    encoded.clear()

    again = vectors_of([*TEXTS[10:], "Un moulin"])

    assert encoded == ["Un moulin"]
    assert np.array_equal(first, vectors(TEXTS))
    assert np.allclose(again, vectors([*TEXTS[10:], "Un moulin"]), atol=1e-6)


def test_a_few_new_texts_are_not_worth_a_file(folder):
    vectors_of(TEXTS[: WORTH_KEEPING - 1])
    assert list(folder.iterdir()) == []


def test_nothing_to_compare_is_nothing():
    assert vectors_of([]).shape == (0, 512)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no archive at all"])
def test_a_broken_file_is_encoded_anew(folder, encoded, content):
    (folder / FILE).write_bytes(content)

    assert np.array_equal(vectors_of(TEXTS), vectors(TEXTS))
    assert encoded == TEXTS
    assert [each.name for each in folder.iterdir()] == [FILE], "and written anew, nothing beside it"


def test_vectors_of_another_shape_are_not_taken(folder, encoded):
    np.savez(folder / FILE, digests=np.zeros((2, 32), np.uint8), vectors=np.zeros((2, 5)))

    vectors_of(TEXTS[:3])

    assert encoded == TEXTS[:3]


def test_a_folder_that_may_not_be_written_costs_time_alone(folder, settings):
    settings.DATA = folder / "nowhere"
    assert vectors_of(TEXTS).shape == (WORTH_KEEPING, 512)
