"""How anything moves on the sorting table: as one move that says what was before and after.

Placing, merging, splitting, naming, accepting a proposal all go through ``write_move``; taking a
move back is a move too, and can be taken back itself. The harvest is locked meanwhile, so moves of
one table happen one after the other, whoever makes them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from essor.harvest.models import Group, Harvest, Idea, Placing, SortingMove
from essor.kit.locks import lock
from essor.ledger.actions import action, nothing_changed, record, step
from essor.people.models import Person

Kind = SortingMove.Kind
Places = Mapping[Idea, tuple[Group | None, bool]]
"""Where ideas shall lie, and whether a person (not a proposal) lays them there."""
Laid = tuple[Idea, Group | None, bool]
Changes = Mapping[Group, Mapping[str, Any]]
"""New values of a group's fields; moves keep ``merged_into`` as a public id."""


class NothingToUndo(Exception):
    """The move was taken back already, or everything it moved was moved again since."""


def room_of(harvest: Harvest) -> str:
    """The live stream of a harvest's sorting table."""
    return f"sorting:{harvest.public_id}"


def on_table(harvest: Harvest) -> QuerySet[Idea]:
    """The ideas that may be sorted: neither hidden nor withdrawn."""
    return Idea.objects.filter(harvest=harvest, state=Idea.State.SHOWN)


@step
def write_move(
    *,
    harvest: Harvest,
    kind: str,
    places: Places,
    changes: Changes,
    by: Person | None,
    at: datetime,
    told: Mapping[str, Any] | None = None,
    undoes: SortingMove | None = None,
) -> SortingMove | None:
    """Carry out a move on a locked harvest; ``None`` (and no line) where all is as asked.

    ``told`` goes into ``after`` beside the changes: what the mover must hear.
    """
    lie = {each.idea_id: each for each in Placing.objects.filter(idea__in=list(places))}
    names = _names_of(lie.values())
    before: dict[str, Any] = {"ideas": {}, "groups": {}}
    after: dict[str, Any] = {"ideas": {}, "groups": {}}
    moving: list[Laid] = []
    staying: list[Laid] = []
    for idea, (group, by_hand) in places.items():
        now = lie.get(idea.pk)
        here = [names.get(now.group_id or 0, ""), now.by_hand] if now else ["", False]
        there = [group.public_id if group else "", by_hand]
        if here != there:
            before["ideas"][idea.public_id], after["ideas"][idea.public_id] = here, there
            (staying if here[0] == there[0] else moving).append((idea, group, by_hand))
    for group, wanted in changes.items():
        present = {name: value_of(group, name) for name in wanted}
        fresh = {name: _plain(value) for name, value in wanted.items()}
        changed = [name for name in fresh if fresh[name] != present[name]]
        if changed:
            before["groups"][group.public_id] = {name: present[name] for name in changed}
            after["groups"][group.public_id] = {name: fresh[name] for name in changed}
            _change(group, {name: wanted[name] for name in changed})
    if not after["ideas"] and not after["groups"]:
        nothing_changed()
        return None
    _lay(harvest, moving, by, at)
    _hold(staying, by, at)
    move = SortingMove.objects.create(
        harvest=harvest, kind=kind, before=before, after={**after, **(told or {})}, undoes=undoes,
        by=by, at=at,
    )  # fmt: skip
    record(by=by, at=at, verb="sorted", of=harvest, territory=harvest.territory,
           room=room_of(harvest), data={"move": move.public_id, "kind": kind})  # fmt: skip
    return move


def value_of(group: Group, name: str) -> Any:
    """A field of a group as moves keep it."""
    if name == "merged_into":
        return group.merged_into.public_id if group.merged_into else ""
    return getattr(group, name)


def _plain(value: Any) -> Any:
    return value.public_id if isinstance(value, Group) else "" if value is None else value


def _names_of(placings: Any) -> dict[int, str]:
    keys = {each.group_id for each in placings} - {None}
    return dict(Group.objects.filter(pk__in=keys).values_list("pk", "public_id"))


