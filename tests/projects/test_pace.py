"""Pace in the product: stays from real moves, nothing below eight, silence from the ledger."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.exchanges.actions.commitments import change_state, promise
from essor.ledger.actions import action, record
from essor.projects.actions.moves import change_stage
from essor.projects.models import Project
from essor.projects.network_pace import Network, _learnt, end_of_day
from essor.projects.pace import stage_paces, walk
from essor.projects.silences import named, silences, silent_for_long
from tests.cast import NOW, make_project


def day(number: int):
    return NOW + timedelta(days=number)


def move(project: Project, stage: str, on: int, condition: str = "awake", into=None) -> None:
    change_stage(
        project=project, stage=stage, condition=condition, why="x", by=None, at=day(on), into=into
    )


@action
def say_something(*, project: Project, by, at) -> None:
    record(by=by, at=at, verb="entitled", of=project, territory=project.territory)


def pace_at(territory, stage: str, on: int):
    return next(each for each in stage_paces(walk(territory, day(on))) if each.stage.key == stage)


def test_stays_count_whether_they_are_over_or_not(cast):
    for stay in (10, 20, 30, 40, 50):
        move(make_project(cast.valence), "group", stay)
    for _ in range(4):
        make_project(cast.valence)

    found = pace_at(cast.valence, "sheet", 100).pace

    assert (found.projects, found.over) == (9, 5)
    assert found.median.time == 50
    assert found.median.low == 10
    assert found.median.high is None


def test_below_eight_projects_nothing_is_said(cast):
    for stay in range(10, 80, 10):
        move(make_project(cast.valence), "group", stay)
    assert pace_at(cast.valence, "sheet", 100).pace is None

    make_project(cast.valence)

    assert pace_at(cast.valence, "sheet", 100).pace is not None


def test_a_stop_and_a_step_back_cut_a_stay_and_sleep_does_not(cast):
    for number in range(8):
        project = make_project(cast.valence)
        move(project, "group", 10)
        project.refresh_from_db()
        if number == 0:
            move(project, "group", 20, "stopped")
        elif number == 1:
            move(project, "sheet", 20)
        else:
            move(project, "group", 20, "asleep")
            project.refresh_from_db()
            move(project, "group", 90, "awake")
            project.refresh_from_db()
            move(project, "opportunity", 100)

    found = pace_at(cast.valence, "group", 200).pace

    assert (found.projects, found.over, found.median.time) == (8, 6, 90)


def test_what_is_known_from_public_sources_has_no_beginning_of_ours(cast):
    for _ in range(9):
        make_project(cast.valence, sut_link=Project.SutLink.BORN, stage="launched")

    assert all(each.projects == 0 for each in stage_paces(walk(cast.valence, day(10))))


def many_that_spoke(territory, every: int) -> None:
    """Twelve projects that gave signs and moved on; their longest silences are 1 to 12 times this."""
    for number in range(1, 13):
        move(make_project(territory, f"Parlant {number}"), "group", every * number)


def test_longer_silent_than_nine_of_ten_is_told_and_a_sign_ends_it(cast):
    many_that_spoke(cast.valence, 5)
    quiet = make_project(cast.valence, "Muet")

    assert silent_for_long(walk(cast.valence, day(50))) == []
    found = silent_for_long(walk(cast.valence, day(61)))
    say_something(project=quiet, by=None, at=day(60))

    assert [(each.project, each.silence.days) for each in named(found)] == [(quiet, 61)]
    assert found[0].share >= 0.9
    assert silent_for_long(walk(cast.valence, day(61))) == []


def test_what_was_promised_stays_a_sign_whatever_becomes_of_it(cast):
    many_that_spoke(cast.valence, 5)
    quiet = make_project(cast.valence, "Muet")
    made, _token = promise(
        territory=cast.valence, project=quiet, person=cast.denis, kind="energy", what="",
        by=None, at=day(40),
    )  # fmt: skip

    change_state(commitment=made, state="released", by=cast.denis, at=day(60))

    (found,) = [each for each in silences(walk(cast.valence, day(61))) if each.key == quiet.pk]
    assert (found.days, found.last) == (21, day(40))


def test_asleep_is_no_silence_and_few_projects_are_no_measure(cast):
    many_that_spoke(cast.valence, 5)
    make_project(cast.valence, condition="asleep")
    make_project(cast.jura, "Seul")

    assert silent_for_long(walk(cast.valence, day(400))) == []
    assert silent_for_long(walk(cast.jura, day(4000))) == []


def moved_on(territory, stays) -> None:
    for stay in stays:
        move(make_project(territory, f"Parti {stay}"), "group", stay)


def leaning_at(territory, on: int, stage: str = "sheet"):
    found = stage_paces(walk(territory, day(on)), Network(day(on)))
    return next(each for each in found if each.stage.key == stage)


def test_a_territory_with_few_leans_on_all_with_an_interval_and_says_where_from(cast):
    moved_on(cast.valence, (20, 25))
    moved_on(cast.jura, range(80, 130, 5))

    few, many = leaning_at(cast.valence, 200), leaning_at(cast.jura, 200)

    assert few.pace is None
    assert (few.leaning.projects, few.leaning.territories) == (12, 2)
    median = few.leaning.median
    assert 0 < median.low < median.time < median.high < 200
    assert median.time < many.pace.median.time, "its own two pull it below the others"
    assert 0 < few.leaning.own < 100
    assert many.leaning is None, "who has enough shows their own curve"


def test_nothing_leans_below_eight_projects_nor_on_too_few_of_others(cast):
    moved_on(cast.valence, (20, 25, 30))
    moved_on(cast.jura, (50, 60, 70, 80))
    assert leaning_at(cast.valence, 200).leaning is None, "seven in all"
    moved_on(cast.valence, (35, 40, 45))
    assert leaning_at(cast.valence, 200).leaning is None, "four of the others would be read off"

    moved_on(cast.jura, (90,))

    assert leaning_at(cast.valence, 200).leaning.projects == 11


def test_where_nothing_moved_on_nothing_is_learned(cast):
    for n in range(9):
        make_project(cast.jura, f"Là {n}")
    make_project(cast.valence)

    assert leaning_at(cast.valence, 50).leaning is None


def test_a_rehearsal_lends_nothing(cast):
    moved_on(cast.jura, range(10, 110, 10))
    make_project(cast.valence)
    assert leaning_at(cast.valence, 200).leaning is not None
    type(cast.jura).objects.filter(pk=cast.jura.pk).update(rehearsal=True)

    assert leaning_at(cast.valence, 200).leaning is None


def test_a_silence_where_few_are_leans_on_all_and_grows_with_the_days(cast):
    many_that_spoke(cast.jura, 5)
    quiet = make_project(cast.valence, "Muet")

    def silent(on: int):
        found = silent_for_long(walk(cast.valence, day(on)), Network(day(on)))
        return [(each.key, each.leaning) for each in found]

    assert silent(30) == []
    assert silent(400) == [(quiet.pk, True)]
    assert silent_for_long(walk(cast.valence, day(400))) == [], "alone it has no measure"


def test_the_network_costs_the_same_queries_however_many_territories(
    cast, django_assert_num_queries
):
    moved_on(cast.jura, range(10, 110, 10))
    network = Network(day(200))
    with CaptureQueriesContext(connection) as asked:
        stage_paces(walk(cast.valence, day(200)), network)
        stage_paces(walk(cast.jura, day(200)), network)
    first = len(asked)
    for n in range(5):
        there = type(cast.jura).objects.create(slug=f"t{n}", name=f"T{n}", created_at=NOW)
        make_project(there)

    network = Network(day(200))
    with django_assert_num_queries(first):
        stage_paces(walk(cast.valence, day(200)), network)
        stage_paces(walk(cast.jura, day(200)), network)


def test_what_was_learnt_holds_for_the_day_and_a_move_teaches_anew(cast):
    _learnt.cache_clear()
    moved_on(cast.valence, (20, 25))
    moved_on(cast.jura, range(80, 130, 5))
    first = leaning_at(cast.valence, 200).leaning
    learnt = _learnt.cache_info().misses
    assert learnt > 0

    again = stage_paces(walk(cast.valence, day(200)), Network(day(200) + timedelta(hours=3)))
    assert again[0].leaning == first
    assert _learnt.cache_info().misses == learnt, "three hours later nothing is learnt anew"

    moved_on(cast.jura, (199,))
    assert leaning_at(cast.valence, 200).leaning.projects == first.projects + 1
    assert _learnt.cache_info().misses > learnt
    leaning_at(cast.valence, 201)
    assert end_of_day(day(200)) < end_of_day(day(201))


def test_signs_of_life_of_the_network_are_not_read_where_too_few_were_at_the_stage(cast):
    make_project(cast.valence, "Muet")
    network = Network(day(50))
    silences(walk(cast.valence, day(50)), network)
    assert "_visits" in vars(network)
    assert "_silences" not in vars(network)
    many_that_spoke(cast.jura, 5)
    network = Network(day(50))
    silences(walk(cast.valence, day(50)), network)
    assert "_silences" in vars(network), "enough elsewhere: then they are"


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), datetime(2026, 11, 24, 23, tzinfo=UTC)),
        # The day on which clocks go forward ends an hour earlier for the world.
        (datetime(2027, 3, 28, 12, 0, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_a_day_ends_by_the_clock_on_the_wall(at, ends):
    assert end_of_day(at) == ends


@pytest.mark.usefixtures("made_anew")
def test_the_page_says_where_a_figure_comes_from(cast, monkeypatch):
    later = SimpleNamespace(now=lambda: day(200))
    monkeypatch.setattr("essor.projects.views.pace.clock", later)
    moved_on(cast.jura, range(80, 130, 5))
    moved_on(cast.valence, (20,))

    page = cast.client("aicha").get("/valence/projects/pace/").content.decode()
    assert "se compte en jours entiers" in page
    assert "d’après 11 projets de 2 territoires réunis" in page.replace("\xa0", " ")


@pytest.mark.usefixtures("made_anew", "on_that_day")  # nobody is silent for long yet
def test_the_page_is_the_hosts_and_costs_the_same_for_many(cast):
    host = cast.client("aicha")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = host.get("/valence/projects/pace/")
        assert page.status_code == 200
        return len(asked)

    make_project(cast.valence)
    cost()
    few = cost()
    many_that_spoke(cast.valence, 5)
    assert cost() == few
    for name in ("bruno", "hugo", None):
        assert cast.client(name).get("/valence/projects/pace/").status_code == 404
