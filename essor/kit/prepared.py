"""Queries whose SQL is written once: what every page asks again and again, with other keys.

Building and compiling a queryset takes the ORM several times as long as SQLite takes to answer it
by key, and a page of an evening begins with three or four such lookups. ``Prepared`` lets the ORM
write the SQL the first time, with marks in the places of the keys, and afterwards only puts the
keys in and makes the objects, as the ORM itself would, ``select_related`` and ``annotate`` included.

    by_slug = Prepared(lambda slug: Territory.objects.filter(slug=slug), str)
    territory = by_slug.first("jura")

Only keys vary, never the shape of the question: no ``None``, no list of values, no
``prefetch_related``, which is a query of its own. What a question says without a mark (a state, a
kind) must be the same for every caller and for ever, so never the time.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast, overload

from django.db import connection
from django.db.models import Count, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from essor.kit.ids import without_nul

M = TypeVar("M", bound=Model)
T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
Row = tuple[Any, ...]
Key = str | int
MARK = "7305918264"
Convert = tuple[int, list[Callable[..., Any]], Any]


class NotPreparable(TypeError):
    """The question's shape depends on its keys, or one of them got lost on the way."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The SQL of a question on one kind of database."""

    sql: str
    values: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    """Which key goes to which place among ``values``: (place, number of the key)."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A question, and how its rows become objects."""

    asked: _Asked
    model: type[Model]
    names: list[str]
    columns: slice
    converts: list[Convert]
    related: list[Any]
    """What makes the objects that come along (``select_related``)."""
    annotated: list[tuple[str, int]]
    """What is told of each object besides its fields (``annotate``): name and column."""


@dataclass(frozen=True, slots=True)
class Asking(Generic[T]):
    """A question with its keys, and what its rows mean."""

    sql: str
    values: list[Any]
    read: Callable[[Sequence[Row]], T]


class Prepared(Generic[M]):
    """A question to the database that differs by its keys alone.

    ``ask`` builds the queryset from keys; ``kinds`` are the types of these keys, ``str`` or ``int``.
    Raises ``NotPreparable`` when first asked where a key cannot be found in the SQL that results.
    """

    def __init__(self, ask: Callable[..., QuerySet[M]], *kinds: type[Key]) -> None:
        self.ask, self.kinds = ask, kinds
        self._written: dict[str, _Written] = {}
        self._counted: dict[str, _Asked] = {}

    def first(self, *keys: Key) -> M | None:
        """The first object, or None; ``ask`` says the order where there may be several."""
        written, values = self._ready(keys)
        return next(self._objects(written, _rows(written.asked.sql, values)), None)

    def all(self, *keys: Key) -> list[M]:
        """Every object, in the order that ``ask`` says."""
        return _answer(self.asking(*keys))

    def count(self, *keys: Key) -> int:
        """How many there are."""
        return _answer(self.counting(*keys))

    def asking(self, *keys: Key) -> "Asking[list[M]]":
        """The question of ``all``, for ``together``."""
        written, values = self._ready(keys)
        return Asking(written.asked.sql, values, lambda rows: list(self._objects(written, rows)))

    def counting(self, *keys: Key) -> "Asking[int]":
        """The question of ``count``, for ``together``."""
        counted = self._counted.get(connection.vendor) or self._write_count()
        return Asking(counted.sql, self._filled(counted, keys), lambda rows: int(rows[0][0]))

    def _ready(self, keys: tuple[Key, ...]) -> tuple[_Written, list[Any]]:
        written = self._written.get(connection.vendor) or self._write()
        return written, self._filled(written.asked, keys)

    def _objects(self, written: _Written, rows: Sequence[Row]) -> Iterator[M]:
        for row in rows:
            told = list(row)
            for column, converters, expression in written.converts:
                for convert in converters:
                    told[column] = convert(told[column], expression, connection)
            found = written.model.from_db(connection.alias, written.names, told[written.columns])
            for each in written.related:
                each.populate(told, found)
            for name, column in written.annotated:
                setattr(found, name, told[column])
            yield cast(M, found)

    def _filled(self, asked: _Asked, keys: tuple[Key, ...]) -> list[Any]:
        """What is sent with the SQL: its own values, and ``keys`` in their places."""
        if len(keys) != len(self.kinds):
            raise TypeError(f"{len(self.kinds)} keys are asked for, {len(keys)} came.")
        values = list(asked.values)
        for place, number in asked.places:
            key = self.kinds[number](keys[number])
            values[place] = without_nul(key) if isinstance(key, str) else key
        return values

    def _write(self) -> _Written:
        rows = self.ask(*self._marks)
        compiler = rows.query.get_compiler(connection=connection)
        asked = self._asked(compiler)
        if not compiler.klass_info:
            raise NotPreparable(asked.sql)
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise NotPreparable("prefetched questions are not prepared")
        select, info = compiler.select, compiler.klass_info
        own = info["select_fields"]
        converters = compiler.get_converters([each for each, *_ in select])
        written = _Written(
            asked=asked,
            model=info["model"],
            names=[select[each][0].target.attname for each in own],
            columns=slice(own[0], own[-1] + 1),
            converts=[(column, *found) for column, found in converters.items()],
            related=get_related_populators(info, select, connection.alias),  # type: ignore[call-arg]
            annotated=list((compiler.annotation_col_map or {}).items()),
        )
        self._written[connection.vendor] = written
        return written

    def _write_count(self) -> _Asked:
        query = self.ask(*self._marks).query.chain()
        query.select_related, query.default_cols, query.select = False, False, ()
        query.clear_ordering(force=True)
        query.add_annotation(Count("*"), "counted")
        counted = self._asked(query.get_compiler(connection=connection))
        self._counted[connection.vendor] = counted
        return counted

    @property
    def _marks(self) -> list[Key]:
        return [_mark(kind, number) for number, kind in enumerate(self.kinds)]

    def _asked(self, compiler: SQLCompiler) -> _Asked:
        """The SQL that ``compiler`` writes. Raises ``NotPreparable`` where a mark is not found."""
        marks = self._marks
        sql, values = compiler.as_sql()
        places = tuple(
            (place, marks.index(value)) for place, value in enumerate(values) if value in marks
        )
        changed = [value for value in values if value not in marks and MARK in str(value)]
        lost = set(range(len(marks))) - {number for _, number in places}
        if changed or lost:
            raise NotPreparable(sql)
        return _Asked(sql, tuple(values), places)


