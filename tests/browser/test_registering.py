"""Registration in a real browser: by tapping, by typing, without script, and for every eye."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from essor.evenings.models import Choice, Evening, Registration
from tests.browser.network import cut_off
from tests.cast import Cast, make_evening, make_registration, sphere
from tests.evenings.answers import address

SPHERES = ["citizen"] * 14 + ["enterprise"] * 11 + ["association"] * 12 + ["finance"] * 2


def an_evening(cast: Cast, people: int = 0, **fields: object) -> Evening:
    soon = timezone.now() + timedelta(days=20)
    evening = make_evening(
        cast.valence,
        date=soon.date(),
        starts_at=soon,
        place="Salle Jean-Vilar",
        commune="Romans-sur-Isère",
        access="Bus 5, arrêt Jean-Vilar. Entrée de plain-pied.",
        **fields,
    )
    for number in range(people):
        make_registration(evening, f"Invitée {number}", sphere=sphere(SPHERES[number]))
    return evening


def test_register_by_tapping(cast, page, axe, see):
    evening = an_evening(cast)
    page.goto(address(evening, "registration"))
    axe(page)
    see(page, "registration-form")

    page.get_by_role("button", name="Défi 2").click()
    page.get_by_role("button", name="Défi 1").click()
    expect(
        page.get_by_role("button", name=re.compile("Défi 1.*, votre deuxième vœu"))
    ).to_be_visible()
    page.get_by_role("textbox", name="Prénom").fill("Zoé d’Été")
    page.get_by_label("Adresse e-mail", exact=False).first.fill("zoe@example.org")
    page.get_by_role("radio", name="Habitant·e").check(force=True)
    page.get_by_role("checkbox", name="J’accepte").check()
    page.locator("form.registration button[class*=primary]").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Zoé d’Été")
    axe(page)
    see(page, "registration-done")
    ranks = Choice.objects.order_by("rank").values_list("challenge__short", flat=True)
    assert list(ranks) == ["Défi 2", "Défi 1"]

    page.get_by_role("link", name="Le billet seul", exact=False).click()
    page.wait_for_url("**/ticket/")
    axe(page)
    see(page, "ticket")


def test_two_or_three_of_many_are_found_and_put_in_order(cast, page, axe, see):
    evening = an_evening(cast, challenges=12)
    page.goto(address(evening, "registration"))
    ranks = ("Premier vœu", "Deuxième vœu", "Troisième vœu")
    lists = [page.get_by_label(rank, exact=True) for rank in ranks]

    def chosen() -> list[str]:
        return [each.locator("option:checked").inner_text() for each in lists]

    page.get_by_role("searchbox", name="Chercher parmi les défis").fill("défi 11")
    expect(page.locator("[data-card]:visible")).to_have_count(1)
    page.get_by_role("button", name="Défi 11").click()
    page.get_by_role("searchbox").fill("rien de tel")
    expect(page.get_by_text("Aucun défi ne contient ces mots.")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Défi 3").click()
    page.get_by_role("button", name="Défi 5").click()
    assert chosen() == ["Défi 11", "Défi 3", "Défi 5"]

    page.get_by_role("button", name="Défi 7").click()
    expect(page.get_by_text("Trois suffisent", exact=False)).to_be_visible()
    lists[0].select_option("Défi 5")  # held third: the two change places
    assert chosen() == ["Défi 5", "Défi 3", "Défi 11"]
    page.get_by_role("button", name=re.compile("Défi 5.*, votre premier vœu")).click()
    assert chosen() == ["Défi 3", "Défi 11", "aucun"]
    axe(page)
    see(page, "registration-many")


def test_register_without_script(cast, browser, site):
    evening = an_evening(cast)
    context = browser.new_context(base_url=site.url, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(address(evening, "registration"))

    page.get_by_label("Premier vœu").select_option("Défi 3")
    page.get_by_label("Deuxième vœu").select_option("Défi 1")
    page.get_by_role("textbox", name="Prénom").fill("Omar")
    page.get_by_label("Adresse e-mail", exact=False).first.fill("omar@example.org")
    page.get_by_role("radio", name="Entreprise").check(force=True)
    page.get_by_role("checkbox", name="J’accepte").check()
    page.locator("form.registration button[class*=primary]").click()

    page.wait_for_url("**/registrations/**")
    registration = Registration.objects.get()
    assert [c.challenge.short for c in registration.choices.all()] == ["Défi 3", "Défi 1"]
    context.close()


def test_errors_are_told_at_the_field(cast, page, axe, see):
    evening = an_evening(cast)
    page.goto(address(evening, "registration"))
    page.evaluate("document.querySelector('form.registration').noValidate = true")
    page.get_by_role("textbox", name="Prénom").fill("Zoé")
    page.locator("form.registration button[class*=primary]").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_role("textbox", name="Prénom").input_value() == "Zoé"
    axe(page)
    see(page, "registration-errors")


def test_commune_is_suggested(cast, page, axe):
    evening = an_evening(cast)
    page.goto(address(evening, "registration"))
    page.get_by_role("combobox", name="Votre commune").press_sequentially("romans sur")

    option = page.get_by_role("option", name="Romans-sur-Isère", exact=False)
    expect(option).to_be_visible()
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.get_by_role("combobox", name="Votre commune").input_value() == "Romans-sur-Isère"
    assert page.locator("#id_commune_code").input_value() == "26281"


@pytest.mark.parametrize("people", [0, 39])
def test_public_pages(cast, page, axe, see, people):
    evening = an_evening(cast, people)
    for name, where in (("evening", ""), ("lost-link", "registration/link")):
        page.goto(address(evening, where))
        axe(page)
        see(page, f"{name}-{people}")
    page.goto("/valence/evenings/")
    axe(page)
    see(page, f"evenings-{people}")


@pytest.mark.parametrize("people", [0, 39])
def test_pages_of_hosts(cast, page, sign_in, axe, see, people):
    evening = an_evening(cast, people)
    sign_in(cast.aicha)
    for where in ("desk", "details", "room", "challenges", "running-order", "questions", "missing"):
        page.goto(address(evening, where))
        axe(page)
        see(page, f"{where}-{people}")
    page.goto("/valence/evenings/new/")
    axe(page)
    see(page, "evening-new")


def test_the_ticket_is_read_without_network(cast, page, context, sign_in):
    evening = an_evening(cast)
    registration = make_registration(evening, "Inès")
    sign_in(cast.aicha)
    page.goto(address(evening, "registrations", registration.public_id, "ticket"))
    expect(page.get_by_text("Gardé sur ce téléphone")).to_be_visible()

    cut_off(page)
    page.reload()

    expect(page.get_by_text(registration.code)).to_be_visible()
    context.set_offline(False)
