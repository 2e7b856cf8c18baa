"""Proposals of groups: asking for one, its computing, and what people decide on it.

A proposal moves nothing by itself. What a person laid somewhere stays there, and a group that is
locked or set aside stays as it is, whatever was proposed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from essor.harvest.actions.moves import Kind, new_group, on_table, room_of, standing, write_move
from essor.harvest.actions.sorting import LONGEST_NAME
from essor.harvest.models import Group, GroupingRun, Harvest, Idea, SortingMove
from essor.kit.locks import lock
from essor.kit.runs import StillGoing, still_going
from essor.ledger.actions import Named, action, nothing_changed, record
from essor.people.models import Person

ALONE = "alone"
"""What one decides on besides groups: ideas that are better left out of the group they lie in."""
State = GroupingRun.State


class AlreadyProposing(StillGoing):
    """A proposal is being computed for this harvest; ``run`` is that computation."""

    run: GroupingRun


class NothingToDecide(Exception):
    """The proposal is not there (yet), or all of this was decided already."""


@action
def ask_for_groups(
    *, harvest: Harvest, wanted: int | None, light: bool, by: Person, at: datetime
) -> GroupingRun:
    """Queue the computing of a proposal. ``light``: only what is not sorted finds a place.

    Earlier proposals are closed. Raises ``AlreadyProposing`` while another one goes on.
    """
    harvest = lock(harvest)
    going = still_going(harvest.grouping_runs.all(), at)
    if going is not None:
        raise AlreadyProposing(going)
    harvest.grouping_runs.filter(closed_at=None).update(closed_at=at)
    run = GroupingRun.objects.create(
        harvest=harvest, wanted=wanted, light=light, asked_by=by, asked_at=at
    )
    _line("asked_for_groups", run, by, at, {"wanted": wanted, "light": light})
    return run


@action
def begin_grouping(
    *, run: GroupingRun, by: Named | None, at: datetime, again: bool = False
) -> bool:
    """The worker takes the run; False when another one has it.

    ``again``: the worker that had it has died.
    """
    taken = run.take(at, again=again)
    if taken:
        _line("began_grouping", run, by, at, {})
    else:
        nothing_changed()
    return taken


@action
def finish_grouping(
    *, run: GroupingRun, summary: Mapping[str, Any], by: Named | None, at: datetime
) -> GroupingRun:
    """Keep what was found, to be decided on; everybody at the table hears of it."""
    run = lock(run)
    if run.state != State.RUNNING:
        nothing_changed()
        return run
    run.end(State.DONE, at, progress=1, summary={**summary, "decided": {}})
    _line("ended_grouping", run, by, at, {"run": run.public_id, "state": run.state})
    return run


@action
def fail_grouping(*, run: GroupingRun, by: Named | None, at: datetime) -> GroupingRun:
    """The computing broke: whoever asked is told, the table stays as it is."""
    run = lock(run)
    run.end(State.FAILED, at, closed_at=at)
    _line("ended_grouping", run, by, at, {"run": run.public_id, "state": run.state})
    return run


def note_progress(run: GroupingRun, *, share: float, at: datetime) -> None:
    """How far the worker is. No ledger line: a beat."""
    with transaction.atomic():
        GroupingRun.objects.filter(pk=run.pk, state=State.RUNNING).update(
            progress=share, beat_at=at
        )


@action
def accept_groups(
    *, run: GroupingRun, keys: Iterable[str] | None, by: Person | None, at: datetime
) -> SortingMove | None:
    """Do what a proposal says: for the groups named by their keys in it, or for all (``None``).

    Ideas that somebody laid down by hand since, and groups that were locked or set aside, stay as
    they are. One move, which can be taken back whole. ``None`` where nothing was left to move.
    Raises ``NothingToDecide``.
    """
    harvest, run, open_keys = _to_decide(run, keys)
    groups = {each.public_id: each for each in harvest.groups.select_related("merged_into")}
    chosen = [each for each in run.summary["groups"] if each["key"] in open_keys]
    alone = run.summary["alone"] if ALONE in open_keys else []
    free = free_ideas(harvest, [*alone, *(key for each in chosen for key in each["ideas"])])
    places: dict[Idea, tuple[Group | None, bool]] = {
        free[key]: (None, False) for key in alone if key in free and _lies_in(free[key])
    }
    changes: dict[Group, dict[str, Any]] = {}
    for proposed in chosen:
        coming = [free[key] for key in proposed["ideas"] if key in free]
        group = _group_for(harvest, groups.get(proposed["key"]), bool(coming), at)
        if group is not None:
            places.update(dict.fromkeys(coming, (group, False)))
            changes[group] = _said_of(group, proposed)
    _decide(run, dict.fromkeys(open_keys, "accepted"), at)
    return write_move(
        harvest=harvest, kind=Kind.PROPOSAL, places=places, changes=changes, by=by, at=at,
        told={"run": run.public_id},
    )  # fmt: skip


@action
def leave_groups(
    *, run: GroupingRun, keys: Iterable[str] | None, by: Person | None, at: datetime
) -> GroupingRun:
    """Decide against groups of a proposal, or against all that is left of it (``None``).

    Raises ``NothingToDecide``.
    """
    _harvest, run, open_keys = _to_decide(run, keys)
    _decide(run, dict.fromkeys(open_keys, "left"), at)
    _line("left_groups", run, by, at, {"groups": len(open_keys)})
    return run


def free_ideas(harvest: Harvest, keys: Iterable[str]) -> dict[str, Idea]:
    """Of these ideas, those that a proposal may move: on the table, and laid down by nobody."""
    found = on_table(harvest).filter(public_id__in=list(keys)).select_related("placing__group")
    return {each.public_id: each for each in found.order_by("id") if is_free(each)}


def is_free(idea: Idea) -> bool:
    placing = getattr(idea, "placing", None)
    if placing is None:
        return True
    shut = placing.group is not None and (placing.group.locked or placing.group.parked)
    return not placing.by_hand and not shut


def _lies_in(idea: Idea) -> Group | None:
    placing = getattr(idea, "placing", None)
    return placing.group if placing else None


def _to_decide(
    run: GroupingRun, keys: Iterable[str] | None
) -> tuple[Harvest, GroupingRun, list[str]]:
    """The harvest and the run, locked, and the keys that nobody has decided on yet."""
    harvest = lock(run.harvest)
    run = lock(run)
    if run.state != State.DONE or run.closed_at is not None:
        raise NothingToDecide
    known = [*(each["key"] for each in run.summary["groups"]), ALONE]
    wanted = set(known if keys is None else keys)
    left = [key for key in known if key in wanted and key not in run.summary["decided"]]
    if not left:
        raise NothingToDecide
    return harvest, run, left


def _decide(run: GroupingRun, decisions: Mapping[str, str], at: datetime) -> None:
    decided = {**run.summary["decided"], **decisions}
    run.summary = {**run.summary, "decided": decided}
    if {each["key"] for each in run.summary["groups"]} <= set(decided):
        run.closed_at = at
    run.save(update_fields=["summary", "closed_at"])


def _group_for(harvest: Harvest, group: Group | None, coming: bool, at: datetime) -> Group | None:
    """The group that a proposed one is, or a new one; None where people closed it meanwhile."""
    if group is None:
        return new_group(harvest=harvest, at=at) if coming else None
    group = standing(group)
    shut = group.removed or group.locked or group.parked
    return None if shut else group


def _said_of(group: Group, proposed: Mapping[str, Any]) -> dict[str, Any]:
    """The name, reasons and certainty that a group gets; a name given by hand stays."""
    said: dict[str, Any] = {
        "removed": False,
        "reasons": proposed["reasons"],
        "certainty": proposed["certainty"],
    }
    if not group.named_by_hand:
        said["name"] = proposed["title"][:LONGEST_NAME]
    return said


def _line(
    verb: str, run: GroupingRun, by: Named | None, at: datetime, data: dict[str, Any]
) -> None:
    harvest = run.harvest
    record(
        by=by, at=at, verb=verb, of=run, territory=harvest.territory, room=room_of(harvest),
        data=data,
    )  # fmt: skip
