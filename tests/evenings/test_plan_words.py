"""A plan in words: which rules do not hold, what changed, what a suggestion would bring."""

import pytest

from essor.evenings.planning.page import percent
from essor.evenings.planning.words import (
    BROKEN,
    SUGGESTED,
    broken_in_words,
    change_in_words,
    decimal,
    effect_in_words,
    ordinal_choice,
    signed,
    suggestions_in_words,
    together_in_words,
)

NAMES = {"i": "Inès", "j": "Jules", "c": "Cantines", "t": "Toits"}

BROKEN_RULES = [
    ("seated_once", {"person": "i"}, "Inès n’a pas de place."),
    ("size", {"table": "2"}, "La table 2 est complète."),
    ("size", {"table": "2", "people": 1}, "La table 2 compte 1 personne."),
    ("size", {"table": "2", "people": 9}, "La table 2 compte 9 personnes."),
    ("challenge", {"table": "2"}, "La table 2 ne travaille sur aucun défi."),
    ("neighbours", {"table": "2"}, "La table 2 réunit des défis qui ne sont pas voisins."),
    ("facilitator", {"table": "2"}, "La table 2 n’a personne pour l’animer."),
    ("access", {"person": "i", "table": "2"},
     "Inès a besoin d’une table accessible, et la table 2 ne l’est pas."),
    ("distance", {"person": "i", "table": "2"},
     "Inès et la table 2 : l’une est dans la salle, l’autre en visio."),
    ("host", {"person": "i", "challenge": "c"}, "Inès a sa place à la table « Cantines »."),
    ("pin_table", {"person": "i"}, "Inès est réservé·e pour une autre table."),
    ("pin_challenge", {"person": "i", "challenge": "c"}, "Inès est réservé·e pour « Cantines »."),
    ("together", {"first": "i", "second": "j"}, "Inès et Jules ont demandé à être ensemble."),
    ("apart", {"first": "i", "second": "j"},
     "Inès et Jules ont demandé à être à des tables différentes."),
    ("challenge_tables", {"challenge": "c"}, "« Cantines » n’a pas le nombre de tables demandé."),
]  # fmt: skip

CHANGES = [
    ({}, "Calculé"),
    ({"seconds": 5}, "Calculé en 5,0 s"),
    ({"seconds": 4.96}, "Calculé en 5,0 s"),
    ({"code": "moved", "person": "i", "table": "4"}, "Inès passe à la table 4"),
    ({"code": "moved", "person": "i", "table": "4", "round": 2}, "Inès passe à la table 4 au tour 2"),
    ({"code": "moved", "person": "gone", "table": "4"}, "quelqu’un passe à la table 4"),
    ({"code": "seated_rest", "people": 1}, "1 nouvelle personne placée"),
    ({"code": "seated_rest", "people": 3}, "3 nouvelles personnes placées"),
    ({"code": "imported"}, "Apporté par un fichier"),
    ({"code": "open_twice", "challenge": "c", "tables": 2}, "Ouvrir 2 tables pour « Cantines »"),
    ({"code": "drop", "challenge": "c"}, "Se passer de « Cantines »"),
    ({"code": "merge", "first": "c", "second": "t"}, "Réunir « Cantines » et « Toits » à une table"),
    ({"code": "one_more_table"}, "Trouver une table de plus"),
    ({"code": "one_more_table", "side": "remote"}, "Ouvrir une table de plus en visio"),
    ({"code": "one_more_facilitator"}, "Trouver une personne de plus pour animer"),
    ({"code": "one_more_facilitator", "side": "remote"},
     "Trouver une personne de plus pour animer à distance"),
]  # fmt: skip


