"""What is said of a group on the sorting table: its name, locked or not, set aside or not."""

from datetime import datetime

from essor.harvest.actions.moves import Kind, write_move
from essor.harvest.actions.sorting import LONGEST_NAME, GroupGone
from essor.harvest.models import Group, Harvest, SortingMove
from essor.kit.locks import lock
from essor.ledger.actions import action
from essor.people.models import Person


class ChangedMeanwhile(Exception):
    """Somebody changed ``group`` since the page that asks was shown."""

    def __init__(self, group: Group) -> None:
        super().__init__(str(group))
        self.group = group


@action
def name_group(
    *, harvest: Harvest, group: Group, name: str, seen: str, by: Person | None, at: datetime
) -> SortingMove | None:
    """Give a group its name; blank takes it away. ``seen`` is the name that its namer saw.

    Raises ``ChangedMeanwhile`` where somebody else gave another name since, and ``GroupGone``.
    """
    harvest, group = lock(harvest), _fresh(group)
    name = " ".join(name.split())[:LONGEST_NAME]
    if group.name not in (seen, name):
        raise ChangedMeanwhile(group)
    return write_move(
        harvest=harvest, kind=Kind.NAME, places={}, by=by, at=at,
        changes={group: {"name": name, "named_by_hand": bool(name)}},
    )  # fmt: skip


@action
def lock_group(
    *, harvest: Harvest, group: Group, locked: bool, by: Person | None, at: datetime
) -> SortingMove | None:
    """No proposal changes a locked group; people still may. Raises ``GroupGone``."""
    harvest, group = lock(harvest), _fresh(group)
    return write_move(
        harvest=harvest, kind=Kind.LOCK if locked else Kind.UNLOCK, places={}, by=by, at=at,
        changes={group: {"locked": locked}},
    )  # fmt: skip


@action
def park_group(
    *, harvest: Harvest, group: Group, parked: bool, by: Person | None, at: datetime
) -> SortingMove | None:
    """Set a group aside for later, or put it back among the others. Raises ``GroupGone``."""
    harvest, group = lock(harvest), _fresh(group)
    return write_move(
        harvest=harvest, kind=Kind.PARK if parked else Kind.UNPARK, places={}, by=by, at=at,
        changes={group: {"parked": parked}},
    )  # fmt: skip


def _fresh(group: Group) -> Group:
    group.refresh_from_db()
    if not group.on_table:
        raise GroupGone(group)
    return group
