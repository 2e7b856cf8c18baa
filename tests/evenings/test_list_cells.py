"""One cell, one line of somebody's list: every way in which people write the same thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.evenings.listing.cells import TOO_YOUNG, age_band, answer_of, phone_of, split_name
from essor.evenings.listing.mapping import guess_mapping
from essor.evenings.models import Question, Registration
from tests.evenings.test_listing import (
    CANTINES,
    CHALLENGES,
    MOVING,
    ROOFS,
    known,
    lines,
    one,
    table,
)
from tests.people_lists import as_text

TODAY = date(2026, 11, 2)
Band = Registration.AgeBand


def codes(line) -> list[str]:
    return [problem.code for problem in line.problems]


# --- ages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (1, TOO_YOUNG), (14, TOO_YOUNG), (15, Band.UNDER_25), (24, Band.UNDER_25),
        (25, Band.UNDER_40), (39, Band.UNDER_40), (40, Band.UNDER_65), (64, Band.UNDER_65),
        (65, Band.OLDER), (119, Band.OLDER),
    ],
)  # fmt: skip
def test_an_age_falls_into_its_group_to_the_year(age, band):
    assert age_band(str(age), TODAY) == band
    assert age_band(f"{age} ans", TODAY) == band


@given(st.integers(1, 100))
def test_age_year_of_birth_and_whole_date_say_the_same(age):
    year = TODAY.year - age
    band = age_band(str(age), TODAY)
    assert age_band(str(year), TODAY) == age_band(f"03/07/{year}", TODAY) == band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("moins de 15 ans", TOO_YOUNG), ("under 25", Band.UNDER_25), ("< 25", Band.UNDER_25),
        ("moins de 40", Band.UNDER_40), ("40 ans", Band.UNDER_65), ("64+", Band.OLDER),
        ("15-24", Band.UNDER_25), ("40 à 64 ans", Band.UNDER_65), ("65 – 80", Band.OLDER),
        (str(TODAY.year), TOO_YOUNG), ("1900", Band.OLDER),
    ],
)  # fmt: skip
def test_groups_of_ages_are_read_as_they_are_written(text, band):
    assert age_band(text, TODAY) == band


@pytest.mark.parametrize("text", ["", "0", "120", "1899", "2031", "jeune", "10 20 30"])
def test_what_is_no_age_is_not_guessed(text):
    assert age_band(text, TODAY) is None


def test_an_age_that_cannot_be_read_is_a_doubt_and_stays_empty():
    line = one(["Prénom", "Âge"], ["Inès", "jeune"])
    assert (line.bad, line.coming.age_band, codes(line)) == (False, "", ["unknown_age"])
    assert one(["Prénom", "Âge"], ["Inès", ""]).problems == ()


# --- names --------------------------------------------------------------------------------------

names = st.sampled_from(["Inès", "Jean-Éric", "Zoé", "Łukasz", "Maëlle"])
surnames = st.sampled_from(["Martin", "O’Brien", "De La Tour", "Ngũgĩ", "Müller"])


@given(names, surnames)
def test_first_and_last_name_are_told_apart_in_every_common_order(first, last):
    for whole, last_first in (
        (f"{last}, {first}", False),
        (f"{last.upper()} {first}", True),
        (f"{first} {last.upper()}", False),
    ):
        found = split_name(whole, last_first=last_first)
        assert (found[0], found[1].casefold()) == (first, last.casefold())


@pytest.mark.parametrize("whole", ["INÈS MARTIN", "I M"])
def test_a_name_all_in_capitals_is_split_by_its_place(whole):
    first, last = whole.split()
    assert split_name(whole, last_first=False) == (first, last)
    assert split_name(whole, last_first=True) == (last, first)


def test_one_letter_in_capitals_is_an_initial_and_no_last_name():
    assert split_name("Inès M Martin", last_first=False) == ("Inès", "M Martin")


def test_the_title_of_a_column_says_which_name_stands_first():
    assert one(["Nom et prénom"], ["Martin Inès"]).name == "Inès Martin"
    assert one(["Prénom et nom"], ["Inès Martin"]).name == "Inès Martin"


def test_whoever_ordered_lends_their_name_to_a_ticket_without_one():
    header = ["Prénom participant", "Nom participant", "Prénom payeur", "Nom payeur"]
    alone, named = lines(header, ["", "", "Ali", "Benali"], ["Inès", "Martin", "Ali", "Benali"])
    assert (alone.name, named.name) == ("Ali Benali", "Inès Martin")


def test_a_last_name_alone_is_what_somebody_is_called():
    line = one(["Prénom", "Nom"], ["", "Martin"])
    assert (line.coming.first_name, line.coming.last_name, line.bad) == ("Martin", "", False)


def test_letters_that_were_lost_are_a_doubt_and_the_person_comes():
    line = one(["Prénom", "Nom"], ["In\ufffds", "Martin"])
    assert (codes(line), line.bad) == (["lost_letters"], False)


@pytest.mark.parametrize("name", ["https://x.example", "voir www.x.example", "WWW.X.example"])
def test_a_web_address_is_no_name_first_or_last(name):
    assert codes(one(["Prénom", "Nom"], ["Inès", name])) == ["web_address"]


def test_each_half_of_a_name_may_be_two_hundred_letters_long():
    assert not one(["Prénom", "Nom"], ["A" * 200, "B" * 200]).bad
    assert codes(one(["Prénom", "Nom"], ["A", "B" * 201])) == ["long_name"]


# --- addresses, numbers, organisations ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "INES@Example.ORG", " ines@example.org ", "<ines@example.org>", "ines@example.org;",
        "mailto:ines@example.org",
    ],
)  # fmt: skip
def test_an_address_is_kept_plain_however_it_was_pasted(text):
    line = one(["Prénom", "E-mail"], ["Inès", text])
    assert (line.coming.email, line.problems) == ("ines@example.org", ())


@pytest.mark.parametrize("text", ["", "non", "aucune", "Néant", "0"])
def test_no_address_is_no_doubt(text):
    line = one(["Prénom", "E-mail"], ["Inès", text])
    assert (line.coming.email, line.problems) == ("", ())


def test_the_address_of_whoever_ordered_serves_where_the_person_gave_none():
    header = ["Prénom", "E-mail", "Email payeur"]
    own, lent = lines(header, ["Inès", "i@example.org", "p@example.org"],
                      ["Ali", "", "p@example.org"])  # fmt: skip
    assert (own.coming.email, lent.coming.email) == ("i@example.org", "p@example.org")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("612345678", "0612345678"), ("6 12 34 56 78", "0612345678"),
        ("06 12 34 56 78", "06 12 34 56 78"), ("+33612345", "+33612345"),
        ("+41 79 123 45", "+41 79 123 45"), ("12345678", "12345678"), ("", ""), ("7" * 40, "7" * 30),
    ],
)  # fmt: skip
def test_a_number_gets_back_the_zero_that_a_spreadsheet_took(text, kept):
    assert phone_of(text) == kept


def test_a_long_organisation_is_cut_and_said_to_be():
    fits, long = lines(["Prénom", "Structure"], ["Inès", "A" * 200], ["Ali", "A" * 201])
    assert (fits.problems, codes(long)) == ((), ["cut"])
    assert long.coming.organisation == "A" * 200
    assert long.problems[0].values == {"field": "Structure", "limit": 200}


# --- choices ------------------------------------------------------------------------------------

ASKED = ["Prénom", "1er choix", "2e choix", "3e choix"]


def chosen(*row: str, header: list[str] = ASKED) -> list[str]:
    return [each.short for each in one(header, ["Inès", *row]).coming.choices]


def test_choices_keep_their_order_and_each_counts_once():
    assert chosen("toits", "Cantines", "toits") == ["Énergie des toits", "Cantines"]
    assert chosen("", "Cantines", "") == ["Cantines"]


def test_three_choices_are_kept_of_however_many():
    every = "; ".join(each.short for each in CHALLENGES)
    assert len(CHALLENGES) == 4
    assert len(chosen(every, header=["Prénom", "Vos défis"])) == 3


def test_surprise_counts_only_for_who_chose_nothing():
    surprised = one(ASKED, ["Inès", "peu importe", "", ""]).coming
    decided = one(ASKED, ["Inès", "Cantines", "peu importe", ""]).coming
    assert (surprised.surprise, surprised.choices) == (True, ())
    assert (decided.surprise, decided.choices) == (False, (CANTINES,))


ASKED_EACH = ("Cantines", "Énergie des toits", "Se déplacer")
GRID = ["Prénom", "Nom", "E-mail", *(f"Vos défis [{short}]" for short in ASKED_EACH)]


@pytest.mark.parametrize(
    ("marks", "choices"),
    [
        (("2", "1", "3"), [ROOFS, CANTINES, MOVING]),
        (("x", "", "oui"), [CANTINES, MOVING]),
        (("non", "Choix 1", "0"), [ROOFS]),
        (("0", "1", "0"), [ROOFS]),
        (("", "✓", "aucun"), [ROOFS]),
        (("", "", ""), []),
        (("3e choix", "", "2e choix"), [MOVING, CANTINES]),
    ],
)
def test_a_column_for_each_challenge_holds_a_rank_or_a_mark(marks, choices, monkeypatch):
    for number, each in enumerate(CHALLENGES):
        monkeypatch.setattr(each, "public_id", f"challenge{number}")
    assert list(one(GRID, ["Inès", "Martin", "", *marks]).coming.choices) == choices


def test_a_challenge_after_a_dash_in_a_title_has_its_column_too():
    found = table(as_text(["Prénom", "Votre avis – Cantines"], [["Inès", "1"]]).encode())
    assert guess_mapping(found, known())[1] == f"challenge:{CANTINES.public_id}"


# --- what else a line says ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "table_needed", "words"),
    [
        ("oui", True, ""), ("fauteuil roulant", True, "fauteuil roulant"),
        ("boucle magnétique", False, "boucle magnétique"), ("non", False, ""), ("RAS", False, ""),
    ],
)  # fmt: skip
def test_access_needs_say_whether_the_table_must_be_within_reach(text, table_needed, words):
    coming = one(["Prénom", "Accessibilité"], ["Inès", text]).coming
    assert (coming.accessible_table, coming.access_words) == (table_needed, words)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ali", ("Ali",)), ("Ali; Zoé / Omar & Léa", ("Ali", "Zoé", "Omar", "Léa")),
        ("Ali and Zoé", ("Ali", "Zoé")), ("aucun", ()), ("", ()), (", ,", ()),
        ("A, B, C, D, E, F", ("A", "B", "C", "D", "E")),
    ],
)  # fmt: skip
def test_names_of_others_are_cut_apart_five_at_most(text, names):
    header, mapping = ["Prénom", "Avec", "Sans"], {0: "first_name", 1: "together", 2: "apart"}
    coming = one(header, ["Inès", text, ""], mapping=mapping).coming
    assert (coming.together, coming.apart) == (names, ())
    assert one(header, ["Inès", "", text], mapping=mapping).coming.apart == names


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("oui", True), ("à distance", True), ("En visio", True), ("distanciel", True),
        ("non", False), ("sur place", False), ("", False), ("présentiel", False),
    ],
)  # fmt: skip
def test_who_takes_part_from_a_distance_is_told_from_who_comes(text, remote):
    header = ["Prénom", "E-mail", "Mode de participation"]
    line = one(header, ["Inès", "ines@example.org", text])
    assert (line.coming.remote, line.bad) == (remote, False)


def test_nobody_takes_part_from_a_distance_without_an_address_for_the_link():
    header = ["Prénom", "E-mail", "Mode de participation"]
    far, here = lines(header, ["Inès", "", "en visio"], ["Ali", "", "sur place"])
    assert (codes(far), codes(here)) == (["remote_without_email"], [])
    assert far.bad


@pytest.mark.parametrize(
    ("text", "holds"),
    [("oui", True), ("J’anime", True), ("volontaire", True), ("facilitatrice", True),
     ("non", False), ("", False), ("peut-être oui", False)],
)  # fmt: skip
def test_who_holds_a_table_is_read_from_the_first_words(text, holds):
    line = one(["Prénom", "Animateur"], ["Inès", text])
    assert line.facilitator is holds


@pytest.mark.parametrize(
    ("title", "text", "out"),
    [
        ("Statut", "Annulé", True), ("Statut", "remboursée", True), ("Statut", "Validé", False),
        ("Status", "Not Attending", True), ("Status", "Attending", False), ("Statut", "", False),
        ("Brouillon", "oui", True), ("Brouillon", "non", False), ("Draft", "1", True),
    ],
)  # fmt: skip
def test_cancelled_orders_and_drafts_are_left_out(title, text, out):
    assert one(["Prénom", title], ["Inès", text]).left_out is out


def test_lines_without_a_word_are_no_lines():
    found = lines(["Prénom", "Nom"], ["Inès", "Martin"], ["", ""], ["Ali", "Benali"])
    assert [(each.number, each.name) for each in found] == [(2, "Inès Martin"), (4, "Ali Benali")]


@pytest.mark.parametrize(("text", "value"), [("Oui", "yes"), ("d’accord", "no"), ("non", "no")])
def test_a_question_of_yes_or_no_takes_nothing_else(text, value):
    assert answer_of(Question(kind="yes_no"), text) == value


def test_a_question_of_words_takes_the_words_and_one_of_a_list_only_those():
    assert answer_of(Question(kind="text"), "À vélo") == "À vélo"
    meal = Question(kind="one_of", options=["Végétarien", 3])
    assert [answer_of(meal, text) for text in ("VEGETARIEN", "3", "poisson")] == [
        "Végétarien", "3", None
    ]  # fmt: skip


# --- who is who in the next version of the file --------------------------------------------------


def test_a_line_is_known_again_by_ticket_else_by_address_else_by_name_and_organisation():
    header = ["Prénom", "Nom", "E-mail", "Structure", "Numéro de billet"]
    ines = ["Inès", "Martin", "i@example.org", "Épi", "7"]
    key = one(header, ines).key

    def same(**changes) -> bool:
        titles = dict(zip(("first", "last", "mail", "where", "ticket"), ines, strict=True))
        return one(header, list({**titles, **changes}.values())).key == key

    assert same(first="Agnès", last="X", mail="", where="Y"), "the ticket's number is enough"
    assert not same(ticket="8")

    key = one(header, [*ines[:4], ""]).key
    assert same(ticket="", where="Autre", first="INES"), "then address and name, however written"
    assert not same(ticket="", mail="j@example.org")
    assert not same(ticket="", first="Paul"), "a household shares an address"

    key = one(header, ["Inès", "Martin", "", "Épi", ""]).key
    assert same(ticket="", mail="", where="épi")
    assert not same(ticket="", mail="", where="Autre")
    assert not same(ticket="", mail="", last="Benali")


# --- columns in any order ------------------------------------------------------------------------

COLUMNS = {
    "Prénom": ["Inès", "Ali"], "Nom": ["Martin", "Benali"],
    "E-mail": ["ines@example.org", "ali@example.org"], "Téléphone": ["0611223344", ""],
    "Structure": ["Mairie de Die", "Scop Épi"], "Commune": ["Die", "Crest"],
    "1er choix": ["Cantines", "toits"], "2e choix": ["toits", ""], "Âge": ["34", "61"],
    "Statut": ["Validé", "Annulé"],
}  # fmt: skip


@given(st.permutations(list(COLUMNS)))
def test_a_list_says_the_same_in_whatever_order_its_columns_stand(header):
    rows = [[COLUMNS[title][n] for title in header] for n in range(2)]
    usual = [[COLUMNS[title][n] for title in COLUMNS] for n in range(2)]
    assert lines(header, *rows) == lines(list(COLUMNS), *usual)


@given(st.permutations(list(COLUMNS)), st.integers(0, len(COLUMNS)))
def test_no_two_columns_mean_the_same_thing_whatever_is_left_out(header, kept):
    header = ["Prénom", *header[:kept]]
    found = table(as_text(header, [[COLUMNS[title][0] for title in header]]).encode())
    meanings = list(guess_mapping(found, known()).values())
    assert len(meanings) == len(set(meanings))