def plain(text: str) -> str:
    """Spaces that do not break read as spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("code", "params", "words"), BROKEN_RULES)
def test_each_broken_rule_is_a_sentence(code: str, params: dict, words: str) -> None:
    assert [plain(each) for each in broken_in_words([[code, params]], NAMES)] == [words]


def test_every_rule_of_the_engine_has_its_sentence_and_an_unknown_one_is_owned_up_to() -> None:
    assert {code for code, *_ in BROKEN_RULES} == set(BROKEN)
    assert broken_in_words([["unheard_of", {}]], NAMES) == [
        "Une règle de la soirée n’est pas tenue."
    ]
    assert (
        "quelqu’un" in broken_in_words([["together", {"first": "i", "second": "gone"}]], NAMES)[0]
    )


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_what_made_the_plan_is_told(change: dict, words: str) -> None:
    assert plain(change_in_words(change, NAMES)) == words


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        ({}, "pas d’autre effet"),
        ({"first_choice": 0.4, "unlisted": -0.4, "open_tables": 0}, "pas d’autre effet"),
        ({"first_choice": 3}, "premier vœu : +3 personnes"),
        ({"first_choice": -1}, "premier vœu : −1 personne"),
        ({"unlisted": 2}, "aucun de leurs vœux : +2 personnes"),
        ({"points": -1.26}, "mixité gagnée : −1,3 points"),
        ({"first_choice": 1, "points": 3.0, "open_tables": 1},
         "premier vœu : +1 personne · mixité gagnée : +3 points · tables ouvertes : +1"),
    ],
)  # fmt: skip
def test_what_a_suggestion_would_bring_is_counted_in_people(effect: dict, words: str) -> None:
    assert plain(effect_in_words(effect)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (3, "+3"), (-3, "−3"), (1.5, "+1,5"), (-2.04, "−2"), (3.98, "+4"), (0.04, "0")],
)
def test_a_difference_carries_its_sign_and_its_nearest_tenth(number: float, words: str) -> None:
    assert signed(number) == words


@pytest.mark.parametrize(
    ("number", "words"), [(3.98, "4,0"), (3.94, "3,9"), (3.96, "4,0"), (4, "4,0"), (0.05, "0,1")]
)
def test_a_figure_of_the_proof_is_the_nearest_tenth_and_not_cut(number: float, words: str) -> None:
    assert decimal(number) == words


def test_shares_are_of_those_who_chose_and_nobody_missed_out_where_nobody_did() -> None:
    assert plain(percent([10, 5], 20)) == "75 %"
    assert plain(percent([2], 3)) == "67 %"
    assert plain(percent([0], 0)) == "100 %"


def test_ranks_of_choice_have_names() -> None:
    assert [ordinal_choice(rank) for rank in (1, 2, 3)] == ["1er vœu", "2e vœu", "3e vœu"]
    assert ordinal_choice(0) == "un autre défi"
    assert plain(ordinal_choice(4)) == "vœu n° 4"


def test_a_wish_that_was_met_names_the_others() -> None:
    assert together_in_words(["i", "j"], NAMES) == "avec Inès et Jules, comme souhaité"


def suggestion(key: str, code: str = "drop", **effect: float) -> dict:
    return {"key": key, "code": code, "params": {"challenge": "c"}, "effect": effect}


def test_suggestions_decided_against_or_unknown_are_not_made_again() -> None:
    made = [suggestion("a", cost=-1), suggestion("b", cost=-1), suggestion("c", "unheard_of")]
    assert [each.key for each in suggestions_in_words(made, ["a"], NAMES)] == ["b"]


def test_a_suggestion_helps_where_it_costs_less_and_only_frees_means_otherwise() -> None:
    made = [suggestion("a", cost=-0.5), suggestion("b", cost=0), suggestion("c", cost=2),
            suggestion("d")]  # fmt: skip
    assert [each.helps for each in suggestions_in_words(made, [], NAMES)] == [
        True, False, False, False
    ]  # fmt: skip


def test_only_a_facilitator_has_to_be_found_by_hand() -> None:
    made = [suggestion(code, code, first="c") for code in ("drop", "one_more_facilitator")]
    assert [each.by_hand for each in suggestions_in_words(made, [], NAMES)] == [False, True]
    assert set(SUGGESTED) == {
        "open_twice", "drop", "merge", "one_more_table", "one_more_facilitator"
    }  # fmt: skip
