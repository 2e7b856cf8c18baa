"""Stays and silences of a made-up past, beside a model that follows each project by itself."""

import random
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.algos.pace import Spell, pace, shorter_share
from essor.ledger.models import Entry
from essor.projects.models import Project, StageChange
from essor.projects.pace import stage_paces, walk
from essor.projects.silences import silences
from tests.cast import NOW, make_project

STAGES = list(Project.Stage.values)
DAY = timedelta(days=1)
LOOKED_AT = NOW + 300 * DAY


def story(territory, pick: random.Random, number: int) -> tuple[Project, list, list]:
    """A project with moves at random and lines of the ledger, some of which are no signs of life."""
    born = NOW + pick.uniform(0, 200) * DAY
    known = pick.choice(("", "", "", Project.SutLink.BORN))
    moves, signs, at, stage = [], [], born, "sheet"
    for _ in range(pick.randrange(6)):
        at += pick.uniform(0.5, 70) * DAY
        place = STAGES.index(stage) + pick.choice((1, 1, 1, 0, -1))
        stage = STAGES[min(max(place, 0), 7)]
        moves.append((at, stage, pick.choice(("awake", "awake", "awake", "asleep", "stopped"))))
    condition = moves[-1][2] if moves else "awake"
    project = make_project(
        territory, f"Projet {number}", published_at=born, sut_link=known, stage=stage,
        condition=condition,
    )  # fmt: skip
    for when, reached, state in moves:
        StageChange.objects.create(
            project=project, at=when, stage=reached, condition=state, why="x"
        )
    for _ in range(pick.randrange(6)):
        when = born + pick.uniform(0, 300) * DAY
        verb, of_its_own = pick.choice((("renamed", True), ("followed", False)))
        Entry.objects.create(
            at=when, verb=verb, of_type="project", of_id=project.public_id, audience="public"
        )
        Entry.objects.create(
            at=when + DAY, verb="need_written" if of_its_own else "need_looked_at",
            of_type="need", of_id="n" * 10, part_of=project.public_id, audience="public",
        )  # fmt: skip
        signs += [when, when + DAY] if of_its_own else []
    return project, moves, signs


def spans(project: Project, moves: list):
    """(stage, since, until, moved on) of each time at a stage; until None while it lasts."""
    first = "sheet" if moves else project.stage
    points = [] if project.sut_link else [(project.published_at, first, "awake")]
    points += [move for move in moves if move[0] <= LOOKED_AT]
    found = []
    for (at, stage, state), after in pairwise([*points, None]):
        if state == "stopped":
            continue
        until = after and after[0]
        onward = bool(after) and STAGES.index(after[1]) > STAGES.index(stage)
        if found and found[-1][0] == stage and found[-1][2] == at and not found[-1][3]:
            at = found.pop()[1]
        found.append((stage, at, until, onward))
    return found


def test_every_figure_is_the_models(cast):
    pick = random.Random(11)
    told = [story(cast.valence, pick, number) for number in range(70)]
    stays, longest, last = defaultdict(list), defaultdict(dict), {}
    for project, moves, signs in told:
        for stage, since, until, onward in spans(project, moves):
            end = until or LOOKED_AT
            marks = [since, *sorted(sign for sign in signs if since < sign < end), end]
            silence = max((b - a) / DAY for a, b in pairwise(marks))
            stays[stage].append((project.pk, Spell((end - since) / DAY, onward)))
            known = longest[stage].get(project.pk)
            if known is None or silence > known.time:
                longest[stage][project.pk] = Spell(silence, until is not None)
            if until is None and project.condition == "awake":
                heard = max([since, *(sign for sign in signs if sign <= LOOKED_AT)])
                last[project.pk] = (stage, heard)

    walked = walk(cast.valence, LOOKED_AT)

    assert len(last) > 20
    assert {each.stage.key: (each.projects, each.pace) for each in stage_paces(walked)} == {
        stage: (
            count := len({pk for pk, _ in stays[stage]}),
            pace([spell for _, spell in stays[stage]], count),
        )
        for stage in STAGES
    }
    found = {each.key: each for each in silences(walked)}
    assert {pk: (each.stage.key, each.last) for pk, each in found.items()} == last
    for pk, (stage, heard) in last.items():
        others = [spell for key, spell in longest[stage].items() if key != pk]
        assert found[pk].share == pytest.approx(shorter_share(others, (LOOKED_AT - heard) / DAY))
        assert found[pk].days == (LOOKED_AT - heard) // DAY


@pytest.mark.usefixtures("made_anew")
def test_the_page_reads_once_and_shows_fifty_at_a_time(cast):
    host = cast.client("aicha")

    def look(address="/valence/projects/pace/"):
        with CaptureQueriesContext(connection) as asked:
            page = host.get(address)
        return page.content.decode(), len(asked)

    look()
    _, few = look()
    many = Project.objects.bulk_create(
        Project(territory=cast.valence, title=f"Muet {n}", published_at=NOW, created_at=NOW)
        for n in range(600)
    )
    StageChange.objects.bulk_create(
        StageChange(project=project, at=NOW + DAY, stage="group", condition="stopped", why="x")
        for project in many[60:]
    )

    page, asked = look()
    rest, _ = look("/valence/projects/pace/?page=2")

    assert [page.count("Muet "), rest.count("Muet ")] == [50, 10]
    assert 'href="?page=2"' in page
    assert asked == few + 1, "more only where there is something to show: the projects shown"
