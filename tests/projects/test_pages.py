"""The board and the page of a project: what they say, to whom, at what cost."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.kit import clock
from essor.people.actions import make_link
from essor.projects.actions.moves import change_stage
from essor.projects.actions.sheets import save_sheet
from essor.projects.models import Membership, Project
from essor.territories.models import Theme
from tests.cast import NOW, make_call, make_project, person


def act() -> dict[str, str]:
    return {"act": uuid.uuid4().hex}


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("made_anew")
def test_the_board_costs_the_same_for_one_project_and_for_many(cast, stranger):
    theme = Theme.objects.create(code="eau-test", name_fr="Eau")
    make_project(cast.valence).themes.add(theme)
    one = queries_of(stranger, "/valence/projects/")
    for number in range(60):
        make_project(cast.valence, f"Projet {number}").themes.add(theme)

    assert queries_of(stranger, "/valence/projects/") == one
    assert one <= 8


def test_the_board_shows_the_published_ones_of_this_territory_latest_first(cast, stranger):
    make_project(cast.valence, "Ancien", published_at=NOW - timedelta(days=9))
    make_project(cast.valence, "Récent")
    make_project(cast.valence, "Brouillon", published_at=None)
    make_project(cast.jura, "Ailleurs")

    page = stranger.get("/valence/projects/").content.decode()

    assert page.index("Récent") < page.index("Ancien")
    assert "Brouillon" not in page
    assert "Ailleurs" not in page


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("all", {"Fiche", "Étude", "Lancé", "Dort", "Cherche"}),
        ("leader-wanted", {"Cherche"}),
        ("sheets", {"Fiche", "Cherche"}),
        ("studies", {"Étude"}),
        ("growing", set()),
        ("launched", {"Lancé"}),
        ("resting", {"Dort"}),
        ("nonsense", {"Fiche", "Étude", "Lancé", "Dort", "Cherche"}),
    ],
)
def test_the_links_of_the_board_keep_what_they_say(cast, stranger, show, shown):
    make_project(cast.valence, "Fiche")
    make_project(cast.valence, "Étude", stage="feasibility")
    make_project(cast.valence, "Lancé", stage="launched")
    make_project(cast.valence, "Dort", stage="group", condition="asleep")
    make_project(cast.valence, "Cherche", leader_wanted=True)

    answer = stranger.get("/valence/projects/", {"show": show})

    assert {each.title for each in answer.context["page"]} == shown


def test_the_board_by_theme_and_page(cast, stranger):
    theme = Theme.objects.create(code="toits", name_fr="Toits")
    for number in range(30):
        make_project(cast.valence, f"Projet {number}").themes.add(theme)
    make_project(cast.valence, "Sans thème")

    first = stranger.get("/valence/projects/", {"theme": "toits"})
    second = stranger.get("/valence/projects/", {"theme": "toits", "page": "2"})

    assert len(first.context["page"]) == 12
    assert len(second.context["page"]) == 12
    assert "theme=toits" in first.content.decode()


def test_an_empty_board_says_where_projects_come_from(cast, stranger):
    assert "fiche rendue" in stranger.get("/valence/projects/").content.decode()


def test_a_draft_exists_for_the_team_alone(cast, stranger):
    draft = make_project(cast.valence, "Brouillon", published_at=None)
    address = f"/valence/projects/{draft.public_id}/"

    assert stranger.get(address).status_code == 404
    assert cast.client("hugo").get(address).status_code == 404
    assert cast.client("bruno").get(address).status_code == 200


def test_the_page_shows_the_sheet_the_journal_and_nobody_s_name(cast, stranger):
    project = make_project(cast.valence, "La consigne")
    save_sheet(
        sheet=project.sheet,
        texts={"dream": "Plus une bouteille jetée", "first_steps": "Visiter la laveuse"},
        marks={},
        by=None,
        at=NOW,
    )
    Membership.objects.create(project=project, person=person("Zoé"), part="table", since=NOW)
    change_stage(
        project=project, stage="group", condition="awake", why="Une date", by=cast.aicha, at=NOW
    )
    make_call(project, asked="Un contrat hébergé")

    page = stranger.get(f"/valence/projects/{project.public_id}/").content.decode()

    for said in ("Plus une bouteille", "Visiter la laveuse", "Une date", "Un contrat hébergé"):
        assert said in page
    for name in ("Zoé", "Aicha"):
        assert name not in page


def test_a_project_from_public_sources_claims_what_its_link_says_and_no_more(cast, stranger):
    project = make_project(
        cast.valence,
        "Cité de la chaussure",
        sut_link=Project.SutLink.SISTER,
        sut_link_note="idée datée de 2016",
        status_as_said="en activité",
        milestones=[["2019-05", "ouverture"]],
        sources=[{"label": "Le journal", "url": "https://example.org/a"}],
    )

    page = stranger.get(f"/valence/projects/{project.public_id}/").content.decode()

    for said in ("méthode sœur", "idée datée de 2016", "en activité", "ouverture", "Le journal"):
        assert said in page
    assert "né lors d" not in page
    assert 'class="rail"' not in page  # no stage of ours for what we did not follow


def test_text_from_people_never_becomes_markup(cast, stranger):
    project = make_project(cast.valence, "<script>alert(1)</script>", summary="<b>gras</b>")

    page = stranger.get(f"/valence/projects/{project.public_id}/").content.decode()

    assert "<script>alert" not in page
    assert "<b>gras" not in page


def test_a_host_changes_the_stage_with_a_reason(cast):
    project = make_project(cast.valence)
    address = f"/valence/projects/{project.public_id}/stage/"
    host = cast.client("aicha")

    refused = host.post(address, {"move": "group:awake", "why": "", **act()})
    assert refused.status_code == 422
    answer = host.post(address, {"move": "group:awake", "why": "Huit personnes", **act()})

    assert answer.status_code == 302
    project.refresh_from_db()
    assert project.stage == "group"


def test_a_move_that_another_host_made_meanwhile_is_explained(cast):
    project = make_project(cast.valence)
    host = cast.client("aicha")
    host.get(f"/valence/projects/{project.public_id}/stage/")
    change_stage(
        project=project, stage="group", condition="awake", why="vite", by=cast.aicha, at=NOW
    )

    answer = host.post(
        f"/valence/projects/{project.public_id}/stage/",
        {"move": "group:awake", "why": "aussi", **act()},
    )

    assert answer.status_code == 422
    assert "aussi" in answer.content.decode()


def test_merging_asks_into_which_project(cast):
    project, other = make_project(cast.valence), make_project(cast.valence, "Eau")
    address = f"/valence/projects/{project.public_id}/stage/"
    host = cast.client("aicha")

    refused = host.post(address, {"move": "sheet:merged", "why": "pareil", **act()})
    assert refused.status_code == 422
    host.post(address, {"move": "sheet:merged", "into": other.pk, "why": "pareil", **act()})

    project.refresh_from_db()
    assert project.merged_into == other


def test_nothing_joins_a_project_that_stopped(cast):
    project, other = make_project(cast.valence), make_project(cast.valence, "Eau")
    Project.objects.filter(pk=other.pk).update(condition=Project.Condition.STOPPED)
    address = f"/valence/projects/{project.public_id}/stage/"
    host = cast.client("aicha")
    assert "Eau" not in host.get(address).content.decode()

    sent = {"move": "sheet:merged", "into": other.pk, "why": "pareil", **act()}
    answer = host.post(address, sent)

    assert answer.status_code == 422
    assert "choisissez-en un qui continue" in answer.content.decode()
    project.refresh_from_db()
    assert project.condition == Project.Condition.AWAKE


def test_words_are_the_hosts_to_change(cast):
    project = make_project(cast.valence)
    base = f"/valence/projects/{project.public_id}"
    host = cast.client("aicha")

    host.post(f"{base}/words/", {"title": "Bouteilles", "summary": "Laver", **act()})

    project.refresh_from_db()
    assert project.title == "Bouteilles"
    for name in ("bruno", "denis", "hugo", None):
        answer = cast.client(name).post(f"{base}/words/", {"title": "Volé", **act()})
        assert answer.status_code == 404


def test_a_signed_in_person_follows_and_stops(cast):
    project = make_project(cast.valence)
    address = f"/follow/project/{project.public_id}/"
    denis = cast.client("denis")

    denis.post(address, {"follow": "yes", **act()})
    assert project.memberships.get().follows
    denis.post(address, {"follow": "no", **act()})
    assert not project.memberships.get().follows


def test_a_personal_link_follows_without_an_account(cast, stranger):
    project, ines = make_project(cast.valence), person("Inès")
    token = make_link(
        person=ines,
        purpose="follow",
        subject=project.public_id,
        lasts=timedelta(days=5),
        by=None,
        at=clock.now(),
    )

    assert stranger.get(f"/l/{token}/").status_code == 200
    assert not project.memberships.exists()
    answer = stranger.post(f"/l/{token}/", act(), follow=True)

    assert project.memberships.get().person == ines
    assert "Ne plus suivre" in answer.content.decode()
    address = f"/valence/projects/{project.public_id}/"
    assert address in stranger.get(f"/l/{token}/").content.decode(), "straight on, the second time"
    assert address not in Client().get(f"/l/{token}/").content.decode()
