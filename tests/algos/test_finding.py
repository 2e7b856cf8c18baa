"""Words, lists and ranks of the index, beside plain counting."""

import random
from math import ceil, log

import pytest

from essor.algos.finding import (
    Standing,
    asked_for,
    form,
    forms,
    listed,
    most_shared,
    nearest,
    numbers,
    one_slip_or_two,
    rank,
    relisted,
    renumbered,
    swapped,
    terms_of,
    threes,
)
from essor.algos.finding.lists import MANY


@pytest.mark.parametrize(
    "family",
    ["verger vergers Vergers", "maraîcher maraîchère maraîchers maraîchères", "vélo velos",
     "recyclage recycler recyclerie", "composteur compost composteurs", "local locaux",
     "boulanger boulangère boulangers", "énergie energie énergies"],
)  # fmt: skip
def test_words_of_a_family_have_one_form(family):
    assert len({form(word, "fr") for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [("village", "ville"), ("partage", "part"), ("message", "messe")],
)
def test_words_that_only_look_alike_keep_apart(word, other):
    assert form(word, "fr") != form(other, "fr")


def test_english_words_are_found_by_their_own_stems():
    assert "repair" in forms("repairs")
    assert form("gardens", "en") == form("garden", "en")


def test_words_without_a_subject_are_left_out_unless_they_are_all_there_is():
    assert [each.word for each in asked_for("Où réparer le vélo ?")] == ["reparer", "velo"]
    assert [each.word for each in asked_for("the garden")] == ["garden"]
    assert [each.word for each in asked_for("le")] == ["le"]
    assert asked_for("?! %_") == []
    assert [each.word for each in asked_for("je cherche une friche")] == ["friche"]
    assert [each.word for each in asked_for("chercher")] == ["chercher"]
    assert [each.word for each in asked_for("2030")] == ["2030"]


def test_a_search_is_read_to_its_eighth_word():
    assert len(asked_for(" ".join(f"mot{letter}" for letter in "abcdefghijkl"))) == 8


def test_a_word_of_the_title_weighs_more_and_long_texts_less():
    title = terms_of("Moulin", "près de la rivière").weights
    text = terms_of("Rivière", "près du moulin").weights
    longer = terms_of("Rivière", "près du moulin " + "beau paysage vert " * 60).weights
    assert title["moulin"] > text["moulin"] > longer["moulin"] > 0


def test_terms_remember_how_words_were_written():
    terms = terms_of("Les Vergers", "2030")
    assert terms.written == {("vergers", "verg"), ("2030", "2030")}
    assert set(terms.weights) == {"verg", "2030"}


def test_addresses_are_no_words():
    assert terms_of("Écrire", "à zoe@example.org ou https://example.org/verger").weights.keys() == {
        "ecrir"
    }


def test_a_list_gains_loses_and_weighs_anew():
    kept = listed([(1, 1.0), (2, 2.0), (3, 3.0)])
    changed = relisted(kept, without={1}, put={3: 0.5, 9: 1.5})
    assert sorted(_pairs(changed)) == [(2, 2.0), (3, 0.5), (9, 1.5)]
    assert relisted(changed, without={2, 3, 9}, put={}) == b""
    assert relisted(b"", without={7}, put={7: 1.0}) == listed([(7, 1.0)])


def _pairs(packed):
    ranked = rank([[Standing(1.0, ((0, packed),))]], enough=0)
    worth = log(1 + MANY / (1 + len(ranked.keys)))
    assert worth > 0
    import numpy as np

    pairs = np.frombuffer(packed, dtype=[("key", "<i8"), ("weight", "<f4")])
    return [(int(key), float(weight)) for key, weight in pairs]


def test_numbers_stand_once():
    packed = renumbered(renumbered(b"", [5, 3]), [3, 8])
    assert numbers([packed]).tolist() == [3, 5, 8]


def test_most_shared_numbers_come_first():
    packed = [renumbered(b"", some) for some in ([1, 2, 3], [2, 3], [3, 4])]
    assert most_shared(packed, least=2, most=9) == [3, 2]
    assert most_shared(packed, least=1, most=2) == [3, 2]
    assert most_shared([], least=1, most=5) == []


def slowly(words, enough=10):
    """The same order, page by page."""
    score, whole = {}, {}
    for each in words:
        best = {}
        for standing in each:
            pairs = [pair for _place, pages in standing.lists for pair in _pairs(pages)]
            for key, weight in pairs:
                worth = standing.share * log(1 + MANY / (1 + len(pairs))) * weight
                best[key] = max(best.get(key, 0), worth)
        for key, worth in best.items():
            score[key] = score.get(key, 0) + worth
            whole[key] = whole.get(key, 0) + 1
    most = max(whole.values(), default=0)
    full = sum(n == most for n in whole.values())
    least = most if full >= enough else ceil(most / 2)
    kept = [key for key in score if whole[key] >= least]
    return sorted(kept, key=lambda key: (-whole[key], -score[key], -key))


@pytest.mark.parametrize("seed", range(30))
def test_rank_orders_as_counting_page_by_page(seed):
    chance = random.Random(seed)
    words = [
        [
            Standing(
                chance.choice([1.0, 0.5]),
                [
                    (place, listed((place * 100 + key, 2**-key / 3 + chance.random())
                                   for key in chance.sample(range(40), chance.randint(1, 15))))
                    for place in range(chance.randint(1, 3))
                ],
            )
            for _ in range(chance.randint(0, 3))
        ]
        for _ in range(chance.randint(1, 4))
    ]  # fmt: skip
    ranked = rank(words)
    assert ranked.keys.tolist() == slowly(words)
    assert [key // 100 for key in ranked.keys.tolist()] == ranked.places.tolist()


def test_rank_of_nothing_is_nothing():
    assert rank([]).keys.tolist() == []
    assert rank([[], []]).keys.tolist() == []


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [("verger", "vegrer", True), ("verger", "vergers", True), ("for", "fort", False),
     ("moulin", "moutons", False), ("restaurant", "restorent", False)],
)  # fmt: skip
def test_slips(word, other, near):
    assert one_slip_or_two(word, other) is near


def test_nearest_prefers_fewest_slips_and_the_same_first_letter():
    assert nearest("vergr", ["verger", "berger", "vergers"]) == ["verger"]
    assert nearest("cergle", ["cercle", "xergle"])[0] == "cercle"
    assert nearest("zzz", ["abc"]) == []


def test_swapped_letters_and_threes():
    assert "verger" in swapped("vregers")
    assert threes("ami") == {"$am", "ami", "mi$"}
