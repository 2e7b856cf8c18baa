"""The real network as public sources tell it."""

from essor.challenges.models import Challenge
from essor.evenings.models import Evening
from essor.ledger.models import Entry
from essor.portal.actions import first_day, load_network, stage_of
from essor.portal.facts import lasting_id, network_facts
from essor.projects.models import Project
from essor.territories.models import Territory
from essor.treasures.models import Treasure
from tests.cast import NOW


def test_load_network_makes_everything_the_file_tells(db):
    load_network(by=None, at=NOW)
    counts = [model.objects.count() for model in (Territory, Evening, Challenge, Project, Treasure)]
    assert counts == [19, 23, 102, 53, 24]
    assert Entry.objects.filter(verb="listed").count() == 19


def test_load_network_twice_changes_nothing(db):
    load_network(by=None, at=NOW)
    before = set(Project.objects.values_list("public_id", flat=True))
    assert load_network(by=None, at=NOW) == []
    assert set(Project.objects.values_list("public_id", flat=True)) == before


def test_network_objects_all_show_where_they_are_known_from(db):
    load_network(by=None, at=NOW)
    for model in (Territory, Evening, Challenge, Project, Treasure):
        for thing in model.objects.all():
            assert thing.sources, thing
            assert all(
                source["label"] and source["url"].startswith("http") for source in thing.sources
            )


def test_network_project_claims_no_more_than_its_source(db):
    load_network(by=None, at=NOW)
    told = {lasting_id("project", item["id"]): item for item in network_facts().projects}
    for project in Project.objects.all():
        assert project.sut_link == told[project.public_id]["sut_link"]
        assert not project.invented
        assert not project.leader_wanted
    born = Project.objects.filter(sut_link=Project.SutLink.BORN).count()
    assert born == 10


def test_network_territories_are_run_by_nobody_here(db):
    load_network(by=None, at=NOW)
    assert not Territory.objects.filter(run_here=True).exists()


def test_stage_of_a_status_goes_no_further_than_the_words():
    assert stage_of("en activité") == Project.Stage.LAUNCHED
    assert stage_of("à l'étude en 2016; suite non trouvée") == Project.Stage.OPPORTUNITY
    assert stage_of("idée de table; suite non trouvée") == Project.Stage.SHEET


def test_first_day_of_a_date_told_loosely():
    assert first_day("2022").isoformat() == "2022-01-01"
    assert first_day("2022-06").isoformat() == "2022-06-01"
    assert first_day("2022-06-07").isoformat() == "2022-06-07"


def test_lasting_id_is_the_same_everywhere_and_differs_by_kind():
    assert lasting_id("project", "mbsr") == lasting_id("project", "mbsr")
    assert lasting_id("project", "mbsr") != lasting_id("challenge", "mbsr")
    assert len(lasting_id("project", "mbsr")) == 10
