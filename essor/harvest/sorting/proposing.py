"""The sorting table as ``algos.grouping`` reads it, and what it finds as proposals keep it.

Three things are a person's word, which no proposal changes: an idea laid down by hand (in a group,
or back in the pile to sort), a name given by hand, a group that is locked or set aside.
"""

from dataclasses import dataclass
from typing import Any

from essor.algos.grouping import Group as Found
from essor.algos.grouping import Grouping, Hands, Kept, group
from essor.algos.grouping import Idea as Said
from essor.algos.text import unpack
from essor.harvest.actions.moves import on_table
from essor.harvest.models import Group, Harvest, IdeaVector


@dataclass(frozen=True, slots=True)
class Facts:
    """What grouping is given."""

    ideas: list[Said]
    previous: Grouping | None
    hands: Hands
    known: dict[str, Any]


def facts_of(harvest: Harvest, *, light: bool) -> Facts:
    """The table in four queries. ``light``: everything that lies in a group stays there."""
    groups = [each for each in harvest.groups.select_related("merged_into") if each.on_table]
    standing = {each.pk for each in groups}
    lying: dict[int, list[tuple[str, bool]]] = {each.pk: [] for each in groups}
    ideas, alone = [], []
    rows = on_table(harvest).order_by("said_at", "id")
    for key, text, correction, place, held in rows.values_list(
        "public_id", "text", "correction", "placing__group", "placing__by_hand"
    ):
        ideas.append(Said(key, correction or text))
        if place in standing:
            lying[place].append((key, bool(held)))
        elif held:
            alone.append(key)
    kept = [made for each in groups if (made := _kept(each, lying[each.pk], light)) is not None]
    before = tuple(_before(each, lying[each.pk]) for each in groups if lying[each.pk])
    vectors = IdeaVector.objects.filter(idea__harvest=harvest).order_by("idea")
    known = {
        key: unpack(bytes(vector))
        for key, vector in vectors.values_list("idea__public_id", "vector")
    }
    return Facts(
        ideas,
        Grouping(before, ()) if before else None,
        Hands(kept=tuple(kept), alone=tuple(alone)),
        known,
    )


def _kept(group: Group, lying: list[tuple[str, bool]], light: bool) -> Kept | None:
    shut = group.locked or group.parked
    held = tuple(key for key, by_hand in lying if by_hand or shut or light)
    if not held:
        return None
    title = group.name if group.named_by_hand else ""
    return Kept(group.public_id, held, title=title, locked=shut)


def _before(group: Group, lying: list[tuple[str, bool]]) -> Found:
    keys = tuple(key for key, _ in lying)
    return Found(
        group.public_id, group.name, keys, (), group.certainty or 0.0, group.locked,
        group.named_by_hand,
    )  # fmt: skip


def compute(harvest: Harvest, *, wanted: int | None, light: bool, seed: int = 1) -> dict[str, Any]:
    """A proposal as ``GroupingRun.summary`` keeps it; the same table gives the same proposal.

    ``groups``: each with ``key`` (the public id of a group on the table, or one of its own for a
    new group), ``title``, ``ideas`` (public ids), ``reasons`` (code and values) and ``certainty``;
    ``alone``: ideas that fit nowhere; ``meaning``: False where only words were compared.
    """
    facts = facts_of(harvest, light=light)
    found = group(
        facts.ideas, wanted, previous=facts.previous, hands=facts.hands, seed=seed,
        known=facts.known,
    )  # fmt: skip
    return {
        "groups": [
            {
                "key": each.key,
                "title": each.title,
                "ideas": list(each.ideas),
                "reasons": [
                    {"code": why.code, "values": _plain(dict(why.values))} for why in each.reasons
                ],
                "certainty": round(each.certainty, 3),
            }
            for each in found.groups
        ],
        "alone": list(found.alone),
        "meaning": found.meaning,
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }
