"""The project's page with its stage and story, moving it, and the territory's stages, in a browser."""

from datetime import timedelta

from playwright.sync_api import expect

from essor.projects.actions.moves import change_stage
from essor.projects.models import Project
from tests.cast import NOW, make_project

STEPS = (
    ("group", "awake", "Huit personnes continuent.", "Réunion du 12 mars"),
    ("opportunity", "awake", "Trois cantines intéressées.", ""),
    ("opportunity", "asleep", "Le local s’est dérobé.", ""),
    ("opportunity", "awake", "La commune propose une halle.", ""),
    ("feasibility", "awake", "L’étude dit oui.", "Quatre pages, 40 clients"),
)


def a_project_with_a_past(cast) -> Project:
    project = make_project(cast.valence, "La consigne du verre", summary="Laver et réemployer.")
    for months, (stage, condition, why, proof) in enumerate(STEPS, 1):
        project = change_stage(
            project=project, stage=stage, condition=condition, why=why, proof=proof,
            by=cast.aicha, at=NOW + timedelta(days=30 * months),
        ).project  # fmt: skip
    return project


def test_a_project_tells_where_it_is_and_how_it_came_there(cast, page, axe, see):
    project = a_project_with_a_past(cast)

    page.goto(f"/valence/projects/{project.public_id}/")

    expect(page.get_by_text("Essayer en petit", exact=False)).to_be_visible()
    expect(page.get_by_text("Huit personnes continuent.")).to_be_hidden()
    axe(page)
    see(page, "project")
    page.get_by_text("Comment cela a commencé").click()
    expect(page.get_by_text("Huit personnes continuent.")).to_be_visible()
    page.goto(f"/valence/projects/{project.public_id}/story/")
    axe(page)
    see(page, "story")


def test_a_host_moves_a_project_and_words_the_stages(cast, page, sign_in, axe, see):
    project = a_project_with_a_past(cast)
    sign_in(cast.aicha)

    page.goto(f"/valence/projects/{project.public_id}/stage/")
    axe(page)
    see(page, "moving")
    page.get_by_role("radio", name="Incubation").check(force=True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert").first).to_be_visible()

    page.goto("/valence/projects/stages/")
    axe(page)
    see(page, "stages")
    page.get_by_role("link", name="Modifier « groupe »").click()
    axe(page)
    see(page, "stage-form")
    page.get_by_label("Nom").fill("Le noyau")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Le noyau")).to_be_visible()


def test_the_pace_of_few_and_of_many_projects(cast, page, sign_in, axe, see):
    sign_in(cast.aicha)
    page.goto("/valence/projects/pace/")
    axe(page)
    see(page, "pace-empty")
    for number in range(1, 13):
        project = make_project(cast.valence, published_at=NOW - timedelta(days=100))
        if number > 3:
            change_stage(
                project=project, stage="group", condition="awake", why="x", by=cast.aicha,
                at=NOW - timedelta(days=100 - 5 * number),
            )  # fmt: skip

    page.goto("/valence/projects/pace/")

    expect(page.get_by_text("la moitié passent à la suite", exact=False).first).to_be_visible()
    axe(page)
    see(page, "pace")
