"""Work that people wait for: who takes it, who is silent, who gives way, how it stops and ends.

The kit has no table for it: the proposals of groups and the lists that come in lend theirs.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from essor.harvest.models import GroupingRun
from essor.kit import clock
from essor.kit.runs import StillGoing, still_going
from essor.treasures.models import Arrival, TreasureList
from tests.cast import NOW, make_harvest

LATER = NOW + GroupingRun.SILENT + timedelta(seconds=1)


@pytest.fixture
def run(cast) -> GroupingRun:
    return GroupingRun.objects.create(harvest=make_harvest(cast.valence), asked_at=NOW)


@pytest.fixture
def arrival(cast) -> Arrival:
    many = TreasureList.objects.create(territory=cast.valence, made_at=NOW)
    return Arrival.objects.create(many=many, total=3, asked_at=NOW)


def test_one_worker_takes_it_and_the_second_hears_so(run):
    assert run.take(NOW)
    assert not run.take(NOW)
    run.refresh_from_db()
    assert (run.state, run.beat_at) == ("running", NOW)
    assert run.is_going


def test_work_whose_worker_died_is_taken_again_until_it_has_ended(run):
    assert run.take(NOW)
    assert run.take(LATER, again=True)
    run.refresh_from_db()
    run.end("done", LATER)
    assert not run.take(LATER, again=True)


def test_end_keeps_what_else_is_said_of_it(run):
    run.end("done", LATER, progress=1)
    run.refresh_from_db()
    assert (run.state, run.ended_at, run.percent) == ("done", LATER, 100)
    assert not run.is_going


def test_work_is_silent_from_its_last_sign_on(run):
    assert not run.is_silent(NOW + GroupingRun.SILENT)
    assert run.is_silent(LATER)
    run.beat_at = LATER
    assert not run.is_silent(LATER + timedelta(seconds=1))


def test_people_are_told_that_nobody_works_only_while_they_wait(run):
    with clock.travelling() as go:
        go(NOW)
        assert not run.nobody_works
        go(LATER)
        assert run.nobody_works
        run.end("done", LATER)
        assert not run.nobody_works


def test_one_that_goes_on_is_found_and_a_silent_one_gives_way(run):
    runs = run.harvest.grouping_runs.all()
    assert still_going(runs, NOW) == run
    assert still_going(runs, LATER) is None
    run.refresh_from_db()
    assert (run.state, run.ended_at) == ("failed", LATER)
    assert still_going(runs, LATER) is None


def test_the_database_lets_one_go_on_at_a_time(run):
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupingRun.objects.create(harvest=run.harvest, asked_at=NOW)
    run.end("failed", LATER)
    assert GroupingRun.objects.create(harvest=run.harvest, asked_at=LATER).is_going


def test_work_that_nobody_took_or_that_is_silent_stops_at_once(arrival):
    assert arrival.ask_to_stop(NOW)
    arrival.take(NOW)
    arrival.refresh_from_db()
    assert not arrival.ask_to_stop(NOW), "a worker is at it and will see that it was asked"
    assert arrival.ask_to_stop(LATER), "the worker is gone"
    arrival.refresh_from_db()
    assert arrival.stop_asked_at == NOW, "the first to ask counts"


def test_one_already_going_is_named_by_its_refusal(run):
    assert StillGoing(run).run == run
