"""The table's phone in a browser: saving by itself, without network, over a reload, against another."""

import pytest
from playwright.sync_api import expect

from essor.evenings.models import Evening, Table
from essor.projects.models import Sheet
from tests.browser.network import cut_off
from tests.cast import make_evening, make_registration, make_table, sphere

DREAM = "textarea[name=dream]"


@pytest.fixture
def table(cast) -> Table:
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    ines = make_registration(evening, "Inès", sphere=sphere("citizen"))
    return make_table(evening, 7, people=(ines,))


@pytest.fixture
def sheet_page(page, table, cast, sign_in):
    """The first step of the sheet, opened by the facilitator."""
    sign_in(cast.bruno)
    page.goto(
        f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/sheet/proposal/"
    )
    return page


def band(page):
    return page.locator("[data-sheet-state]")


def kept() -> str:
    return Sheet.objects.get().dream


def test_what_is_typed_is_saved_by_itself(sheet_page):
    sheet_page.locator(DREAM).press_sequentially("Un verger")

    expect(band(sheet_page)).to_contain_text("Tout est enregistré")
    assert kept() == "Un verger"
    expect(sheet_page.locator("[data-filled-count]")).to_have_text("1")
    assert sheet_page.evaluate("Object.keys(localStorage).length") == 0


def test_without_network_the_text_stays_and_leaves_later(sheet_page, context):
    cut_off(sheet_page)
    sheet_page.locator(DREAM).fill("Écrit sans réseau")
    expect(band(sheet_page)).to_contain_text("Hors connexion")
    assert not Sheet.objects.exists()

    context.set_offline(False)
    expect(band(sheet_page)).to_contain_text("Tout est enregistré")
    assert kept() == "Écrit sans réseau"


def test_a_reload_loses_nothing_that_was_not_saved(sheet_page):
    sheet_page.route("**/sheet/proposal/", lambda route: (
        route.abort() if route.request.method == "POST" else route.continue_()
    ))  # fmt: skip
    sheet_page.locator(DREAM).fill("Pas encore parti")
    expect(band(sheet_page)).to_contain_text("Hors connexion")

    sheet_page.reload()
    expect(sheet_page.locator(DREAM)).to_have_value("Pas encore parti")
    sheet_page.unroute("**/sheet/proposal/")
    expect(band(sheet_page)).to_contain_text("Tout est enregistré")

    assert kept() == "Pas encore parti"


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(sheet_page):
    lost = []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    sheet_page.route("**/sheet/proposal/", lose_the_first_answer)
    sheet_page.locator(DREAM).fill("Un verger")
    expect(band(sheet_page)).to_contain_text("Hors connexion")
    sheet_page.locator(DREAM).fill("Un verger public")
    expect(band(sheet_page)).to_contain_text("Tout est enregistré")

    assert lost
    assert kept() == "Un verger public"
    assert not Sheet.objects.get().variants.exists()


def test_the_button_waits_for_what_is_on_its_way(sheet_page):
    sheet_page.locator(DREAM).fill("Tapé puis bouton")
    sheet_page.get_by_role("button", name="Ensuite").click()

    sheet_page.wait_for_url("**/sheet/people/")
    assert kept() == "Tapé puis bouton"
    assert not Sheet.objects.get().variants.exists()


def test_another_phone_on_the_same_field_makes_a_question_and_loses_nothing(sheet_page, context):
    other = context.new_page()
    other.goto(sheet_page.url)
    sheet_page.locator(DREAM).fill("Un verger")
    expect(band(sheet_page)).to_contain_text("Tout est enregistré")
    other.locator(DREAM).fill("Un potager")

    expect(other.locator("#two-texts")).to_contain_text("Un potager")
    expect(other.locator("#two-texts")).to_contain_text("Un verger")
    other.get_by_role("button", name="Garder les deux").click()
    expect(other.locator(DREAM)).to_have_value("Un verger\nUn potager")
    other.close()


def test_another_phone_on_another_field_appears_here(sheet_page, context):
    other = context.new_page()
    other.goto(sheet_page.url)
    other.locator("textarea[name=proposal]").fill("Planter le long de la voie verte")
    expect(band(other)).to_contain_text("Tout est enregistré")
    sheet_page.locator(DREAM).fill("Un verger")

    expect(sheet_page.locator("textarea[name=proposal]")).to_have_value(
        "Planter le long de la voie verte"
    )
    other.close()


def test_it_works_without_javascript(browser, site, table, cast):
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"/valence/evenings/{table.evening.public_id}/tables/{table.public_id}/")
    page.get_by_text("J’anime cette table").click()
    page.get_by_label("Le code de la table").fill("tab07")
    page.get_by_role("button", name="Ouvrir le téléphone").click()
    page.get_by_role("link", name="Notre proposition").click()
    page.locator(DREAM).fill("Un verger")
    page.locator("textarea[name=proposal]").fill("Le verger de tous")
    page.get_by_role("button", name="Ensuite").click()
    for _ in range(2):
        page.get_by_role("button", name="Ensuite").click()
    page.get_by_role("button", name="Relire et rendre").click()
    page.get_by_role("button", name="Rendre la fiche").click()

    expect(page.get_by_text("La fiche est rendue")).to_be_visible()
    context.close()
    assert Sheet.objects.get().project.title == "Le verger de tous"
