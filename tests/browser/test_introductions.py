"""Putting two people in touch: the form, the answer on a phone, what the introducer reads."""

from playwright.sync_api import expect

from essor.exchanges.actions.introductions import Party, introduce
from essor.exchanges.models import Introduction
from essor.kit import clock
from essor.projects.models import Membership
from tests.cast import NOW, make_leader, make_project, person


def test_two_people_are_put_in_touch(cast, site, page, sign_in, see, axe):
    project = make_project(cast.valence, "Vélos cargo de la vallée")
    ines = person("Inès", email="ines@example.org", last_name="Martin")
    make_leader(project, ines)
    Membership.objects.create(project=project, person=cast.denis, part="member", since=NOW)
    sign_in(cast.aicha)
    page.goto("/valence/introductions/")
    see(page, "introductions-empty")
    page.goto(f"/valence/introductions/of/{project.public_id}/new/")
    axe(page)
    page.get_by_role("button", name="Demander aux deux").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    see(page, "introduce")

    page.get_by_label("Qui ?", exact=True).select_option(label="Inès Martin – porteur·se")
    page.get_by_label("Avec qui ?").select_option(label="Denis – membre du groupe")
    page.get_by_label("Pourquoi").fill(
        "Denis soude depuis vingt ans, et Inès a deux cadres à finir."
    )
    page.get_by_role("button", name="Demander aux deux").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Merci")
    see(page, "introduction")
    axe(page)

    introduce(
        territory=cast.valence, introducer=cast.aicha, first=Party(ines, "Inès Martin"),
        second=Party(cast.farid, "Farid"), why="Deux ateliers voisins, les mêmes outils.",
        by=cast.aicha, at=clock.now(),
    )  # fmt: skip
    for each in Introduction.objects.order_by("id")[:1]:
        each.sides.update(answer="yes", reach="06 00 00 00 07")
        Introduction.objects.filter(pk=each.pk).update(ending="made", ended_at=clock.now())
        each.sides.filter(person=ines).update(outcome="something", word="Deux cadres soudés")
    page.goto("/valence/introductions/")
    see(page, "introductions")
    axe(page)
    page.goto(f"/valence/projects/{project.public_id}/")
    see(page, "people-of-project")

    met, asked = cast.denis.introductions.get(), cast.farid.introductions.get()
    sign_in(cast.farid)
    page.goto(f"/valence/introductions/sides/{asked.public_id}/")
    see(page, "introduction-side")
    axe(page)
    page.get_by_role("radio", name="Oui, volontiers").check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    expect(page.get_by_text("Vous avez dit oui.")).to_be_visible()

    sign_in(cast.denis)
    page.goto("/me/")
    see(page, "my-introductions")
    page.goto(f"/valence/introductions/sides/{met.public_id}/")
    page.get_by_label("Un mot avec ça").fill("Une belle rencontre")
    page.get_by_role("button", name="Nous nous sommes rencontrés").click()
    expect(page.get_by_text("Une belle rencontre")).to_be_visible()
    see(page, "introduction-met")
    axe(page)
