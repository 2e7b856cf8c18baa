"""Many treasures at once: read and previewed first, then brought in whole or not at all."""

import hashlib
from datetime import datetime
from typing import Any

from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.territories.models import Territory
from essor.treasures.bringing.columns import guessed, signature
from essor.treasures.bringing.compare import (
    BAD,
    CHANGED,
    DOUBTFUL,
    NEW,
    WITHOUT_PLACE,
    Comparison,
    compared,
)
from essor.treasures.bringing.reading import read
from essor.treasures.models import Treasure, TreasureList

State = TreasureList.State
LEFT_TOLD = 500
WRITTEN = ("name", "kind", "description", "use", "quantity", "sphere", "holder", "place", "commune",
           "commune_code", "latitude", "longitude", "precision", "searched", "as_brought",
           "changed_at")  # fmt: skip


class ListGone(Exception):
    """This list was brought in or forgotten meanwhile."""


class NothingToBring(Exception):
    """No line of it would change anything."""


@action
def read_file(
    *, territory: Territory, data: bytes, filename: str, by: Person | None, at: datetime
) -> TreasureList:
    """Read a file for its preview; the same file that still waits is the same list.

    Raises ``SheetRefused``.
    """
    digest = hashlib.sha256(data).hexdigest()
    waiting = TreasureList.objects.filter(
        territory=territory, digest=digest, state=State.PREVIEW
    ).first()
    if waiting is not None:
        nothing_changed()
        waiting.territory = territory
        return waiting
    table = read(data, name=filename)
    many = TreasureList(
        territory=territory,
        filename=filename[-200:],
        digest=digest,
        signature=signature(table.header),
        table={"header": table.header, "lines": table.lines},
        made_by=by,
        made_at=at,
    )
    many.mapping = first_mapping(many)
    many.save()
    _line("treasures_read", many, by=by, at=at)
    return many


def first_mapping(many: TreasureList) -> dict[str, Any]:
    """The mapping remembered for files with these columns, else a guess."""
    before = (
        TreasureList.objects.filter(
            territory=many.territory, signature=many.signature, state=State.APPLIED
        )
        .order_by("-applied_at", "-id")
        .values_list("mapping", flat=True)
        .first()
    )
    if before:
        return {**before, "remembered": True}
    return {
        "columns": {str(at): kind for at, kind in guessed(many.table["header"]).items()},
        "kind": Treasure.Kind.ECONOMIC.value,
        "precision": Treasure.Precision.ABOUT.value,
        "doubts": WITHOUT_PLACE,
    }


@action
def map_list(
    *, many: TreasureList, mapping: dict[str, Any], source: str, by: Person | None, at: datetime
) -> TreasureList:
    """Say what the columns mean, and what holds for the whole file. Raises ``ListGone``."""
    many = _waiting(many)
    many.mapping, many.source = mapping, source
    many.save(update_fields=["mapping", "source"])
    _line("treasures_mapped", many, by=by, at=at)
    return many


@action
def bring_in(*, many: TreasureList, by: Person | None, at: datetime) -> TreasureList:
    """Keep every line that can come in, under the territory's lock: all of them or none.

    Raises ``ListGone`` and ``NothingToBring``.
    """
    territory = lock(many.territory)
    many = _waiting(many)
    many.territory = territory
    comparison = compared(many)
    if not comparison.writes:
        raise NothingToBring
    _write(many, comparison, at)
    left = comparison.of(BAD, DOUBTFUL)
    many.result = {
        "counts": comparison.counts,
        "left": [
            {
                "line": each.line.number,
                "name": each.line.said.name,
                "why": each.line.trouble or each.line.doubt,
            }
            for each in left[:LEFT_TOLD]
        ],
    }
    many.table, many.state, many.applied_at = {}, State.APPLIED, at
    many.save()
    _line("treasures_brought_in", many, by=by, at=at, **comparison.counts)
    return many


@action
def drop_list(*, many: TreasureList, by: Person | None, at: datetime) -> TreasureList:
    """Forget a list without bringing it in; twice is once. Raises ``ListGone``."""
    many = _fresh(many)
    if many.state == State.DROPPED:
        nothing_changed()
        return many
    if many.state == State.APPLIED:
        raise ListGone
    many.state, many.table, many.mapping = State.DROPPED, {}, {}
    many.save(update_fields=["state", "table", "mapping"])
    _line("treasures_dropped", many, by=by, at=at)
    return many


@step
def _write(many: TreasureList, comparison: Comparison, at: datetime) -> None:
    Treasure.objects.bulk_create(
        [
            Treasure(
                territory=many.territory,
                way=Treasure.Way.FILE,
                origin=each.line.origin,
                as_brought=each.line.says,
                brought_in_by=many,
                created_at=at,
                changed_at=at,
                **each.line.said.values(),
            )
            for each in comparison.of(NEW)
        ],
        batch_size=500,
    )
    changed = []
    for each in comparison.of(CHANGED):
        assert each.treasure is not None
        told = {**each.line.said.values(), "as_brought": each.line.says, "changed_at": at}
        changed.append(Treasure(pk=each.treasure.pk, territory=many.territory, **told))
    Treasure.objects.bulk_update(changed, WRITTEN, batch_size=100)


def _fresh(many: TreasureList) -> TreasureList:
    territory = many.territory
    many = lock(many)
    many.territory = territory
    return many


def _waiting(many: TreasureList) -> TreasureList:
    many = _fresh(many)
    if many.state != State.PREVIEW:
        raise ListGone
    return many


@step
def _line(verb: str, many: TreasureList, *, by: Person | None, at: datetime, **data: Any) -> None:
    record(
        by=by, at=at, verb=verb, of=many, territory=many.territory, audience=Audience.TEAM,
        data=data,
    )  # fmt: skip
