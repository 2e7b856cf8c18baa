"""What the columns and lines of somebody's list mean."""

from datetime import date

import pytest

from essor.challenges.models import Challenge
from essor.evenings.listing.cells import TOO_YOUNG, age_band, split_name
from essor.evenings.listing.line import LineReader
from essor.evenings.listing.mapping import Known, guess_mapping, known_title, signature
from essor.evenings.listing.origin import service_of
from essor.evenings.listing.words import ChallengeWords, SphereWords
from essor.evenings.models import Question
from essor.kit.sheets import find_table, read_workbook
from essor.people.models import Sphere
from tests.people_lists import SERVICES, as_text, pretix_in_french

TODAY = date(2026, 11, 2)
SPHERES = {
    code: Sphere(code=code, name_fr=french, name_en=code, plural_fr=french, plural_en=code)
    for code, french in (
        ("citizen", "Habitant·e"), ("social_economy", "Économie sociale"),
        ("enterprise", "Entreprise"), ("association", "Association"),
        ("public_body", "Collectivité"), ("employment", "Service de l’emploi"),
        ("education", "École et recherche"), ("finance", "Financeur"),
    )
}  # fmt: skip


def challenge(short: str, question: str) -> Challenge:
    return Challenge(short=short, question=question)


CANTINES = challenge("Cantines", "Comment manger local à la cantine comme à la maison ?")
ROOFS = challenge("Énergie des toits", "Comment partager l’énergie que nos toits produisent ?")
LEATHER = challenge("Cuir et chaussure", "Comment faire revivre le cuir et la chaussure ?")
MOVING = challenge("Se déplacer", "Comment se déplacer sans voiture, même le soir ?")
CHALLENGES = (CANTINES, ROOFS, LEATHER, MOVING)


def known(*questions: Question, challenges=None, spheres=None) -> Known:
    return Known(
        ChallengeWords(CHALLENGES, challenges or {}), SphereWords(SPHERES, spheres or {}), questions
    )


def table(data: bytes):
    return find_table(read_workbook(data)[0], known_title)


def lines(header: list[str], *rows: list, mapping=None, knows: Known | None = None) -> list:
    found = table(as_text(header, rows).encode())
    knows = knows or known()
    return list(LineReader(found, mapping or guess_mapping(found, knows), knows, TODAY).lines())


def one(header: list[str], row: list, **more):
    return lines(header, row, **more)[0]


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_told_by_its_titles(name):
    assert service_of(table(SERVICES[name]()).header) == name


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_gives_names_and_addresses(name):
    found = table(SERVICES[name]())
    people = list(LineReader(found, guess_mapping(found, known()), known(), TODAY).lines())
    assert [(p.coming.first_name, p.coming.last_name.title()) for p in people] == [
        ("Inès", "Martin"),
        ("Ali", "Benali"),
        ("Zoé", "O’Brien"),
    ]
    assert [person.coming.email for person in people] == [
        "ines@example.org",
        "ali@example.org",
        "zoe@example.org",
    ]
    assert not any(person.bad for person in people)


def test_helloasso_gives_ticket_sphere_choice_and_commune():
    first = _first("HelloAsso")
    assert first.coming.sphere.code == "public_body"
    assert first.coming.choices == (CANTINES,)
    assert (first.coming.organisation, first.coming.commune) == (
        "Mairie de Romans",
        "Romans-sur-Isère",
    )


def test_google_forms_grid_gives_choices_by_rank_and_access_needs():
    people = _people("Google Forms")
    assert people[0].coming.choices == (ROOFS, CANTINES)
    assert [person.coming.accessible_table for person in people] == [False, False, True]
    assert [person.coming.access_words for person in people] == ["", "", "Fauteuil roulant"]


def test_framaforms_several_choices_in_one_cell_below_a_title():
    assert table(SERVICES["Framaforms"]()).header_line == 3
    assert _first("Framaforms").coming.choices == (CANTINES, ROOFS)


def test_pretix_cancelled_order_is_left_out():
    assert [person.left_out for person in _people("pretix")] == [False, True, False]


def test_pretix_in_french_gives_the_address_and_number_of_each_participant():
    found = table(pretix_in_french())
    people = list(LineReader(found, guess_mapping(found, known()), known(), TODAY).lines())
    assert service_of(found.header) == "pretix"
    assert [person.coming.email for person in people] == [
        "ines@example.org",
        "ali@example.org",
        "zoe@example.org",
    ]
    assert [person.coming.last_name.title() for person in people] == ["Martin", "Benali", "O’Brien"]
    assert [person.left_out for person in people] == [False, True, False]
    assert people[0].coming.commune == "Romans-sur-Isère"
    assert people[0].coming.choices == (CANTINES,)
    assert len({person.key for person in people}) == 3
    meaning = guess_mapping(found, known())
    assert meaning[found.header.index("ID pseudonyme")] == "reference"
    assert found.header.index("Adresse de facturation: nom") not in meaning


