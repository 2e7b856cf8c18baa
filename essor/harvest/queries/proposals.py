"""A proposal beside the table as it is now: what would change, group by group."""

from dataclasses import dataclass
from typing import Any

from essor.harvest.actions.moves import on_table
from essor.harvest.actions.proposals import ALONE, is_free
from essor.harvest.models import Group, GroupingRun, Idea
from essor.harvest.queries.table import TONES
from essor.harvest.sorting.words import certainty_in_words, label, reasons_in_words

FEW = 6
"""Ideas that a proposed group shows at once; the rest unfolds."""


@dataclass(frozen=True, slots=True)
class Coming:
    """An idea that would come into a group; ``origin`` is where it lies now, in words."""

    words: str
    origin: str


@dataclass(slots=True)
class Proposed:
    """One group of a proposal. ``group`` is the one on the table; None for a new one."""

    key: str
    title: str
    group: Group | None
    coming: list[Coming]
    stays: int
    leaving: int
    reasons: list[str]
    certainty: str
    percent: int
    decision: str

    @property
    def total(self) -> int:
        return self.stays + len(self.coming)

    @property
    def first(self) -> list[Coming]:
        return self.coming[:FEW]

    @property
    def rest(self) -> list[Coming]:
        return self.coming[FEW:]

    @property
    def renamed(self) -> bool:
        return self.group is not None and self.group.name != self.title

    @property
    def tone(self) -> int:
        return (self.group.order - 1) % TONES + 1 if self.group else 0

    @property
    def changes(self) -> bool:
        return bool(self.coming or self.leaving or self.renamed or self.group is None)


@dataclass(slots=True)
class Comparison:
    """A whole proposal: what would change, what would not, and what stays alone."""

    changed: list[Proposed]
    same: list[Proposed]
    alone: list[Coming]
    undecided: int
    moving: int


def comparison_of(run: GroupingRun) -> Comparison:
    """What ``run`` would change now, in two queries, however many ideas."""
    harvest = run.harvest
    groups = {each.public_id: each for each in harvest.groups.select_related("merged_into")}
    ideas = {
        each.public_id: each
        for each in on_table(harvest).select_related("placing__group").order_by("id")
    }
    goes_to = {key: each["key"] for each in run.summary["groups"] for key in each["ideas"]}
    proposed = [
        _proposed(each, groups.get(each["key"]), ideas, goes_to, run.summary["decided"])
        for each in run.summary["groups"]
    ]
    proposed = [each for each in proposed if each.group is None or _takes(each.group)]
    changed = [each for each in proposed if each.changes or each.decision]
    alone = [
        Coming(ideas[key].words, _place(ideas[key]))
        for key in run.summary["alone"]
        if key in ideas and is_free(ideas[key])
    ]
    open_ones = [each for each in changed if not each.decision]
    return Comparison(
        changed=changed,
        same=[each for each in proposed if not each.changes and not each.decision],
        alone=[] if run.summary["decided"].get(ALONE) else alone,
        undecided=len(open_ones),
        moving=sum(len(each.coming) for each in open_ones),
    )


def _takes(group: Group) -> bool:
    return group.on_table and not group.locked and not group.parked


def _proposed(
    told: dict[str, Any],
    group: Group | None,
    ideas: dict[str, Idea],
    goes_to: dict[str, str],
    decided: dict[str, str],
) -> Proposed:
    coming, stays = [], 0
    for key in told["ideas"]:
        idea = ideas.get(key)
        if idea is None:
            continue
        if group is not None and _group(idea) == group:
            stays += 1
        elif is_free(idea):
            coming.append(Coming(idea.words, _place(idea)))
    leaving = [
        each
        for key, each in ideas.items()
        if group is not None
        and _group(each) == group
        and is_free(each)
        and goes_to.get(key) != told["key"]
    ]
    named = group is not None and group.named_by_hand
    return Proposed(
        key=told["key"],
        title=group.name if group is not None and named else told["title"],
        group=group,
        coming=coming,
        stays=stays,
        leaving=len(leaving),
        reasons=reasons_in_words(told["reasons"]),
        certainty=certainty_in_words(told["certainty"]),
        percent=round(100 * told["certainty"]),
        decision=decided.get(told["key"], ""),
    )


def _group(idea: Idea) -> Group | None:
    placing = getattr(idea, "placing", None)
    return placing.group if placing else None


def _place(idea: Idea) -> str:
    group = _group(idea)
    return label(group) if group else ""
