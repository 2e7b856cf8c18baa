"""Do the squashed migrations make the tables that the old ones made?

    .venv/bin/python tools/two_paths.py                             on SQLite
    python tools/postgres.py .venv/bin/python tools/two_paths.py    on PostgreSQL

Migrates one empty database by each path and compares what the database itself says of its
columns, constraints, indexes, triggers and first rows; the order of columns may differ.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parents[1]

POSTGRES = {
    "column": """SELECT attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
        attidentity, attcollation::regcollation, pg_get_expr(adbin, adrelid) FROM pg_attribute
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
        AND NOT attisdropped""",
    "constraint": """SELECT conrelid::regclass, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
FIRST_ROWS = {
    "sphere": 'SELECT code, name_fr, name_en, plural_fr, plural_en, colour, letter, "order"'
    " FROM people_sphere",
    "theme": 'SELECT territory_id, code, name_fr, name_en, "order" FROM territories_theme',
}


class OldPath(MigrationLoader):
    """The migrations as if no squashed one had been written."""

    def load_disk(self) -> None:
        super().load_disk()
        for key, squashed in list(self.disk_migrations.items()):
            if squashed.replaces:
                del self.disk_migrations[key]
                last = tuple(squashed.replaces[-1])
                for each in self.disk_migrations.values():
                    each.dependencies = [last if on == key else on for on in each.dependencies]


def old_path() -> MigrationExecutor:
    """An executor that knows the old migrations only."""
    executor = MigrationExecutor(connection)
    executor.loader = OldPath(connection)
    return executor


def pieces(sql: str) -> list[str]:
    """The words of ``CREATE TABLE t (a, b (c, d))`` without the order of what it lists."""
    found, depth = [""], 0
    for sign in re.sub(r"\s+", " ", sql):
        depth += (sign == "(") - (sign == ")")
        if depth == 1 and sign in "(,":
            found.append("")
        elif depth or sign != ")":
            found[-1] += sign
    return sorted(piece.strip() for piece in found)


def described() -> Iterator[tuple[object, ...]]:
    """What the database says of itself, a line a thing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
            )
            yield from ((kind, name, *pieces(sql)) for kind, name, sql in cursor.fetchall())
        for kind, query in (POSTGRES if connection.vendor == "postgresql" else {}).items():
            cursor.execute(query)
            yield from ((kind, *row) for row in cursor.fetchall())
        for kind, query in FIRST_ROWS.items():
            cursor.execute(query)
            yield from ((kind, *row) for row in cursor.fetchall())


def empty() -> None:
    if connection.vendor == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink()
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ["ESSOR_DATA"] = tempfile.mkdtemp(prefix="essor-two-paths-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    found = []
    for executor in (old_path, lambda: MigrationExecutor(connection)):
        path = executor()
        path.migrate(path.loader.graph.leaf_nodes())
        found.append({tuple(map(str, each)) for each in described()})
        empty()
    old, new = found
    for sign, lines in (("only old", old - new), ("only squashed", new - old)):
        for line in sorted(lines):
            print(f"{sign}: {' | '.join(line)}")
    print(f"{connection.vendor}: {len(old)} things by the old path, {len(new)} by the squashed one")
    return old != new


if __name__ == "__main__":
    sys.exit(main())