def _change(group: Group, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(group, name, value)
    group.version += 1
    group.save(update_fields=[*fields, "version"])


def _lay(
    harvest: Harvest,
    moving: list[Laid],
    by: Person | None,
    at: datetime,
) -> None:
    """Write where ideas lie, on top of what lies there."""
    if not moving:
        return
    top = Placing.objects.filter(idea__harvest=harvest).aggregate(top=Max("order"))["top"] or 0
    Placing.objects.bulk_create(
        [
            Placing(idea=idea, group=group, order=top + turn, by_hand=by_hand, moved_by=by,
                    moved_at=at)
            for turn, (idea, group, by_hand) in enumerate(moving, start=1)
        ],
        update_conflicts=True,
        unique_fields=["idea"],
        update_fields=["group", "order", "by_hand", "moved_by", "moved_at"],
        batch_size=500,
    )  # fmt: skip


def _hold(staying: list[Laid], by: Person | None, at: datetime) -> None:
    """Say of ideas that stay where they are whether a person wants them there."""
    for wanted in (True, False):
        ideas = [idea for idea, _, by_hand in staying if by_hand == wanted]
        known = Placing.objects.filter(idea__in=ideas)
        missing = {idea.pk for idea in ideas} - set(known.values_list("idea_id", flat=True))
        known.update(by_hand=wanted)
        Placing.objects.bulk_create(
            Placing(idea_id=pk, by_hand=wanted, moved_by=by, moved_at=at) for pk in sorted(missing)
        )


def new_group(*, harvest: Harvest, at: datetime, **fields: Any) -> Group:
    """A group with the next number of its harvest; call it under the harvest's lock.

    It is made off the table, so that the move which lays it there can be taken back.
    """
    last = harvest.groups.aggregate(last=Max("order"))["last"] or 0
    return Group.objects.create(
        harvest=harvest, order=last + 1, removed=True, created_at=at, **fields
    )


def standing(group: Group) -> Group:
    """The group itself or, where it was merged, the one it has gone into since."""
    seen = {group.pk}
    while group.merged_into is not None and group.merged_into_id not in seen:
        group = group.merged_into
        seen.add(group.pk)
    return group


@action
def undo_move(
    *, harvest: Harvest, move: SortingMove, by: Person | None, at: datetime
) -> SortingMove:
    """Take a move back as far as nobody moved the same things since; says how much stayed.

    What was moved again since stays where it is. Raises ``NothingToUndo`` when that is everything.
    """
    harvest = lock(harvest)
    move = lock(move)
    if move.undone_at is not None:
        raise NothingToUndo
    groups = {each.public_id: each for each in harvest.groups.select_related("merged_into")}
    places, stayed = _places_back(harvest, move, groups)
    changes = _changes_back(move, groups)
    _keep_what_is_needed(move, changes, groups, stayed)
    if (move.ideas and not places) or (not places and not changes):
        raise NothingToUndo
    undoing = write_move(
        harvest=harvest, kind=Kind.UNDO, places=places, changes=changes, by=by, at=at,
        told={"left": stayed}, undoes=move,
    )  # fmt: skip
    if undoing is None:
        raise NothingToUndo
    move.undone_at = at
    move.save(update_fields=["undone_at"])
    return undoing


def _places_back(
    harvest: Harvest, move: SortingMove, groups: Mapping[str, Group]
) -> tuple[dict[Idea, tuple[Group | None, bool]], int]:
    """Where the ideas of ``move`` lay before, for those that still lie where it put them."""
    back: dict[Idea, tuple[Group | None, bool]] = {}
    stayed = 0
    found = Idea.objects.filter(harvest=harvest, public_id__in=move.ideas).order_by("id")
    for idea in found.select_related("placing__group"):
        lies = _lies(idea)
        if lies != move.ideas[idea.public_id][0]:
            stayed += 1
            continue
        key, by_hand = move.before["ideas"][idea.public_id]
        back[idea] = (_still(groups.get(key), move), by_hand)
    return back, stayed


def _lies(idea: Idea) -> str:
    placing = getattr(idea, "placing", None)
    return placing.group.public_id if placing and placing.group else ""


def _still(group: Group | None, move: SortingMove) -> Group | None:
    """The group where something lay: gone into another one since, or off the table by another move."""
    if group is None:
        return None
    if group.public_id in move.groups:
        return group  # this very move took it off, or merged it: it comes back with its ideas
    group = standing(group)
    return None if group.removed else group


def _changes_back(move: SortingMove, groups: Mapping[str, Group]) -> dict[Group, dict[str, Any]]:
    """What ``move`` changed of groups, back to before, where nobody changed it again since."""
    back = {}
    for key, fields in move.groups.items():
        group = groups.get(key)
        if group is None:
            continue
        same = [name for name in fields if value_of(group, name) == fields[name]]
        before = move.before["groups"][key]
        if same:
            back[group] = {
                name: groups.get(before[name]) if name == "merged_into" else before[name]
                for name in same
            }
    return back


def _keep_what_is_needed(
    move: SortingMove,
    changes: dict[Group, dict[str, Any]],
    groups: Mapping[str, Group],
    stayed: int,
) -> None:
    """A group that the undoing would take off stays where somebody laid other ideas into it."""
    for key in move.groups:
        group = groups.get(key)
        if group in changes and changes[group].get("removed"):
            others = Placing.objects.filter(group=group, idea__state=Idea.State.SHOWN)
            if stayed or others.exclude(idea__public_id__in=move.ideas).exists():
                changes[group].pop("removed")
                if not changes[group]:
                    changes.pop(group)
