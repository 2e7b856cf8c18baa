"""What a search tells while it goes on and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from essor.algos.seating.feasibility import Refusal
from essor.algos.seating.judging import Cost
from essor.algos.seating.model import Plan, Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: `share` from 0 to 1, the cost of the best legal plan so far or None."""

    share: float
    steps: int
    cost: float | None
    plan: Callable[[], Plan | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A legal plan with its cost, or the reasons why there is none; never both, never neither.

    `steps` is what was asked or worked out from the seconds, `done` what was tried; they differ
    when the search was cancelled or its time ran out.
    """

    plan: Plan | None
    cost: Cost | None
    refusals: tuple[Refusal, ...]
    seed: int
    steps: int
    done: int
    seconds: float

    @property
    def complete(self) -> bool:
        return self.done >= self.steps


def default_steps(problem: Problem) -> int:
    """Steps that bring most of what can be had: some thousands for each seat to fill."""
    return 8_000 * len(problem.people) * problem.rounds
