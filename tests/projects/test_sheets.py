"""Several phones write one sheet: fields merge, a conflict keeps both texts and asks."""

import pytest

from essor.ledger.models import Entry
from essor.projects.actions.sheets import (
    KEEP_BOTH,
    KEEP_THEIRS,
    TAKE_MINE,
    AlreadySettled,
    NoSuchField,
    TextTooLong,
    TooManyPhotos,
    add_photo,
    mark_of,
    open_sheet,
    save_sheet,
    settle_variant,
)
from essor.projects.models import LONGEST_TEXT, Sheet
from tests.cast import NOW

BLANK = mark_of("")


@pytest.fixture
def sheet(cast) -> Sheet:
    return open_sheet(territory=cast.valence, origin="Table 1", by=None, at=NOW).sheet


def save(sheet: Sheet, *, by=None, **texts: str):
    """Save texts written over a blank sheet."""
    return save_sheet(sheet=sheet, texts=texts, marks=dict.fromkeys(texts, BLANK), by=by, at=NOW)


def test_an_opened_sheet_is_not_public_and_remembers_where_it_was_born(sheet):
    assert sheet.project.published_at is None
    assert str(sheet.project) == "Table 1"


def test_saving_writes_the_field_and_one_ledger_line(cast, sheet):
    saved = save(sheet, dream="Plus une bouteille jetée", by=cast.bruno)

    sheet.refresh_from_db()
    assert (sheet.dream, sheet.version, sheet.filled) == ("Plus une bouteille jetée", 1, 1)
    assert saved.written == ("dream",)
    line = Entry.objects.get(verb="sheet_saved")
    assert (line.by, line.of_id, line.audience) == (
        cast.bruno.public_id,
        sheet.project.public_id,
        "table",
    )
    assert "bouteille" not in str(line.data)


def test_saving_the_same_text_again_changes_nothing(sheet):
    save(sheet, dream="Un verger")
    save(sheet, dream="Un verger")

    sheet.refresh_from_db()
    assert sheet.version == 1
    assert Entry.objects.filter(verb="sheet_saved").count() == 1


def test_two_phones_on_different_fields_both_keep_their_text(sheet):
    save(sheet, dream="Un verger")
    save(sheet, proposal="Planter le long de la voie verte")

    sheet.refresh_from_db()
    assert (sheet.dream, sheet.proposal) == ("Un verger", "Planter le long de la voie verte")
    assert not sheet.variants.exists()


def test_two_phones_on_one_field_leave_both_texts_and_a_question(sheet):
    save(sheet, dream="Un verger")
    saved = save(sheet, dream="Un potager")

    sheet.refresh_from_db()
    assert sheet.dream == "Un verger"
    assert saved.disputed == ("dream",)
    assert [each.text for each in sheet.variants.all()] == ["Un potager"]


def test_a_conflict_sent_twice_asks_once(sheet):
    save(sheet, dream="Un verger")
    save(sheet, dream="Un potager")
    save(sheet, dream="Un potager")

    assert sheet.variants.count() == 1


def test_writing_over_the_text_that_was_read_is_no_conflict(sheet):
    save(sheet, dream="Un verger")
    save_sheet(
        sheet=sheet,
        texts={"dream": "Un verger public"},
        marks={"dream": mark_of("Un verger")},
        by=None,
        at=NOW,
    )

    sheet.refresh_from_db()
    assert sheet.dream == "Un verger public"


def test_emptying_a_field_that_somebody_else_just_wrote_keeps_their_text(sheet):
    save(sheet, dream="Un verger")
    save_sheet(sheet=sheet, texts={"dream": ""}, marks={"dream": mark_of("old")}, by=None, at=NOW)

    sheet.refresh_from_db()
    assert sheet.dream == "Un verger"


def test_a_mark_is_the_same_whatever_the_browser_does_to_line_ends():
    assert mark_of("one\r\ntwo\r\n") == mark_of("one\ntwo")
    assert mark_of("one") != mark_of("two")


@pytest.mark.parametrize(
    ("choice", "text", "left_over"),
    [
        (KEEP_THEIRS, "Un verger", "Un potager"),
        (TAKE_MINE, "Un potager", "Un verger"),
        (KEEP_BOTH, "Un verger\nUn potager", "Un potager"),
    ],
)
def test_settling_keeps_the_chosen_text_and_loses_none(sheet, choice, text, left_over):
    save(sheet, dream="Un verger")
    save(sheet, dream="Un potager")
    variant = sheet.variants.get()

    settle_variant(variant=variant, choice=choice, by=None, at=NOW)

    sheet.refresh_from_db()
    variant.refresh_from_db()
    assert sheet.dream == text
    assert variant.settled_at == NOW
    assert variant.text == left_over
    assert Entry.objects.get(verb="sheet_settled").data["choice"] == choice


def test_settling_twice_is_refused(sheet):
    save(sheet, dream="Un verger")
    save(sheet, dream="Un potager")
    variant = sheet.variants.get()
    settle_variant(variant=variant, choice=KEEP_THEIRS, by=None, at=NOW)

    with pytest.raises(AlreadySettled):
        settle_variant(variant=variant, choice=TAKE_MINE, by=None, at=NOW)


def test_a_field_that_the_sheet_has_not_is_refused(sheet):
    with pytest.raises(NoSuchField):
        save(sheet, version="7")


def test_a_text_that_is_too_long_is_refused_whole(sheet):
    with pytest.raises(TextTooLong) as refusal:
        save(sheet, proposal="court", dream="x" * (LONGEST_TEXT + 1))

    sheet.refresh_from_db()
    assert refusal.value.field == "dream"
    assert sheet.proposal == ""


def test_names_of_all_kinds_survive(sheet):
    text = "L’œuvre d’Élodie 🌱 مرحبا"
    save(sheet, dream=text)

    sheet.refresh_from_db()
    assert sheet.dream == text


def test_photos_are_kept_up_to_twelve(sheet):
    for number in range(12):
        add_photo(sheet=sheet, file=f"sheets/{number}.jpg", width=3, height=2, by=None, at=NOW)

    with pytest.raises(TooManyPhotos):
        add_photo(sheet=sheet, file="sheets/13.jpg", width=3, height=2, by=None, at=NOW)
    assert Entry.objects.filter(verb="photo_added").count() == 12
