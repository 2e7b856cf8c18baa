"""Why there is no plan, in words: whatever the engine refuses, hosts read what to do about it."""

import pytest

from essor.evenings.planning.refusals import PLACES, REFUSALS, REMEDIES, explain
from tests.cast import Cast, make_evening

NAMES = {"i": "Inès", "j": "Jules", "k": "Karim", "c": "Cantines", "t": "Toits"}

WHY = [
    ("block_too_large", {"people": ["i", "j", "k"], "high": 2},
     "Inès, Jules et Karim ont demandé à être ensemble, mais une table a 2 places."),
    ("together_and_apart", {"first": "i", "second": "j"},
     "Inès et Jules ont demandé à être séparé·es, et se retrouvent ensemble par d’autres demandes."),
    ("pins_differ", {"people": ["i", "j"], "tables": ["2", "5"]},
     "Inès et Jules sont ensemble mais réservé·es pour des tables différentes : 2, 5."),
    ("host_of_two", {"people": ["i"], "first": "c", "second": "t"},
     "Inès : il faudrait travailler à la fois sur « Cantines » et « Toits », qui ne sont pas voisins."),
    ("pin_without_access", {"people": ["i"], "table": "4"},
     "Il faut une table accessible pour Inès, et la table 4 ne l’est pas."),
    ("together_across", {"hall": ["i"], "remote": ["j", "k"]},
     "Inès, dans la salle, et Jules et Karim, à distance, souhaitent être ensemble."),
    ("pin_across", {"people": ["i"], "remote": True, "table": "4"},
     "Inès participe à distance et a une place réservée à la table 4, dans la salle."),
    ("pin_across", {"people": ["i"], "remote": False, "table": "4"},
     "Inès vient dans la salle et a une place réservée à la table 4, en visio."),
    ("too_few_people", {"people": 1, "low": 3}, "1 personne : une table en demande au moins 3."),
    ("too_few_tables", {"people": 30, "needed": 4, "high": 8, "tables": 1},
     "Pour 30 personnes, il faut 4 tables de 8 places ; la salle a 1 table."),
    ("too_few_facilitators", {"tables": 4, "facilitators": 1},
     "Il faut 4 tables, et 1 personne seulement anime."),
    ("cannot_split", {"people": 9, "low": 5, "high": 8},
     "9 personnes ne se répartissent pas en tables de 5 à 8."),
    ("too_few_accessible", {"people": 9, "tables": 1},
     "Il faut une table accessible pour 9 personnes ;"
     " dans la salle, l’accès n’est prévu qu’à 1 table."),
    ("too_many_hosted", {"challenges": ["c", "t"], "tables": 1},
     "2 défis ont des porteurs et demandent chacun une table ; on ne peut ouvrir que 1 table."),
    ("challenge_tables", {"challenge": "c"},
     "« Cantines » ne peut pas avoir le nombre de tables demandé."),
    ("not_found", {},
     "Aucun plan tenant toutes les règles n’a été trouvé dans le temps donné."
     " Rien ne prouve qu’il n’y en a pas."),
]  # fmt: skip

WHAT_TO_DO = [
    ("drop_together", {}, "Renoncer à l’une de ces demandes", "people"),
    ("drop_apart", {}, "Renoncer à la demande d’être séparé·es", "people"),
    ("drop_pin", {}, "Ne plus les réserver pour une table", "plan"),
    ("seats_max", {"to": 9}, "Admettre 9 places par table", "room"),
    ("seats_min", {"to": 3}, "Admettre des tables de 3 personnes", "room"),
    ("make_neighbours", {"first": "c", "second": "t"},
     "Déclarer voisins « Cantines » et « Toits »", "challenges"),
    ("make_accessible", {"table": "4"}, "Rendre la table 4 accessible", "room"),
    ("make_accessible", {"count": 2}, "Prévoir l’accès à 2 tables de plus", "room"),
    ("more_people", {"count": 2}, "Inscrire 2 personnes de plus", "people"),
    ("fewer_people", {"count": 1}, "Inscrire 1 personne de moins", "people"),
    ("more_tables", {"count": 2}, "Trouver 2 tables de plus", "room"),
    ("mark_remote", {"count": 1}, "Ouvrir 1 table de plus en visio", "remote"),
    ("to_the_hall", {"count": 2}, "Proposer à 2 personnes de venir dans la salle", "people"),
    ("change_side", {"people": ["i", "j"]},
     "Demander à Inès et Jules de participer de l’autre façon", "people"),
    ("more_facilitators", {"count": 2}, "Trouver 2 personnes de plus pour animer", "people"),
    ("close_tables", {"count": 1, "seats_max": 9},
     "Ouvrir 1 table de moins, avec jusqu’à 9 places chacune", "room"),
    ("free_challenge", {"challenge": "c"}, "Libérer le nombre de tables de « Cantines »", "plan"),
    ("more_steps", {}, "Calculer plus longtemps", "plan"),
    ("relax", {}, "Renoncer à une demande ou à une place réservée", "people"),
]  # fmt: skip


