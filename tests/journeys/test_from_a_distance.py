"""Aïcha offers tables by video; Inès, far away, registers, is seated, gets the link and is there."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.jobs.plan_runs import compute
from essor.evenings.jobs.remote import remind_remote_people, tell_remote_people
from essor.evenings.models import PlanRun, Registration, Table
from essor.kit import clock
from essor.kit.models import Mail
from tests.cast import Cast
from tests.evenings.answers import posted
from tests.factories.seating import make_ready_evening

pytestmark = pytest.mark.django_db
LINK = "https://visio.example.org/essor-table-6"


def test_from_far_away_to_the_table(  # noqa: PLR0915 - one evening, told in its order
    cast: Cast, monkeypatch
) -> None:
    moment = [datetime(2026, 11, 3, 9, 0, tzinfo=UTC)]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    evening = make_ready_evening(cast.valence, people=34, tables=5)
    evening.starts_at, evening.capacity = datetime(2026, 11, 3, 18, 0, tzinfo=UTC), 60
    evening.save()
    aicha, ines = cast.client("aicha"), Client()

    def url(name: str, *more: str) -> str:
        return reverse(f"evenings:{name}", args=["valence", evening.public_id, *more])

    # Aïcha opens a sixth table by video; a link that is not secure is refused at its line.
    def tables(link: str) -> dict[str, str]:
        return {"act": uuid4().hex, "offered": "on", "table-TOTAL_FORMS": "1",
                "table-INITIAL_FORMS": "0", "table-0-number": "6", "table-0-link": link}  # fmt: skip

    refused = aicha.post(url("remote_tables"), tables("http://visio.example.org/6"))
    assert refused.status_code == 422
    assert "http://visio.example.org/6" in refused.content.decode()
    assert aicha.post(url("remote_tables"), tables(LINK)).status_code == 302
    room = evening.room_tables.get(number=6)
    assert (room.remote, room.link) == (True, LINK)

    # Inès is asked, and registers from a distance; her mail has no ticket for the door.
    assert "À distance" in ines.get(url("register")).content.decode()
    ines.post(url("register"), posted(evening, remote="yes"))
    hers = Registration.objects.get(person__first_name="Inès")
    assert hers.remote
    assert LINK not in ines.get(url("registration", hers.public_id)).content.decode()
    first = Mail.objects.get(address="ines@example.org")
    assert [part["type"] for part in first.attachments] == ["text/calendar"]

    # Six others take part from a distance too, two of them facilitate; the plan is computed.
    far = evening.registrations.filter(remote=False).order_by("-id")[:6]
    Registration.objects.filter(pk__in=[each.pk for each in far]).update(remote=True)
    evening.registrations.filter(remote=True).exclude(pk=hers.pk).update(facilitator=True)
    aicha.post(url("plan_runs"), {"act": uuid4(), "seconds": "2"})
    PlanRun.objects.filter(state="waiting").update(seconds=0.3)
    compute(PlanRun.objects.first().public_id)
    page = re.sub(r"<[^>]+>", " ", aicha.get(url("plan")).content.decode())
    assert "En visio" in page
    assert "tout le monde sinon est dans la salle" in page

    # Nobody sees the link before the plan is published; then it goes to her, and to nobody else.
    assert LINK not in ines.get(url("ticket", hers.public_id)).content.decode()
    plan = plan_in_hand(evening)
    aicha.post(url("plan_publication"), {"act": uuid4(), "plan": plan.public_id, "seen": ""})
    table = Table.objects.get(evening=evening, number=6)
    assert table.remote
    assert {seat.registration.remote for seat in table.seats.all()} == {True}
    tell_remote_people.func(evening.pk)
    tell_remote_people.func(evening.pk)
    mail = Mail.objects.get(address="ines@example.org", text__contains=LINK)
    assert "Table 6" in mail.text
    assert LINK in ines.get(url("ticket", hers.public_id)).content.decode()
    assert LINK in ines.get(url("table", table.public_id)).content.decode()
    assert LINK not in Client().get(url("table", table.public_id)).content.decode()

    # Too early to be there; a few hours before, one reminder; then she is there, once.
    ines.post(url("presence", hers.public_id), {"act": uuid4()})
    hers.refresh_from_db()
    assert hers.arrived_at is None
    moment[0] = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    remind_remote_people.func()
    remind_remote_people.func()
    assert Mail.objects.filter(address="ines@example.org", text__contains=LINK).count() == 2
    moment[0] = datetime(2026, 11, 3, 17, 50, tzinfo=UTC)
    ines.post(url("presence", hers.public_id), {"act": uuid4()})
    ines.post(url("presence", hers.public_id), {"act": uuid4()})
    hers.refresh_from_db()
    assert hers.arrived_at == moment[0]

    # The door counts her apart; the conductor sees the table by video with its link.
    count = re.sub(r"\s+", " ", cast.client("chloe").get(url("door")).content.decode())
    assert "1 / 7 en visio" in count
    assert LINK in aicha.get(url("conductor")).content.decode()
