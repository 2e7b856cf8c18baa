"""The proof of a plan: what was honoured and how well it mixes, beside what chance would give.

Every statement is a code with parameters, so that a screen can say it in its own language, and
an English sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from essor.algos.seating.bounds import forced_repeats, tight_bound
from essor.algos.seating.chance import Chance, Interval, mean_by_chance
from essor.algos.seating.judging import Verdict, judge, rank_of
from essor.algos.seating.model import Person, Plan, Problem, Seating

ORDINALS = ("first", "second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class Reason:
    """One statement: a code, its parameters, the English sentence."""

    code: str
    params: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Honoured:
    """People who got their choice of this rank (1 first; 0 none of them), over all rounds."""

    rank: int
    people: int
    share: float


@dataclass(frozen=True, slots=True)
class Mixed:
    """Different values of an attribute at a table, in the mean: here, by chance, at the very best."""

    attribute: str
    mean: float
    chance: Interval
    best: float


@dataclass(frozen=True, slots=True)
class TableProof:
    """One table: different values of each attribute beside what chance gives there."""

    round: int
    table: str
    challenges: tuple[str, ...]
    people: int
    values: Mapping[str, int]
    chance: Mapping[str, Interval]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Proof:
    """A plan's proof; `people` holds the reasons of each person, for each round.

    `bound` is the tighter bound of the mixing cost (the verdict's is the free one); `forced` the
    pairs that meet again in every plan.
    """

    verdict: Verdict
    bound: float
    forced: int
    choices: tuple[Honoured, ...]
    mixed: tuple[Mixed, ...]
    tables: tuple[TableProof, ...]
    people: Mapping[str, tuple[tuple[Reason, ...], ...]]

    @property
    def gap_closed(self) -> float:
        """Share of the way from chance to the bound that the plan went; 1 at the bound."""
        v = self.verdict
        return (v.random - v.cost.mixing) / (v.random - self.bound) if v.random > self.bound else 1

    def sentences(self) -> list[str]:
        """The whole in a few English sentences."""
        v = self.verdict
        lines = ["Every rule holds." if v.legal else f"{len(v.violations)} rules are broken."]
        for h in self.choices:
            what = f"their {_ordinal(h.rank)} choice" if h.rank else "none of their choices"
            if h.people:
                lines.append(f"{h.people} ({h.share:.0%}) got {what}.")
        for m in self.mixed:
            lines.append(
                f"{m.attribute}: {m.mean:.2f} different at a table, chance gives "
                f"{m.chance.mean:.2f} ({m.chance.low:.2f} to {m.chance.high:.2f})."
            )
        if len(v.open_tables) > 1:
            floor = f", and no plan can have fewer than {self.forced}" if self.forced else ""
            again = (
                f"{v.repeats} pairs meet again{floor}." if v.repeats > 0 else "No pair meets twice."
            )
            lines.append(again)
        lines.append(f"{self.gap_closed:.0%} of the gap between chance and the bound is closed.")
        return lines


def prove(problem: Problem, plan: Plan, sphere: str = "sphere") -> Proof:
    """Prove a plan. `sphere` is the attribute whose variety is told to people.

    O(shuffles x people x attributes) time: some 30 ms for 400 people, a few seconds for 10,000.
    """
    verdict = judge(problem, plan)
    total = max(1, verdict.choosers)
    choices = [Honoured(i + 1, n, n / total) for i, n in enumerate(verdict.ranks)]
    choices.append(Honoured(0, verdict.unlisted, verdict.unlisted / total))
    chances = {
        side: {a: Chance(problem, a, remote=side) for a in problem.mix} for side in (False, True)
    }
    tables = tuple(
        _table(problem, s, r, chances[problem.table[s.table].remote], sphere)
        for r, seatings in enumerate(plan.rounds, 1)
        for s in seatings
    )
    people: dict[str, list[tuple[Reason, ...]]] = {p.id: [] for p in problem.people}
    for seatings in plan.rounds:
        for s in seatings:
            for member in s.people:
                people[member].append(tuple(_person(problem, s, problem.person[member], sphere)))
    mixed = tuple(
        Mixed(a, verdict.variety[a], mean_by_chance(problem, plan, a), _best(problem, plan, a))
        for a in problem.mix
    )
    reasons = {k: tuple(v) for k, v in people.items()}
    bound = tight_bound(problem, plan)
    forced = forced_repeats(problem)
    return Proof(verdict, bound, forced, tuple(choices), mixed, tables, reasons)


def _best(problem: Problem, plan: Plan, attribute: str) -> float:
    """No plan of these table sizes shows more different values at a table, in the mean."""
    held: dict[Any, int] = {}
    for p in problem.people:
        for v in p.attributes.get(attribute, ()):
            held[v] = held.get(v, 0) + 1
    several = any(len(p.attributes.get(attribute, ())) > 1 for p in problem.people)
    shown = tables = 0
    for seatings in plan.rounds:
        k = len(seatings)
        by_values = sum(min(n, k) for n in held.values())
        by_seats = sum(min(len(s.people), len(held)) for s in seatings)
        shown += by_values if several else min(by_values, by_seats)
        tables += k
    return shown / max(1, tables)


def _table(
    problem: Problem, s: Seating, r: int, chances: Mapping[str, Chance], sphere: str
) -> TableProof:
    people = [problem.person[m] for m in s.people]
    values = {a: len({v for p in people for v in p.attributes.get(a, ())}) for a in problem.mix}
    chance = {a: c.of(len(people)) for a, c in chances.items()}
    reasons = []
    if sphere in values:
        c = chance[sphere]
        reasons.append(
            Reason(
                "values",
                {
                    "attribute": sphere,
                    "count": values[sphere],
                    "mean": c.mean,
                    "low": c.low,
                    "high": c.high,
                },
                f"{_some(values[sphere], sphere)} around the table; chance gives {c.mean:.1f} "
                f"({c.low} to {c.high}).",
            )
        )
    ranks = [rank_of(problem, m, s.challenges) for m in s.people]
    wished = sum(k == 0 for k in ranks)
    choosing = sum(k is not None for k in ranks)
    reasons.append(
        Reason(
            "wished",
            {"first": wished, "choosers": choosing},
            f"{wished} of {choosing} who chose have their first choice.",
        )
    )
    if len(s.challenges) > 1:
        reasons.append(
            Reason(
                "merged",
                {"challenges": s.challenges},
                f"Works on {' and '.join(s.challenges)}, which are neighbours.",
            )
        )
    if problem.table[s.table].remote:
        text = "Meets by video: everybody here takes part from a distance."
        reasons.append(Reason("remote", {"people": len(people)}, text))
    guides = [p.id for p in people if p.facilitator]
    if guides:
        reasons.append(
            Reason("facilitators", {"people": guides}, f"Facilitated by {', '.join(guides)}.")
        )
    return TableProof(r, s.table, s.challenges, len(people), values, chance, tuple(reasons))


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _ordinal(rank: int) -> str:
    return ORDINALS[rank - 1] if rank <= len(ORDINALS) else f"{rank}th"


def _person(problem: Problem, s: Seating, p: Person, sphere: str) -> Iterable[Reason]:
    others = [problem.person[m] for m in s.people if m != p.id]
    if p.facilitator:
        yield Reason("facilitates", {}, "You facilitate this table.")
    elif p.id in problem.hosting:
        yield Reason("hosts", {"challenges": problem.hosting[p.id]}, "You host this challenge.")
    elif not p.choices:
        yield Reason("surprise", {}, "You asked to be surprised.")
    else:
        rank = rank_of(problem, p.id, s.challenges)
        if rank is None or rank < 0:
            yield Reason("no_choice", {}, "None of your choices could be met here.")
        else:
            yield Reason("choice", {"rank": rank + 1}, f"Your {_ordinal(rank + 1)} choice.")
    if sphere in problem.mix:
        count = len({v for q in (p, *others) for v in q.attributes.get(sphere, ())})
        yield Reason(
            "values",
            {"attribute": sphere, "count": count},
            f"{_some(count, sphere)} around the table.",
        )
    friends = {b if a == p.id else a for a, b in problem.together if p.id in (a, b)}
    if friends:
        yield Reason(
            "together",
            {"people": sorted(friends)},
            f"You sit with {', '.join(sorted(friends))}, as you asked.",
        )
    mine = set(p.attributes.get("organisation", ()))
    known = [
        q.id
        for q in others
        if q.id not in friends and mine & set(q.attributes.get("organisation", ()))
    ]
    yield Reason(
        "known",
        {"people": known},
        "You know nobody here yet."
        if not known
        else f"{len(known)} from your organisation sit here.",
    )
    if p.remote:
        yield Reason("distance", {}, "You take part from a distance, by video.")
    if p.needs_access:
        yield Reason("access", {}, "The table is accessible.")
