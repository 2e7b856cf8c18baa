"""What people do on the sorting table: lay ideas into groups, open, merge and take off groups."""

from collections.abc import Sequence
from datetime import datetime

from essor.harvest.actions.moves import Kind, new_group, on_table, standing, write_move
from essor.harvest.models import Group, Harvest, Idea, Placing, SortingMove
from essor.kit.locks import lock
from essor.ledger.actions import action
from essor.people.models import Person

LONGEST_NAME = 120
MOST_LOOKED_AT = 200
"""Moves among which an act looks for the one that it overtook."""


class NoIdeas(Exception):
    """None of the ideas chosen lies on the table (any more)."""


class GroupGone(Exception):
    """``group`` was taken off the table meanwhile."""

    def __init__(self, group: Group) -> None:
        super().__init__(str(group))
        self.group = group


class MergedMeanwhile(Exception):
    """``group`` went into another one, ``into``, by the move ``move``, before this act came."""

    def __init__(self, group: Group, into: Group, move: SortingMove | None) -> None:
        super().__init__(f"{group} is in {into}")
        self.group, self.into, self.move = group, into, move


class TooFew(Exception):
    """Merging takes two groups."""


@action
def place_ideas(
    *,
    harvest: Harvest,
    ideas: Sequence[str],
    group: Group | None,
    by: Person | None,
    at: datetime,
    since: int | None = None,
) -> SortingMove | None:
    """Lay ideas (public ids) into ``group``, or back among those not sorted (``None``).

    The last one to move an idea wins. ``since`` is the number of the last move that the mover saw:
    where somebody else moved an idea after it, this move says so to both. A group that was merged
    meanwhile leads to the one it went into. ``None`` where all lay there already. Raises
    ``NoIdeas`` and ``GroupGone``.
    """
    harvest = lock(harvest)
    into = _there(group)
    chosen = _chosen(harvest, ideas)
    over = _overtaken(harvest, chosen, into, since, by)
    told: dict[str, object] = {"over": over} if over else {}
    if len(chosen) < len(set(ideas)):
        told["gone"] = len(set(ideas)) - len(chosen)
    return write_move(
        harvest=harvest, kind=Kind.PLACE, places=dict.fromkeys(chosen, (into, True)), changes={},
        by=by, at=at, told=told,
    )  # fmt: skip


@action
def open_group(
    *, harvest: Harvest, name: str, ideas: Sequence[str], by: Person | None, at: datetime
) -> SortingMove:
    """A new group with the ideas chosen, perhaps none yet; what they leave behind stays apart.

    Raises ``NoIdeas`` where ideas were chosen and none lies on the table any more.
    """
    harvest = lock(harvest)
    chosen = _chosen(harvest, ideas) if ideas else []
    name = " ".join(name.split())[:LONGEST_NAME]
    group = new_group(harvest=harvest, name=name, named_by_hand=bool(name), at=at)
    places: dict[Idea, tuple[Group | None, bool]] = dict.fromkeys(chosen, (group, True))
    left = Placing.objects.filter(idea__in=chosen).exclude(group=None).values("group")
    for each in Placing.objects.filter(group__in=left).select_related("idea", "group"):
        places.setdefault(each.idea, (each.group, True))
    move = write_move(
        harvest=harvest, kind=Kind.OPEN, places=places, changes={group: {"removed": False}},
        by=by, at=at, told={"name": name},
    )  # fmt: skip
    assert move is not None, "a new group is always a change"
    return move


@action
def merge_groups(
    *, harvest: Harvest, into: Group, groups: Sequence[Group], by: Person | None, at: datetime
) -> SortingMove:
    """Lay the ideas of ``groups`` into ``into``; the emptied groups lead there from now on.

    What lies in the merged group counts as laid by hand: no proposal takes it apart. Raises
    ``MergedMeanwhile`` where one of them went into another group before (nothing is changed then),
    ``GroupGone``, and ``TooFew``.
    """
    harvest = lock(harvest)
    fresh = {
        each.pk: each
        for each in harvest.groups.select_related("merged_into").filter(
            pk__in=[into.pk, *(group.pk for group in groups)]
        )
    }
    sources = [fresh[each.pk] for each in groups if each.pk != into.pk]
    target = fresh[into.pk]
    for group in (target, *sources):
        if group.merged_into is not None:
            raise MergedMeanwhile(group, standing(group), _merge_of(harvest, group))
        if group.removed:
            raise GroupGone(group)
    if not sources:
        raise TooFew
    lying = Placing.objects.filter(group__in=[target, *sources]).select_related("idea")
    name = {"name": sources[0].name, "named_by_hand": sources[0].named_by_hand}
    move = write_move(
        harvest=harvest,
        kind=Kind.MERGE,
        places={each.idea: (target, True) for each in lying.order_by("order", "id")},
        changes={
            **({target: name} if not target.name and sources[0].name else {}),
            **{group: {"merged_into": target} for group in sources},
        },
        by=by,
        at=at,
    )
    assert move is not None, "a merged group is always a change"
    return move


@action
def remove_group(
    *, harvest: Harvest, group: Group, by: Person | None, at: datetime
) -> SortingMove | None:
    """Take a group off the table; its ideas go back among those not sorted yet.

    ``None`` where it is off already. Raises ``MergedMeanwhile``.
    """
    harvest = lock(harvest)
    group.refresh_from_db()
    if group.merged_into is not None:
        raise MergedMeanwhile(group, standing(group), _merge_of(harvest, group))
    lying = Placing.objects.filter(group=group).select_related("idea").order_by("order", "id")
    return write_move(
        harvest=harvest, kind=Kind.REMOVE, places={each.idea: (None, False) for each in lying},
        changes={group: {"removed": True}}, by=by, at=at,
    )  # fmt: skip


def _there(group: Group | None) -> Group | None:
    if group is None:
        return None
    group.refresh_from_db()
    group = standing(group)
    if group.removed:
        raise GroupGone(group)
    return group


def _chosen(harvest: Harvest, ideas: Sequence[str]) -> list[Idea]:
    """The ideas named that lie on the table, in the order in which they were named."""
    found = {each.public_id: each for each in on_table(harvest).filter(public_id__in=ideas)}
    if not found:
        raise NoIdeas
    return [found[key] for key in dict.fromkeys(ideas) if key in found]


def _overtaken(
    harvest: Harvest, chosen: list[Idea], into: Group | None, since: int | None, by: Person | None
) -> dict[str, str]:
    """Ideas that somebody else moved elsewhere than ``into`` after ``since``, each with that move."""
    if since is None:
        return {}
    there, keys = (into.public_id if into else ""), {each.public_id for each in chosen}
    over: dict[str, str] = {}
    for move in harvest.moves.filter(pk__gt=since).order_by("-id")[:MOST_LOOKED_AT]:
        for key in keys & set(move.ideas):
            keys.discard(key)
            if move.by_id != (by.pk if by else None) and move.ideas[key][0] != there:
                over[key] = move.public_id
    return over


def _merge_of(harvest: Harvest, group: Group) -> SortingMove | None:
    """The move by which ``group`` went into another one, if it is among the latest."""
    merges = harvest.moves.filter(kind=Kind.MERGE).select_related("by").order_by("-id")[:50]
    return next((each for each in merges if group.public_id in each.groups), None)
