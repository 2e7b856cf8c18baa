"""Versions of a list, its sheets and its words: what is remembered, for whom, and how often told."""

from datetime import timedelta

import pytest

from essor.evenings.actions.list_tickets import send_list_tickets
from essor.evenings.actions.lists import apply_list, drop_list, map_list, read_list
from essor.evenings.listing.compare import Comparison
from essor.evenings.listing.reading import comparison_of, earlier_import
from essor.evenings.listing.summary import MAX_WORDS, OpenWord, Summary, open_words
from essor.evenings.models import Evening, ImportBatch, Question, Registration
from essor.evenings.queries.lists import lists_of, registrations_of, report_of
from essor.kit import clock
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_challenge, make_evening, make_registration
from tests.people_lists import as_text

pytestmark = pytest.mark.django_db
HEADER = ["Prénom", "Nom", "E-mail", "Structure", "1er choix"]
INES = ["Inès", "Martin", "ines@example.org", "Mairie de Die", "Cantines"]
ALI = ["Ali", "Benali", "ali@example.org", "", "Cantines"]
NAMELESS = ["", "", "x@example.org", "", ""]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def evening(cast: Cast) -> Evening:
    evening = make_evening(cast.valence, challenges=0)
    evening.challenges.set([make_challenge(cast.valence, "Cantines")])
    return evening


def read(evening: Evening, cast: Cast, *rows: list, header: list[str] = HEADER, at=NOW):
    data = as_text(header, rows).encode()
    return read_list(evening=evening, data=data, filename="liste.csv", by=cast.aicha, at=at)


def load(evening: Evening, cast: Cast, *rows: list, at=NOW, **more) -> ImportBatch:
    batch = read(evening, cast, *rows, at=at, **more)
    return apply_list(batch=batch, by=cast.aicha, at=at)


def compared(batch: ImportBatch) -> Comparison:
    return comparison_of(batch, today=clock.today())


def mapped(batch: ImportBatch, cast: Cast, **changes) -> ImportBatch:
    columns = {int(column): key for column, key in batch.mapping["columns"].items()}
    said = {"columns": columns, "challenges": {}, "spheres": {}, "all_facilitate": False,
            "sheet": 0, **changes}  # fmt: skip
    return map_list(batch=batch, by=cast.aicha, at=NOW, **said)


# --- who is who ----------------------------------------------------------------------------------


def test_a_first_name_alone_is_nobody_we_know(cast, evening):
    make_registration(evening, "Inès")
    done = load(evening, cast, ["Inès", "", "", "", ""])
    assert done.result["counts"]["new"] == 1, "there are many of that name"


@pytest.mark.parametrize("known_by", ["last name", "organisation"])
def test_a_name_with_a_last_name_or_an_organisation_is_somebody_we_know(cast, evening, known_by):
    row = ["Inès", "Martin", "", "", ""] if known_by == "last name" else ["Inès", "", "", "Épi", ""]
    load(evening, cast, row)
    again = read(evening, cast, row, ALI, header=[*HEADER[:4], "Voeux"])
    assert (compared(again).counts["new"], compared(again).counts["missing"]) == (1, 0)


def test_two_first_names_alone_with_two_addresses_are_two_people_beyond_doubt(cast, evening):
    rows = [["Inès", "", f"{n}@example.org", "", ""] for n in "ab"]
    verdicts = compared(read(evening, cast, *rows)).verdicts
    assert [verdict.kind for verdict in verdicts] == ["new", "new"]
    assert [verdict.line.problems for verdict in verdicts] == [(), ()]


def test_somebody_of_another_evening_is_new_here(cast, evening):
    load(make_evening(cast.valence), cast, INES)
    assert compared(read(evening, cast, INES)).counts["new"] == 1


def test_whoever_cancelled_here_does_not_count_as_missing_from_the_next_version(cast, evening):
    load(evening, cast, INES, ALI)
    evening.registrations.filter(person__first_name="Ali").update(state="cancelled")
    assert compared(read(evening, cast, INES)).missing == []


def test_a_list_with_other_columns_is_no_newer_version(cast, evening):
    load(evening, cast, INES, ALI)
    other = read(evening, cast, ["Zoé", "Roy"], header=["Prénom", "Nom"])
    assert compared(other).missing == []


