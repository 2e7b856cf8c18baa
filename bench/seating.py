"""The seating engine beside its reference, OR-Tools and known optima, in process seconds of one core.

    .venv/bin/python bench/seating.py [--quick] [--peer 60 200] [--peer-seconds 60] [--seeds 11]

Problems and judge are those of the bench folder (ESSOR_BENCH, or ../shared/bench); every plan is
judged by that judge, not by ours. `ratio` is our cost over the reference's at 10 million moves.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import time
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

from essor.algos.seating import (
    Challenge,
    Live,
    Person,
    Problem,
    RoomTable,
    Rules,
    judge,
    prove,
    read_problem,
    solve,
    warm_up,
)

HERE = Path(__file__).resolve().parents[1]
PLACES = [os.environ.get("ESSOR_BENCH", ""), HERE / "../shared/bench", HERE / "../../shared/bench"]
#: people, challenges, boosts, rounds, seconds for us, reference cost (seed 11), its seconds.
ROWS = [
    (60, 10, 2, 1, 0.5, 872, 2.0),
    (400, 23, 3, 1, 1.0, 4317, 2.1),
    (1400, 100, 8, 1, 5.0, 16999, 2.6),
    (1400, 100, 8, 1, 2.6, 16999, 2.6),
    (60, 10, 2, 3, 2.0, None, None),
    (400, 23, 3, 3, 3.7, 29079, 3.7),
    (1400, 100, 8, 3, 5.2, 102294, 5.2),
    (10000, 700, 50, 1, 30.0, None, None),
    (10000, 700, 50, 4, 60.0, None, None),
]


def load(name: str) -> ModuleType:
    """A module of the bench folder."""
    for place in PLACES:
        path = Path(place) / f"{name}.py"
        if place and path.is_file():
            spec = importlib.util.spec_from_file_location(name, path)
            assert spec
            assert spec.loader
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise SystemExit("the bench folder is not here: set ESSOR_BENCH")


def evenings(seeds: list[int], quick: bool) -> None:
    make, theirs = load("make_evening"), load("judge_evening")
    print(
        f"{'people':>6} {'rounds':>6} {'seed':>4} {'cost':>9} {'ref':>7} {'ratio':>6} {'s':>6} "
        f"{'steps':>10} {'gap':>6} {'1st':>6} {'1st|2nd':>7} {'none':>6} {'again':>5} {'faults':>6}"
    )
    for people, challenges, boosts, rounds, seconds, cost, _ in ROWS:
        if quick and people > 1400:
            continue
        for seed in seeds:
            data = make.make(people, challenges, boosts, rounds, seed)
            problem = read_problem(data)
            begun = time.process_time()
            outcome = solve(problem, seconds=seconds, clock=time.process_time)
            spent = time.process_time() - begun
            if outcome.plan is None:
                print(people, rounds, seed, [r.text for r in outcome.refusals])
                continue
            v = theirs.verdict(data, outcome.plan.to_dict())
            ref = cost if seed == 11 else None
            print(
                f"{people:6} {rounds:6} {seed:4} {v['cost']:9.0f} {ref or '-':>7} "
                f"{v['cost'] / ref if ref else float('nan'):6.3f} {spent:6.2f} {outcome.done:10} "
                f"{v['gap_closed']:6.3f} {v['first_choice']:6.3f} {v['first_or_second']:7.3f} "
                f"{v['none_of_choices']:6} {v['repeats_beyond_forced']:5} "
                f"{v['hard_rules_broken']:6}",
                flush=True,
            )


def golfers() -> None:
    """Rounds without a repeated meeting: social golfer problems, whose optimum is 0 repeats."""
    print(f"\n{'golfer':>8} {'repeats':>8} {'known':>6} {'s':>6}")
    for groups, size, weeks in ((8, 4, 7), (8, 4, 10), (10, 10, 3), (10, 10, 4)):
        crowd = tuple(Person(f"p{i}") for i in range(groups * size))
        rules = Rules(size, size, choice=(0,), unlisted=0, repeat=1, same_challenge=0)
        problem = Problem(
            crowd,
            tuple(RoomTable(f"T{g}") for g in range(groups)),
            (Challenge("c"),),
            {},
            rules,
            weeks,
        )
        begun = time.process_time()
        outcome = solve(problem, seconds=10, clock=time.process_time)
        repeats = judge(problem, outcome.plan, 0).repeats if outcome.plan else "-"
        print(
            f"{groups:>2}-{size}-{weeks:<3} {repeats:>8} {0:6} {time.process_time() - begun:6.1f}",
            flush=True,
        )


def by_cp_sat(problem: Problem, seconds: float) -> float | None:
    """Cost that OR-Tools CP-SAT reaches on a single round (counts a table and value, one worker)."""
    from ortools.sat.python import cp_model

    m, r, cost = cp_model.CpModel(), problem.rules, []
    tables = range(len(problem.tables))
    sit = {(p.id, t): m.new_bool_var("") for p in problem.people for t in tables}
    on = {(c.id, t): m.new_bool_var("") for c in problem.challenges for t in tables}
    for p in problem.people:
        m.add_exactly_one(sit[p.id, t] for t in tables)
        paid = m.new_int_var(0, int(r.unlisted), "")
        for t in tables:
            if p.needs_access and not problem.tables[t].accessible:
                m.add(sit[p.id, t] == 0)
            for c in problem.hosting.get(p.id, ()):
                m.add_implication(sit[p.id, t], on[c, t])
            if problem.chooses(p):
                for rank, price in enumerate([*r.choice[: len(p.choices)], r.unlisted]):
                    better = [on[c, t].negated() for c in p.choices[:rank]]
                    m.add(paid >= int(price)).only_enforce_if([sit[p.id, t], *better])
        cost.append(paid)
    values = {(a, v) for p in problem.people for a in problem.mix for v in p.attributes.get(a, ())}
    for t in tables:
        opened = m.new_bool_var("")
        size = sum(sit[p.id, t] for p in problem.people)
        m.add(size >= r.seats_min * opened)
        m.add(size <= r.seats_max * opened)
        m.add(sum(sit[p.id, t] for p in problem.people if p.facilitator) >= opened)
        m.add(sum(on[c.id, t] for c in problem.challenges) >= opened)
        for a, b in combinations(problem.challenges, 2):
            if not problem.may_share(a.id, b.id):
                m.add_at_most_one(on[a.id, t], on[b.id, t])
        for a, b in problem.together:
            m.add(sit[a, t] == sit[b, t])
        for a, b in problem.apart:
            m.add_at_most_one(sit[a, t], sit[b, t])
        for a, v in sorted(values, key=str):
            held = [sit[p.id, t] for p in problem.people if v in p.attributes.get(a, ())]
            if len(held) > 1:
                pairs = m.new_int_var(0, r.seats_max * (r.seats_max - 1) // 2, "")
                for k in range(1, min(len(held), r.seats_max)):
                    m.add(pairs >= k * sum(held) - k * (k + 1) // 2)
                cost.append(int(problem.mix[a]) * pairs)
    m.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(m)
    return solver.objective_value if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def peers(sizes: list[int], seconds: float) -> None:
    make = load("make_evening")
    print(f"\n{'people':>6} {'ours, 5 s':>10} {f'CP-SAT, {seconds:.0f} s':>14}")
    for people in sizes:
        problem = read_problem(
            make.make(people, max(4, people // 15), max(1, people // 100), 1, 11)
        )
        outcome = solve(problem, seconds=5, clock=time.process_time)
        theirs = by_cp_sat(problem, seconds)
        print(
            f"{people:6} {outcome.cost.total if outcome.cost else '-':>10} "
            f"{'none found' if theirs is None else theirs:>14}",
            flush=True,
        )


def door() -> None:
    """Live re-seating: milliseconds an event, and the loss against a full solve."""
    make = load("make_evening")
    print(
        f"\n{'people':>6} {'late':>5} {'walk-in ms':>10} {'no-show ms':>10} {'close ms':>9} {'loss':>7}"
    )
    for people, challenges, boosts in ((400, 23, 3), (1400, 100, 8)):
        whole = read_problem(make.make(people, challenges, boosts, 1, 11))
        bound = {x for pair in (*whole.together, *whole.apart) for x in pair} | set(whole.hosting)
        late = [p for p in whole.people if not p.facilitator and p.id not in bound][::20]
        gone = {p.id for p in late}
        data = whole.to_dict()
        data["people"] = [p for p in data["people"] if p["id"] not in gone]
        problem = read_problem(data)
        start = solve(problem, steps=3000 * people)
        assert start.plan
        live = Live(problem, start.plan)
        times: dict[str, Any] = {}
        begun = time.process_time()
        for p in late:
            live.walk_in(p)
        times["in"] = (time.process_time() - begun) / len(late) * 1000
        loss = judge(live.problem, live.plan, 0).cost.total
        full = solve(whole, steps=3000 * people)
        assert full.cost
        begun = time.process_time()
        for p in late:
            live.no_show(p.id)
        times["out"] = (time.process_time() - begun) / len(late) * 1000
        begun = time.process_time()
        live.close_table(live.plan.rounds[0][3].table)
        times["close"] = (time.process_time() - begun) * 1000
        print(
            f"{people:6} {len(late):5} {times['in']:10.2f} {times['out']:10.3f} "
            f"{times['close']:9.2f} {loss / full.cost.total - 1:+7.1%}",
            flush=True,
        )


def proofs() -> None:
    make = load("make_evening")
    problem = read_problem(make.make(1400, 100, 8, 1, 11))
    outcome = solve(problem, steps=2_000_000)
    assert outcome.plan
    begun = time.process_time()
    prove(problem, outcome.plan)
    print(f"\nproof of 1,400 people: {time.process_time() - begun:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no 10,000 people, no golfers")
    parser.add_argument("--seeds", type=int, nargs="+", default=[11])
    parser.add_argument("--peer", type=int, nargs="*", default=[], help="sizes to give CP-SAT too")
    parser.add_argument("--peer-seconds", type=float, default=60)
    args = parser.parse_args()
    print(f"warm-up {warm_up():.2f} s")
    evenings(args.seeds, args.quick)
    door()
    proofs()
    if not args.quick:
        golfers()
    if args.peer:
        peers(args.peer, args.peer_seconds)


if __name__ == "__main__":
    main()
