"""A project looks for its leader, in a browser: the page, answering, the team's replies."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from essor.kit import clock
from essor.projects.actions.hosting import begin_hosting
from essor.projects.actions.leader_answers import answer_search
from essor.projects.models import LeaderAnswer, Project
from tests.cast import make_call, make_leader, make_project, person


@pytest.fixture
def project(cast) -> Project:
    """Somebody leads it, an organisation hosts it, and it looks for one more."""
    project = make_project(
        cast.valence, "La conserverie des vergers", summary="Mettre en bocaux ce qui se perd."
    )
    make_leader(project, person("Zoé", last_name="Petit"), shows_name=True)
    make_call(
        project, why="L’étude dit oui, et nous manquons de bras.", opens_on=clock.today(),
        asked="Deux jours par semaine pendant six mois ; le contrat est hébergé.",
        closes_on=clock.today() + timedelta(days=40), decided_by="Le groupe et deux hôtes",
    )  # fmt: skip
    begin_hosting(
        project=project, name="La Fruitière", carries="le contrat et le salaire",
        since=clock.today() - timedelta(days=200), by=cast.aicha, at=clock.now(),
    )  # fmt: skip
    return project


def test_somebody_answers_from_a_phone_and_the_team_replies(cast, page, project, sign_in, axe, see):
    address = f"/valence/projects/{project.public_id}/"
    page.goto(address)
    axe(page)
    see(page, "leader-wanted")
    page.get_by_role("link", name="Je connais quelqu’un").click()
    axe(page)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Pourquoi avez-vous pensé").fill("Elle dirige une cuisine.")
    page.get_by_label("Votre prénom").fill("Paul")
    page.get_by_label("Votre adresse e-mail").fill("paul@example.org")
    see(page, "lead-somebody")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_label("Lien à transmettre")).to_be_visible()
    axe(page)
    see(page, "lead-answer")

    answer_search(
        project=project, person=person("Nadia", phone="0475000000"), kind="me", by=None,
        words="Dix ans que j’en rêve, et une cuisine à moi.", at=clock.now(),
        after=LeaderAnswer.objects.get(),
    )  # fmt: skip
    sign_in(cast.aicha)
    page.goto(f"{address}leader/")
    axe(page)
    see(page, "leading")
    page.get_by_role("link", name="Répondre Nadia").click()
    axe(page)
    see(page, "lead-reply")
    page.get_by_role("button", name="C’est oui").click()
    expect(page.get_by_text("Le projet ne cherche personne.")).to_be_visible()
    for form in ("leader/call/", "leader/naming/", "hosting/"):
        page.goto(address + form)
        axe(page)
        see(page, "leading-" + form.strip("/").replace("/", "-"))
