"""Moves of the sorting table as its pages read them."""

from collections.abc import Iterable, Mapping
from typing import Any

from essor.harvest.models import Group, Harvest, Idea, SortingMove
from essor.harvest.sorting.words import Teller, name_of


def moves_as_data(harvest: Harvest, moves: list[SortingMove]) -> list[dict[str, Any]]:
    """What pages of the table need of moves, in a fixed number of queries: see ``move_as_data``."""
    groups = list(harvest.groups.select_related("merged_into"))
    keys = {
        key for move in moves for key in [*move.ideas, *(move.undoes.ideas if move.undoes else {})]
    }
    shown = Idea.objects.filter(harvest=harvest, public_id__in=keys, state=Idea.State.SHOWN)
    teller = Teller(groups, {each.public_id: each.words for each in shown.order_by("id")})
    earlier = overtaken_by(harvest, moves)
    return [move_as_data(teller, move, earlier) for move in moves]


def overtaken_by(harvest: Harvest, moves: Iterable[SortingMove]) -> dict[str, SortingMove]:
    """The moves that ``moves`` overtook, by public id; no query where they overtook none."""
    keys = {key for move in moves for key in move.after.get("over", {}).values()}
    if not keys:
        return {}
    found = harvest.moves.filter(public_id__in=keys).select_related("by").order_by("id")
    return {each.public_id: each for each in found}


def move_as_data(
    teller: Teller, move: SortingMove, earlier: Mapping[str, SortingMove]
) -> dict[str, Any]:
    """One move as scripts read it: absolute values, so that hearing it twice does no harm.

    ``groups`` are as they stand now; ``over`` says to whom (person's public id) what must be told.
    """
    touched = {*move.groups, *(place[0] for place in move.ideas.values())} - {""}
    over = []
    for idea, key in move.after.get("over", {}).items():
        first = earlier.get(key)
        if first is not None and first.by is not None and idea in first.ideas:
            over.append({"to": first.by.public_id, "words": teller.to_the_first(move, idea, first)})
    words = [teller.told(move), teller.over(move, earlier)]
    return {
        "move": move.public_id,
        "number": move.pk,
        "kind": move.kind,
        "by": name_of(move),
        "who": move.by.public_id if move.by else "",
        "words": " ".join(filter(None, words)),
        "ideas": {key: place[0] for key, place in move.ideas.items()},
        "groups": [
            group_as_data(teller.groups[key]) for key in sorted(touched) if key in teller.groups
        ],
        "noun": teller.noun(move),
        "undoes": move.undoes.public_id if move.undoes else "",
        "over": over,
    }


def group_as_data(group: Group) -> dict[str, Any]:
    return {
        "key": group.public_id,
        "number": group.order,
        "name": group.name,
        "locked": group.locked,
        "parked": group.parked,
        "on": group.on_table,
    }
