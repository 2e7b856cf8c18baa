"""Searching from the header, on a phone and on a laptop."""

from essor.finding.rebuilding import rebuild
from tests.cast import make_need, make_project, make_treasure


def test_searching_from_the_header(site, page, cast, axe, see):
    for i in range(6):
        project = make_project(
            cast.valence, f"Un verger partagé {i}", summary="Des pommiers pour les cantines."
        )
        make_need(project, "Un terrain pour le verger")
    make_treasure(cast.jura, "Vergers conservatoires")
    rebuild()
    page.goto("/valence/")
    page.locator(".menu > summary").click()
    page.locator(".seek__words").fill("vregers")
    page.keyboard.press("Enter")
    page.get_by_text("Voici pour").wait_for()
    assert page.get_by_role("heading", name="Besoins").is_visible()
    axe(page)
    see(page, "search")
    page.get_by_role("link", name="Chercher dans tous les territoires").click()
    page.get_by_role("heading", name="Richesses").wait_for()
    axe(page)
    page.goto("/search/?q=xylophone")
    axe(page)
    see(page, "search-nothing")


def test_keeping_a_search_and_ending_it(site, page, cast, axe, see, sign_in):
    page.goto("/search/saved/?q=verger&where=valence")
    axe(page)
    see(page, "search-keeping")
    page.get_by_label("Votre adresse e-mail").fill("nadia@")
    page.get_by_role("button", name="Me le dire par e-mail").click()
    page.locator("#id_email[aria-invalid=true]").wait_for()
    axe(page)
    sign_in(cast.denis)
    page.goto("/search/saved/?q=verger&where=valence")
    page.get_by_role("button", name="Me le dire par e-mail").click()
    page.get_by_text("C’est noté").wait_for()
    page.goto("/me/news/")
    axe(page)
    see(page, "search-kept")
    page.get_by_role("button", name="Terminer verger").click()
    page.get_by_text("C’est terminé").wait_for()
