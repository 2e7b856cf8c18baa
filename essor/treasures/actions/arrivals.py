"""A list of treasures coming in: some lines a transaction, so that nobody waits behind it.

Each step keeps its treasures and how far it is together: a worker that is killed leaves whole steps
behind, and whoever takes the work up again goes on where the last one ended. docs/decisions/0020.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from essor.kit.lists.life import fresh, looked_at
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record, step
from essor.ledger.models import Audience
from essor.people.models import Person
from essor.treasures.bringing.compare import (
    BAD,
    CHANGED,
    DOUBTFUL,
    NEW,
    Comparison,
    beside_inventory,
)
from essor.treasures.bringing.lines import Line
from essor.treasures.models import Arrival, Treasure, TreasureList

State = Arrival.State
LEFT_TOLD = 500
THEMES = Treasure.themes.through
WRITTEN = ("name", "kind", "description", "use", "quantity", "sphere", "holder", "place", "commune",
           "commune_code", "latitude", "longitude", "precision", "as_brought",
           "changed_at")  # fmt: skip


class NothingToBring(Exception):
    """No line of it would change anything."""


class Ready(NamedTuple):
    """A line with the fields of its treasure, computed before the transaction begins."""

    line: Line
    values: dict[str, Any]


@action
def ask_to_bring(
    *, many: TreasureList, comparison: Comparison, by: Person | None, at: datetime
) -> Arrival:
    """Have the worker bring in what was shown. Raises ``ListGone`` and ``NothingToBring``."""
    many = looked_at(many)
    if not comparison.writes:
        raise NothingToBring
    many.state = TreasureList.State.COMING
    many.save(update_fields=["state"])
    arrival = Arrival.objects.create(
        many=many, total=len(comparison.verdicts), asked_by=by, asked_at=at
    )
    _line("treasures_asked_in", arrival, by=by, at=at, lines=arrival.total)
    return arrival


@action
def begin_arrival(
    *, arrival: Arrival, by: Person | None, at: datetime, again: bool = False
) -> bool:
    """The worker takes the work; False when another one has it or it was stopped meanwhile.

    ``again``: the worker that had it has died.
    """
    taken = arrival.take(at, again=again)
    if taken:
        _line("treasures_began_coming", arrival, by=by, at=at)
    else:
        nothing_changed()
    return taken


@action
def bring_some(
    *, arrival: Arrival, ready: Sequence[Ready], start: int, by: Person | None, at: datetime
) -> bool:
    """Keep the next lines, whose first is number ``start``; all of them with how far it is, or none.

    False, and nothing is written, where somebody asked to stop, or another worker goes on with it.
    """
    many = arrival.many
    territory = lock(many.territory)
    arrival = lock(arrival)
    mine = arrival.state == State.RUNNING and arrival.done == start
    if not mine or arrival.stop_asked_at:
        nothing_changed()
        return False
    many.territory = territory
    comparison = beside_inventory(many, [each.line for each in ready])
    _write(many, comparison, {each.line.number: each.values for each in ready}, at)
    arrival.done, arrival.beat_at = start + len(ready), at
    arrival.counts = dict(Counter(arrival.counts) + Counter(comparison.counts))
    arrival.left += [_left(each.line) for each in comparison.of(BAD, DOUBTFUL)]
    arrival.left = arrival.left[:LEFT_TOLD]
    arrival.save(update_fields=["done", "beat_at", "counts", "left"])
    arrival.many = many
    _line("treasures_coming", arrival, by=by, at=at, done=arrival.done)
    return True


def _left(line: Line) -> dict[str, Any]:
    return {"line": line.number, "name": line.said.name, "why": line.trouble or line.doubt}


@action
def end_arrival(*, arrival: Arrival, by: Person | None, at: datetime) -> Arrival:
    """All lines are in, or somebody asked to stop: then the list may be looked at once more.

    Where another worker goes on with it, nothing changes.
    """
    many = fresh(arrival.many)
    arrival = _fresh(arrival, many)
    unfinished = arrival.done < arrival.total
    others = unfinished and not arrival.stop_asked_at
    if arrival.state != State.RUNNING or others:
        nothing_changed()
        return arrival
    if unfinished:
        return _leave(arrival, State.STOPPED, "treasures_stopped", by=by, at=at)
    counts = {kind: arrival.counts.get(kind, 0) for kind in Comparison(()).counts}
    many.result = {"counts": counts, "left": arrival.left}
    many.table, many.state, many.applied_at = {}, TreasureList.State.APPLIED, at
    many.save()
    arrival.end(State.DONE, at, left=[])
    _line("treasures_brought_in", arrival, by=by, at=at, of=many, **counts)
    return arrival


@action
def fail_arrival(*, arrival: Arrival, by: Person | None, at: datetime) -> Arrival:
    """Something broke: what came in stays, and the list may be brought in once more."""
    many = fresh(arrival.many)
    arrival = _fresh(arrival, many)
    if not arrival.is_going:
        nothing_changed()
        return arrival
    return _leave(arrival, State.FAILED, "treasures_stopped", by=by, at=at)


@action
def stop_arrival(*, arrival: Arrival, by: Person | None, at: datetime) -> Arrival:
    """Ask the worker to stop after the step it is at. Where none works on it, it ends at once."""
    many = fresh(arrival.many)
    arrival = _fresh(arrival, many)
    if not arrival.is_going:
        nothing_changed()
        return arrival
    if arrival.ask_to_stop(at):
        return _leave(arrival, State.STOPPED, "treasures_stopped", by=by, at=at)
    _line("treasures_stop_asked", arrival, by=by, at=at)
    return arrival


@step
def _leave(arrival: Arrival, state: str, verb: str, *, by: Person | None, at: datetime) -> Arrival:
    """End it before its last line: its list waits to be looked at once more."""
    many = arrival.many
    if many.state == TreasureList.State.COMING:
        many.state = TreasureList.State.PREVIEW
        many.save(update_fields=["state"])
    arrival.end(state, at, left=[])
    _line(verb, arrival, by=by, at=at, done=arrival.done)
    return arrival


def _fresh(arrival: Arrival, many: TreasureList) -> Arrival:
    arrival = lock(arrival)
    arrival.many = many
    return arrival


@step
def _write(
    many: TreasureList, comparison: Comparison, values: dict[int, dict[str, Any]], at: datetime
) -> None:
    made = [
        Treasure(
            territory=many.territory,
            way=Treasure.Way.FILE,
            origin=each.line.origin,
            as_brought=each.line.says,
            brought_in_by=many,
            created_at=at,
            changed_at=at,
            **values[each.line.number],
        )
        for each in comparison.of(NEW)
    ]
    Treasure.objects.bulk_create(made)
    changed = []
    for each in comparison.of(CHANGED):
        assert each.treasure is not None
        told = {**values[each.line.number], "as_brought": each.line.says, "changed_at": at}
        changed.append(Treasure(pk=each.treasure.pk, territory=many.territory, **told))
    Treasure.objects.bulk_update(changed, WRITTEN, batch_size=100)
    if "themes" in many.mapping.get("columns", {}).values():
        lines = [each.line for each in (*comparison.of(NEW), *comparison.of(CHANGED))]
        _write_themes(lines, [*made, *changed], known={each.pk for each in changed})


@step
def _write_themes(lines: Sequence[Line], treasures: Sequence[Treasure], known: set[int]) -> None:
    """The file says the themes of its treasures; those ``known`` may have had others."""
    THEMES.objects.filter(treasure__in=known).delete()
    THEMES.objects.bulk_create(
        THEMES(treasure_id=treasure.pk, theme_id=theme.pk)
        for line, treasure in zip(lines, treasures, strict=True)
        for theme in line.said.themes
    )


@step
def _line(
    verb: str,
    arrival: Arrival,
    *,
    by: Person | None,
    at: datetime,
    of: TreasureList | None = None,
    **data: Any,
) -> None:
    record(
        by=by, at=at, verb=verb, of=of or arrival, territory=arrival.many.territory,
        audience=Audience.TEAM, data=data,
    )  # fmt: skip
