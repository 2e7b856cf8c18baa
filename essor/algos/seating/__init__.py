"""Seats an evening: everybody at a challenge they chose, the spheres mixed as well as can be.

Pure: no database, no settings, no clock of its own. The whole of it:

* `read_problem(data)` gives a `Problem` (of `Person`, `Challenge`, `RoomTable`, `Rules`), or
  raises `BadProblem` with all faults at their paths; `Problem.to_dict()` writes it back.
* `check(problem)` names the rules that cannot hold together (`Refusal`), before any search.
* `solve(problem, seed=1, steps=None, seconds=None, start=None, progress=None, cancelled=None)`
  gives an `Outcome`: a legal plan, or refusals. The same seed and steps give the same plan.
* `judge(problem, plan)` gives a `Verdict`: rules broken and cost parts, counted afresh.
* `prove(problem, plan)` gives a `Proof`: choices honoured, the gap closed, every table beside
  what chance gives, reasons for each person.
* `suggest(problem, plan)` gives `Suggestion`s with their effect computed, ready to apply.
* `Live(problem, plan)` re-seats at the door: `arrive`, `walk_in`, `no_show`, `close_table`,
  `effect_of_move`, `move`, `repair`. It raises `NoSeat` rather than break a rule.
* `warm_up()` compiles the kernels once; call it at install.

A plan is a `Plan` of `Seating`s; `read_plan(data, problem)` and `Plan.to_dict()` read and write it.
Every `Refusal`, `Violation`, `Reason` and `Suggestion` carries a code and parameters for
translation beside its English sentence. Rounds are counted from 0 in calls and from 1 in texts.

>>> people = [Person(f"p{i}", {"sphere": ("citizen", "enterprise")[i % 2 :][:1]}) for i in range(8)]
>>> evening = Problem(tuple(people), (RoomTable("A"), RoomTable("B")), (Challenge("water"),),
...                   {"sphere": 1}, Rules(seats_min=4, seats_max=4))
>>> outcome = solve(evening, seed=1, steps=2000)
>>> outcome.cost.mixing, judge(evening, outcome.plan).legal
(4, True)
"""

from essor.algos.seating.feasibility import Refusal, check
from essor.algos.seating.hall import NoSeat, Placement
from essor.algos.seating.judging import Cost, Verdict, judge
from essor.algos.seating.live import Effect, Live
from essor.algos.seating.model import (
    BadPlan,
    BadProblem,
    Challenge,
    Person,
    Plan,
    Problem,
    RoomTable,
    Rules,
    Seating,
)
from essor.algos.seating.outcome import Outcome, Progress, default_steps
from essor.algos.seating.proof import Proof, Reason, prove
from essor.algos.seating.reading import read_plan, read_problem
from essor.algos.seating.search import solve, warm_up
from essor.algos.seating.suggestions import Suggestion, suggest
from essor.algos.seating.violations import Violation

__all__ = [
    "BadPlan",
    "BadProblem",
    "Challenge",
    "Cost",
    "Effect",
    "Live",
    "NoSeat",
    "Outcome",
    "Person",
    "Placement",
    "Plan",
    "Problem",
    "Progress",
    "Proof",
    "Reason",
    "Refusal",
    "RoomTable",
    "Rules",
    "Seating",
    "Suggestion",
    "Verdict",
    "Violation",
    "check",
    "default_steps",
    "judge",
    "prove",
    "read_plan",
    "read_problem",
    "solve",
    "suggest",
    "warm_up",
]
