"""What I hear of, in a browser: with much, with nothing, from the link of a mail."""

from essor.news.links import choices_token
from essor.projects.models import Membership
from tests.cast import NOW, make_project


def test_settings_stand_with_much_and_with_nothing(page, cast, sign_in, axe, see):
    sign_in(cast.denis)
    page.goto("/me/news/")
    axe(page)
    see(page, "news-nothing")
    for title in (
        "La consigne qui tourne",
        "Un verger partagé derrière la gare de Valence",
        "Atelier",
    ):
        project = make_project(cast.valence, title)
        Membership.objects.create(project=project, person=cast.denis, part="table", since=NOW)
    page.goto("/me/news/")
    axe(page)
    see(page, "news-much")


def test_the_link_of_a_mail_opens_them_without_an_account(page, cast, axe):
    project = make_project(cast.valence, "La consigne qui tourne")
    Membership.objects.create(project=project, person=cast.denis, part="table", since=NOW)
    page.goto(f"/news/{choices_token(cast.denis)}/choices/")
    axe(page)
    page.get_by_label("La consigne qui tourne").select_option("none")
    page.get_by_role("button", name="Garder").click()
    page.get_by_text("C’est gardé.").wait_for()
    assert page.get_by_label("La consigne qui tourne").input_value() == "none"
