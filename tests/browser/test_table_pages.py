"""Every page of tables, projects and commitments: no accessibility violation, empty and full."""

import pytest

from essor.evenings.actions.tables import hand_in_table, note_idea, sheet_of_table
from essor.evenings.models import Evening
from essor.exchanges.actions.commitments import promise
from essor.projects.actions.sheets import save_sheet
from tests.cast import (
    NOW,
    make_evening,
    make_project,
    make_registration,
    make_table,
    sphere,
)


@pytest.fixture
def full(cast):
    """An evening under way: table 1 handed in and wants a leader, table 2 disputes its dream."""
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    people = [
        make_registration(evening, name, sphere=sphere(code), arrived_at=NOW)
        for name, code in (("Inès", "citizen"), ("Omar", "enterprise"), ("Zoé", "finance"))
    ]
    one, two = make_table(evening, 1, people=people), make_table(evening, 2)
    for text in ("Une laveuse partagée", "Un verger public"):
        note_idea(table=one, text=text, by=None, at=NOW)
    first = sheet_of_table(table=one, origin="Table 1, Soirée", by=None, at=NOW)
    texts = {
        "dream": "Zéro déchet",
        "proposal": "La consigne\nUne laveuse",
        "first_steps": "1. Voir",
    }
    save_sheet(sheet=first.sheet, texts=texts, marks={}, by=None, at=NOW)
    hand_in_table(table=one, title="", by=None, at=NOW)
    first.leader_calls.update(
        why="L’étude est faite", asked="Neuf mois hébergés"
    )  # it calls by itself
    second = sheet_of_table(table=two, origin="Table 2, Soirée", by=None, at=NOW)
    for dream in ("Un verger", "Un potager"):
        save_sheet(sheet=second.sheet, texts={"dream": dream}, marks={}, by=None, at=NOW)
    commitment, _ = promise(
        territory=cast.valence, person=cast.denis, kind="skill", what="Comptabilité",
        quantity="2 h par mois", project=first, origin=evening.room, by=cast.denis, at=NOW,
    )  # fmt: skip
    make_project(
        cast.valence, "Cité", sut_link="sister_method", milestones=[["2019", "ouverture"]],
        sources=[{"label": "Journal", "url": "https://example.org"}],
    )  # fmt: skip
    return {
        "evening": evening.public_id, "one": one.public_id, "two": two.public_id,
        "project": first.public_id, "commitment": commitment.public_id,
    }  # fmt: skip


PUBLIC = [
    "projects/",
    "projects/{project}/",
    "evenings/{evening}/tables/{one}/",
    "evenings/{evening}/tables/{two}/",
    "evenings/{evening}/here/",
    "evenings/{evening}/commitments/new/?table={one}",
    "commitments/new/?project={project}",
]
OF_HOSTS = [
    "projects/{project}/stage/",
    "projects/{project}/leader/",
    "evenings/{evening}/tables/{two}/phone/",
    "evenings/{evening}/tables/{two}/sheet/proposal/",
    "evenings/{evening}/tables/{two}/handing-in/",
    "evenings/{evening}/conductor/",
    "evenings/{evening}/day-after/",
    "commitments/",
    "commitments/{commitment}/",
    "commitments/{commitment}/answer/",
]


def name_of(address: str) -> str:
    words = address.partition("?")[0].replace("{", "").replace("}", "")
    return "table-" + words.strip("/").replace("/", "-")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page_is_accessible(page, axe, see, full, address):
    page.goto(f"/valence/{address.format(**full)}")
    axe(page)
    see(page, name_of(address))


@pytest.mark.parametrize("address", OF_HOSTS)
def test_page_of_hosts_is_accessible(page, axe, see, full, cast, sign_in, address):
    sign_in(cast.aicha)
    page.goto(f"/valence/{address.format(**full)}")
    axe(page)
    see(page, name_of(address))


@pytest.mark.parametrize("address", ["/valence/projects/", "/valence/commitments/", "/here/"])
def test_empty_page_is_accessible(page, axe, cast, sign_in, address):
    sign_in(cast.aicha)
    page.goto(address)
    axe(page)


def test_a_form_with_errors_is_accessible_and_leads_to_them(page, axe, full):
    page.goto("/valence/commitments/new/")
    page.get_by_role("button", name="Je m’engage").click()
    page.wait_for_selector(".error-summary")
    axe(page)
    assert page.evaluate("document.activeElement.className") == "error-summary"
