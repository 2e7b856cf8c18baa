"""A territory edits its stages: words, order, alternatives; drops some and takes them back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import slugify

from essor.kit.locks import lock
from essor.ledger.actions import Named, action, nothing_changed, record, step
from essor.projects.house_stages import HOUSE
from essor.projects.models import Project, TerritoryStage
from essor.territories.models import Territory

FIRST = Project.Stage.SHEET
"""A project is born as a sheet: this stage stays, and stays first."""
KEY_LENGTH, FEWEST = 20, 2


class FirstStays(Exception):
    """The first stage is where projects are born: it can be worded anew and nothing else."""


class StillThere(Exception):
    """Projects are at this stage; ``count`` says how many. They move first."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class TooFewStages(Exception):
    """A way has a beginning and an end."""


class NameTaken(Exception):
    """Another stage of the territory has this name."""


@dataclass(frozen=True, slots=True)
class StageWords:
    """What a host says of a stage; blank: the house's words where the stage is the house's."""

    name: str = ""
    why: str = ""
    actions: Sequence[str] = field(default=())
    helpers: str = ""
    proof: str = ""


@step
def own_stages(territory: Territory) -> list[TerritoryStage]:
    """The territory's stages as rows, copied from the house's the first time; locked as one."""
    lock(territory)
    rows = TerritoryStage.objects.filter(territory=territory)
    if not rows.exists():
        TerritoryStage.objects.bulk_create(
            TerritoryStage(territory=territory, key=each.key, like=each.key, place=each.place)
            for each in HOUSE
        )
    return list(rows.order_by("place", "id"))


@action
def word_stage(
    *, territory: Territory, key: str, words: StageWords, by: Named | None, at: datetime
) -> TerritoryStage:
    """Word a stage of the territory. Raises ``NameTaken``."""
    rows = own_stages(territory)
    stage = _of(rows, key)
    _check_name(rows, words.name, key)
    said = (
        words.name.strip(), words.why.strip(), [each.strip() for each in words.actions if each.strip()],
        words.helpers.strip(), words.proof.strip(),
    )  # fmt: skip
    if (stage.name, stage.why, stage.actions, stage.helpers, stage.proof) == said:
        nothing_changed()
        return stage
    stage.name, stage.why, stage.actions, stage.helpers, stage.proof = said
    stage.save(update_fields=["name", "why", "actions", "helpers", "proof"])
    _record(territory, "stage_worded", stage, by, at)
    return stage


@action
def add_stage(
    *,
    territory: Territory,
    words: StageWords,
    like: str,
    after: str,
    instead: bool,
    by: Named | None,
    at: datetime,
) -> TerritoryStage:
    """Add a stage behind ``after``, or beside it as its alternative. Raises ``NameTaken``."""
    rows = own_stages(territory)
    _check_name(rows, words.name, "")
    if instead and after == FIRST:
        raise FirstStays
    stage = TerritoryStage(
        territory=territory,
        key=_new_key(words.name, {row.key for row in rows}),
        like=like,
        place=_of(rows, after).place if instead else _room_behind(rows, after),
        name=words.name.strip(),
        why=words.why.strip(),
        actions=[each.strip() for each in words.actions if each.strip()],
        helpers=words.helpers.strip(),
        proof=words.proof.strip(),
    )
    stage.save()
    _record(territory, "stage_added", stage, by, at)
    return stage


@action
def move_stage(
    *, territory: Territory, key: str, after: str, instead: bool, by: Named | None, at: datetime
) -> TerritoryStage:
    """Put a stage behind ``after``, or beside it as its alternative. Raises ``FirstStays``."""
    rows = own_stages(territory)
    stage = _of(rows, key)
    if key in {FIRST, after} or (instead and after == FIRST):
        raise FirstStays
    place = _of(rows, after).place if instead else _room_behind(rows, after)
    if place == stage.place:
        nothing_changed()
        return stage
    stage.place = place
    stage.save(update_fields=["place"])
    _record(territory, "stage_placed", stage, by, at)
    return stage


@action
def retire_stage(
    *, territory: Territory, key: str, retired: bool, by: Named | None, at: datetime
) -> TerritoryStage:
    """Drop a stage from the way, or take it back. Projects that went through it keep it.

    Raises ``FirstStays``, ``StillThere`` and ``TooFewStages``.
    """
    rows = own_stages(territory)
    stage = _of(rows, key)
    if (stage.retired_at is not None) == retired:
        nothing_changed()
        return stage
    if retired:
        _check_may_go(territory, rows, key)
    stage.retired_at = at if retired else None
    stage.save(update_fields=["retired_at"])
    _record(territory, "stage_retired" if retired else "stage_taken_back", stage, by, at)
    return stage


def _check_may_go(territory: Territory, rows: list[TerritoryStage], key: str) -> None:
    if key == FIRST:
        raise FirstStays
    there = Project.objects.filter(territory=territory, stage=key).count()
    if there:
        raise StillThere(there)
    if sum(row.retired_at is None for row in rows) <= FEWEST:
        raise TooFewStages


def _of(rows: list[TerritoryStage], key: str) -> TerritoryStage:
    return next(row for row in rows if row.key == key)


def _check_name(rows: list[TerritoryStage], name: str, key: str) -> None:
    wanted = name.strip().lower()
    if wanted and any(row.name.lower() == wanted and row.key != key for row in rows):
        raise NameTaken


@step
def _room_behind(rows: list[TerritoryStage], after: str) -> int:
    """A free place just behind ``after``: whatever comes later moves on by one."""
    here = _of(rows, after).place
    for row in rows:
        if row.place > here:
            row.place += 1
            row.save(update_fields=["place"])
    return here + 1


def _new_key(name: str, taken: set[str]) -> str:
    """An address-like key from the name, for life; numbered where it is taken."""
    root = slugify(name)[: KEY_LENGTH - 3].strip("-") or "stage"
    keys = (root, *(f"{root}-{number}" for number in range(2, 100)))
    return next(key for key in keys if key not in taken)


def _record(
    territory: Territory, verb: str, stage: TerritoryStage, by: Named | None, at: datetime
) -> None:
    record(by=by, at=at, verb=verb, of=territory, territory=territory, data={"stage": stage.key})
