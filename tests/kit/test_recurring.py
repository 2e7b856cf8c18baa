"""Jobs that come back: each turn once however many workers, none lost with a worker that dies."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from essor.kit import clock, recurring
from essor.kit.limits import TooOften, spend
from essor.kit.models import Turn, WorkerSeen
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@task()
def sweep() -> None:
    """A job of the tests."""


@pytest.fixture(autouse=True)
def only_sweep(monkeypatch):
    monkeypatch.setattr(recurring, "_jobs", {})
    recurring.recurring(HOUR)(sweep)


def queued() -> int:
    return DBTaskResult.objects.filter(task_path=sweep.module_path).count()


def test_first_turn_comes_at_once_and_the_next_after_its_period():
    assert recurring.beat("w1", at=NOW) == [sweep.module_path]
    assert recurring.beat("w1", at=NOW + HOUR / 2) == []
    assert recurring.beat("w1", at=NOW + HOUR) == [sweep.module_path]
    assert queued() == 2


def test_turns_missed_while_nobody_worked_are_taken_once():
    recurring.beat("w1", at=NOW)
    recurring.beat("w1", at=NOW + 100 * HOUR)
    assert recurring.beat("w1", at=NOW + 100 * HOUR + HOUR / 2) == []
    assert queued() == 2


def test_six_workers_at_the_same_instant_take_one_turn():
    Turn.objects.create(name=sweep.module_path, due_at=NOW)
    start, taken = threading.Barrier(6), []

    def work(number):
        try:
            start.wait()
            taken.extend(recurring.beat(f"w{number}", at=NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert taken == [sweep.module_path]
    assert queued() == 1
    assert WorkerSeen.objects.count() == 6


def abandoned(*workers: str, started: timedelta = timedelta(minutes=10)):
    result = sweep.enqueue()
    DBTaskResult.objects.filter(pk=result.id).update(
        status=TaskResultStatus.RUNNING, worker_ids=list(workers), started_at=NOW - started
    )
    return result.id


def status_of(job) -> str:
    return DBTaskResult.objects.get(pk=job).status


def test_job_of_a_dead_worker_is_given_back():
    job = abandoned("dead")
    assert recurring.take_up_abandoned(at=NOW) == 1
    assert status_of(job) == TaskResultStatus.READY


def test_job_of_a_living_worker_is_left_alone_however_long_it_takes():
    job = abandoned("alive", started=5 * HOUR)
    WorkerSeen.objects.create(worker="alive", at=NOW - timedelta(seconds=30))
    assert recurring.take_up_abandoned(at=NOW) == 0
    assert status_of(job) == TaskResultStatus.RUNNING


def test_job_just_begun_is_left_alone():
    job = abandoned("new", started=timedelta(seconds=30))
    assert recurring.take_up_abandoned(at=NOW) == 0
    assert status_of(job) == TaskResultStatus.RUNNING


def test_job_of_the_worker_before_in_the_same_house_is_given_back_at_once():
    """One worker at a time lives in a house: a new one knows that the one before has died."""
    job = abandoned("house-1/one", started=timedelta(seconds=5))
    WorkerSeen.objects.create(worker="house-1/one", at=NOW - timedelta(seconds=1))
    assert recurring.take_up_abandoned(at=NOW, by="house-2/other") == 0
    assert recurring.take_up_abandoned(at=NOW, by="house-1/one") == 0, "it is its own"
    assert recurring.take_up_abandoned(at=NOW, by="house-1/two") == 1
    assert status_of(job) == TaskResultStatus.READY


def test_job_that_killed_three_workers_has_failed():
    job = abandoned("one", "two", "three")
    recurring.take_up_abandoned(at=NOW)
    assert status_of(job) == TaskResultStatus.FAILED


def test_allowance_is_spent_and_comes_back_after_its_window():
    window = timedelta(minutes=10)
    for _ in range(3):
        spend("codes:ines", limit=3, window=window, at=NOW)
    with pytest.raises(TooOften) as refused:
        spend("codes:ines", limit=3, window=window, at=NOW + window / 2)
    assert refused.value.retry_at == NOW + window
    spend("codes:denis", limit=3, window=window, at=NOW)
    spend("codes:ines", limit=3, window=window, at=NOW + window)


def test_allowance_is_not_overspent_by_twenty_at_once():
    start, done = threading.Barrier(20), []

    def try_it():
        try:
            start.wait()
            spend("door:table 4", limit=5, window=HOUR, at=NOW)
            done.append(True)
        except TooOften:
            done.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [False] * 15 + [True] * 5


def test_old_things_are_put_away():
    from essor.kit.jobs import put_old_things_away
    from essor.kit.models import Allowance, Receipt

    old, young = clock.now() - timedelta(days=40), clock.now()
    for name, at in (("old", old), ("young", young)):
        Receipt.objects.create(key=name, scope="/", at=at)
        Allowance.objects.create(key=name, since=at)
    put_old_things_away.call()
    assert [each.key for each in Receipt.objects.all()] == ["young"]
    assert [each.key for each in Allowance.objects.all()] == ["young"]
