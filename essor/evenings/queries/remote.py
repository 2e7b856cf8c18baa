"""Where remote tables meet, and for whom."""

from dataclasses import dataclass

from essor.evenings.models import Evening, Registration, RoomTable, Seat, Table


@dataclass(frozen=True, slots=True)
class Video:
    """One person's remote table; ``link`` is empty while hosts have given none."""

    table: Table
    topics: str
    link: str
    round: int

    @property
    def number(self) -> int:
        return self.table.number


def links_of(evening: Evening) -> dict[int, str]:
    """The links of the evening's remote tables, by number. One query."""
    return dict(
        RoomTable.objects.filter(evening=evening, remote=True).values_list("number", "link")
    )


def videos_of(registration: Registration) -> list[Video]:
    """The remote tables where somebody sits, one a round; none before the plan is published.

    Nobody else's link is ever read here. No query for people in the hall, three else.
    """
    if not registration.remote or registration.state != Registration.State.REGISTERED:
        return []
    seats = (
        Seat.objects.filter(
            registration=registration, table__remote=True, table__state=Table.State.OPEN
        )
        .select_related("table")
        .prefetch_related("table__challenges")
        .order_by("round")
    )
    return _once_a_table(list(seats), links_of(registration.evening))


def _once_a_table(seats: list[Seat], links: dict[int, str]) -> list[Video]:
    seen: dict[int, Video] = {}
    for seat in seats:
        topics = " + ".join(challenge.short for challenge in seat.table.challenges.all())
        link = links.get(seat.table.number, "")
        seen.setdefault(seat.table_id, Video(seat.table, topics, link, seat.round))
    return list(seen.values())


def videos_by_registration(evening: Evening) -> list[tuple[Registration, list[Video]]]:
    """Everybody at a distance who has an address and a table with a link. Four queries."""
    links = links_of(evening)
    people = (
        evening.registrations.filter(state=Registration.State.REGISTERED, remote=True)
        .exclude(person__email="")
        .select_related("person__sphere", "person__organisation")
        .order_by("id")
    )
    seats: dict[int, list[Seat]] = {}
    rows = Seat.objects.filter(
        table__evening=evening, table__remote=True, table__state=Table.State.OPEN
    )
    for seat in (
        rows.select_related("table").prefetch_related("table__challenges").order_by("round")
    ):
        seats.setdefault(seat.registration_id, []).append(seat)
    found = []
    for registration in people:
        registration.evening = evening
        videos = _once_a_table(seats.get(registration.pk, []), links)
        if any(video.link for video in videos):
            found.append((registration, videos))
    return found
