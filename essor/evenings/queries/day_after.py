"""Who is written to the day after, and what there is to tell each of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from essor.evenings.models import Evening, Registration, Seat, Table
from essor.exchanges.models import Commitment
from essor.exchanges.states import State
from essor.kit.models import Mail
from essor.people.models import Person
from essor.projects.models import Project


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, with what is known of their evening."""

    person: Person
    came: bool
    table: Table | None
    promises: tuple[Commitment, ...]

    @property
    def project(self) -> Project | None:
        """What the table made; None while its sheet has not been handed in."""
        project = self.table.project if self.table else None
        return project if project is not None and project.published_at else None

    @property
    def situation(self) -> str:
        """Which of the mail's five beginnings is true."""
        if not self.came:
            return "absent"
        if self.table is None:
            return "no_table"
        if self.project is None:
            return "no_sheet"
        return "project"


@dataclass(frozen=True, slots=True)
class DayAfter:
    """Everybody concerned, those who cannot be written to, and who has been written to already."""

    recipients: list[Recipient]
    without_address: int
    want_no_news: int
    written: set[str]

    @property
    def to_write(self) -> list[Recipient]:
        return [each for each in self.recipients if each.person.public_id not in self.written]


def key_of(evening: Evening, person: Person) -> str:
    """The mail's key: the same person is written to once, whatever is pressed how often."""
    return f"day-after:{evening.public_id}:{person.public_id}"


def day_after(evening: Evening) -> DayAfter:
    """Everything for the preview and the sending; six queries whatever the number of people."""
    registrations = list(
        Registration.objects.filter(evening=evening, person__erased_at=None)
        .exclude(state__in=[Registration.State.CANCELLED, Registration.State.TWIN])
        .select_related("person")
        .order_by("id")
    )
    tables = _tables(evening)
    promises = _promises(evening)
    counted = any(each.arrived_at for each in registrations)
    everybody = [
        Recipient(
            each.person,
            came=bool(each.arrived_at) if counted else each.has_seat,
            table=tables.get(each.pk),
            promises=tuple(promises.pop(each.person_id, ())),
        )
        for each in registrations
        if each.has_seat or each.arrived_at or each.person_id in promises
    ]
    everybody += [
        Recipient(made[0].person, came=True, table=None, promises=tuple(made))
        for made in promises.values()
    ]
    return _sorted_out(evening, everybody)


def _tables(evening: Evening) -> dict[int, Table]:
    """The table of each registration (its first one, where the evening has several rounds)."""
    seats = (
        Seat.objects.filter(table__evening=evening)
        .select_related("table__project", "table__keeper")
        .order_by("-round")
    )
    found = {}
    for seat in seats:
        seat.table.evening = evening
        found[seat.registration_id] = seat.table
    return found


def _promises(evening: Evening) -> dict[int, list[Commitment]]:
    """What was promised at this evening and not released since, by person."""
    made: dict[int, list[Commitment]] = defaultdict(list)
    commitments = (
        Commitment.objects.filter(origin=evening.room, person__erased_at=None)
        .exclude(state=State.RELEASED)
        .select_related("person", "project", "territory")
        .order_by("id")
    )
    for commitment in commitments:
        made[commitment.person_id].append(commitment)
    return dict(made)


def _sorted_out(evening: Evening, everybody: Iterable[Recipient]) -> DayAfter:
    everybody = list(everybody)
    addressed = [each for each in everybody if each.person.email]
    prefix = key_of(evening, Person(public_id=""))
    keys = Mail.objects.filter(key__startswith=prefix).values_list("key", flat=True)
    return DayAfter(
        recipients=[each for each in addressed if not each.person.no_news],
        without_address=len(everybody) - len(addressed),
        want_no_news=sum(each.person.no_news for each in addressed),
        written={key.removeprefix(prefix) for key in keys},
    )
