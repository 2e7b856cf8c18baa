"""Lines of ideas from pastes and spreadsheets: read with care, known again, explained when bad."""

from datetime import date

import pytest

from essor.harvest.bringing.columns import guessed
from essor.harvest.bringing.lines import day_of, lines_of_paste, lines_of_table, pasted


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("- Un verger", "Un verger"),
        ("•  Un verger", "Un verger"),
        ("12. Un verger", "Un verger"),
        ("(3) Un verger", "Un verger"),
        ("[x] Un verger", "Un verger"),
        ("3 vergers par rue", "3 vergers par rue"),
        ("2030 sans voiture", "2030 sans voiture"),
        ("-20 % sur le bio", "-20 % sur le bio"),
    ],
)
def test_bullets_go_and_words_stay(typed: str, kept: str) -> None:
    assert [text for _, text in pasted(typed)] == [kept]


def test_blank_lines_are_no_ideas_and_numbers_stay_true() -> None:
    assert pasted("Un\r\n\r\n  \nDeux\n") == [(1, "Un"), (3, "Deux")]


def test_a_bullet_that_nobody_wrote_behind_is_no_idea() -> None:
    assert pasted("- Un\n-\n• \n3.\n[ ]\n- Deux") == [(1, "Un"), (6, "Deux")]


def test_the_same_words_twice_are_two_lines_known_again_in_any_order() -> None:
    first = lines_of_paste([(1, "Un verger"), (2, "Une laverie"), (3, "un VERGER")], scope="s")
    again = lines_of_paste([(1, "Une laverie"), (2, "Un verger"), (3, "Un verger !")], scope="s")
    other = lines_of_paste([(1, "Un verger")], scope="autre")
    assert len({line.origin for line in first}) == 3
    assert {line.origin for line in first} == {line.origin for line in again}
    assert other[0].origin not in {line.origin for line in first}


def test_each_bad_line_says_why() -> None:
    rows = [(2, ["Un verger", "Ana"]), (3, ["", "Bob"]), (4, ["?", ""]), (5, ["x" * 5001, ""]),
            (6, ["", ""])]  # fmt: skip
    lines = lines_of_table(rows, {0: "idea", 1: "name"}, scope="file")
    assert [(line.number, line.trouble) for line in lines] == [
        (2, ""), (3, "nothing"), (4, "nothing"), (5, "too_long"),
    ]  # fmt: skip


def test_several_columns_of_ideas_give_an_idea_each() -> None:
    lines = lines_of_table(
        [(2, ["Un verger", "Des vélos", "Ana"]), (3, ["Une laverie", "", "Bob"])],
        {0: "idea", 1: "idea", 2: "name"},
        scope="file",
    )
    assert [(line.text, line.name) for line in lines] == [
        ("Un verger", "Ana"), ("Des vélos", "Ana"), ("Une laverie", "Bob"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-09 10:30", date(2026, 4, 9)),
        ("9/4/2026", date(2026, 4, 9)),
        ("09.04.26", date(2026, 4, 9)),
        ("31/02/2026", None),
        ("jeudi", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_columns_are_guessed_from_their_titles() -> None:
    header = ["Horodateur", "Votre idée pour le territoire ?", "Prénom", "Adresse e-mail", "Note"]
    assert guessed(header, [["x", "Un verger", "Ana", "a@b.fr", "5"]]) == {
        0: "day", 1: "idea", 2: "name", 3: "email",
    }  # fmt: skip


def test_three_columns_called_idea_are_left_to_a_human() -> None:
    assert "idea" not in guessed(["idée", "Idée", "IDEE"], [["a", "b", "c"]]).values()
    assert guessed(["idée", "idée"], [["Un verger", ""]]) == {0: "idea"}  # the other is empty


def test_without_titles_the_longest_words_are_the_ideas() -> None:
    assert guessed(["", "", ""], [["1", "Un verger public", "oui"]]) == {1: "idea"}
