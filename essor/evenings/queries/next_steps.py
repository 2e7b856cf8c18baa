"""What the host team has to do next for an evening, in the order of the work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Evening, Plan, Registration

State = Evening.State


@dataclass(frozen=True, slots=True)
class StepToDo:
    """One thing to do: what, why, where, and whether it is done."""

    label: str | Promise
    note: str | Promise
    url: str
    done: bool


def steps_before_opening(evening: Evening) -> list[StepToDo]:
    """The check-list of the desk; three queries."""
    tables = evening.room_tables.count()

    def to(name: str) -> str:
        return reverse(f"evenings:{name}", args=[evening.territory.slug, evening.public_id])

    return [
        StepToDo(
            _("Date, place and number of people"),
            _("Without them nobody can come."),
            to("details"),
            bool(evening.starts_at and evening.place and evening.capacity),
        ),
        StepToDo(
            _("Challenges of the evening"),
            _("People choose two or three of them when they register."),
            to("challenges"),
            evening.challenges.exists(),
        ),
        StepToDo(
            _("Room and tables"),
            _("The seating plan needs to know how many tables there are."),
            to("room"),
            tables > 0,
        ),
        StepToDo(
            _("How to come"),
            _("Bus, entrance, wheelchair: it goes into every mail."),
            to("details"),
            bool(evening.access),
        ),
    ]


def steps_of(evening: Evening) -> list[StepToDo]:
    """The check-list of the desk in each state of the evening; up to five queries."""
    before = steps_before_opening(evening)
    if evening.state == State.DRAFT:
        return before

    def to(name: str) -> str:
        return reverse(f"evenings:{name}", args=[evening.territory.slug, evening.public_id])

    coming = StepToDo(_("See who is missing"), _("and invite them."), to("missing"), False)
    plan = StepToDo(
        _("Seating plan"),
        _("Compute it, look at what it proposes, publish it."),
        to("plan"),
        published_plan(evening) is not None,
    )
    printing = StepToDo(_("Print"), _("Badges, table cards, sheets, lists."), to("prints"), False)
    conduct = StepToDo(
        _("Conduct the evening"), _("Phases, timer and screen."), to("conductor"), False
    )
    after = StepToDo(
        _("The day after"),
        _("One mail a person, and the sheets that miss."),
        to("day_after"),
        False,
    )
    return {
        State.OPEN: [*(step for step in before if not step.done), coming, plan, printing],
        State.CLOSED: [*(step for step in before if not step.done), plan, printing],
        State.LIVE: [conduct],
        State.OVER: [after],
    }[State(evening.state)]


def seats_warning(evening: Evening) -> tuple[int, int] | None:
    """(seats in the room, capacity) where more people may come than can sit."""
    seats = evening.room_tables.count() * evening.seats_max
    if seats and evening.capacity > seats:
        return seats, evening.capacity
    return None


@dataclass(frozen=True, slots=True)
class Hall:
    """What a hall holds: tables, seats at them from few to many, and how many people are coming."""

    tables: int
    fewest: int
    most: int
    coming: int


def hall_now(evening: Evening) -> Hall:
    """Two queries. Tables by video are not in the hall, nor are those who sit at them."""
    tables = evening.room_tables.filter(remote=False).count()
    coming = evening.registrations.filter(state=Registration.State.REGISTERED, remote=False).count()
    return Hall(tables, tables * evening.seats_min, tables * evening.seats_max, coming)


@dataclass(frozen=True, slots=True)
class Length:
    """How long an evening's phases take together, and when the last one ends, where that is known."""

    minutes: int
    ends_at: datetime | None


def whole_length(evening: Evening) -> Length:
    """One query."""
    minutes = sum(evening.phases.values_list("minutes", flat=True))
    begins = evening.starts_at
    return Length(minutes, begins + timedelta(minutes=minutes) if begins else None)


def published_plan(evening: Evening) -> Plan | None:
    return evening.plans.filter(state=Plan.State.PUBLISHED).first()
