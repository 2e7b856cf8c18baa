"""Aïcha brings the list of HelloAsso in, corrects what is odd, brings a newer one, and prints."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from essor.evenings.jobs.list_tickets import write_list_tickets
from essor.evenings.models import Evening, ImportBatch, Registration, Seat, Table
from essor.kit.models import Mail
from tests.cast import Cast, make_challenge, make_evening
from tests.people_lists import helloasso

pytestmark = pytest.mark.django_db


def at(evening: Evening, name: str, *more: str) -> str:
    return reverse(f"evenings:{name}", args=["valence", evening.public_id, *more])


def test_from_a_file_to_badges(cast: Cast) -> None:
    evening = make_evening(cast.valence, challenges=0, capacity=2)
    gardens = make_challenge(cast.valence, "Jardins partagés")
    evening.challenges.set([gardens])
    aicha = cast.client("aicha")

    # She sends the export: Essor knows the service, the people, but not the word « Potagers ».
    file = SimpleUploadedFile("billets.csv", helloasso("Potagers"))
    preview = aicha.post(at(evening, "lists"), {"file": file}).url
    page = aicha.get(preview).content.decode()
    assert "HelloAsso reconnu" in page
    assert "Potagers" in page
    assert "1 personne ira en liste d’attente" in page
    assert Registration.objects.count() == 0

    # She says once what the word means, looks again, and imports.
    batch = ImportBatch.objects.get()
    form = {f"column-{column}": key for column, key in batch.mapping["columns"].items()}
    meant = {**form, "word-0": gardens.public_id, "then": "look"}
    aicha.post(at(evening, "list_columns", batch.public_id), meant)
    report = aicha.post(at(evening, "list_columns", batch.public_id), {**form, "then": "import"})
    assert "La liste est importée" in aicha.get(report.url).content.decode()
    assert [r.choices.get().challenge for r in Registration.objects.all()] == [gardens] * 3
    assert Registration.objects.filter(state="waiting").count() == 1

    # Nobody was written to; she asks for the tickets, and each person gets one letter.
    assert Mail.objects.count() == 0
    aicha.post(at(evening, "list_tickets", batch.public_id))
    write_list_tickets.call(batch.pk)
    assert Mail.objects.count() == 3

    # The next day she exports again: Inès moved, nobody else changed, and the word is still known.
    newer = helloasso("Jardins partagés").replace("Romans-sur-Isère".encode(), b"Crest")
    again = aicha.post(at(evening, "lists"), {"file": SimpleUploadedFile("n.csv", newer)}).url
    second = ImportBatch.objects.get(state=ImportBatch.State.PREVIEW)
    form = {f"column-{column}": key for column, key in second.mapping["columns"].items()}
    aicha.post(at(evening, "list_columns", second.public_id), {**form, "then": "import"})
    assert "1</strong> mises à jour" in aicha.get(again).content.decode()
    assert Registration.objects.count() == 3
    assert Registration.objects.get(person__first_name="Inès").person.commune == "Crest"

    # The plan is published; the badges carry names and tables.
    table = Table.objects.create(evening=evening, number=12, phone_code="ABCDE")
    table.challenges.set([gardens])
    for registration in Registration.objects.filter(state="registered"):
        Seat.objects.create(table=table, registration=registration)
    badges = aicha.get(at(evening, "print_file", "badges"))
    document = pypdfium2.PdfDocument(badges.content)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "Inès" in text
    assert "12" in text
    assert "Collectivité" in text
