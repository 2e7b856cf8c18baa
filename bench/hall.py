"""A hall for ``bench/evening.py``: 1,500 invented people at 120 tables, with their browsers' sessions.

Rows are written in bulk, outside of the actions: this is a load, not a story.
"""

import json
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from essor.evenings.models import Evening, Phase, Registration, Seat, Table, TableIdea
from essor.exchanges.models import Commitment
from essor.kit.ids import new_public_id
from essor.people.models import Account, Person, Sphere
from essor.projects.models import Sheet
from essor.territories.models import Role, Territory
from tests.cast import make_evening


def fill(people: int, tables: int) -> None:
    """Make it all; prints what the clients need as JSON."""
    now = timezone.now()
    place = Territory.objects.create(slug="grand", name="Grand Territoire", created_at=now)
    evening = make_evening(
        place, challenges=12, tables=tables, capacity=people, state=Evening.State.LIVE,
        starts_at=now - timedelta(minutes=10), date=now.date(), seats_max=14,
    )  # fmt: skip
    evening.phase = Phase.objects.filter(evening=evening).last()
    evening.phase_started_at = now
    evening.save()
    challenges = list(evening.challenges.all())
    rows = Table.objects.bulk_create(
        Table(evening=evening, number=n, phone_code=f"T{n:04d}") for n in range(1, tables + 1)
    )
    Table.challenges.through.objects.bulk_create(
        Table.challenges.through(table=row, challenge=challenges[at % 12])
        for at, row in enumerate(rows)
    )
    spheres = list(Sphere.objects.all())
    persons = Person.objects.bulk_create(
        Person(first_name=f"Prénom{n}", last_name=f"Nom{n}", email=f"p{n}@example.org",
               sphere=spheres[n % len(spheres)], invented=True, created_at=now)
        for n in range(people)
    )  # fmt: skip
    registered = Registration.objects.bulk_create(
        Registration(evening=evening, person=person, code=f"C{n:05d}", registered_at=now,
                     state=Registration.State.REGISTERED, state_at=now)
        for n, person in enumerate(persons)
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(table=rows[n % tables], registration=each) for n, each in enumerate(registered)
    )
    account = Account.objects.create_user("host@example.org")
    host = Person.objects.create(first_name="Aïcha", account=account, created_at=now)
    Role.objects.create(person=host, territory=place, kind=Role.Kind.HOST, since=now)
    signed_in = Client(SERVER_NAME="127.0.0.1")
    signed_in.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {
        "evening": evening.public_id,
        "host": signed_in.cookies["sessionid"].value,
        "people": [
            [each.public_id, rows[n % tables].public_id, _session("registration", each.public_id)]
            for n, each in enumerate(registered)
        ],
        "tables": [[row.public_id, _session("table", row.public_id)] for row in rows],
    }
    print(json.dumps(told))


def _session(kind: str, key: str) -> str:
    """The session of a browser that holds this key."""
    session = SessionStore()
    session["keys"] = {kind: [key]}
    session["device"] = new_public_id()
    session.create()
    return str(session.session_key)


def kept() -> None:
    """What the database holds at the end, as JSON: ideas, sheets, promises, arrivals."""
    print(json.dumps({
        "ideas": list(TableIdea.objects.values_list("text", flat=True)),
        "sheets": list(Sheet.objects.values_list("dream", flat=True)),
        "promises": list(Commitment.objects.values_list("what", flat=True)),
        "arrivals": list(
            Registration.objects.filter(arrived_at__isnull=False).values_list("public_id", flat=True)
        ),
    }))  # fmt: skip