def test_a_version_that_was_dropped_said_nothing(cast, evening):
    load(evening, cast, INES)
    moved = [*INES[:3], "Mairie de Crest", ""]
    drop_list(batch=read(evening, cast, moved), by=cast.aicha, at=NOW)
    assert compared(read(evening, cast, INES, ALI)).counts["same"] == 1


def test_the_latest_word_counts_and_not_the_first(cast, evening):
    moved = [*INES[:3], "Mairie de Crest", ""]
    load(evening, cast, INES)
    load(evening, cast, moved, at=LATER)
    assert compared(read(evening, cast, moved, ALI)).counts["same"] == 1
    assert compared(read(evening, cast, INES, ALI)).counts["changed"] == 1


def test_the_very_same_file_is_known_again_by_its_last_import(cast, evening):
    first = load(evening, cast, INES)
    assert earlier_import(first) == first
    second = load(evening, cast, INES, at=LATER)
    third = read(evening, cast, INES, at=LATER)
    assert earlier_import(third) == second
    assert earlier_import(read(evening, cast, ALI)) is None


# --- sheets and columns --------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", [-1, 1, 7])
def test_a_sheet_that_the_file_has_not_is_not_taken(cast, evening, sheet):
    batch = mapped(read(evening, cast, INES), cast, sheet=sheet)
    assert batch.table["chosen"] == 0
    assert batch.mapping["columns"]["0"] == "first_name"


def test_columns_of_another_evening_s_challenges_and_questions_are_guessed_anew(cast, evening):
    header = ["Prénom", "Nom", "Vos défis [Cantines]", "Repas ?", "Lieu-dit"]
    row = ["Inès", "Martin", "1", "Soupe", "Peyrus"]
    meal = Question.objects.create(evening=evening, label="Repas ?", order=1)
    mine = evening.challenges.get()
    first = mapped(read(evening, cast, row, header=header), cast,
                   columns={0: "first_name", 1: "last_name", 2: f"challenge:{mine.public_id}",
                            3: f"question:{meal.pk}", 4: "commune"})  # fmt: skip
    apply_list(batch=first, by=cast.aicha, at=NOW)

    other = make_evening(cast.valence, challenges=0)
    theirs = make_challenge(cast.valence, "Cantines", question="Et nos cantines ?")
    other.challenges.set([theirs])
    columns = read(other, cast, row, header=header).mapping["columns"]

    assert columns["2"] == f"challenge:{theirs.public_id}", "its own challenge of that name"
    assert "3" not in columns, "it asks no such question"
    assert (columns["0"], columns["4"]) == ("first_name", "commune"), "the rest is remembered"


def test_a_column_that_was_blank_the_first_time_is_read_once_it_says_something(cast, evening):
    header = [*HEADER[:3], "Téléphone", "Accessibilité"]
    load(evening, cast, [*INES[:3], "", ""], header=header)
    load(evening, cast, [*INES[:3], "0611223344", "Fauteuil roulant"], header=header)
    ines = evening.registrations.get()
    assert ines.person.phone == "0611223344"
    assert ines.access_need.accessible_table


def test_a_column_that_the_host_left_aside_stays_aside(cast, evening):
    header = [*HEADER[:3], "Téléphone"]
    rows = [[*INES[:3], "0611223344"], [*ALI[:3], "0655667788"]]
    first = read(evening, cast, rows[0], header=header)
    first = mapped(first, cast, columns={0: "first_name", 1: "last_name", 2: "email", 3: ""})
    apply_list(batch=first, by=cast.aicha, at=NOW)
    load(evening, cast, *rows, header=header)
    assert set(evening.registrations.values_list("person__phone", flat=True)) == {""}


def test_a_blank_column_takes_no_meaning_that_the_host_gave_to_another(cast, evening):
    header = ["Prénom", "E-mail", "Courriel"]
    both = ["Inès", "perso@example.org", "ines@example.org"]
    first = read(evening, cast, [both[0], "", both[2]], header=header)
    apply_list(
        batch=mapped(first, cast, columns={0: "first_name", 1: "", 2: "email"}),
        by=cast.aicha, at=NOW,
    )  # fmt: skip
    again = read(evening, cast, both, ["Ali", "", ""], header=header)
    assert list(again.mapping["columns"].values()).count("email") == 1
    assert again.mapping["columns"]["2"] == "email"


