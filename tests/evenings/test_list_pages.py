"""The pages of lists: a host sends a file, looks, corrects, imports, reads the report."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from essor.evenings.jobs.list_tickets import write_list_tickets
from essor.evenings.models import Evening, ImportBatch
from essor.kit.models import Mail
from tests.cast import Cast, make_challenge, make_evening
from tests.people_lists import as_text, helloasso


@pytest.fixture
def evening(cast: Cast) -> Evening:
    evening = make_evening(cast.valence, challenges=0)
    evening.challenges.set([make_challenge(cast.valence, "Cantines")])
    return evening


def at(evening: Evening, name: str, *more: str) -> str:
    return reverse(f"evenings:{name}", args=["valence", evening.public_id, *more])


def send(client, evening: Evening, data: bytes, name: str = "liste.csv"):
    return client.post(at(evening, "lists"), {"file": SimpleUploadedFile(name, data)})


def preview(cast: Cast, evening: Evening, data: bytes) -> tuple:
    host = cast.client("aicha")
    response = send(host, evening, data)
    return host, response.url, ImportBatch.objects.get()


def fields(batch: ImportBatch, **changed: str) -> dict[str, str]:
    """The form of the preview as a browser would send it back."""
    columns = {f"column-{n}": key for n, key in batch.mapping["columns"].items()}
    return columns | changed


def test_host_sends_a_list_looks_and_imports(cast, evening):
    host, url, batch = preview(cast, evening, helloasso())
    page = host.get(url).content.decode()
    assert "HelloAsso" in page
    assert "Inès Martin" in page
    assert not evening.registrations.exists(), "looking writes nobody"
    done = host.post(at(evening, "list_columns", batch.public_id), fields(batch, then="import"))
    assert (done.status_code, done.url) == (302, url)
    assert evening.registrations.count() == 3
    assert "3" in host.get(url).content.decode()


def test_double_tap_imports_once(cast, evening):
    host, _, batch = preview(cast, evening, helloasso())
    form = fields(batch, then="import", act="5b3a9c76-6f0e-4f0e-9a52-7d2f6f3f4a11")
    answers = [host.post(at(evening, "list_columns", batch.public_id), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert evening.registrations.count() == 3


def test_changed_columns_are_shown_once_more_before_the_import(cast, evening):
    host, url, batch = preview(
        cast, evening, as_text(["Prénom", "Lieu"], [["Zoé", "Die"]]).encode()
    )
    answer = host.post(
        at(evening, "list_columns", batch.public_id),
        {"column-0": "first_name", "column-1": "commune", "then": "import"},
    )
    assert answer.url == url
    assert not evening.registrations.exists()
    batch.refresh_from_db()
    assert batch.mapping["columns"] == {"0": "first_name", "1": "commune"}


def test_two_columns_with_one_meaning_is_an_error_at_the_second(cast, evening):
    host, _, batch = preview(cast, evening, as_text(["Prénom", "Ville"], [["Zoé", "Die"]]).encode())
    with translation.override("en"):
        answer = host.post(
            at(evening, "list_columns", batch.public_id),
            {"column-0": "first_name", "column-1": "first_name", "then": "look"},
            headers={"accept-language": "en"},
        )
    assert answer.status_code == 422
    assert "already has this meaning" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "C’est un PDF"),
        (b"\x89PNG\r\n\x1a\n", "C’est une image"),
        (b"Prenom\n" + b"Zoe\n" * 50_000, "50001 lignes"),
        (b"", "vide"),
    ],
)
def test_wrong_file_is_explained_at_the_field(cast, evening, data, words):
    answer = send(cast.client("aicha"), evening, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_explained(cast, evening):
    answer = cast.client("aicha").post(at(evening, "lists"), {})
    assert (answer.status_code, "Choisissez" in answer.content.decode()) == (422, True)


def test_file_without_titles_says_so(cast, evening):
    host, url, _ = preview(cast, evening, "Zoé Roy;zoe@example.org\nAli B;a@example.org\n".encode())
    page = host.get(url, headers={"accept-language": "en"}).content.decode()
    assert "no line with the titles" in page
    assert "Zoé Roy" in page


def test_no_name_column_cannot_be_imported(cast, evening):
    host, url, batch = preview(cast, evening, b"Couleur;Taille\nbleu;12\nvert;14\n")
    host.post(at(evening, "list_columns", batch.public_id), fields(batch, then="import"))
    assert not evening.registrations.exists()
    assert "alert" in host.get(url).content.decode()


def test_forgotten_list_is_gone(cast, evening):
    host, url, batch = preview(cast, evening, helloasso())
    host.post(at(evening, "list_removal", batch.public_id))
    batch.refresh_from_db()
    assert (batch.state, batch.table) == (ImportBatch.State.DROPPED, {})
    assert host.get(url).status_code == 200


def test_lines_left_out_can_be_taken_out_corrected_and_sent_again(cast, evening):
    data = as_text(["Prénom", "E-mail"], [["Zoé", ""], ["", "ali@example.org"]]).encode()
    host, _, batch = preview(cast, evening, data)
    host.post(at(evening, "list_columns", batch.public_id), fields(batch, then="import"))
    left = host.get(at(evening, "list_left", batch.public_id))
    sheet = openpyxl.load_workbook(io.BytesIO(left.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:3] == [None, "ali@example.org", "3"]
    assert "prénom" in rows[1][3]
    again = as_text(["Prénom", "E-mail"], [["Ali", "ali@example.org"]]).encode()
    host.post(send(host, evening, again).url)
    second = ImportBatch.objects.get(state=ImportBatch.State.PREVIEW)
    host.post(at(evening, "list_columns", second.public_id), fields(second, then="import"))
    assert evening.registrations.count() == 2


def test_tickets_are_sent_once_when_the_host_asks(cast, evening):
    host, _, batch = preview(cast, evening, helloasso())
    host.post(at(evening, "list_columns", batch.public_id), fields(batch, then="import"))
    assert not Mail.objects.exists(), "an import writes to nobody by itself"
    for _ in range(2):
        host.post(at(evening, "list_tickets", batch.public_id))
    assert write_list_tickets.call(batch.pk) == 3
    assert write_list_tickets.call(batch.pk) == 3
    assert sorted(Mail.objects.values_list("address", flat=True)) == [
        "ali@example.org",
        "ines@example.org",
        "zoe@example.org",
    ]


def test_page_of_lists_costs_the_same_for_one_and_for_twenty(cast, evening):
    counts = []
    host = cast.client("aicha")
    for number in range(20):
        send(host, evening, as_text(["Prénom"], [[f"P{number}"]]).encode(), f"{number}.csv")
        if number in (0, 19):
            with CaptureQueriesContext(connection) as queries:
                host.get(at(evening, "lists"))
            counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("lines", [3, 300])
def test_preview_costs_the_same_whatever_the_length(cast, evening, lines):
    rows = [[f"P{n}", f"S{n}", "Cantines"] for n in range(lines)]
    data = as_text(["Prénom", "Structure", "1er choix"], rows).encode()
    host, url, _ = preview(cast, evening, data)
    host.get(url)
    with CaptureQueriesContext(connection) as queries:
        host.get(url)
    assert len(queries) <= 18


def test_the_preview_says_what_was_read_as_empty(cast, evening):
    book = openpyxl.Workbook()
    for line in (["Prénom", "Nom", "E-mail"], ["Inès", "=UPPER(A2)", "ines@example.org"]):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    host, url, _ = preview(cast, evening, file.getvalue())

    page = host.get(url).content.decode()

    assert "1 cellule contient une formule sans sa valeur" in page
    assert "enregistrez-le à nouveau" in page
    other = send(host, evening, helloasso()).url
    assert "formule sans" not in host.get(other).content.decode()
