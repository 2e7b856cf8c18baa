"""Writers of one process take turns on SQLite: in order, and whatever ends a transaction."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from essor.kit.models import WorkerSeen
from essor.kit.sqlite import base
from essor.kit.sqlite.base import DatabaseWrapper, Turn
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the turns are SQLite's")


def in_a_thread(work):
    """Run ``work`` in a thread with its own connection."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def seen(worker):
    WorkerSeen.objects.create(worker=worker, at=NOW)


def test_turn_is_handed_on_in_the_order_in_which_it_was_asked_for():
    turn, order = Turn(), []
    assert turn.take(1)

    def wait(number):
        assert turn.take(10)
        order.append(number)
        turn.give()

    waiting = []
    for number in range(6):
        waiting.append(threading.Thread(target=wait, args=(number,)))
        waiting[-1].start()
        while len(turn.waiting) <= number:
            threading.Event().wait(0.005)
    turn.give()
    for each in waiting:
        each.join()
    assert order == list(range(6))
    assert not turn.taken


def test_whoever_waited_too_long_leaves_the_line():
    turn = Turn()
    assert turn.take(0)
    assert not turn.take(0.01)
    turn.give()
    assert turn.take(0)


@on_sqlite
@pytest.mark.parametrize("how", ["commit", "rollback", "refused", "closed"])
def test_turn_is_given_on_however_a_transaction_ends(how):
    def ends():
        with transaction.atomic():
            seen("first")
            if how == "rollback":
                transaction.set_rollback(True)
            elif how == "refused":
                seen("first")
            elif how == "closed":
                connection.close()
                raise OperationalError

    try:
        ends()
    except (IntegrityError, OperationalError):
        assert how in {"refused", "closed"}
    assert connection.turn is None
    second = in_a_thread(lambda: seen("second"))
    with transaction.atomic():
        seen("third")
    second.join(5)
    assert {"second", "third"} <= set(WorkerSeen.objects.values_list("worker", flat=True))


@on_sqlite
def test_begin_that_fails_keeps_no_turn(monkeypatch):
    def refused(self):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(base.base.DatabaseWrapper, "_start_transaction_under_autocommit", refused)
    with pytest.raises(OperationalError), transaction.atomic():
        pass
    monkeypatch.undo()
    with transaction.atomic():
        seen("after")
    assert WorkerSeen.objects.get().worker == "after"


@on_sqlite
def test_writer_that_is_not_called_in_time_is_told_that_the_database_is_locked(monkeypatch):
    monkeypatch.setattr(base, "LONGEST", 0.05)
    refused = []

    def late():
        try:
            with transaction.atomic():
                seen("late")
        except OperationalError as trouble:
            refused.append(str(trouble))

    with transaction.atomic():
        in_a_thread(late).join(5)
        seen("first")
    assert refused == ["database is locked"]
    assert WorkerSeen.objects.get().worker == "first"


@on_sqlite
def test_house_uses_it(settings):
    assert settings.DATABASES["default"]["ENGINE"] == "essor.kit.sqlite"
    assert isinstance(connection._connections[connection._alias], DatabaseWrapper)
