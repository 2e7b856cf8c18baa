"""Bringing the example to life with the same actions that a host team uses."""

from datetime import datetime

from essor.algos.seating import solve
from essor.evenings.actions.plans import keep_plan, plan_in_hand
from essor.evenings.actions.publication import publish_plan
from essor.evenings.models import Evening, Plan
from essor.evenings.planning.problem import problem_of
from essor.people.models import Person
from essor.portal.demo.cast import PARTS
from essor.portal.facts import lasting_id

STEPS, SEED = 400_000, 1


class ExampleDoesNotFit(Exception):
    """The invented evening cannot be seated: its words and numbers are at fault."""


def person_of(code: str) -> Person:
    """The invented person who plays this part."""
    part = next(part for part in PARTS if part.code == code)
    return Person.objects.get(public_id=lasting_id("part", part.code))


def seat_example(evening: Evening, *, at: datetime) -> Plan:
    """Compute and publish the example's seating plan; found as it is the second time."""
    known = plan_in_hand(evening)
    if known is not None:
        return known
    outcome = solve(problem_of(evening), seed=SEED, steps=STEPS)
    if outcome.plan is None:
        raise ExampleDoesNotFit("; ".join(str(refusal) for refusal in outcome.refusals))
    host = person_of("host")
    plan = keep_plan(
        evening=evening,
        document=outcome.plan.to_dict(),
        change={"code": "computed", "seed": SEED, "steps": STEPS},
        by=host,
        at=at,
    )
    return publish_plan(plan=plan, seen="", by=host, at=at)
