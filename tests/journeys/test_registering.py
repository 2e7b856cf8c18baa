"""Inès registers on her phone without an account, changes her mind, and Jules gets her seat."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from essor.evenings.models import Registration
from essor.kit import clock
from essor.kit.models import Mail
from tests.cast import Cast, make_evening
from tests.evenings.answers import address, posted

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())


def link_in(mail: Mail) -> str:
    return re.search(r"https?://[^/]+(/l/\S+)", mail.text)[1]


def test_from_the_public_page_to_a_freed_seat(cast: Cast) -> None:
    evening = make_evening(cast.valence, capacity=1)
    ines, jules = Client(), Client()

    # She sees the evening, and the button.
    page = ines.get(address(evening)).content.decode()
    assert "Soirée de Valence" in page
    assert address(evening, "registration") in page

    # She forgets her name: the page comes back, with what she wrote.
    answer = ines.post(address(evening, "registration"), posted(evening, first_name=""))
    assert answer.status_code == 422
    assert "ines@example.org" in answer.content.decode()
    assert Registration.objects.count() == 0

    # With her name she is registered, and sees her ticket.
    answer = ines.post(address(evening, "registration"), posted(evening), follow=True)
    hers = Registration.objects.get()
    page = answer.content.decode()
    assert hers.code in page
    assert "Romans-sur-Isère" in page
    assert "<svg" in page

    # Her mail repeats the answers, with ticket and calendar file.
    mail = Mail.objects.get()
    assert mail.address == "ines@example.org"
    assert hers.code in mail.text
    assert "Défi 1" in mail.text
    assert [part["type"] for part in mail.attachments] == ["text/calendar", "image/png"]

    # Jules comes second: the waiting list.
    two = posted(evening, first_name="Jules", last_name="", email="jules@example.org")
    page = jules.post(address(evening, "registration"), two, follow=True).content.decode()
    his = Registration.objects.get(person__first_name="Jules")
    assert his.state == Registration.State.WAITING
    assert his.code not in page

    # From another browser, by the link in her mail, Inès cancels.
    elsewhere = Client()
    landing = elsewhere.get(link_in(mail))
    assert landing.status_code == 200
    opened = elsewhere.post(link_in(mail), follow=True)
    assert hers.code in opened.content.decode()
    elsewhere.post(address(evening, "registrations", hers.public_id, "cancellation"))

    # Her seat is Jules's, who is told.
    hers.refresh_from_db()
    his.refresh_from_db()
    assert hers.state == Registration.State.CANCELLED
    assert his.state == Registration.State.REGISTERED
    told = Mail.objects.get(address="jules@example.org", subject__contains="place")
    assert his.code in told.text
    assert his.code in jules.get(address(evening, "registrations", his.public_id)).content.decode()
