"""Solutions and treasures that public sources tell of: searched for, and beside a challenge."""

import pytest

from essor.challenges.actions.echoes import Noted, note_echo
from essor.challenges.provenance import close_work
from essor.finding import index
from essor.finding.rebuilding import rebuild
from essor.portal.actions import load_network
from essor.portal.facts import lasting_id, network_facts
from essor.portal.jobs import list_lacking_solutions
from essor.portal.models import Solution
from essor.projects.models import Project
from essor.territories.models import Territory
from tests.cast import NOW, make_challenge

GLASS = "Une consigne pour réemployer le verre"


@pytest.fixture
def network(db):
    load_network(by=None, at=NOW)


@pytest.fixture
def consigne(network):
    return Solution.objects.get(name="Réemploi et consigne du verre")


@pytest.fixture
def strasbourg(network):
    return Territory.objects.get(slug="strasbourg")


def test_each_solution_of_the_file_is_there_once_with_its_sources(network):
    load_network(by=None, at=NOW)
    told = {item["solution"]: item for item in network_facts().lineages}
    assert {each.name for each in Solution.objects.all()} == set(told)
    for each in Solution.objects.all():
        assert each.sources == told[each.name]["sources"]
        assert len(each.steps) == len(told[each.name]["nodes"])


def test_steps_name_the_projects_that_are_here_and_the_places_that_are_not(consigne):
    first = consigne.steps[0]
    project = Project.objects.get(public_id=first["project"])
    assert (first["name"], first["year"]) == (project.title, 2015)
    assert first["place"] == consigne.territory.name == project.territory.name
    abroad = Solution.objects.get(public_id=lasting_id("solution", "funeraire")).steps[0]
    assert abroad == {
        "name": "Coopératives funéraires", "place": "Québec", "year": None, "project": "",
    }  # fmt: skip


def test_territories_listed_before_solutions_existed_get_them(network, stranger):
    Solution.objects.all().delete()
    Territory.objects.filter(slug="valence-romans").update(run_here=True, slug="valence")
    Territory.objects.filter(slug="jura").update(public_id="theirown")

    assert list_lacking_solutions.func() == len(network_facts().lineages) - 1
    assert list_lacking_solutions.func() == 0

    told = {item["solution"]: item["sources"] for item in network_facts().lineages}
    for each in Solution.objects.all():
        assert each.sources == told[each.name]
    assert not Solution.objects.filter(territory__slug="jura").exists(), "a team's own Jura"
    index.check()
    looked = stranger.get("/search/", {"q": "funéraire", "kind": "solution"}).context["looked"]
    assert looked.total == 1


def test_loading_the_network_again_brings_the_solutions_that_lack(network):
    Solution.objects.filter(name="Coopérative funéraire").delete()

    assert load_network(by=None, at=NOW) == []

    assert Solution.objects.filter(name="Coopérative funéraire").count() == 1


def test_a_place_that_the_source_leaves_open_is_left_out(network):
    kodiko = Solution.objects.get(public_id=lasting_id("solution", "kodiko"))
    assert kodiko.steps[0]["place"] == ""
    assert kodiko.places == kodiko.territory.name


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("consignes de verre", "solution", "Réemploi et consigne du verre"),
        ("Québec", "solution", "Coopérative funéraire"),
        ("Bretz'Selle", "treasure", "Association Bretz'Selle"),
        ("laveries de Chabeuil", "treasure", "Unité de lavage de Chabeuil"),
    ],
)
def test_strangers_find_solutions_and_treasures_by_words(network, stranger, words, kind, title):
    rebuild()
    page = stranger.get("/search/", {"q": words, "kind": kind})
    found = [row.hit for group in page.context["looked"].groups for row in group.rows]
    assert title in ["".join(piece.text for piece in hit.title) for hit in found]


def test_what_is_found_leads_to_the_card_that_names_its_sources(consigne, stranger):
    rebuild()
    found = stranger.get("/search/", {"q": "consigne", "kind": "solution"}).content.decode()
    assert f'href="/solutions/#{consigne.anchor}"' in found
    page = stranger.get("/solutions/").content.decode()
    card = page[page.index(f'id="{consigne.anchor}"') :].split("</details>")[0]
    assert f'href="/o/{consigne.steps[0]["project"]}/"' in card
    for source in consigne.sources:
        assert source["label"] in card.replace("&#x27;", "'")


def test_links_of_a_card_lead_to_the_projects(consigne, stranger):
    step = consigne.steps[0]
    answer = stranger.get(f"/o/{step['project']}/", follow=True)
    assert (answer.status_code, answer.context["project"].title) == (200, step["name"])


def test_solution_leaves_search_and_page_with_its_territory(consigne, stranger):
    rebuild()
    Territory.objects.filter(pk=consigne.territory_id).update(listed=False)
    index.check()
    assert "consigne du verre" not in stranger.get("/").content.decode()
    assert "consigne du verre" not in stranger.get("/solutions/").content.decode()
    looked = stranger.get("/search/", {"q": "consigne", "kind": "solution"}).context["looked"]
    assert looked.total == 0


def test_a_network_of_hosts_alone_shows_no_section_of_solutions(cast, stranger):
    assert "network-lineages" not in stranger.get("/").content.decode()


def test_a_challenge_meets_the_solution_and_the_treasure_close_to_it(consigne, strasbourg):
    near = close_work([GLASS, "Une laveuse de bouteilles à plusieurs"], territory=strasbourg)
    works = {near.work.title: near.work for near in near}
    assert works[consigne.name].sources == tuple(consigne.sources)
    assert works[consigne.name].address == f"/solutions/#{consigne.anchor}"
    assert any(work.kind == "treasure" and work.sources for work in works.values())


def test_a_team_names_a_solution_on_its_challenge(consigne, strasbourg, stranger):
    challenge = make_challenge(strasbourg, "Verre")
    note_echo(
        challenge=challenge, by=None, at=NOW,
        noted=Noted("solution", consigne.public_id, note="Nous les avons appelés", shown=True),
    )  # fmt: skip
    page = stranger.get(f"/strasbourg/challenges/{challenge.public_id}/").content.decode()
    assert f'<a href="/solutions/#{consigne.anchor}">{consigne.name}</a>' in page
    assert consigne.places in page
