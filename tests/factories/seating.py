"""An evening ready to be seated: as many invented people as wanted, their choices, facilitators."""

from essor.algos.seating import solve
from essor.evenings.actions.plans import keep_plan
from essor.evenings.models import AccessNeed, Choice, Evening, Plan, Registration, Wish
from essor.evenings.planning.problem import problem_of
from essor.people.models import Person, Sphere
from essor.territories.models import Territory
from tests.cast import NOW, make_evening

SPHERES = ("citizen", "social_economy", "enterprise", "association")


def make_ready_evening(
    territory: Territory, *, people: int = 24, tables: int = 4, challenges: int = 3, **fields
) -> Evening:
    """``people`` registered, each tenth a facilitator (two at least), the others with two choices.

    They are named Invitée 1, Invitée 2, ...; spheres turn in the order of ``SPHERES``.
    """
    fields = {"seats_min": 3, "seats_max": 8, "capacity": people + 20, **fields}
    evening = make_evening(territory, tables=tables, challenges=challenges, **fields)
    spheres = [Sphere.objects.get(code=code) for code in SPHERES]
    persons = Person.objects.bulk_create(
        Person(first_name="Invitée", last_name=str(n), sphere=spheres[n % 4], created_at=NOW)
        for n in range(1, people + 1)
    )
    facilitators = max(tables, people // 8)
    registrations = Registration.objects.bulk_create(
        Registration(
            evening=evening,
            person=who,
            code=f"C{n:04d}",
            state=Registration.State.REGISTERED,
            facilitator=n <= facilitators,
            state_at=NOW,
            registered_at=NOW,
        )
        for n, who in enumerate(persons, 1)
    )
    topics = list(evening.challenges.order_by("id"))
    Choice.objects.bulk_create(
        Choice(registration=each, challenge=topics[(n + rank) % len(topics)], rank=rank)
        for n, each in enumerate(registrations)
        if not each.facilitator
        for rank in (1, 2)
    )
    return evening


def registered(evening: Evening, number: int) -> Registration:
    """The registration of « Invitée ``number`` »."""
    return evening.registrations.select_related("evening__territory", "person").get(
        person__first_name="Invitée", person__last_name=str(number)
    )


def make_plan(evening: Evening, by: Person, *, steps: int = 2_000, seed: int = 1) -> Plan:
    """A legal plan of the evening, computed here and now, kept and in hand."""
    outcome = solve(problem_of(evening), seed=seed, steps=steps)
    assert outcome.plan is not None, outcome.refusals
    return keep_plan(
        evening=evening, document=outcome.plan.to_dict(), change={"code": "computed"}, by=by, at=NOW
    )


def table_of(plan: Plan, registration: Registration, round: int = 1) -> str:
    """Where somebody sits in a round (the first is 1) of a plan's document."""
    return next(
        seating["table"]
        for seating in plan.document["rounds"][round - 1]
        if registration.public_id in seating["people"]
    )


def wish(one: Registration, kind: str, other: Registration) -> Wish:
    return Wish.objects.create(registration=one, kind=kind, name=other.person.name, other=other)


def needs_access(registration: Registration) -> AccessNeed:
    return AccessNeed.objects.create(registration=registration, accessible_table=True)