class Columns:
    """A question for columns (``values_list``) that was compiled once, its values with it.

    For unions of many parts, which take the ORM longer to write than the database to answer. Keep
    it under everything that its values were made of.
    """

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        compiler = rows.query.get_compiler(connection=connection)
        self.sql, values = compiler.as_sql()
        self.values = tuple(values)
        told = [expression for expression, *_ in compiler.select]
        self.converts: list[Convert] = [
            (column, *found) for column, found in compiler.get_converters(told).items()
        ]

    def rows(self) -> list[list[Any]]:
        """What the database says now."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            rows = [list(row) for row in cursor.fetchall()]
        for row in rows:
            for column, converters, expression in self.converts:
                for convert in converters:
                    row[column] = convert(row[column], expression, connection)
        return rows


@overload
def together(a: Asking[A], b: Asking[B], /) -> tuple[A, B]: ...
@overload
def together(a: Asking[A], b: Asking[B], c: Asking[C], /) -> tuple[A, B, C]: ...
@overload
def together(a: Asking[A], b: Asking[B], c: Asking[C], d: Asking[D], /) -> tuple[A, B, C, D]: ...
def together(*asked: Asking[Any]) -> tuple[Any, ...]:
    """The answers to questions of which none needs another's: one way to PostgreSQL and back."""
    with ExitStack() as opened:
        cursors = [opened.enter_context(known_cursor()) for _ in asked]
        with getattr(connection, "along", nullcontext)():
            for cursor, each in zip(cursors, asked, strict=True):
                cursor.execute(each.sql, each.values)
        rows = [cursor.fetchall() for cursor in cursors]
    return tuple(each.read(found) for each, found in zip(asked, rows, strict=True))


def known_cursor() -> Any:
    """A cursor for statements that come again and again, word for word, with other values.

    PostgreSQL parses and plans each of them once a connection, where connections are kept.
    """
    ask = getattr(connection, "known_cursor", connection.cursor)
    return ask()


def within(model: type[M], inside: str, *related: str) -> Prepared[M]:
    """Finds an object by the key of what it lies in (the relation ``inside``) and its public id.

    What doors ask; ``related`` comes along.
    """

    def ask(holder: int, key: str) -> QuerySet[M]:
        found = model._default_manager.filter(**{f"{inside}_id": holder, "public_id": key})
        return found.select_related(*related) if related else found

    return Prepared(ask, int, str)


def _answer(asked: Asking[T]) -> T:
    return asked.read(_rows(asked.sql, asked.values))


def _rows(sql: str, values: list[Any]) -> Sequence[Row]:
    with known_cursor() as cursor:
        cursor.execute(sql, values)
        return cast(Sequence[Row], cursor.fetchall())


def _mark(kind: type[Key], number: int) -> Key:
    """A key that occurs nowhere else, so that its place can be found again."""
    return int(f"-9{MARK}{number}") if kind is int else f"{MARK}-{number}"
