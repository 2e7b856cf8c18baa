"""Choose from people's ballots: by equal shares or by approval, with places for bold ideas.

BALLOTS is a Pabulib file (.pb): sections META, PROJECTS and VOTES, by approval or points; votes may
have two columns more, "energy" (one project each person would work for) and "group".

With --places every project takes one place; without it, costs and budget are those of the file.
Counting is exact; ties go to the project id that comes first. The same ballots always give the
same result, which tells their fingerprint; --anonymous writes them without names or order.

    essor choose ballots.pb --places 20 --bold 4 --out result.json

Exit status 2, with what is wrong and where, when a file cannot be read or written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from essor.algos.choosing import (
    COMPLETIONS,
    RULES,
    WORTHS,
    BadElection,
    Choice,
    Election,
    choose,
    read_pabulib,
    write_pabulib,
)
from essor.cli import Refusal
from essor.cli.rows import read_text, refuse_if, write_json, write_text

HOW = {
    "free": "it costs nothing",
    "shares": "its supporters could pay with equal shares",
    "raised": "its supporters could pay once shares were raised",
    "support": "most support among what still fits",
    "energy": "a bold place: few choose it, and with passion",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `essor choose`."""
    parser.add_argument("ballots", metavar="BALLOTS", type=Path, help="a Pabulib file")
    parser.add_argument("--places", type=_whole, help="how many to choose, whatever they cost")
    parser.add_argument("--bold", type=_whole, default=0, help="of these, for bold ideas (0)")
    parser.add_argument("--rule", choices=[rule.replace(" ", "-") for rule in RULES],
                        default="equal-shares", help="how to count (equal-shares)")  # fmt: skip
    parser.add_argument("--worth", choices=WORTHS, help="what a project is worth to its voters "
                        "(points where the file has them, else approvals)")  # fmt: skip
    parser.add_argument("--completion", choices=COMPLETIONS, default="raise, support",
                        help="what becomes of unspent shares (raise, support)")  # fmt: skip
    parser.add_argument("--out", metavar="RESULT", type=Path, help="write the result as JSON")
    parser.add_argument(
        "--anonymous", metavar="FILE", type=Path, help="write the ballots, nameless"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but faults")


def run(options: argparse.Namespace) -> int:
    """Read, count, write, tell."""
    try:
        election = read_pabulib(read_text(options.ballots))
        if options.places:
            election = election.with_places(options.places)
        choice = choose(
            election,
            rule=options.rule.replace("-", " "),
            worth=options.worth or ("points" if election.scoring else "approvals"),
            completion=options.completion,
            bold_places=options.bold,
        )
    except BadElection as bad:
        refuse_if(options.ballots, bad.messages)
        raise Refusal(str(bad), 2) from bad
    names = {option.id: option.name for option in election.options}
    if options.out:
        write_json(options.out, choice.to_dict(names))
    if options.anonymous:
        write_text(options.anonymous, write_pabulib(election))
    if not options.quiet:
        _tell(election, choice, names, options.out)
    return 0


def _tell(election: Election, choice: Choice, names: dict[str, str], out: Path | None) -> None:
    print(
        f"{len(election.ballots)} ballots on {len(election.options)} projects: {len(choice.chosen)} "
        f"chosen, {choice.spent} of {choice.budget} spent (ballots {choice.digest})."
    )
    for each in choice.chosen:
        print(f"{choice.approvals[each.id]:6}  {each.id}  {names[each.id]}  ({HOW[each.how]})")
    if out:
        print(f"Written: {out}")


def _whole(text: str) -> int:
    if not text.isdigit() or int(text) > 100_000:
        raise argparse.ArgumentTypeError("a whole number was expected")
    return int(text)
