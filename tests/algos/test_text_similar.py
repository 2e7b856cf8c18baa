"""The nearest texts, against a count made by hand, and with everything that people type."""

import random

import numpy as np
import pytest

from essor.algos.text import CLOSE, SIZE, Similar, has_vectors, pack, unpack, vectors
from essor.algos.text import vectors as vectors_of

IDEAS = [
    ("garden", "Un jardin partagé au pied des immeubles"),
    ("bikes", "Un atelier pour réparer soi-même son vélo"),
    ("canteen", "Des repas bio et locaux à la cantine scolaire"),
    ("elders", "Des visites chez les personnes âgées isolées"),
    ("bees", "Installer des ruches sur les toits de la mairie"),
    ("rides", "Du covoiturage pour aller au travail"),
    ("tools", "Prêter ses outils de bricolage entre voisins"),
    ("heat", "Isoler les maisons anciennes du centre"),
]


@pytest.fixture(scope="module")
def index():
    return Similar(IDEAS)


def without_weights(monkeypatch):
    """As on a machine where the package with the weights is not installed."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("un potager collectif en bas de la résidence", "garden"),
        ("une bicyclette cassée ? la remettre en état ensemble", "bikes"),
        ("une nourriture saine pour les enfants à midi, à l'école", "canteen"),
        ("rendre visite aux anciens qui vivent seuls", "elders"),
        ("partager sa voiture avec des collègues", "rides"),
    ],
)
def test_near_meaning_is_found_without_shared_words(index, asked, nearest):
    assert index.find(asked, 1, least=0)[0].key == nearest


def test_copy_is_the_same_whatever_its_writing(index):
    near = index.find("UN JARDIN PARTAGE, au pied des immeubles !", 1)[0]
    assert (near.key, near.closeness, near.reason.code) == ("garden", 1.0, "same")


def test_reason_names_the_shared_words_as_they_were_typed(index):
    near = index.find("prêter des outils", 1)[0]
    assert near.key == "tools"
    assert set(near.shared) == {"prêter", "outils"}
    assert "outils" in str(near.reason)


def test_nothing_close_gives_nothing(index):
    assert index.find("les horaires de la piscine olympique") == []
    assert all(near.closeness >= CLOSE for near in index.find("des ruches en ville", 8))


@pytest.mark.parametrize("text", ["", "   ", "!!!", "🙂"])
def test_text_that_says_nothing_is_near_to_nothing(index, text):
    assert index.find(text, least=0) == []
    odd = Similar([*IDEAS, ("odd", text)])
    assert "odd" not in {near.key for near in odd.find("un jardin", 20, least=0.01)}


def test_the_text_itself_can_be_left_out(index):
    found = index.find(IDEAS[0][1], 3, least=0, besides=["garden"])
    assert len(found) == 3
    assert "garden" not in {near.key for near in found}


def test_added_replaced_and_removed_texts_are_found_at_once():
    index = Similar(IDEAS)
    assert index.find("un jardin", 1)[0].key == "garden"
    index.add("new", "une piscine olympique couverte")
    assert index.find("la piscine olympique", 1)[0].key == "new"
    index.add("new", "une salle de concert")
    assert index.find("la piscine olympique") == []
    index.remove("new")
    index.remove("never there")
    assert len(index) == len(IDEAS)
    assert "new" not in index
    assert "new" not in {near.key for near in index.find("salle de concert", 20, least=0)}


def test_index_that_grew_step_by_step_equals_one_made_at_once(index):
    grown = Similar[str]()
    for key, text in IDEAS:
        grown.add(key, "something else first")
        grown.add(key, text)
        grown.find("un jardin")
    grown._fresh = 0  # the mean is counted again at the next growth; here, now
    for asked in ("un jardin", "les vélos", "manger local"):
        ours, theirs = (i.find(asked, 8, least=-1) for i in (grown, index))
        assert [near.key for near in ours] == [near.key for near in theirs]
        assert [n.closeness for n in ours] == pytest.approx([n.closeness for n in theirs], abs=1e-5)


def test_meaning_is_the_centred_cosine(index):
    asked = "des abeilles en ville"
    space, query = vectors([text for _, text in IDEAS]), vectors([asked])[0]
    mean = space.mean(axis=0) * (len(IDEAS) / (len(IDEAS) + 20))
    away, q = space - mean, query - mean
    cosine = away @ q / np.linalg.norm(away, axis=1) / np.linalg.norm(q)
    found = {near.key: near.meaning for near in index.find(asked, 8, least=-1)}
    for (key, _), expected in zip(IDEAS, cosine, strict=True):
        assert found[key] == pytest.approx(max(expected, 0), abs=1e-4)


def test_without_the_weights_stems_alone_still_find(monkeypatch):
    without_weights(monkeypatch)
    assert not has_vectors()
    assert vectors(["un jardin"]) is None
    index = Similar(IDEAS)
    assert not index.meaning
    near = index.find("un jardin partagé", 1)[0]
    assert (near.key, near.meaning, near.reason.code) == ("garden", None, "words")
    assert index.find("des potagers") == []


def test_keys_of_equal_closeness_keep_their_order():
    index = Similar([(i, "un four à pain dans le village") for i in range(100)])
    assert [near.key for near in index.find("four à pain", 4)] == [0, 1, 2, 3]


def test_hundred_copies_do_not_hide_themselves_or_others():
    index = Similar([*IDEAS, *((i, "Un four à pain dans le village") for i in range(100))])
    assert len(index) == len(IDEAS) + 100
    assert [near.key for near in index.find("cuire son pain au four du village", 2)] == [0, 1]
    assert index.find("un jardin partagé", 1)[0].key == "garden"
    for i in range(99):
        index.remove(i)
    assert [near.key for near in index.find("un four à pain", 5)] == [99]


def test_no_text_no_answer():
    index = Similar[int]()
    assert index.find("un jardin") == []
    index.add(1, "un jardin")
    assert index.find("un jardin", 0) == []
    index.remove(1)
    assert index.find("un jardin") == []


def test_find_is_the_best_of_all_by_its_own_closeness():
    draw = random.Random(5)
    vocabulary = [word for _, text in IDEAS for word in text.split()]
    texts = [(i, " ".join(draw.choices(vocabulary, k=6))) for i in range(300)]
    index = Similar(texts)
    asked = "un atelier de jardin chez les voisins"
    every = index.find(asked, 300, least=-1)
    assert [n.closeness for n in every] == sorted((n.closeness for n in every), reverse=True)
    assert [n.key for n in index.find(asked, 7, least=-1)] == [n.key for n in every[:7]]


def test_vectors_are_unit_float32_and_equal_for_equal_texts():
    found = vectors(["un jardin", "un jardin", "", "UN JARDIN POUR TOUS", "un jardin pour tous"])
    assert found.shape == (5, SIZE)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 0, 1, 1], abs=1e-3)
    assert (found[0] == found[1]).all()
    assert (found[3] == found[4]).all()
    assert vectors([]).shape == (0, SIZE)


def test_a_very_long_text_is_read_up_to_its_limit():
    long = "un jardin partagé au pied des immeubles. " * 400
    whole, cut = vectors([long, long[: vectors_of.__globals__["LONGEST"]]])
    assert (whole == cut).all()


def test_kept_vector_comes_back_nearly_the_same():
    vector = vectors(["un jardin partagé"])[0]
    kept = pack(vector)
    assert len(kept) == 2 * SIZE
    assert float(unpack(kept) @ vector) == pytest.approx(1, abs=5e-4)