# --- what is told --------------------------------------------------------------------------------


def test_the_preview_tells_what_is_bad_apart_from_what_is_doubtful(cast, evening):
    doubtful = ["Omar", "Roy", "omar(at)example.org", "", "Tricot"]
    summary = Summary(compared(read(evening, cast, INES, NAMELESS, doubtful)))

    assert summary.importable == 2
    assert [remark.line for remark in summary.bad] == [3]
    assert [(remark.line, remark.name) for remark in summary.doubts] == [(4, "Omar Roy")]
    assert [line.name for line in summary.first] == ["Inès Martin", "Omar Roy"]
    assert summary.guessed_spheres == 1, "the town hall of Die is a public body"


def test_the_preview_names_who_is_cancelled_in_the_list_and_still_registered_here(cast, evening):
    header = [*HEADER[:3], "Statut"]
    valid = [["Inès", "Martin", "i@example.org", ""], ["Ali", "B", "a@example.org", ""]]
    load(evening, cast, *valid, header=header)
    evening.registrations.filter(person__first_name="Ali").update(state="cancelled")

    gone = [[*row[:3], "Annulé"] for row in valid]
    stranger = ["Zoé", "Roy", "z@example.org", "Annulé"]
    summary = Summary(compared(read(evening, cast, *gone, stranger, header=header)))

    assert [verdict.line.name for verdict in summary.cancelled] == ["Inès Martin"]
    assert summary.importable == 0


def test_words_to_settle_are_told_once_however_written_the_commonest_first(cast, evening):
    def says(number: int, word: str) -> list[str]:
        return [f"P{number}", f"N{number}", "", "", word]

    words = ["Tricot", "TRICOT", "Vélo", "tricot !", *(f"Mot numéro {n}" for n in "abcdefghijklm")]
    found = open_words(compared(read(evening, cast, *(says(*row) for row in enumerate(words)))))

    assert found[0] == OpenWord("challenges", "Tricot", 3)
    assert found[1].times == 1
    assert len(found) == MAX_WORDS


def test_the_report_tells_whom_the_list_brought_and_who_cancelled_since_no_more(cast, evening):
    evening.capacity = 2
    evening.save()
    zoe = ["Zoé", "Roy", "", "", ""]
    done = load(evening, cast, INES, ALI, zoe, NAMELESS)

    report = report_of(done)
    assert (report.to_write, report.waiting, report.left_out) == (2, 1, 1)
    assert {each.person.first_name for each in registrations_of(done)} == {"Inès", "Ali", "Zoé"}

    evening.registrations.filter(person__first_name="Ali").update(
        state=Registration.State.CANCELLED
    )
    assert report_of(done).to_write == 1
    assert {each.person.first_name for each in registrations_of(done)} == {"Inès", "Zoé"}


def test_tickets_are_sent_once_and_to_nobody_where_nobody_gave_an_address(cast, evening):
    done = load(evening, cast, INES, ALI)
    assert send_list_tickets(batch=done, by=cast.aicha, at=NOW) == 2
    assert report_of(ImportBatch.objects.get(pk=done.pk)).sent_at == NOW.isoformat()
    send_list_tickets(batch=done, by=cast.aicha, at=LATER)
    assert Entry.objects.filter(verb="list_tickets_sent").count() == 1

    nobody = load(evening, cast, ["Zoé", "Roy", "", "", ""])
    assert send_list_tickets(batch=nobody, by=cast.aicha, at=NOW) == 0
    assert report_of(ImportBatch.objects.get(pk=nobody.pk)).sent_at == ""


def test_lists_that_were_dropped_are_no_longer_listed(cast, evening):
    kept, dropped = load(evening, cast, INES), read(evening, cast, ALI)
    drop_list(batch=dropped, by=cast.aicha, at=NOW)
    waits = read(evening, cast, NAMELESS, at=LATER)
    load(make_evening(cast.valence), cast, INES)
    assert set(lists_of(evening)) == {kept, waits}
