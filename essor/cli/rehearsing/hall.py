"""The hall of a rehearsal: invented people at their tables, with their browsers' sessions.

    python -m essor.cli.rehearsing.hall fill PEOPLE TABLES     prints what the phones need, as JSON
    python -m essor.cli.rehearsing.hall kept                   prints what the database holds, as JSON

Runs in a process of its own over the rehearsal's database. Rows are written in bulk, outside of the
actions: this is a load, not a story. Everybody here is marked as invented.
"""

import json
import sys
from datetime import timedelta
from typing import Any

CHALLENGES = 12


def fill(people: int, tables: int) -> dict[str, Any]:
    """Make the evening, live and in its last phase; returns the keys of it and of its phones."""
    from django.test import Client
    from django.utils import timezone

    from essor.evenings.rehearsing.invented import seat_around
    from essor.people.models import Account, Person
    from essor.territories.models import Role, Territory

    now = timezone.now()
    place = Territory.objects.create(
        slug="grand", name="Répétition (tout est inventé)", created_at=now
    )
    evening = _evening(place, people, now)
    rows = _tables(evening, tables)
    registered = _registered(evening, people, now)
    seat_around(rows, registered)
    account = Account.objects.create_user("host@example.org")
    host = Person.objects.create(first_name="Aïcha", account=account, invented=True, created_at=now)
    Role.objects.create(person=host, territory=place, kind=Role.Kind.HOST, since=now)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(account)
    return {
        "evening": evening.public_id,
        "host": browser.cookies["sessionid"].value,
        "people": [
            [each.public_id, rows[n % tables].public_id, _session("registration", each.public_id)]
            for n, each in enumerate(registered)
        ],
        "tables": [[row.public_id, _session("table", row.public_id)] for row in rows],
    }


def _evening(place: Any, people: int, now: Any) -> Any:
    from essor.challenges.models import Challenge
    from essor.evenings.models import Evening, Phase

    evening = Evening.objects.create(
        territory=place, name="Répétition", date=now.date(), starts_at=now - timedelta(minutes=10),
        state=Evening.State.LIVE, capacity=people, seats_max=14, created_at=now,
    )  # fmt: skip
    evening.challenges.set(
        Challenge.objects.create(
            territory=place, short=f"Défi {n}", question=f"Comment répéter le défi {n} ?",
            state=Challenge.State.OPEN, created_at=now,
        )
        for n in range(1, CHALLENGES + 1)
    )  # fmt: skip
    Phase.objects.create(evening=evening, kind=Phase.Kind.WELCOME, minutes=20, order=1)
    evening.phase = Phase.objects.create(
        evening=evening, kind=Phase.Kind.SHEET, minutes=45, order=2
    )
    evening.phase_started_at = now
    evening.save()
    return evening


def _tables(evening: Any, tables: int) -> list[Any]:
    from essor.evenings.models import RoomTable, Table

    challenges = list(evening.challenges.all())
    RoomTable.objects.bulk_create(
        RoomTable(evening=evening, number=n) for n in range(1, tables + 1)
    )
    rows = Table.objects.bulk_create(
        Table(evening=evening, number=n, phone_code=f"T{n:04d}") for n in range(1, tables + 1)
    )
    through = Table.challenges.through
    through.objects.bulk_create(
        through(table=row, challenge=challenges[at % CHALLENGES]) for at, row in enumerate(rows)
    )
    return list(rows)


def _registered(evening: Any, people: int, now: Any) -> list[Any]:
    from essor.evenings.rehearsing.invented import invent_people

    return invent_people(
        evening, people, now,
        name=lambda n: (f"Prénom{n}", f"Nom{n}"), email=lambda n: f"p{n}@example.org",
    )  # fmt: skip


def _session(kind: str, key: str) -> str:
    """The session of a browser that holds this key."""
    from django.contrib.sessions.backends.db import SessionStore

    from essor.kit.ids import new_public_id

    session = SessionStore()
    session["keys"] = {kind: [key]}
    session["device"] = new_public_id()
    session.create()
    return str(session.session_key)


def kept() -> dict[str, list[str]]:
    """The marks that the database holds at the end, by kind of act."""
    from essor.evenings.models import Registration, TableIdea
    from essor.exchanges.models import Commitment
    from essor.projects.models import Sheet

    return {
        "idea": list(TableIdea.objects.values_list("text", flat=True)),
        "sheet": list(Sheet.objects.values_list("dream", flat=True)),
        "promise": list(Commitment.objects.values_list("what", flat=True)),
        "arrival": list(
            Registration.objects.filter(arrived_at__isnull=False).values_list("public_id", flat=True)
        ),
    }  # fmt: skip


def main(words: list[str]) -> None:
    from django.core.management import call_command

    from essor.cli import start_django

    start_django()
    if words[0] == "kept":
        told: dict[str, Any] = kept()
    else:
        call_command("migrate", verbosity=0)
        told = fill(int(words[1]), int(words[2]))
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
