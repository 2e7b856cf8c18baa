"""Importing lists: all or nothing, the same file twice, a newer file, who is registered already."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.evenings.actions.lists import (
    EveningOver,
    NothingToImport,
    apply_list,
    drop_list,
    map_list,
    read_list,
)
from essor.evenings.listing.reading import comparison_of
from essor.evenings.models import AccessNeed, ColumnMapping, Evening, ImportBatch, Registration
from essor.evenings.privacy import blank_lists
from essor.evenings.queries.lists import report_of
from essor.kit import clock
from essor.kit.lists.life import ListGone
from essor.kit.sheets import SheetRefused
from essor.ledger.models import Entry
from tests.cast import NOW, Cast, make_challenge, make_evening, person
from tests.people_lists import SERVICES, as_text

HEADER = ["Prénom", "Nom", "E-mail", "Structure", "1er choix", "2e choix"]
INES = ["Inès", "Martin", "ines@example.org", "Mairie de Die", "Cantines", "toits"]
ALI = ["Ali", "Benali", "ali@example.org", "", "Énergie des toits", ""]
ZOE = ["Zoé", "O’Brien", "", "Scop Épi", "peu importe", ""]


@pytest.fixture
def evening(cast: Cast) -> Evening:
    evening = make_evening(cast.valence, challenges=0)
    evening.challenges.set(
        make_challenge(cast.valence, short) for short in ("Cantines", "Énergie des toits")
    )
    return evening


def csv_of(*rows: list, header: list[str] = HEADER) -> bytes:
    return as_text(header, rows).encode()


def bring(evening: Evening, cast: Cast, data: bytes) -> ImportBatch:
    """Read a file and import it with the mapping remembered or guessed."""
    batch = read_list(evening=evening, data=data, filename="liste.csv", by=cast.aicha, at=NOW)
    return apply_list(batch=batch, by=cast.aicha, at=NOW)


def load(evening: Evening, cast: Cast, *rows: list, **more) -> ImportBatch:
    return bring(evening, cast, csv_of(*rows, **more))


def said(registration: Registration) -> tuple:
    who = registration.person
    organisation = who.organisation.name if who.organisation else ""
    choices = [choice.challenge.short for choice in registration.choices.all()]
    return who.name, who.email, organisation, choices, registration.state


def everybody(evening: Evening) -> list[tuple]:
    return [said(each) for each in evening.registrations.order_by("id")]


def test_list_registers_its_people_with_what_they_said(cast, evening):
    done = load(evening, cast, INES, ALI, ZOE)
    assert done.result["counts"]["new"] == 3
    assert everybody(evening) == [
        ("Inès Martin", "ines@example.org", "Mairie de Die",
         ["Cantines", "Énergie des toits"], "registered"),
        ("Ali Benali", "ali@example.org", "", ["Énergie des toits"], "registered"),
        ("Zoé O’Brien", "", "Scop Épi", [], "registered"),
    ]  # fmt: skip
    ines, _, zoe = evening.registrations.order_by("id")
    assert (ines.person.sphere.code, zoe.person.sphere.code) == ("public_body", "social_economy")
    assert (ines.source, zoe.surprise) == (Registration.Source.LIST, True)
    assert len({each.code for each in evening.registrations.all()}) == 3


def test_import_writes_one_line_for_itself_and_one_a_person(cast, evening):
    batch = load(evening, cast, INES, ALI)
    line = Entry.objects.get(verb="list_imported")
    assert (line.by, line.of_id, line.data["new"]) == (cast.aicha.public_id, batch.public_id, 2)
    people = Entry.objects.filter(verb="registered", room=evening.room)
    assert {entry.of_id for entry in people} == set(
        evening.registrations.values_list("public_id", flat=True)
    )


@pytest.mark.parametrize("name", SERVICES)
def test_export_of_each_service_is_imported(cast, evening, name):
    done = bring(evening, cast, SERVICES[name]())
    coming = 2 if name == "pretix" else 3
    assert (done.result["counts"]["new"], done.result["counts"]["bad"]) == (coming, 0)
    assert evening.registrations.filter(choices__isnull=True).count() == (
        3 if name == "Eventbrite" else 0
    )


def test_same_file_twice_changes_nothing(cast, evening):
    load(evening, cast, INES, ALI, ZOE)
    before, lines = everybody(evening), Entry.objects.count()
    done = load(evening, cast, INES, ALI, ZOE)
    assert (
        done.result["counts"]["same"],
        done.result["counts"]["new"],
        done.result["counts"]["changed"],
    ) == (3, 0, 0)
    assert everybody(evening) == before
    assert Entry.objects.count() == lines + 2, "one for reading the file, one for the import"


def test_what_a_person_changed_since_is_not_undone_by_the_same_file(cast, evening):
    load(evening, cast, INES)
    registration = evening.registrations.get()
    registration.choices.all().delete()
    load(evening, cast, INES)
    assert registration.choices.count() == 0


def test_newer_file_changes_what_changed_adds_who_is_new_and_removes_nobody(cast, evening):
    load(evening, cast, INES, ALI)
    codes = dict(evening.registrations.values_list("person__first_name", "code"))
    moved = [*ALI[:3], "Laverie", "Cantines", ""]
    done = load(evening, cast, moved, ZOE)
    assert (
        done.result["counts"]["changed"],
        done.result["counts"]["new"],
        done.result["counts"]["missing"],
    ) == (1, 1, 1)
    assert everybody(evening)[1][:4] == ("Ali Benali", "ali@example.org", "Laverie", ["Cantines"])
    assert evening.registrations.get(person__first_name="Ali").code == codes["Ali"]
    ines = evening.registrations.get(person__first_name="Inès")
    assert ines.state == Registration.State.REGISTERED
    assert done.result["missing"] == [ines.public_id]


def test_file_without_a_column_leaves_what_it_does_not_speak_of(cast, evening):
    load(evening, cast, INES)
    data = csv_of(["Inès", "Martin", "ines@example.org", "0611223344"],
                  header=["Prénom", "Nom", "E-mail", "Téléphone"])  # fmt: skip
    bring(evening, cast, data)
    ines = evening.registrations.get()
    assert said(ines)[2:4] == ("Mairie de Die", ["Cantines", "Énergie des toits"])
    assert ines.person.phone == "0611223344"


@pytest.mark.parametrize(("first", "then"), [("non", "oui"), ("oui", "non")])
def test_newer_file_moves_a_person_to_the_hall_or_away_from_it(cast, evening, first, then):
    header = ["Prénom", "E-mail", "À distance"]
    for answer in (first, then):
        data = csv_of(["Inès", "ines@example.org", answer], header=header)
        batch = read_list(evening=evening, data=data, filename="l.csv", by=cast.aicha, at=NOW)
        done = apply_list(batch=with_mapping(batch, cast, {2: "remote"}), by=cast.aicha, at=NOW)
    assert done.result["counts"]["changed"] == 1
    assert evening.registrations.get().remote is (then == "oui")


def test_newer_file_changes_each_thing_that_it_speaks_of(cast, evening):
    header = ["Prénom", "E-mail", "Téléphone", "Vous êtes", "Commune", "Âge", "Animateur"]
    before = ["Inès", "ines@example.org", "0611223344", "habitante", "Die", "20", "non"]
    after = ["Inès", "ines@example.org", "0655667788", "artisan", "Crest", "45", "oui"]
    for row in (before, after):
        data = csv_of(row, header=header)
        batch = read_list(evening=evening, data=data, filename="l.csv", by=cast.aicha, at=NOW)
        columns = {2: "phone", 3: "sphere", 4: "commune", 5: "age", 6: "facilitator"}
        apply_list(batch=with_mapping(batch, cast, columns), by=cast.aicha, at=NOW)
    ines = evening.registrations.get()
    who = ines.person
    assert (who.phone, who.sphere.code, who.commune) == ("0655667788", "enterprise", "Crest")
    assert who.commune_code == "26108"
    assert (ines.age_band, ines.facilitator) == ("40-64", True)


def test_a_blank_in_a_newer_file_takes_no_phone_sphere_or_commune_away(cast, evening):
    header = ["Prénom", "E-mail", "Téléphone", "Vous êtes", "Commune"]
    columns = {2: "phone", 3: "sphere", 4: "commune"}
    for rest in (["0611223344", "habitante", "Die"], ["", "", ""]):
        data = csv_of(["Inès", "ines@example.org", *rest], header=header)
        batch = read_list(evening=evening, data=data, filename="l.csv", by=cast.aicha, at=NOW)
        apply_list(batch=with_mapping(batch, cast, columns), by=cast.aicha, at=NOW)
    who = evening.registrations.get().person
    assert (who.phone, who.sphere.code, who.commune) == ("0611223344", "citizen", "Die")


def test_ticket_number_follows_a_person_who_changed_name_and_address(cast, evening):
    header = ["Prénom", "E-mail", "Numéro de billet"]
    load(evening, cast, ["Inés", "old@example.org", "77"], header=header)
    load(evening, cast, ["Inès", "new@example.org", "77"], header=header)
    assert [(r.person.first_name, r.person.email) for r in evening.registrations.all()] == [
        ("Inès", "new@example.org")
    ]


def test_people_there_twice_are_counted_once_and_households_are_kept(cast, evening):
    shouted = ["INÈS", "MARTIN", "ines@example.org", "", "", ""]
    nameless = ["Inès", "Martin", "", "Mairie de Die", "", ""]
    child = ["Paul", "Martin", "ines@example.org", "", "", ""]
    done = load(evening, cast, INES, shouted, nameless, child)
    assert (done.result["counts"]["new"], done.result["counts"]["twice"]) == (2, 2)
    twice = [line for line in done.result["lines"] if line["kind"] == "twice"]
    assert [(line["line"], line["same_as"]) for line in twice] == [(3, 2), (4, 2)]


def test_same_name_and_organisation_with_another_address_is_only_a_doubt(cast, evening):
    other = [*INES[:2], "i.martin@example.org", *INES[3:]]
    done = load(evening, cast, INES, other)
    assert done.result["counts"]["new"] == 2
    assert "ligne 2" in report_of(done).doubts[0].words


def register(evening: Evening, *, email: str = "", state: str = "registered", **fields):
    who = person("Inès", last_name="Martin")
    who.email = email
    who.save()
    return Registration.objects.create(evening=evening, person=who, code="AAAAA", state=state,
                                       state_at=NOW, registered_at=NOW, **fields)  # fmt: skip


def test_who_registered_on_the_page_stays_as_they_wrote_it(cast, evening):
    mine = register(evening, email="ines@example.org")
    done = load(evening, cast, INES)
    assert (done.result["counts"]["known"], done.result["counts"]["new"]) == (1, 0)
    assert mine.choices.count() == 0
    assert evening.registrations.count() == 1


def test_facilitators_list_marks_who_registered_already(cast, evening):
    mine = register(evening, email="ines@example.org")
    data = csv_of(INES, ALI)
    batch = read_list(evening=evening, data=data, filename="anim.csv", by=cast.aicha, at=NOW)
    batch = with_mapping(batch, cast, all_facilitate=True)
    apply_list(batch=batch, by=cast.aicha, at=NOW)
    mine.refresh_from_db()
    assert mine.facilitator
    assert set(evening.registrations.values_list("facilitator", flat=True)) == {True}


def test_who_cancelled_here_is_not_brought_back(cast, evening):
    load(evening, cast, INES)
    evening.registrations.update(state=Registration.State.CANCELLED)
    done = load(evening, cast, [*INES[:3], "Mairie de Crest", "", ""])
    assert done.result["counts"]["gone"] == 1
    assert evening.registrations.get().state == Registration.State.CANCELLED


def test_beyond_capacity_people_wait_in_the_order_of_the_list(cast, evening):
    evening.capacity = 2
    evening.save()
    done = load(evening, cast, INES, ALI, ZOE)
    assert done.result["counts"]["waiting"] == 1
    assert [state for *_, state in everybody(evening)] == ["registered", "registered", "waiting"]


def test_bad_lines_are_explained_and_kept_the_others_come(cast, evening):
    done = load(evening, cast, INES, ["", "", "x@example.org", "", "", ""], ["Z" * 201, *[""] * 5])
    assert (done.result["counts"]["new"], done.result["counts"]["bad"]) == (1, 2)
    assert [remark.line for remark in report_of(done).bad] == [3, 4]
    assert done.result["left"][0] == {
        "line": 3,
        "cells": ["", "", "x@example.org", "", "", ""],
    }


def test_access_needs_are_kept_apart(cast, evening):
    header = ["Prénom", "Nom", "Besoin particulier (accessibilité)"]
    load(evening, cast, ["Inès", "Martin", "Fauteuil roulant"], ["Ali", "B", "non"], header=header)
    need = AccessNeed.objects.get()
    assert (need.registration.person.first_name, need.accessible_table) == ("Inès", True)


def test_names_of_every_kind_are_imported_whole(cast, evening):
    names = ["O’Brien", "Zoé 🌻", "محمد", "N" * 200, "=HYPERLINK(1)"]
    load(evening, cast, *[[name, "", "", "", "", ""] for name in names])
    assert [r.person.first_name for r in evening.registrations.order_by("id")] == names


def test_nothing_is_imported_when_writing_fails_midway(cast, evening, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    batch = read_list(evening=evening, data=csv_of(INES), filename="l.csv", by=cast.aicha, at=NOW)
    monkeypatch.setattr("essor.evenings.actions.list_writing.write_answers", broken)
    with pytest.raises(RuntimeError):
        apply_list(batch=batch, by=cast.aicha, at=NOW)
    batch.refresh_from_db()
    assert (evening.registrations.count(), batch.state) == (0, ImportBatch.State.PREVIEW)


def with_mapping(batch: ImportBatch, cast: Cast, columns: dict | None = None, **more):
    now = {int(column): key for column, key in batch.mapping["columns"].items()}
    values = {"challenges": {}, "spheres": {}, "all_facilitate": False, "sheet": 0, **more}
    return map_list(batch=batch, columns=now | (columns or {}), by=cast.aicha, at=NOW, **values)


def test_mapping_is_remembered_for_files_with_the_same_titles(cast, evening):
    data = csv_of(["Inès", "Toulaud"], header=["Prénom", "Lieu-dit"])
    batch = read_list(evening=evening, data=data, filename="a.csv", by=cast.aicha, at=NOW)
    assert batch.mapping["columns"] == {"0": "first_name"}
    apply_list(batch=with_mapping(batch, cast, {1: "commune"}), by=cast.aicha, at=NOW)
    again = read_list(
        evening=make_evening(cast.valence, challenges=0),
        data=csv_of(["Ali", "Peyrus"], header=["prenom", "LIEU DIT"]),
        filename="b.csv", by=cast.aicha, at=NOW,
    )  # fmt: skip
    assert again.mapping["columns"] == {"0": "first_name", "1": "commune"}
    elsewhere = read_list(evening=make_evening(cast.jura, challenges=0), data=data,
                          filename="c.csv", by=cast.hugo, at=NOW)  # fmt: skip
    assert elsewhere.mapping["columns"] == {"0": "first_name"}


def test_corrected_words_count_for_all_their_lines(cast, evening):
    bike = [*INES[:4], "vélo", ""]
    data = csv_of(bike, [*ALI[:4], "Vélo !", ""])
    batch = read_list(evening=evening, data=data, filename="a.csv", by=cast.aicha, at=NOW)
    cantines = evening.challenges.get(short="Cantines")
    batch = with_mapping(batch, cast, challenges={"velo": cantines.public_id})
    apply_list(batch=batch, by=cast.aicha, at=NOW)
    assert [choices for _, _, _, choices, _ in everybody(evening)] == [["Cantines"], ["Cantines"]]


def test_lines_are_forgotten_once_imported_or_dropped(cast, evening):
    batch = load(evening, cast, INES, ["", *INES[1:2], *[""] * 4])
    kept = str(ImportBatch.objects.get(pk=batch.pk).table) + str(batch.result["said"])
    assert "ines@example.org" not in kept
    other = read_list(evening=evening, data=csv_of(ALI), filename="x.csv", by=cast.aicha, at=NOW)
    drop_list(batch=other, by=cast.aicha, at=NOW)
    other.refresh_from_db()
    assert (other.table, other.mapping) == ({}, {})
    lines = Entry.objects.count()
    drop_list(batch=other, by=cast.aicha, at=NOW)
    assert Entry.objects.count() == lines


def test_lists_keep_no_line_after_a_month_and_those_that_waited_are_forgotten(cast, evening):
    kept = load(evening, cast, INES, [""] * 2 + ["left@example.org"] + [""] * 3)
    forgotten = read_list(evening=evening, data=csv_of(ALI), filename="a.csv", by=None, at=NOW)

    assert blank_lists(NOW - timedelta(days=1)) == 0
    assert blank_lists(NOW + timedelta(days=1)) == 2

    kept.refresh_from_db()
    forgotten.refresh_from_db()
    assert (kept.state, kept.table, kept.result) == (ImportBatch.State.APPLIED, {}, {})
    assert (forgotten.state, forgotten.table) == (ImportBatch.State.DROPPED, {})
    host = cast.client("aicha")
    for batch, words in ((kept, "importée"), (forgotten, "oubliée")):
        address = f"/valence/evenings/{evening.public_id}/lists/{batch.public_id}/"
        assert words in host.get(address).content.decode()


def test_list_is_imported_once_however_often_it_is_asked(cast, evening):
    batch = load(evening, cast, INES)
    for act in (apply_list, drop_list):
        with pytest.raises(ListGone):
            act(batch=batch, by=cast.aicha, at=NOW)


def test_refusals(cast, evening):
    with pytest.raises(SheetRefused):
        read_list(evening=evening, data=b"%PDF-1.7", filename="l.pdf", by=cast.aicha, at=NOW)
    assert not ImportBatch.objects.exists()
    nobody = read_list(evening=evening, data=b"Couleur;Taille\nbleu;12\nvert;14\n",
                       filename="l.csv", by=cast.aicha, at=NOW)  # fmt: skip
    with pytest.raises(NothingToImport):
        apply_list(batch=nobody, by=cast.aicha, at=NOW)
    Evening.objects.update(state=Evening.State.OVER)
    evening.refresh_from_db()
    with pytest.raises(EveningOver):
        load(evening, cast, INES)


def test_reading_a_list_tells_and_writes_nobody(cast, evening):
    batch = read_list(evening=evening, data=csv_of(INES), filename="l.csv", by=None, at=NOW)
    assert comparison_of(batch, today=clock.today()).counts["new"] == 1
    assert (evening.registrations.count(), ColumnMapping.objects.count()) == (0, 0)


def test_number_of_queries_grows_by_hundreds_of_lines_only(cast):
    """SQLite takes 999 values a query, so that 270 more people cost a dozen queries more."""
    counts = []
    for people in (30, 300):
        evening = make_evening(cast.valence, challenges=2)
        rows = [
            [f"P{n}", f"N{n}", f"p{n}@example.org", f"S{n}", "Défi 1", ""] for n in range(people)
        ]
        with CaptureQueriesContext(connection) as queries:
            load(evening, cast, *rows)
        counts.append(len(queries))
    assert counts[0] < 60
    assert counts[1] - counts[0] < 15