def _people(name: str) -> list:
    found = table(SERVICES[name]())
    return list(LineReader(found, guess_mapping(found, known()), known(), TODAY).lines())


def _first(name: str):
    return _people(name)[0]


def test_two_names_of_one_ticket_are_two_keys_and_a_ticket_keeps_its_key():
    before, other = lines(["Prénom", "Email", "Numéro de billet"], ["Inès", "a@example.org", "7"],
                          ["Inès", "a@example.org", "8"])  # fmt: skip
    after = one(["Prénom", "Email", "Numéro de billet"], ["Agnès", "b@example.org", "7"])
    assert before.key == after.key
    assert before.key != other.key
    assert before.said != after.said


def test_columns_without_titles_are_known_by_what_stands_in_them():
    found = table(b"Zo\xc3\xa9 Martin;zoe@example.org;26000\nAli Roy;ali@example.org;26100\n")
    assert guess_mapping(found, known()) == {0: "full_name", 1: "email", 2: "postcode"}


def test_signature_is_that_of_the_titles_however_they_are_written():
    one_way, other_way = table(b"Pr\xc3\xa9nom;Nom\nA;B\n"), table(b"PRENOM,nom\nC,D\n")
    assert signature(one_way) == signature(other_way)
    assert signature(one_way) != signature(table("Prénom;E-mail\nA;a@example.org\n".encode()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cantines", CANTINES),
        ("cantine", CANTINES),
        ("Défi 2 : énergie des toits", ROOFS),
        ("3. Le cuir et la chaussure", LEATHER),
        ("Comment manger local à la cantine comme à la maison ?", CANTINES),
        ("Comment se deplacer sans voiture, meme le soir", MOVING),
        ("énergies des toîts", ROOFS),
        ("jardins partagés", None),
        ("local", None),
        ("", None),
        ("42", None),
    ],
)
def test_choice_is_matched_by_short_name_or_question(text, found):
    assert known().challenges.find(text) is found


@pytest.mark.parametrize("number", ["Défi n° 3 : ", "table 12. ", "n°4) ", "°4- ", "  7: ", ""])
def test_number_before_a_choice_is_passed_by(number):
    assert known().challenges.find(f"{number}Cantines") is CANTINES


def test_choice_of_blanks_without_end_is_read_at_once():
    assert known().challenges.find(" " * 20_000 + "?") is None


def test_choice_that_two_challenges_could_mean_is_not_guessed():
    shared, kitchen = challenge("Jardin partagé", "Où ?"), challenge("Jardin potager", "Quand ?")
    words = ChallengeWords((shared, kitchen), {})
    assert words.find("les jardins partagés") is shared
    assert words.find("jardin") is None


def test_several_choices_in_one_cell_are_cut_but_not_inside_a_question():
    found, surprise, unknown = known().challenges.several(
        "Comment se déplacer sans voiture, même le soir ?; Cantines, Tricot, peu importe"
    )
    assert (found, surprise, unknown) == ([MOVING, CANTINES], True, ["Tricot"])


def test_correction_of_the_host_counts_before_everything():
    words = ChallengeWords(CHALLENGES, {"velo": MOVING.public_id, "cantines": "", "x": "surprise"})
    assert words.find("Vélo") is MOVING
    assert words.several("Cantines") == ([], False, [])
    assert words.several("X") == ([], True, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mairie de Romans", "public_body"), ("élue", "public_body"), ("Collectivités", "public_body"),
        ("Communauté de communes du Diois", "public_body"), ("habitante", "citizen"),
        ("Habitant·e", "citizen"), ("retraité", "citizen"), ("Scop Ardelaine", "social_economy"),
        ("ESS", "social_economy"), ("artisan boulanger", "enterprise"), ("SARL Dupont", "enterprise"),
        ("bénévole associatif", "association"), ("France Travail", "employment"),
        ("Mission locale", "employment"), ("étudiante", "education"), ("Lycée du Dauphiné", "education"),
        ("Crédit Mutuel", "finance"), ("martien", None), ("", None),
    ],
)  # fmt: skip
def test_sphere_is_read_from_ordinary_words(text, code):
    found = known().spheres.find(text)
    assert (found.code if found else None) == code


def test_sphere_is_read_from_the_organisation_only_where_none_is_given():
    guessed, said = lines(["Prénom", "Structure", "Vous êtes"], ["Inès", "Mairie de Die", ""],
                          ["Ali", "Mairie de Die", "habitant"])  # fmt: skip
    assert (guessed.coming.sphere.code, guessed.guessed_sphere) == ("public_body", True)
    assert (said.coming.sphere.code, said.guessed_sphere) == ("citizen", False)


