"""Seat an evening: who sits where, with the proof.

PROBLEM is a JSON file (essor-evening/1), or a list of people as CSV, XLSX, XLS or ODS. A list has
one row a person and a header; columns in any order, in English or French:

  id or first name        who; an id tells namesakes apart
  choice 1, choice 2, ... the challenges chosen, best first (voeu 1, voeu 2, ...)
  facilitator, access     yes or no (animateur, accessibilite; oui, x, 1)
  together, apart         ids, several separated by ";" (avec, sans)
  host                    the challenge this person holds (porteur)
  any other column        is mixed: sphere, organisation, commune, age, ... ("a; b" for several)

A workbook may have sheets "challenges" (id, neighbours, hosts) and "tables" (id, accessible).

PLAN is written by its ending: .json (essor-plan/1), .xlsx, or .pdf. Exit status 2, with the
reasons, when no legal plan exists or a file cannot be read; nothing is written then.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from essor.algos.seating import (
    BadProblem,
    Outcome,
    Problem,
    prove,
    read_plan,
    solve,
    warm_up,
)
from essor.algos.seating.sheets import Room
from essor.cli.seat_plan import ENDINGS, write_plan
from essor.cli.seat_problem import Unreadable, read_json, read_problem_file
from essor.cli.seat_words import LANGUAGES, WORDS, proof_sentences, sentence, usual_language

FAILED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `essor seat`."""
    parser.add_argument("problem", metavar="PROBLEM", type=Path, help="JSON, CSV, XLSX, XLS or ODS")
    parser.add_argument(
        "--out", metavar="PLAN", type=Path, help="write the plan: .json, .xlsx, .pdf"
    )
    parser.add_argument("--seed", type=int, default=1, help="same seed and steps, same plan (1)")
    parser.add_argument("--seconds", type=_positive, help="time to search (default: enough)")
    parser.add_argument("--steps", type=_whole, help="changes to try, instead of a time")
    parser.add_argument("--stop", type=_whole, help="stop after so many of these steps")
    parser.add_argument("--start", metavar="PLAN", type=Path, help="a JSON plan to improve")
    room = parser.add_argument_group("for a list of people")
    room.add_argument("--tables", type=_whole, help="tables in the room (default: enough)")
    room.add_argument("--accessible", type=_whole, help="how many of them are accessible (all)")
    room.add_argument("--seats-min", type=_whole, default=6, help="fewest at an open table (6)")
    room.add_argument("--seats-max", type=_whole, default=12, help="most at a table (12)")
    room.add_argument("--rounds", type=_whole, default=1, help="1 to 12 (1)")
    room.add_argument(
        "--mix",
        metavar="COLUMN=WEIGHT,...",
        type=_weights,
        help="what to mix and how much (default: every other column)",
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="of the proof and the files (default: the environment's, else en)",
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but faults")


def run(args: argparse.Namespace) -> int:
    """Read, solve, write, print the proof; 0 when a legal plan is written, 2 otherwise."""
    try:
        if args.out and args.out.suffix.lower() not in ENDINGS:
            raise Unreadable(f"{args.out}: end the name in {', '.join(ENDINGS)}")
        room = Room(
            args.tables, args.accessible, args.seats_min, args.seats_max, args.rounds, args.mix
        )
        problem = read_problem_file(args.problem, room)
        start = read_plan(read_json(args.start), problem) if args.start else None
    except BadProblem as bad:
        return _complain(f"{args.problem}: cannot be seated as it is", bad.messages)
    except Unreadable as bad:
        return _complain(str(bad), [])
    language = args.language or usual_language()
    warm_up()
    begun = time.process_time()
    outcome = solve(
        problem, seed=args.seed, steps=args.steps, seconds=args.seconds, start=start, stop=args.stop
    )
    spent = time.process_time() - begun
    if outcome.plan is None:
        reasons = [sentence(r, language) for r in outcome.refusals]
        return _complain(WORDS[language]["refused"], reasons)
    if args.out:
        try:
            write_plan(args.out, problem, outcome.plan, language)
        except OSError as fault:
            return _complain(f"{args.out}: cannot be written ({fault.strerror})", [])
    if not args.quiet:
        _tell(problem, outcome, spent, args.out, language)
    return 0


def _tell(
    problem: Problem, outcome: Outcome, spent: float, out: Path | None, language: str
) -> None:
    plan, cost = outcome.plan, outcome.cost
    if plan is None or cost is None:
        return
    words = WORDS[language]
    tables = " + ".join(str(len(r)) for r in plan.rounds)
    print(words["head"].format(people=len(problem.people), tables=tables))
    for line in proof_sentences(prove(problem, plan), language):
        print(line)
    parts = {
        "total": cost.total,
        "mixing": cost.mixing,
        "choice": cost.choice,
        "repeat": cost.repeat,
        "same": cost.same_challenge,
    }
    print(words["cost"].format(**{key: f"{value:g}" for key, value in parts.items()}))
    stop = "" if outcome.complete else f" --stop {outcome.done}"
    print(
        words["again"].format(done=outcome.done, spent=f"{spent:.2f}")
        + f"--seed {outcome.seed} --steps {outcome.steps}{stop}"
    )
    if out:
        print(words["written"].format(out))


def _complain(title: str, lines: Sequence[str], most: int = 20) -> int:
    print(title, file=sys.stderr)
    for line in lines[:most]:
        print(f"  {line}", file=sys.stderr)
    if len(lines) > most:
        print(f"  and {len(lines) - most} more", file=sys.stderr)
    return FAILED


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("expected seconds, above 0 and at most a day")
    return value


def _whole(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 10**12:
        raise argparse.ArgumentTypeError("expected a whole number above 0")
    return value


def _weights(text: str) -> dict[str, float]:
    try:
        pairs = [part.split("=") for part in text.split(",")]
        return {name.strip(): float(weight) for name, weight in pairs}
    except ValueError:
        raise argparse.ArgumentTypeError("expected such as sphere=6,commune=2") from None
