"""Scarce things are locked here, always in the same order, so that two writers never deadlock.

``lock`` takes rows in the order of their table and primary key whatever order they are given in,
and hands fresh copies back: what was read before the lock may be old. On PostgreSQL it takes
``FOR NO KEY UPDATE``, which lets others point at the row meanwhile; SQLite's IMMEDIATE
transaction already holds the only write lock.
"""

from functools import cache
from typing import TypeVar, cast

from django.db import connection
from django.db.models import Model, QuerySet

from essor.kit.prepared import Asking, Prepared, together

M = TypeVar("M", bound=Model)
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


class NotInTransaction(RuntimeError):
    """A lock outside a transaction would be gone before it is of use."""


def lock_all(*rows: M) -> list[M]:
    """Lock ``rows`` until the transaction ends; fresh copies come back in the order given."""
    _in_transaction()
    fresh = {
        (type(row), row.pk): _locked(row)
        for row in sorted(rows, key=lambda row: (row._meta.db_table, row.pk))
    }
    return [fresh[type(row), row.pk] for row in rows]


def lock(row: M) -> M:
    """Lock one row; to lock several, give them to ``lock_all`` at once."""
    return lock_all(row)[0]


def lock_and_ask(row: M, a: Asking[A], b: Asking[B], c: Asking[C], /) -> tuple[M, tuple[A, B, C]]:
    """Lock one row, and ask at once what must be asked under its lock: one way to PostgreSQL."""
    _in_transaction()
    found, *answers = together(_by_key(type(row)).asking(row.pk), a, b, c)
    return _the(row, found), cast(tuple[A, B, C], tuple(answers))


def _locked(row: M) -> M:
    return _the(row, _by_key(type(row)).all(row.pk))


def _the(row: M, found: list[Model]) -> M:
    if not found:
        raise type(row).DoesNotExist  # type: ignore[attr-defined]
    return cast(M, found[0])


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction("Take locks inside an action.")


@cache
def _by_key(kind: type[Model]) -> Prepared[Model]:
    return Prepared(lambda key: _locking(kind, key), int)


def _locking(kind: type[Model], key: int) -> QuerySet[Model]:
    no_key = connection.features.has_select_for_no_key_update
    return kind._base_manager.select_for_update(no_key=no_key).filter(pk=key)