def plain(text: str) -> str:
    """Spaces that do not break read as spaces."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def refused(code: str, params: dict, *remedies: list) -> dict:
    return {"code": code, "params": params, "remedies": list(remedies)}


def why(code: str, params: dict) -> str:
    [explained] = explain([refused(code, params)], NAMES, None)
    assert explained.remedies == ()
    return plain(explained.words)


@pytest.mark.parametrize(("code", "params", "words"), WHY)
def test_each_refusal_says_who_and_how_many(code: str, params: dict, words: str) -> None:
    assert why(code, params) == words


def test_no_refusal_and_no_remedy_is_left_without_words_here() -> None:
    assert {code for code, *_ in WHY} == set(REFUSALS)
    assert {code for code, *_ in WHAT_TO_DO} == set(REMEDIES)
    assert {where for *_, where in WHAT_TO_DO} == set(PLACES)


def test_a_refusal_nobody_worded_yet_still_says_something() -> None:
    assert why("unheard_of", {}) == "Ces règles ne peuvent pas tenir toutes ensemble."


@pytest.mark.parametrize(
    ("side", "begins"), [("hall", "Dans la salle : "), ("remote", "À distance : "), ("", "Aucun")]
)
def test_where_people_come_both_ways_the_refusal_says_which_side_it_is(side, begins) -> None:
    assert why("not_found", {"side": side}).startswith(begins)


def test_people_and_challenges_that_are_gone_leave_no_id_behind() -> None:
    assert why("block_too_large", {"people": ["gone", "i"], "high": 2}).startswith("Inès ont")
    for code, params in (
        ("together_and_apart", {"first": "gone", "second": "lost"}),
        ("host_of_two", {"people": ["i"], "first": "gone", "second": "lost"}),
        ("challenge_tables", {"challenge": "gone"}),
    ):
        assert "gone" not in why(code, params)
        assert "?" in why(code, params)


@pytest.mark.django_db
def test_each_remedy_says_what_to_do_and_leads_to_where_it_is_done(cast: Cast) -> None:
    evening = make_evening(cast.valence)
    remedies = [[code, params] for code, params, *_ in WHAT_TO_DO]

    [explained] = explain([refused("not_found", {}, *remedies)], NAMES, evening)

    assert [plain(each.words) for each in explained.remedies] == [
        words for _, _, words, _ in WHAT_TO_DO
    ]
    at = f"/valence/evenings/{evening.public_id}/"
    pages = {"room": "room/", "people": "plan/list/", "challenges": "challenges/",
             "plan": "plan/", "remote": "room/remote/"}  # fmt: skip
    assert [each.url for each in explained.remedies] == [
        at + pages[where] for *_, where in WHAT_TO_DO
    ]


@pytest.mark.django_db
def test_a_remedy_without_words_is_left_out_and_the_others_stay(cast: Cast) -> None:
    kept = refused("not_found", {}, ["unheard_of", {}], ["more_steps", {}])
    [explained] = explain([kept], NAMES, make_evening(cast.valence))
    assert [each.words for each in explained.remedies] == ["Calculer plus longtemps"]
