"""Rows whose SQL is written once: what nearly every act writes, by the ORM's own ways with values.

Building and compiling an INSERT takes the ORM several times as long as sending it. ``put`` lets a
model's fields say their values, as ``save`` does, and keeps the statement; ``rewrite`` does the
same for named fields of a row that is known. No signal is sent: the house has none (``tests/repo``).
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model

from essor.kit.prepared import known_cursor

FEW = 4
"""Rows that are put one by one sooner than the ORM writes a statement for all of them."""


class NotPuttable(TypeError):
    """The model's rows need more than one statement, or values that the database makes."""


def put(row: Model) -> None:
    """Insert ``row``, which gets its number. Raises ``IntegrityError`` like ``save``."""
    meta = row._meta
    assert meta.pk is not None
    found = _sent(row, _insertion(type(row), connection.vendor, ""), _columns(type(row)))
    if _numbered(type(row)):
        setattr(row, meta.pk.attname, found[0])
    _kept(row)


def put_soon(row: Model, *, unless_there: bool = False) -> None:
    """Insert ``row`` within this transaction, like ``put``, but it gets no number.

    For rows nobody asks about before the transaction ends: PostgreSQL is told on the next way to
    it, at the latest with the commit, and complains as late. ``unless_there``: a row whose unique
    value is taken is left out.
    """
    unless = "ON CONFLICT DO NOTHING " if unless_there else ""
    told = _insertion(type(row), connection.vendor, unless)
    _soon(told, [_value(field, row, adding=True) for field in _columns(type(row))])
    _kept(row)


def put_all_soon(rows: Iterable[Model]) -> None:
    """Insert rows of one model like ``put_soon``: a few by known SQL, many in few statements."""
    told = list(rows)
    if len(told) > FEW:
        type(told[0])._base_manager.bulk_create(told, batch_size=500)
        return
    for row in told:
        put_soon(row)


def rewrite(row: Model, *names: str) -> None:
    """Write the fields ``names`` of a row that is in the database; a row that is gone stays gone.

    In a transaction, PostgreSQL is told on the next way to it.
    """
    fields = _named(type(row), names)
    sql = _change(type(row), connection.vendor, fields)
    _soon(sql, [*(_value(field, row, adding=False) for field in fields), row.pk])


def _soon(sql: str, values: list[Any]) -> None:
    soon = getattr(connection, "soon", None)
    if soon is not None:
        soon(sql, values)
        return
    with transaction.mark_for_rollback_on_error(connection.alias), known_cursor() as cursor:
        cursor.execute(sql, values)


def _sent(row: Model, sql: str, fields: "tuple[Field[Any, Any], ...]") -> Any:
    values = [_value(field, row, adding=True) for field in fields]
    with transaction.mark_for_rollback_on_error(connection.alias), known_cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _value(field: "Field[Any, Any]", row: Model, *, adding: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, adding), connection)


def _kept(row: Model) -> None:
    row._state.adding = False
    row._state.db = connection.alias


def _numbered(model: type[Model]) -> bool:
    return model._meta.auto_field is not None


@cache
def _columns(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """What ``put`` says of a row: everything but the number that the database gives."""
    meta = model._meta
    fields = tuple(each for each in meta.local_concrete_fields if each is not meta.auto_field)
    if meta.parents or any(each.has_db_default() or each.generated for each in fields):
        raise NotPuttable(meta.label)
    return fields


@cache
def _named(model: type[Model], names: tuple[str, ...]) -> "tuple[Field[Any, Any], ...]":
    known = {each.name: each for each in model._meta.local_concrete_fields}
    return tuple(known[name] for name in names)


@cache
def _insertion(model: type[Model], vendor: str, unless: str) -> str:
    fields, table = _columns(model), connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(_name(each) for each in fields)
    values = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {table} ({columns}) VALUES ({values}) {unless}RETURNING {_key(model)}"  # noqa: S608 - names of ours


@cache
def _change(model: type[Model], vendor: str, fields: "tuple[Field[Any, Any], ...]") -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    told = ", ".join(f"{_name(each)} = %s" for each in fields)
    return f"UPDATE {table} SET {told} WHERE {_key(model)} = %s"  # noqa: S608 - names of ours


def _name(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


def _key(model: type[Model]) -> str:
    assert model._meta.pk is not None
    return _name(model._meta.pk)