@pytest.mark.parametrize(
    ("whole", "last_first", "names"),
    [
        ("Inès Martin", False, ("Inès", "Martin")),
        ("Martin Inès", True, ("Inès", "Martin")),
        ("MARTIN Inès", False, ("Inès", "MARTIN")),
        ("Inès DE LA TOUR", True, ("Inès", "DE LA TOUR")),
        ("Martin, Inès", False, ("Inès", "Martin")),
        ("Cher", False, ("Cher", "")),
        ("محمد بن علي", False, ("محمد", "بن علي")),
    ],
)
def test_whole_name_is_split(whole, last_first, names):
    assert split_name(whole, last_first=last_first) == names


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("34", "25-39"), ("1990", "25-39"), ("12/05/1990", "25-39"), ("25-39 ans", "25-39"),
        ("18", "15-24"), ("65 ans et plus", "65+"), ("65+", "65+"), ("moins de 25", "15-24"),
        ("12", TOO_YOUNG), ("2015", TOO_YOUNG), ("beaucoup", None), ("3 4 5", None),
    ],
)  # fmt: skip
def test_age_is_read_as_a_group(text, band):
    assert age_band(text, TODAY) == band


def test_line_without_a_name_is_bad_and_says_so():
    line = one(["Prénom", "Email"], ["", "a@example.org"])
    assert line.bad
    assert "prénom" in str(line.problems[0])


@pytest.mark.parametrize("name", ["O’Brien", "Zoé 🌻", "محمد", "A" * 200, "Jean‐Éric (dit « Jo »)"])
def test_any_name_is_taken_as_it_is(name):
    line = one(["Prénom", "Email"], [name, "a@example.org"])
    assert (line.coming.first_name, line.problems) == (name, ())


def test_name_longer_than_200_characters_is_bad():
    line = one(["Prénom", "Email"], ["A" * 201, "a@example.org"])
    assert "200" in str(line.problems[0])


def test_web_address_in_a_name_is_bad_because_names_are_repeated_in_our_mails():
    assert one(["Prénom", "Email"], ["www.example.org", "a@example.org"]).bad


@pytest.mark.parametrize(
    ("commune", "postcode", "kept"),
    [
        ("Romans-sur-Isère", "", ("Romans-sur-Isère", "26281")),
        ("ROMANS SUR ISERE", "26100", ("ROMANS SUR ISERE", "26281")),
        ("Sainte-Colombe", "05700", ("Sainte-Colombe", "05135")),
        ("Sainte-Colombe", "", ("Sainte-Colombe", "")),
        ("Nulle-Part", "26100", ("Nulle-Part", "")),
        ("", "", ("", "")),
    ],
)
def test_commune_gets_its_code_where_name_and_postcode_leave_no_doubt(commune, postcode, kept):
    line = one(["Prénom", "Commune", "Code postal"], ["Inès", commune, postcode])
    assert (line.coming.commune, line.coming.commune_code) == kept


def test_wrong_address_is_a_doubt_and_the_person_comes_all_the_same():
    line = one(["Prénom", "Email"], ["Inès", "ines(at)example.org"])
    assert (line.bad, line.coming.email) == (False, "")
    assert "ines(at)example.org" in str(line.problems[0])


def test_child_gets_no_profile():
    assert one(["Prénom", "Âge"], ["Léo", "9"]).bad


def test_unknown_words_are_doubts():
    line = one(["Prénom", "1er choix", "Vous êtes"], ["Inès", "Tricot", "martien"])
    assert sorted(problem.code for problem in line.problems) == ["unknown_choice", "unknown_sphere"]


def test_own_questions_of_the_evening_are_answered():
    meal = Question(pk=4, label="Repas ?", kind="one_of", options=["Végétarien", "Autre"])
    bus = Question(pk=5, label="Viendrez-vous en bus ?", kind="yes_no")
    line = one(["Prénom", "repas", "Viendrez-vous en bus ?"], ["Inès", "vegetarien", "Oui"],
               knows=known(meal, bus))  # fmt: skip
    assert line.coming.answers == ((meal, "Végétarien"), (bus, "yes"))
    odd = one(["Prénom", "repas"], ["Inès", "poisson"], knows=known(meal))
    assert [problem.code for problem in odd.problems] == ["not_an_option"]


def test_wishes_facilitators_and_phones_are_read():
    header = ["Prénom", "Avec qui voulez-vous venir ?", "Animateur", "Téléphone"]
    mapping = {0: "first_name", 1: "together", 2: "facilitator", 3: "phone"}
    line = one(header, ["Inès", "Ali Benali et Zoé", "oui", "612345678"], mapping=mapping)
    assert line.coming.together == ("Ali Benali", "Zoé")
    assert (line.facilitator, line.phone) == (True, "0612345678")


def test_line_says_the_same_whatever_the_order_of_its_columns():
    one_way = one(["Prénom", "Email"], ["Inès", "a@example.org"])
    other_way = one(["Email", "Prénom"], ["a@example.org", "Inès"])
    assert (one_way.key, one_way.said) == (other_way.key, other_way.said)
