"""The participants as a file: as much of them as a role may take out, never a formula."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essor.evenings.models import (
    AccessNeed,
    Answer,
    Choice,
    Evening,
    Question,
    Registration,
    Seat,
    Table,
)
from essor.evenings.queries.people_file import people_file
from essor.people.models import Organisation
from tests.cast import Cast, make_evening, make_registration, sphere


@pytest.fixture
def evening(cast: Cast) -> Evening:
    return make_evening(cast.valence)


@pytest.fixture
def ines(evening: Evening) -> Registration:
    """Somebody who answered everything."""
    registration = make_registration(evening, "Inès", sphere=sphere("finance"), facilitator=True)
    who = registration.person
    who.last_name, who.email, who.phone = "Martin", "ines@example.org", "+33612345678"
    who.organisation = Organisation.objects.create(name="=1+1", key="1 1")
    who.save()
    first, second, _ = evening.challenges.order_by("short")
    Choice.objects.create(registration=registration, challenge=second, rank=1)
    Choice.objects.create(registration=registration, challenge=first, rank=2)
    question = Question.objects.create(evening=evening, label="Repas ?")
    Answer.objects.create(registration=registration, question=question, value="Végétarien")
    AccessNeed.objects.create(registration=registration, words="Fauteuil roulant")
    table = Table.objects.create(evening=evening, number=7, phone_code="ABCDE")
    Seat.objects.create(table=table, registration=registration)
    return registration


def rows(cast: Cast, evening: Evening, who: str) -> list[dict[str, str]]:
    url = reverse("evenings:people_file", args=["valence", evening.public_id, "csv"])
    answer = cast.client(who).get(url)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_host_takes_out_what_people_answered(cast, evening, ines):
    (row,) = rows(cast, evening, "aicha")
    assert (row["Prénom"], row["Nom"]) == ("Inès", "Martin")
    assert "ines@example.org" in row.values()
    assert [row[title] for title in ("Premier vœu", "Deuxième vœu", "Troisième vœu")] == [
        "Défi 2",
        "Défi 1",
        "",
    ]
    assert (row["Repas ?"], row["Table"], row["Code du billet"]) == ("Végétarien", "7", ines.code)


def test_access_needs_are_in_no_file(cast, evening, ines):
    for who in ("aicha", "bruno", "chloe"):
        assert "Fauteuil" not in str(rows(cast, evening, who))


def test_door_takes_out_names_tables_and_codes_without_addresses(cast, evening, ines):
    (row,) = rows(cast, evening, "chloe")
    assert (row["Nom"], row["Table"], row["Code du billet"]) == ("Martin", "7", ines.code)
    assert "ines@example.org" not in str(row)
    assert "Défi" not in str(row)


def test_facilitator_takes_out_first_names_and_tables(cast, evening, ines):
    (row,) = rows(cast, evening, "bruno")
    assert (row["Prénom"], row["Table"]) == ("Inès M.", "7")
    assert ines.code not in str(row)
    assert len(row) == 3


def test_formulas_are_neutralised(cast, evening, ines):
    (row,) = rows(cast, evening, "aicha")
    assert (row["Structure"], row["Téléphone"]) == ("'=1+1", "'+33612345678")
    url = reverse("evenings:people_file", args=["valence", evening.public_id, "xlsx"])
    book = openpyxl.load_workbook(io.BytesIO(cast.client("aicha").get(url).content))
    kinds = {cell.data_type for line in book.active.iter_rows() for cell in line}
    assert "f" not in kinds, "f is a formula"


def test_host_sees_who_waits_or_cancelled_the_door_only_who_comes(cast, evening, ines):
    make_registration(evening, "Ali", state=Registration.State.WAITING)
    make_registration(evening, "Zoé", state=Registration.State.CANCELLED)
    assert len(rows(cast, evening, "aicha")) == 3
    assert len(rows(cast, evening, "chloe")) == 1


@pytest.mark.parametrize("who", ["denis", "hugo", "elodie", "farid"])
def test_nobody_else_takes_anything_out(cast, evening, who):
    url = reverse("evenings:people_file", args=["valence", evening.public_id, "csv"])
    assert cast.client(who).get(url).status_code == 404


def test_unknown_kind_is_not_found(cast, evening):
    url = reverse("evenings:people_file", args=["valence", evening.public_id, "pdf"])
    assert cast.client("aicha").get(url).status_code == 404


def test_number_of_queries_is_the_same_for_one_and_for_thirty(cast, evening, ines):
    counts = []
    for more in (0, 30):
        for number in range(more):
            make_registration(evening, f"P{number}", sphere=sphere("citizen"))
        with CaptureQueriesContext(connection) as queries:
            people_file(evening, frozenset({"host"}))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
