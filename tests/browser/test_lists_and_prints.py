"""Importing a list and printing, in a browser: the pages stand on a phone and on a laptop."""

import re

import pytest

from essor.evenings.models import Evening, ImportBatch, Registration, Seat, Table
from tests.cast import make_challenge, make_evening, make_registration, sphere
from tests.people_lists import as_text, helloasso

ODD_LINES = [
    ["Aïcha", "Benali", "aicha.b@example.org", "Mairie de Romans", "élue", "Cantines", "oui"],
    ["Bruno", "Roy", "pas d’adresse", "", "martien", "vélo", ""],
    ["", "", "sans.nom@example.org", "", "", "", ""],
    ["Zoé 🌻", "O’Brien", "", "", "habitante", "peu importe", ""],
    ["محمد", "", "m@example.org", "", "", "énergie des toîts", ""],
    ["Aïcha", "Benali", "aicha.b@example.org", "", "", "", ""],
]
TITLES = ["Prénom", "Nom", "E-mail", "Structure", "Vous êtes", "1er choix", "Anime une table ?"]


@pytest.fixture
def evening(cast) -> Evening:
    evening = make_evening(cast.valence, challenges=0, capacity=2)
    evening.challenges.set(
        make_challenge(cast.valence, short) for short in ("Cantines", "Énergie des toits")
    )
    return evening


def send(page, evening: Evening, tmp_path, data: bytes, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    page.goto(f"/valence/evenings/{evening.public_id}/lists/")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Regarder d’abord").click()


def test_host_imports_a_list_with_odd_lines(cast, evening, page, sign_in, axe, see, tmp_path):
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/lists/")
    see(page, "lists-empty")
    axe(page)
    send(page, evening, tmp_path, as_text(TITLES, ODD_LINES).encode("cp1252", "replace"), "é.csv")
    page.get_by_role("heading", name="Vérifier la liste").wait_for()
    assert page.get_by_label("1er choix").input_value() == "choice_1"
    assert page.get_by_text("ligne 4", exact=True).is_visible()
    see(page, "list-preview")
    axe(page)
    page.get_by_label("vélo").select_option(label="N’importe lequel")
    page.get_by_role("button", name="Mettre à jour l’aperçu").click()
    page.get_by_role("button", name=re.compile("^Importer")).click()
    page.get_by_role("heading", name="La liste est importée").wait_for()
    see(page, "list-report")
    axe(page)
    assert evening.registrations.count() == 4
    assert evening.registrations.filter(state=Registration.State.WAITING).count() == 2
    bruno = evening.registrations.get(person__first_name="Bruno")
    assert bruno.surprise


def test_list_is_imported_without_javascript(
    cast, evening, context, sign_in, browser, site, tmp_path
):
    sign_in(cast.aicha)
    plain = browser.new_context(base_url=site.url, java_script_enabled=False, locale="fr-FR")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    send(page, evening, tmp_path, helloasso(), "helloasso.csv")
    page.get_by_role("button", name=re.compile("^Importer")).click()
    assert ImportBatch.objects.get().state == ImportBatch.State.APPLIED
    assert evening.registrations.count() == 3
    plain.close()


def test_wrong_file_is_explained_where_it_was_chosen(cast, evening, page, sign_in, axe, tmp_path):
    sign_in(cast.aicha)
    send(page, evening, tmp_path, b"%PDF-1.7", "liste.pdf")
    assert page.get_by_text("C’est un PDF").first.is_visible()
    axe(page)


def test_print_page_before_and_after_a_plan(cast, evening, page, sign_in, axe, see):
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/print/")
    see(page, "print-before")
    axe(page)
    table = Table.objects.create(evening=evening, number=1, phone_code="ABCDE")
    table.challenges.set(evening.challenges.all()[:1])
    for name in ("Inès", "王小明"):
        who = make_registration(evening, name, sphere=sphere("citizen"))
        Seat.objects.create(table=table, registration=who)
    page.goto(f"/valence/evenings/{evening.public_id}/print/")
    see(page, "print-after")
    axe(page)
    link = page.get_by_role("link", name="PDF Badges, quatre par feuille")
    answer = page.request.get(link.get_attribute("href"))
    assert answer.body().startswith(b"%PDF")
