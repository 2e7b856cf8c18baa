"""What is printed for an evening, read in a fixed number of queries; works before any plan."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from essor.evenings.models import Evening, Registration, Seat, Table
from essor.evenings.printing import Badge, ListedPerson, Look, SphereMark, TablePage
from essor.evenings.queries.registrations import coming
from essor.evenings.ticket import ticket_address
from essor.people.models import Person, Sphere

UNKNOWN = "#a9a4b5"


@dataclass
class Seating:
    """Tables with their challenges, and who sits where, by round; empty before a plan."""

    tables: list[Table]
    seats: dict[int, list[Seat]]

    @property
    def published(self) -> bool:
        return bool(self.seats)


def seating_of(evening: Evening) -> Seating:
    """Three queries. The people of a seat come with sphere and organisation."""
    tables = list(evening.tables.filter(state=Table.State.OPEN).prefetch_related("challenges"))
    seats: dict[int, list[Seat]] = defaultdict(list)
    alive = Registration.State.REGISTERED
    sitting = Seat.objects.filter(table__evening=evening, registration__state=alive)
    people = "registration__person__sphere", "registration__person__organisation"
    for seat in sitting.select_related("table", *people).order_by("round", "id"):
        seats[seat.table_id].append(seat)
    return Seating(tables, seats)


def look_of(evening: Evening) -> Look:
    territory = evening.territory
    return Look(
        territory=territory.name,
        evening=evening.name,
        when=_when(evening),
        where=", ".join(part for part in (evening.place, evening.commune) if part),
        primary=territory.primary,
        accent=territory.accent,
    )


def badges_of(evening: Evening) -> list[Badge]:
    """One badge a person who comes, by last name, and one for each guest under 15."""
    seating = seating_of(evening)
    by_person: dict[int, list[Seat]] = defaultdict(list)
    for seats in seating.seats.values():
        for seat in seats:
            by_person[seat.registration_id].append(seat)
    shorts = {table.pk: _shorts(table) for table in seating.tables}
    around = {key: _around(seats, evening.seats_max) for key, seats in seating.seats.items()}
    people = coming(evening).filter(remote=False)  # a badge is worn in the hall
    people = people.order_by("person__last_name", "person__first_name", "id")
    badges: list[Badge] = []
    for registration in people:
        registration.evening = evening
        seats = sorted(by_person[registration.pk], key=lambda seat: seat.round)
        badge = _badge(registration, seats, shorts, around)
        badges += [badge, *[_guest(badge)] * registration.children]
    return badges


def table_pages(evening: Evening) -> list[TablePage]:
    """The tables in their order with the people of the first round; before a plan, the tables of
    the room with their number alone."""
    seating = seating_of(evening)
    if not seating.tables:
        return [TablePage(str(table.number), remote=table.remote)
                for table in evening.room_tables.all()]  # fmt: skip
    return [
        TablePage(
            number=str(table.number),
            challenges=tuple((c.short, c.question) for c in table.challenges.all()),
            people=tuple(
                _listed(seat.registration, str(table.number))
                for seat in seating.seats[table.pk]
                if seat.round == 1
            ),
            address=table_address(evening, table),
            code=table.phone_code,
            remote=table.remote,
        )
        for table in seating.tables
    ]


def tables_in_the_hall(evening: Evening) -> list[TablePage]:
    """The tables that stand in the room: one that meets by video needs neither card nor paper."""
    return [page for page in table_pages(evening) if not page.remote]


def listed_people(evening: Evening) -> list[ListedPerson]:
    """Everybody who comes to the hall, with the table of the first round."""
    seating = seating_of(evening)
    table_of = {
        seat.registration_id: str(seat.table.number)
        for seats in seating.seats.values()
        for seat in seats
        if seat.round == 1
    }
    here = coming(evening).filter(remote=False)
    return [_listed(each, table_of.get(each.pk, "")) for each in here]


def table_address(evening: Evening, table: Table) -> str:
    """What a table's QR says: its page, which asks for the code before anybody writes."""
    path = reverse(
        "evenings:table", args=[evening.territory.slug, evening.public_id, table.public_id]
    )
    return settings.SITE_URL + path


def mark_of(sphere: Sphere | None) -> SphereMark | None:
    return SphereMark(sphere.name, sphere.letter, sphere.colour) if sphere else None


def _badge(
    registration: Registration,
    seats: Sequence[Seat],
    shorts: dict[int, str],
    around: dict[int, tuple[str, ...]],
) -> Badge:
    person = registration.person
    first = next((seat for seat in seats if seat.round == 1), None)
    return Badge(
        first_name=person.first_name,
        last_name=person.last_name,
        code=registration.code,
        address=ticket_address(registration),
        organisation=_organisation(person),
        sphere=mark_of(person.sphere),
        table=str(first.table.number) if first else "",
        challenge=shorts.get(first.table_id, "") if first else "",
        seats=around.get(first.table_id, ()) if first else (),
        later=tuple(
            _("then table %(number)s") % {"number": seat.table.number}
            for seat in seats
            if seat.round > 1
        ),
        facilitator=registration.facilitator,
    )


def _guest(host: Badge) -> Badge:
    """A badge without a name, for a child who comes along: no profile is made below 15."""
    return Badge(
        first_name=_("Guest"),
        last_name="",
        code=host.code,
        address=host.address,
        organisation=_("with %(name)s") % {"name": f"{host.first_name} {host.last_name}".strip()},
        table=host.table,
        challenge=host.challenge,
        seats=host.seats,
    )


def _listed(registration: Registration, table: str) -> ListedPerson:
    person = registration.person
    return ListedPerson(
        first_name=person.first_name,
        last_name=person.last_name,
        note=_organisation(person),
        table=table,
        sphere=mark_of(person.sphere),
        facilitator=registration.facilitator,
    )


def _organisation(person: Person) -> str:
    return person.organisation.name if person.organisation else ""


def _shorts(table: Table) -> str:
    return " · ".join(challenge.short for challenge in table.challenges.all())


def _around(seats: Sequence[Seat], most: int) -> tuple[str, ...]:
    """The colours around a table in the first round; seats that stay free are blank."""
    colours = [
        seat.registration.person.sphere.colour if seat.registration.person.sphere else UNKNOWN
        for seat in seats
        if seat.round == 1
    ]
    return tuple(colours + [""] * max(0, min(most, len(colours) + 1) - len(colours)))


def _when(evening: Evening) -> str:
    if evening.starts_at is None:
        return evening.day
    return f"{evening.day}, {time_format(localtime(evening.starts_at).time(), 'TIME_FORMAT')}"
