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

from essor.kit.prepared import Prepared

M = TypeVar("M", bound=Model)


class NotInTransaction(RuntimeError):
    """A lock outside a transaction would be gone before it is of use."""


def lock_all(*rows: M) -> list[M]:
    """Lock ``rows`` until the transaction ends; fresh copies come back in the order given."""
    if not connection.in_atomic_block:
        raise NotInTransaction("Take locks inside an action.")
    fresh = {
        (type(row), row.pk): _locked(row)
        for row in sorted(rows, key=lambda row: (row._meta.db_table, row.pk))
    }
    return [fresh[type(row), row.pk] for row in rows]


def lock(row: M) -> M:
    """Lock one row; to lock several, give them to ``lock_all`` at once."""
    return lock_all(row)[0]


def _locked(row: M) -> M:
    kind = type(row)
    found = _by_key(kind).first(row.pk)
    if found is None:
        raise kind.DoesNotExist  # type: ignore[attr-defined]
    return cast(M, found)


@cache
def _by_key(kind: type[Model]) -> Prepared[Model]:
    return Prepared(lambda key: _locking(kind, key), int)


def _locking(kind: type[Model], key: int) -> QuerySet[Model]:
    no_key = connection.features.has_select_for_no_key_update
    return kind._base_manager.select_for_update(no_key=no_key).filter(pk=key)
