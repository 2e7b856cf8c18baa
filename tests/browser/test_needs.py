"""Needs in a real browser: the list, one need, saying it, bringing a part of it."""

from playwright.sync_api import expect

from essor.exchanges.matching.suggesting import suggest_in
from essor.exchanges.models import Need
from tests.cast import make_need, make_project, make_treasure


def test_a_stranger_finds_a_need_and_brings_a_part(cast, page, axe, see):
    project = make_project(cast.valence, "Consigne du verre")
    page.goto("/valence/needs/")
    axe(page)
    see(page, "needs-none")
    make_need(project, held=8, place="Valence", condition="si la salle est trouvée")
    make_need(project, "Quelqu’un qui tienne nos comptes", kind="skill", quantity=1, unit="")
    make_need(project, "Un hangar sec", kind="premises", quantity=1, unit="", held=1)
    page.goto("/valence/needs/?show=all")
    axe(page)
    see(page, "needs")
    page.goto(f"/valence/projects/{project.public_id}/")
    axe(page)
    see(page, "needs-of-project")

    page.get_by_role("link", name="Chaises pliantes").first.click()
    axe(page)
    see(page, "need")
    page.get_by_role("link", name="J’apporte").click()
    page.get_by_label("Combien de chaises").fill("12")
    page.get_by_label("Votre prénom").fill("Inès")
    axe(page)
    see(page, "bring")
    page.get_by_role("button", name="Je m’engage").click()

    expect(page.get_by_text("12 chaises")).to_be_visible()
    assert Need.objects.get(title="Chaises pliantes").left == 0


def test_a_host_says_what_a_project_needs(cast, page, sign_in, axe, see):
    project = make_project(cast.valence)
    sign_in(cast.aicha)
    page.goto(f"/valence/needs/of/{project.public_id}/new/")
    axe(page)
    see(page, "need-new")
    page.get_by_role("radio", name="Matériel").check(force=True)
    page.get_by_label("De quoi avez-vous besoin ?").fill("Chaises pliantes")
    page.get_by_label("Combien ?").fill("20")
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_role("heading", name="Chaises pliantes")).to_be_visible()
    axe(page)
    see(page, "need-for-host")


def test_a_host_reads_why_offers_are_suggested_and_refuses_one(page, cast, sign_in, axe, see):
    need = make_need(make_project(cast.valence), "Quelqu’un pour tenir les comptes", kind="skill")
    for name in ("Experte-comptable à la retraite", "Trésorier d’un club de rugby"):
        treasure = make_treasure(cast.valence, name, kind="human", use="offered",
                                 description="Libre le mercredi.", commune="Romans-sur-Isère")  # fmt: skip
    suggest_in(cast.valence)
    sign_in(cast.aicha)
    page.goto(f"/valence/needs/{need.public_id}/")
    axe(page)
    see(page, "need-suggestions")
    page.get_by_role("button", name="Cela ne va pas").first.click()
    page.get_by_text("ce ne sera plus proposé").wait_for()
    assert page.get_by_role("button", name="Cela ne va pas").count() == 1
    page.goto(f"/valence/treasures/{treasure.public_id}/")
    axe(page)
    see(page, "treasure-needs")
