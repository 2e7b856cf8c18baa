"""Stages as data: the house's until a territory edits them; words, places, alternatives, dropping."""

import uuid

import pytest

from essor.ledger.models import Entry
from essor.projects.actions.moves import change_stage
from essor.projects.actions.stages import (
    FirstStays,
    NameTaken,
    StageWords,
    StillThere,
    TooFewStages,
    add_stage,
    move_stage,
    retire_stage,
    word_stage,
)
from essor.projects.stage_rail import tell_stages
from essor.projects.stages import house_way, way_of
from tests.cast import NOW, make_project


def names(way) -> list[str]:
    return [stage.key for stage in way.stages]


def act() -> dict[str, str]:
    return {"act": uuid.uuid4().hex}


def test_a_territory_that_edited_nothing_has_the_stages_of_the_house_with_all_their_words(cast):
    way = way_of(cast.valence)

    assert names(way) == names(house_way())
    assert len(way.stages) == 8
    for stage in way.stages:
        assert stage.why, stage.key
        assert len(stage.actions) == 3
        assert stage.helpers
        assert stage.proof
    assert [stage.key for stage in way.onward("feasibility")] == ["incubation", "landing"]


def test_a_stage_is_worded_here_and_stays_as_it_was_elsewhere(cast):
    words = StageWords("Le noyau", why="Trois amis et une date", actions=["Appeler Odile", " ", ""])

    word_stage(territory=cast.valence, key="group", words=words, by=cast.aicha, at=NOW)

    here, elsewhere = way_of(cast.valence).stage("group"), way_of(cast.jura).stage("group")
    assert (here.name, here.why, here.actions) == (
        "Le noyau",
        "Trois amis et une date",
        ("Appeler Odile",),
    )
    assert here.proof == elsewhere.proof, "blank words are the house's"
    assert elsewhere.name != "Le noyau"
    assert Entry.objects.get(verb="stage_worded").data == {"stage": "group"}


def test_a_new_stage_stands_where_it_was_put_and_projects_go_through_it(cast):
    stage = add_stage(
        territory=cast.valence, words=StageWords("Essai grandeur nature"), like="feasibility",
        after="feasibility", instead=False, by=cast.aicha, at=NOW,
    )  # fmt: skip
    project = make_project(cast.valence, stage="feasibility")
    way = way_of(cast.valence)

    assert [each.key for each in way.onward("feasibility")] == [stage.key]
    assert [each.key for each in way.onward(stage.key)] == ["incubation", "landing"]
    change_stage(
        project=project, stage=stage.key, condition="awake", why="prêt", by=cast.aicha, at=NOW
    )
    project.refresh_from_db()
    assert project.stage == stage.key
    assert stage.key in way.keys_like("feasibility")


def test_an_alternative_shares_its_place(cast):
    stage = add_stage(
        territory=cast.valence, words=StageWords("Reprise"), like="incubation",
        after="incubation", instead=True, by=cast.aicha, at=NOW,
    )  # fmt: skip

    way = way_of(cast.valence)

    assert {each.key for each in way.onward("feasibility")} == {
        "incubation",
        "landing",
        stage.key,
    }
    assert len(way.rail(stage.key)) == 7
    assert stage.key in [each.key for each in way.rail(stage.key)]


def test_two_stages_of_one_name_are_refused(cast):
    more = {"like": "group", "after": "group", "instead": False, "by": cast.aicha, "at": NOW}
    add_stage(territory=cast.valence, words=StageWords("Essai"), **more)
    with pytest.raises(NameTaken):
        add_stage(territory=cast.valence, words=StageWords("ESSAI "), **more)


def test_a_stage_moves_elsewhere_on_the_way(cast):
    move_stage(
        territory=cast.valence, key="opportunity", after="feasibility", instead=False,
        by=cast.aicha, at=NOW,
    )  # fmt: skip

    assert names(way_of(cast.valence))[:4] == ["sheet", "group", "feasibility", "opportunity"]
    with pytest.raises(FirstStays):
        move_stage(
            territory=cast.valence, key="sheet", after="group", instead=False,
            by=cast.aicha, at=NOW,
        )  # fmt: skip


def test_a_dropped_stage_is_passed_over_and_can_be_taken_back(cast):
    drop = {"territory": cast.valence, "key": "opportunity", "by": cast.aicha, "at": NOW}

    retire_stage(**drop, retired=True)
    assert [each.key for each in way_of(cast.valence).onward("group")] == ["feasibility"]
    retire_stage(**drop, retired=False)

    assert [each.key for each in way_of(cast.valence).onward("group")] == ["opportunity"]


def test_a_stage_with_projects_and_the_first_one_stay(cast):
    make_project(cast.valence, stage="group")
    for key, refusal in (("group", StillThere), ("sheet", FirstStays)):
        with pytest.raises(refusal):
            retire_stage(territory=cast.valence, key=key, retired=True, by=cast.aicha, at=NOW)


def test_a_way_keeps_two_stages(cast):
    keys = names(way_of(cast.valence))[1:]
    for key in keys[:-1]:
        retire_stage(territory=cast.valence, key=key, retired=True, by=cast.aicha, at=NOW)
    with pytest.raises(TooFewStages):
        retire_stage(territory=cast.valence, key=keys[-1], retired=True, by=cast.aicha, at=NOW)


def test_a_host_edits_the_stages_on_their_page(cast):
    host = cast.client("aicha")
    assert host.get("/valence/projects/stages/").status_code == 200
    words = {"name": "Le noyau", "action_1": "Appeler", "place": "stays"}

    host.post("/valence/projects/stages/group/", {**words, **act()})
    new = {"name": "Essai", "place": "behind:group", "like": "group"}
    host.post("/valence/projects/stages/new/", {**new, **act()})
    host.post("/valence/projects/stages/landing/retirement/", act())

    page = host.get("/valence/projects/stages/").content.decode()
    assert "Le noyau" in page
    way = way_of(cast.valence)
    assert names(way)[:4] == ["sheet", "group", "essai", "opportunity"]
    assert way.stage("landing").retired


def test_a_refused_change_says_what_to_do(cast):
    make_project(cast.valence, stage="group")
    host = cast.client("aicha")

    kept = host.post("/valence/projects/stages/group/retirement/", act())
    nameless = host.post("/valence/projects/stages/group/", {"name": "", **act()})

    assert kept.status_code == nameless.status_code == 422
    assert "1 projet" in kept.content.decode()


@pytest.mark.parametrize("name", ["bruno", "denis", "hugo", None])
def test_only_hosts_of_the_territory_edit_its_stages(cast, name):
    client = cast.client(name)
    assert client.get("/valence/projects/stages/").status_code == 404
    assert client.post("/valence/projects/stages/group/", {"name": "Volé"}).status_code == 404
    assert client.get("/valence/projects/stages/group/").status_code == 404


def test_a_card_draws_the_way_in_dots_where_there_is_a_stage_to_show(cast):
    started = make_project(cast.valence, "Fournil", stage="opportunity")
    asleep = make_project(cast.valence, "Vélos", condition="asleep")
    elsewhere = make_project(cast.valence, "Oasis", sut_link="sister")

    tell_stages([started, asleep, elsewhere], way_of(cast.valence))

    dots = started.small_rail
    assert [dots.count(f"dots__{state}") for state in ("done", "now", "ahead")] == [2, 1, 4]
    assert dots.index("dots__done") < dots.index("dots__now") < dots.index("dots__ahead")
    assert (asleep.small_rail, elsewhere.small_rail) == ("", "")
