"""Importing lists of people: read and previewed first, then applied whole or not at all."""

import hashlib
from datetime import datetime
from typing import Any

from essor.evenings.actions.list_writing import change_people, mark_facilitators, register_people
from essor.evenings.listing.compare import (
    BAD,
    CHANGED,
    HOLDS,
    NEW,
    SAME,
    Comparison,
    Verdict,
)
from essor.evenings.listing.reading import (
    blank_columns,
    chosen,
    comparison_of,
    first_mapping,
    kept_tables,
    table_of,
)
from essor.evenings.models import ColumnMapping, Evening, ImportBatch
from essor.kit import clock
from essor.kit.lists.life import drop, fresh, looked_at, same_open
from essor.kit.locks import lock
from essor.kit.sheets import read_workbook
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person

State = ImportBatch.State


class EveningOver(Exception):
    """The evening is over: nobody is registered for it any more."""


class NothingToImport(Exception):
    """No line of the list can be imported with these columns."""


@action
def read_list(
    *, evening: Evening, data: bytes, filename: str, by: Person | None, at: datetime
) -> ImportBatch:
    """Read a file for its preview; the same file that still waits is the same batch.

    Raises ``SheetRefused`` (with words for whoever sent it) and ``EveningOver``.
    """
    if evening.state == Evening.State.OVER:
        raise EveningOver
    digest = hashlib.sha256(data).hexdigest()
    waiting = same_open(evening.import_batches.all(), digest)
    if waiting is not None:
        nothing_changed()
        return waiting
    batch = ImportBatch(
        evening=evening,
        filename=filename[-200:],
        digest=digest,
        table=kept_tables(read_workbook(data, name=filename)),
        made_by=by,
        made_at=at,
    )
    batch.mapping = first_mapping(batch)
    batch.save()
    _line("list_read", batch, by=by, at=at, lines=len(table_of(batch).lines))
    return batch


@action
def map_list(
    *,
    batch: ImportBatch,
    columns: dict[int, str],
    challenges: dict[str, str],
    spheres: dict[str, str],
    all_facilitate: bool,
    sheet: int,
    by: Person | None,
    at: datetime,
) -> ImportBatch:
    """Say what the columns mean, and which challenge or sphere some words mean.

    Another ``sheet`` of the file begins with a mapping of its own. Raises ``ListGone``.
    """
    batch = looked_at(batch)
    if sheet != batch.table["chosen"] and 0 <= sheet < len(batch.table["sheets"]):
        batch.table["chosen"] = sheet
        batch.mapping = first_mapping(batch)
    else:
        batch.mapping = {
            "columns": {str(column): key for column, key in sorted(columns.items()) if key},
            "challenges": challenges,
            "spheres": spheres,
            "all_facilitate": all_facilitate,
        }
    batch.save(update_fields=["mapping", "table"])
    _line("list_mapped", batch, by=by, at=at)
    return batch


@action
def apply_list(*, batch: ImportBatch, by: Person | None, at: datetime) -> ImportBatch:
    """Register everybody of the list who can be, change who changed, delete nobody.

    One transaction under the evening's lock: all of it or none. The lines themselves are then
    forgotten, but for those that were left out. Raises ``ListGone``, ``EveningOver`` and
    ``NothingToImport``.
    """
    evening = lock(batch.evening)
    batch = looked_at(batch)
    batch.evening = evening
    if evening.state == Evening.State.OVER:
        raise EveningOver
    comparison = comparison_of(batch, today=clock.today())
    if not comparison.of(NEW, CHANGED, HOLDS, SAME) and comparison.of(BAD):
        raise NothingToImport
    covered = frozenset(batch.mapping.get("columns", {}).values())
    made = register_people(evening, comparison.of(NEW), by=by, at=at)
    changed = change_people(evening, comparison.of(CHANGED), covered, by=by, at=at)
    mark_facilitators(evening, comparison.of(HOLDS), by=by, at=at)
    _remember(batch, at)
    batch.result = _result(batch, comparison, made | changed)
    batch.table = {"chosen": 0, "sheets": [chosen(batch) | {"lines": []}]}
    batch.state, batch.applied_at = State.APPLIED, at
    batch.save()
    _line("list_imported", batch, by=by, at=at, **comparison.counts)
    return batch


@action
def drop_list(*, batch: ImportBatch, by: Person | None, at: datetime) -> ImportBatch:
    """Forget a list without importing it; dropping twice is dropping once."""
    batch = fresh(batch)
    if drop(batch):
        _line("list_dropped", batch, by=by, at=at)
    else:
        nothing_changed()
    return batch


def _remember(batch: ImportBatch, at: datetime) -> None:
    """Keep the mapping for the next file with these columns; words for challenges are the
    evening's own and are not kept."""
    kept = {
        "columns": batch.mapping["columns"],
        "spheres": batch.mapping.get("spheres", {}),
        "blank": blank_columns(table_of(batch)),
    }
    ColumnMapping.objects.update_or_create(
        territory=batch.evening.territory,
        signature=chosen(batch)["signature"],
        defaults={"mapping": kept, "used_at": at},
    )


def _result(batch: ImportBatch, comparison: Comparison, ids: dict[int, str]) -> dict[str, Any]:
    """What the report shows, and what the next version of this list is compared with.

    Names are not kept: registrations are named by their public id; only lines that were left
    out are kept whole, so that nothing is lost.
    """
    cells = dict(table_of(batch).lines)
    left = [{"line": v.line.number, "cells": cells[v.line.number]} for v in comparison.of(BAD)]
    return {
        "signature": chosen(batch)["signature"],
        "said": {
            verdict.line.key: verdict.line.said for verdict in comparison.of(NEW, CHANGED, SAME)
        },
        "counts": comparison.counts,
        "lines": [_kept(verdict, ids) for verdict in comparison.verdicts],
        "left": left,
        "missing": [registration.public_id for registration in comparison.missing],
    }


def _kept(verdict: Verdict, ids: dict[int, str]) -> dict[str, Any]:
    known = verdict.registration.public_id if verdict.registration is not None else ""
    kept: dict[str, Any] = {
        "line": verdict.line.number,
        "kind": verdict.kind,
        "id": ids.get(verdict.line.number, known),
    }
    if verdict.same_as:
        kept["same_as"] = verdict.same_as
    if verdict.line.problems:
        kept["problems"] = [
            {"kind": each.kind, "code": each.code, "values": each.values}
            for each in verdict.line.problems
        ]
    return kept


def _line(verb: str, batch: ImportBatch, *, by: Named | None, at: datetime, **counts: int) -> None:
    evening = batch.evening
    record(
        by=by,
        at=at,
        verb=verb,
        of=batch,
        territory=evening.territory,
        data={"evening": evening.public_id, **counts},
    )
