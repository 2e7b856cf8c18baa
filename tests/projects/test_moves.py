"""Moves of a project: two hosts at once, merges of merged projects, starting again, its story."""

import html
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.exchanges.actions.commitments import change_state, promise
from essor.exchanges.actions.needs import Asked, end_need, write_need
from essor.ledger.models import Entry
from essor.projects.actions.moves import (
    MergeInCircle,
    MovedMeanwhile,
    change_stage,
    end_of,
    last_move,
)
from essor.projects.models import Membership, Project, StageChange
from essor.projects.stages import way_of
from essor.projects.story import story_of
from tests.cast import NOW, make_project, person


def act() -> dict[str, str]:
    return {"act": uuid.uuid4().hex}


def move(project: Project, to: str, cast, *, why: str = "parce que", days: int = 0, **more):
    """``to`` is a stage of the house or a condition."""
    project.refresh_from_db()
    condition = to if to in Project.Condition.values else project.condition
    stage = project.stage if to in Project.Condition.values else to
    return change_stage(
        project=project, stage=stage, condition=condition, why=why, by=cast.aicha,
        at=NOW + timedelta(days=days), **more,
    )  # fmt: skip


def test_the_second_of_two_hosts_is_told_who_moved_it_and_loses_nothing(cast):
    project = make_project(cast.valence)
    address = f"/valence/projects/{project.public_id}/stage/"
    host = cast.client("aicha")
    assert host.get(address).context["form"]["seen"].value() == 0
    move(project, "group", cast, why="Huit personnes")

    answer = host.post(
        address,
        {"move": "sheet:stopped", "why": "Plus personne", "proof": "vu", "seen": "0", **act()},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("Aicha", "Huit personnes", "Plus personne", "vu</textarea>"):
        assert said in page
    project.refresh_from_db()
    assert (project.stage, project.condition) == ("group", "awake")
    seen = answer.context["form"]["seen"].value()
    again = host.post(
        address, {"move": "group:stopped", "why": "Plus personne", "seen": seen, **act()}
    )
    assert again.status_code == 302
    assert StageChange.objects.filter(project=project).count() == 2


def test_the_action_itself_refuses_what_was_decided_on_an_old_view(cast):
    project = make_project(cast.valence)
    first = move(project, "group", cast, seen=0)

    with pytest.raises(MovedMeanwhile) as refusal:
        move(project, "opportunity", cast, seen=0)

    assert refusal.value.change == first == last_move(project)
    move(project, "opportunity", cast, seen=first.pk)


def test_merges_of_merged_projects_lead_to_the_last(cast, stranger):
    eau, lac, mer = (make_project(cast.valence, title) for title in ("Eau", "Lac", "Mer"))
    move(eau, "merged", cast, into=lac)
    move(lac, "merged", cast, into=mer)
    late = make_project(cast.valence, "Ruisseau")

    move(late, "merged", cast, into=eau)

    late.refresh_from_db()
    assert late.merged_into == mer
    for project in (eau, lac, late):
        answer = stranger.get(f"/valence/projects/{project.public_id}/")
        assert answer.status_code == 302
        assert answer.url == f"/valence/projects/{mer.public_id}/"
    assert stranger.get(f"/o/{eau.public_id}/", follow=True).status_code == 200


def test_a_circle_of_merges_is_refused_and_the_host_told(cast):
    eau, lac, mer = (make_project(cast.valence, title) for title in ("Eau", "Lac", "Mer"))
    move(eau, "merged", cast, into=lac)
    move(lac, "merged", cast, into=mer)

    with pytest.raises(MergeInCircle):
        move(mer, "merged", cast, into=eau)

    mer.refresh_from_db()
    eau.refresh_from_db()
    assert mer.condition == "awake"
    assert end_of(eau) == mer


def test_who_followed_a_merged_project_follows_the_one_it_joined(cast):
    eau, lac = make_project(cast.valence, "Eau"), make_project(cast.valence, "Lac")
    ines, omar, zoe = person("Inès"), person("Omar"), person("Zoé")
    for who, project, follows in ((ines, eau, True), (omar, eau, False), (zoe, lac, True)):
        Membership.objects.create(
            project=project, person=who, part="table", since=NOW, follows=follows
        )
    Membership.objects.create(project=eau, person=zoe, part="table", since=NOW)

    move(eau, "merged", cast, into=lac)

    assert {m.person for m in lac.memberships.all()} == {ines, zoe}


@pytest.mark.parametrize("rest", ["asleep", "stopped", "merged"])
def test_whatever_rests_starts_again(cast, rest):
    project, other = make_project(cast.valence), make_project(cast.valence, "Eau")
    move(project, rest, cast, **({"into": other} if rest == "merged" else {}))

    move(project, "awake", cast, why="Un local")

    project.refresh_from_db()
    assert (project.condition, project.merged_into) == ("awake", None)


def test_the_story_has_chapters_reasons_and_proofs_and_names_for_the_team_alone(cast, stranger):
    project, other = make_project(cast.valence), make_project(cast.valence, "Bocaux")
    move(project, "group", cast, why="Huit personnes", proof="réunion du 3", days=1)
    move(other, "merged", cast, into=project, why="Même idée", days=2)
    move(project, "stopped", cast, why="Plus de local", days=3)
    move(project, "awake", cast, why="Un local", days=90)
    move(project, "opportunity", cast, why="Étude prête", days=91)
    project.refresh_from_db()

    story = story_of(project, way_of(cast.valence), [], [], inside=False)

    assert [each.title for each in story.chapters] == ["Groupe", "Opportunité"]
    told = [line.why for chapter in story.chapters for line in chapter.lines]
    assert told == ["Huit personnes", "Même idée", "Plus de local", "Un local", "Étude prête"]
    page = stranger.get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "réunion du 3" in page
    assert "Bocaux" in page
    assert "Aicha" not in page
    inside = cast.client("aicha").get(f"/valence/projects/{project.public_id}/").content.decode()
    assert "Aicha" in inside


def test_the_story_tells_what_was_needed_and_found(cast, stranger):
    project = make_project(cast.valence)
    wanted = write_need(
        project=project, asked=Asked("premises", "Un local sec"), by=cast.denis, at=NOW
    )
    change_state(
        commitment=promise(
            territory=cast.valence, person=cast.denis, kind="resource", what="Ma grange",
            need=wanted, by=None, at=NOW,
        )[0],
        state="accepted", by=cast.aicha, at=NOW,
    )  # fmt: skip
    end_need(need=wanted, ending="found", by=cast.aicha, at=NOW)

    page = stranger.get(f"/valence/projects/{project.public_id}/story/").content.decode()

    told = html.unescape(page).replace("\xa0", " ")
    assert "Il cherchait : « Un local sec »." in told
    assert "Il a trouvé : « Un local sec »." in told
    assert "grange" not in told, "what somebody promised is between them and the group"


def test_a_merged_project_keeps_its_own_story_at_its_address(cast, stranger):
    eau, lac = make_project(cast.valence, "Eau"), make_project(cast.valence, "Lac")
    move(eau, "merged", cast, into=lac, why="Même source")

    page = stranger.get(f"/valence/projects/{eau.public_id}/story/").content.decode()

    assert "Même source" in page
    assert f"/valence/projects/{lac.public_id}/" in page


@pytest.mark.usefixtures("made_anew")
def test_a_long_story_costs_as_many_queries_as_a_short_one(cast, stranger):
    project = make_project(cast.valence)
    move(project, "group", cast)
    address = f"/valence/projects/{project.public_id}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert stranger.get(address).status_code == 200
        return len(asked)

    short = cost()
    for day, to in enumerate(("opportunity", "group", "asleep", "awake") * 5, 2):
        move(project, to, cast, days=day)
    assert cost() == short
    assert Entry.objects.filter(verb="stage_changed").count() == 21
