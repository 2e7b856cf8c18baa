"""Many treasures at once: a file read and previewed; ``arrivals`` brings it in."""

from datetime import datetime
from typing import Any

from essor.kit.lists.life import drop, fresh, looked_at, same_open
from essor.ledger.actions import action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.territories.models import Territory
from essor.treasures.bringing.columns import guessed, signature
from essor.treasures.bringing.compare import WITHOUT_PLACE
from essor.treasures.bringing.reading import Read
from essor.treasures.models import Treasure, TreasureList

State = TreasureList.State


@action
def keep_file(
    *, territory: Territory, file: Read, filename: str, by: Person | None, at: datetime
) -> TreasureList:
    """Keep what was read of a file for its preview; the same file that still waits is one list."""
    waiting = same_open(TreasureList.objects.filter(territory=territory), file.digest)
    if waiting is not None:
        nothing_changed()
        waiting.territory = territory
        return waiting
    many = TreasureList(
        territory=territory,
        filename=filename[-200:],
        digest=file.digest,
        signature=signature(file.header),
        table={"header": file.header, "lines": file.lines, "unvalued": file.unvalued},
        made_by=by,
        made_at=at,
    )
    many.mapping = first_mapping(many)
    many.save()
    line("treasures_read", many, by=by, at=at)
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
    many = looked_at(many)
    many.mapping, many.source = mapping, source
    many.save(update_fields=["mapping", "source"])
    line("treasures_mapped", many, by=by, at=at)
    return many


@action
def drop_list(*, many: TreasureList, by: Person | None, at: datetime) -> TreasureList:
    """Forget a list; twice is once. What had come in before it was stopped stays.

    Raises ``ListGone``.
    """
    many = fresh(many)
    if drop(many):
        line("treasures_dropped", many, by=by, at=at)
    else:
        nothing_changed()
    return many


@step
def line(verb: str, many: TreasureList, *, by: Person | None, at: datetime, **data: Any) -> None:
    record(
        by=by, at=at, verb=verb, of=many, territory=many.territory, audience=Audience.TEAM,
        data=data,
    )  # fmt: skip
