"""A sheet handed in becomes a project; hosts move it along with their reasons."""

import uuid

import pytest

from essor.ledger.models import Audience, Entry
from essor.projects.actions.moves import (
    MergeInCircle,
    MoveNotAllowed,
    ReasonMissing,
    change_stage,
)
from essor.projects.actions.projects import (
    EmptySheet,
    NoTitle,
    cut,
    entitle,
    first_line,
    follow,
    hand_in,
    unfollow,
)
from essor.projects.actions.sheets import add_photo, open_sheet, save_sheet
from essor.projects.models import Membership, Project
from essor.projects.stages import house_way
from essor.projects.states import CONDITION_MOVES, may_move
from tests.cast import NOW, make_project, person


@pytest.fixture
def draft(cast) -> Project:
    return open_sheet(territory=cast.valence, origin="Table 3", by=None, at=NOW)


def write(project: Project, **texts: str) -> None:
    save_sheet(sheet=project.sheet, texts=texts, marks={}, by=None, at=NOW)


def test_handing_in_publishes_under_the_first_line_and_makes_the_group(cast, draft):
    write(draft, proposal="- La consigne du verre\nUne laveuse partagée.", dream="Zéro déchet")
    ines, omar = person("Inès"), person("Omar")

    project = hand_in(project=draft, people=[ines, omar], by=None, at=NOW)

    assert (project.title, project.summary) == ("La consigne du verre", "Une laveuse partagée.")
    assert project.published_at == NOW
    assert {m.person for m in project.memberships.filter(part="table")} == {ines, omar}
    line = Entry.objects.get(verb="handed_in")
    assert (line.audience, line.of_id) == (Audience.PUBLIC, draft.public_id)


def test_handing_in_again_keeps_title_and_date_and_takes_up_newcomers(draft):
    write(draft, proposal="La consigne")
    hand_in(project=draft, people=[person("Inès")], by=None, at=NOW)
    entitle(project=draft, title="Bouteilles", summary="", by=None, at=NOW)

    project = hand_in(project=draft, people=[person("Omar")], by=None, at=NOW)

    assert project.title == "Bouteilles"
    assert project.memberships.count() == 2
    assert Entry.objects.filter(verb="handed_in").count() == 1


def test_a_photograph_alone_is_enough_to_hand_in(draft):
    add_photo(sheet=draft.sheet, file="x.jpg", width=1, height=1, by=None, at=NOW)

    assert hand_in(project=draft, people=[], by=None, at=NOW).title == ""


def test_an_empty_sheet_is_not_handed_in(draft):
    with pytest.raises(EmptySheet):
        hand_in(project=draft, people=[], by=None, at=NOW)
    draft.refresh_from_db()
    assert draft.published_at is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n  • Un verger public \nle reste", "Un verger public"),
        ("— Énergie des toits", "Énergie des toits"),
        ("   \n ", ""),
    ],
)
def test_first_line_says_something(text, title):
    assert first_line(text) == title


def test_long_titles_are_cut_between_words():
    assert cut("Une laveuse partagée par les caves", 22) == "Une laveuse partagée…"
    assert cut("court", 22) == "court"


def test_wording_needs_a_title(cast):
    project = make_project(cast.valence)
    with pytest.raises(NoTitle):
        entitle(project=project, title="  ", summary="x", by=cast.aicha, at=NOW)


def test_where_a_project_is_at_work_is_said_with_its_words_and_shown(cast, stranger):
    project = make_project(cast.valence)
    words = f"/valence/projects/{project.public_id}/words/"
    host = cast.client("aicha")

    host.post(words, {"act": uuid.uuid4().hex, "title": "Fournil", "place": " Die,  Crest "})
    entitle(project=project, title="Le fournil", summary="", by=cast.aicha, at=NOW)

    project.refresh_from_db()
    assert (project.title, project.place) == ("Le fournil", "Die, Crest")
    assert "Die, Crest" in stranger.get(f"/valence/projects/{project.public_id}/").content.decode()
    assert 'value="Die, Crest"' in host.get(words).content.decode()


