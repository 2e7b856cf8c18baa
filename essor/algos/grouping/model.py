"""What goes into grouping and what comes out, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from essor.algos.text import Reason

GROUPING_FORMAT = "essor-grouping/1"


class BadIdeas(ValueError):
    """Ideas that cannot be grouped as they are; `messages` says why, each at its place."""

    def __init__(self, messages: Iterable[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("; ".join(self.messages))


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea as it was said, under an id that is its own."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A group that humans shaped: `ideas` stay in it, whatever the machine thinks.

    Merging two groups is one `Kept` with the ideas of both; splitting is two of them: groups under
    different keys are never merged. `title` is kept when given. Nothing is added to, or taken
    from, a `locked` group.
    """

    key: str
    ideas: tuple[str, ...]
    title: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Hands:
    """What humans decided, which grouping respects: groups, pairs kept apart, ideas left alone."""

    kept: tuple[Kept, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Ideas that go together: the most typical first.

    `certainty` in 0..1 is the mean of `Grouping.fit` over its ideas. `named` tells that the title
    came from a human. `key` stays the group's from one grouping to the next.
    """

    key: str
    title: str
    ideas: tuple[str, ...]
    reasons: tuple[Reason, ...]
    certainty: float
    locked: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """Every idea once: in a group or alone.

    `fit` is each grouped idea's certainty in 0..1: how much nearer it is to its group than to the
    next one. `doubts` names that next group (its key) for ideas that fit badly. `meaning` is False
    where sentence vectors were missing: the groups rest on stems and the lexicon alone.
    """

    groups: tuple[Group, ...]
    alone: tuple[str, ...]
    fit: Mapping[str, float] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    meaning: bool = True

    def group_of(self) -> dict[str, str]:
        """The group's key of each grouped idea."""
        return {idea: group.key for group in self.groups for idea in group.ideas}

    def to_dict(self) -> dict[str, Any]:
        """As JSON: `{"groups": [{"title", "ideas", "reasons", ...}], "alone": [...], ...}`."""
        return {
            "format": GROUPING_FORMAT,
            "groups": [
                {
                    "key": group.key,
                    "title": group.title,
                    "ideas": list(group.ideas),
                    "reasons": [reason.text for reason in group.reasons],
                    "certainty": round(group.certainty, 3),
                    "locked": group.locked,
                    "named": group.named,
                }
                for group in self.groups
            ],
            "alone": list(self.alone),
            "doubts": dict(self.doubts),
            "meaning": self.meaning,
        }


def read_grouping(data: Any) -> Grouping:
    """What `Grouping.to_dict` wrote (its groups and who is alone), to go on from it."""
    faults: list[str] = []
    groups = []
    if not isinstance(data, dict) or not isinstance(data.get("groups"), list):
        raise BadIdeas(['groups: a list was expected, under "groups"'])
    for i, each in enumerate(data["groups"]):
        if not isinstance(each, dict) or not isinstance(each.get("ideas"), list):
            faults.append(f"groups[{i}].ideas: a list of ids was expected")
            continue
        groups.append(
            Group(
                str(each.get("key") or f"g{i + 1}"),
                str(each.get("title") or ""),
                tuple(str(idea) for idea in each["ideas"]),
                (),
                0.0,
                bool(each.get("locked")),
                bool(each.get("named")),
            )
        )
    alone = data.get("alone") or []
    if not isinstance(alone, list):
        faults.append("alone: a list of ids was expected")
        alone = []
    if faults:
        raise BadIdeas(faults)
    return Grouping(tuple(groups), tuple(str(idea) for idea in alone))
