"""What a plan is worth, as plain figures that are kept with it and shown beside chance."""

from collections.abc import Sequence
from typing import Any

from essor.algos.seating import Plan as Seated
from essor.algos.seating import Problem, Suggestion, judge
from essor.algos.seating.chance import Chance, Interval, mean_by_chance

SPHERE = "sphere"


def figures_of(problem: Problem, plan: Seated) -> dict[str, Any]:
    """Judge ``plan`` and put each figure beside what pure chance gives.

    Chance draws from the hall for its tables, from those at a distance for theirs. ``broken`` lists the hard rules that do not hold, as (code, parameters); ``ranks`` counts
    people who got their first, second, ... choice; ``chance_at`` is, by size of a table, the mean
    number of spheres that chance gives there and the range it falls into 19 times in 20.
    About a third of a second for 1,400 people.
    """
    verdict = judge(problem, plan)
    seated = all(any(seating.people for seating in tables) for tables in plan.rounds)
    chance = mean_by_chance(problem, plan, SPHERE) if seated else Interval(0, 0, 0)
    law = {remote: Chance(problem, SPHERE, remote=remote) for remote in (False, True)}
    drawn = sorted({(problem.table[seating.table].remote, len(seating.people))
                    for tables in plan.rounds for seating in tables})  # fmt: skip
    intervals = {chance_key(size, remote): law[remote].of(size) for remote, size in drawn}
    return {
        "people": len(problem.people),
        "cost": round(verdict.cost.total, 1),
        "mixing": verdict.cost.mixing,
        "mixing_bound": verdict.bound,
        "mixing_random": round(verdict.random, 1),
        "gap_closed": round(verdict.gap_closed, 4),
        "ranks": list(verdict.ranks),
        "unlisted": verdict.unlisted,
        "choosers": verdict.choosers,
        "spheres": round(verdict.variety.get(SPHERE, 0), 2),
        "spheres_by_chance": [round(x, 2) for x in (chance.mean, chance.low, chance.high)],
        "chance_at": {
            key: [round(i.mean, 1), int(i.low), int(i.high)] for key, i in intervals.items()
        },
        "open": max((len(tables) for tables in plan.rounds), default=0),
        "room": len(problem.tables),
        "repeats": verdict.repeats,
        "broken": [[broken.code, dict(broken.params)] for broken in verdict.violations],
    }


def chance_key(size: int, remote: bool) -> str:
    """Under which name ``chance_at`` keeps what chance gives at a table."""
    return f"{size} by video" if remote else str(size)


def suggestions_as_data(
    suggestions: Sequence[Suggestion], figures: dict[str, Any]
) -> list[dict[str, Any]]:
    """Suggestions to keep with a plan: what, the asks that bring it about, and its effect.

    ``points`` is the change of the mixing gained over chance, in percentage points.
    """
    gap = max(1.0, figures["mixing_random"] - figures["mixing_bound"])
    return [
        {
            "key": ":".join([each.code, *(str(value) for value in _names(each))]),
            "code": each.code,
            "params": dict(each.params),
            "effect": {
                **{name: round(value, 1) for name, value in each.effect.items()},
                "points": round(-100 * each.effect["mixing"] / gap, 1),
            },
        }
        for each in suggestions
    ]


def asks_of(suggestion: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The bounds on tables a challenge that make the engine follow ``suggestion``."""
    code, params = suggestion["code"], suggestion["params"]
    if code == "open_twice":
        return {params["challenge"]: {"min_tables": params["tables"]}}
    if code == "drop":
        return {params["challenge"]: {"max_tables": 0}}
    if code == "merge":
        return {params[name]: {"max_tables": 1} for name in ("first", "second")}
    return {}


def _names(suggestion: Suggestion) -> list[Any]:
    return [suggestion.params[name] for name in ("challenge", "first", "second")
            if name in suggestion.params]  # fmt: skip