def test_a_stage_change_keeps_who_when_and_why(cast):
    project = make_project(cast.valence)

    change = change_stage(
        project=project,
        stage="group",
        condition="awake",
        why="Huit personnes",
        by=cast.aicha,
        at=NOW,
    )

    project.refresh_from_db()
    assert project.stage == "group"
    assert (change.by, change.why, change.at) == (cast.aicha, "Huit personnes", NOW)
    line = Entry.objects.get(verb="stage_changed")
    assert line.data["from"] == {"stage": "sheet", "condition": "awake"}
    assert "Huit" not in str(line.data)


@pytest.mark.parametrize(
    ("stage", "condition"),
    [("launched", "awake"), ("sheet", "awake"), ("group", "asleep"), ("group", "merged")],
)
def test_moves_that_the_table_does_not_allow_are_refused(cast, stage, condition):
    project = make_project(cast.valence)
    with pytest.raises(MoveNotAllowed):
        change_stage(
            project=project, stage=stage, condition=condition, why="x", by=cast.aicha, at=NOW
        )
    assert not Entry.objects.filter(verb="stage_changed").exists()


def test_a_change_without_a_reason_is_refused(cast):
    with pytest.raises(ReasonMissing):
        change_stage(
            project=make_project(cast.valence),
            stage="group",
            condition="awake",
            why=" ",
            by=cast.aicha,
            at=NOW,
        )


HOUSE_MOVES = {
    "sheet": {"group"},
    "group": {"opportunity", "sheet"},
    "opportunity": {"feasibility", "group"},
    "feasibility": {"incubation", "landing", "opportunity"},
    "incubation": {"launched", "landing", "feasibility"},
    "landing": {"launched", "incubation", "feasibility"},
    "launched": {"taken_off", "incubation", "landing"},
    "taken_off": {"launched"},
}


@pytest.mark.parametrize("stage", HOUSE_MOVES)
@pytest.mark.parametrize("condition", CONDITION_MOVES)
def test_every_allowed_move_and_no_other_is_possible(stage, condition):
    project, way = Project(stage=stage, condition=condition), house_way()

    for target in set(HOUSE_MOVES) - {stage}:
        allowed = condition == "awake" and target in HOUSE_MOVES[stage]
        assert may_move(project, target, condition, way) == allowed
    for target in CONDITION_MOVES:
        assert may_move(project, stage, target, way) == (target in CONDITION_MOVES[condition])


def test_merging_says_into_which_project_of_the_same_territory(cast):
    project, other = make_project(cast.valence), make_project(cast.valence, "Eau")
    abroad = make_project(cast.jura, "Fromage")
    merge = {"project": project, "stage": "sheet", "condition": "merged", "why": "pareil"}

    for into in (None, abroad, make_project(cast.valence, published_at=None)):
        with pytest.raises(MoveNotAllowed):
            change_stage(**merge, into=into, by=cast.aicha, at=NOW)
    with pytest.raises(MergeInCircle):
        change_stage(**merge, into=project, by=cast.aicha, at=NOW)
    change_stage(**merge, into=other, by=cast.aicha, at=NOW)

    project.refresh_from_db()
    assert project.merged_into == other


def test_a_stopped_project_can_start_again(cast):
    project = make_project(cast.valence, condition="stopped")

    change_stage(
        project=project, stage="sheet", condition="awake", why="Un local", by=cast.aicha, at=NOW
    )

    project.refresh_from_db()
    assert project.condition == "awake"


def test_following_twice_is_once_and_stopping_leaves_the_table_true(cast):
    project = make_project(cast.valence)
    Membership.objects.create(project=project, person=cast.denis, part="table", since=NOW)

    unfollow(project=project, person=cast.denis, by=cast.denis, at=NOW)
    unfollow(project=project, person=cast.denis, by=cast.denis, at=NOW)
    kept = project.memberships.get()
    assert (kept.part, kept.follows) == ("table", False)

    follow(project=project, person=cast.denis, by=cast.denis, at=NOW)
    follow(project=project, person=cast.denis, by=cast.denis, at=NOW)
    assert project.memberships.get().follows
    verbs = [each.verb for each in Entry.objects.order_by("id")]
    assert verbs == ["unfollowed", "followed"]
