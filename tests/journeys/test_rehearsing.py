"""Aïcha rehearses with Chloé at the door and a colleague without an account; then all is gone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from essor.evenings.jobs.rehearsals import play
from essor.evenings.models import Evening, Rehearsal, Table
from essor.kit import clock
from essor.kit.models import Mail
from essor.territories.models import Territory
from tests.cast import NOW, Cast, make_evening

pytestmark = pytest.mark.django_db


def test_the_team_trains_for_ten_minutes(cast: Cast, monkeypatch) -> None:
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    evening = make_evening(cast.valence)
    aicha, chloe, phone = cast.client("aicha"), cast.client("chloe"), Client()

    def url(of: Evening, name: str, *more: str) -> str:
        return reverse(f"evenings:{name}", args=[of.territory.slug, of.public_id, *more])

    # She starts it from the desk of her evening; the worker plays the first minute.
    desk = aicha.get(url(evening, "desk")).content.decode()
    assert url(evening, "rehearsals") in desk
    aicha.post(url(evening, "rehearsals"), {"act": uuid4(), "minutes": "10", "yours": "1"})
    rehearsal = Rehearsal.objects.get()
    practice = rehearsal.practice
    play(rehearsal.public_id)
    moment[0] += timedelta(minutes=1)
    play(rehearsal.public_id)

    # Chloé lets in one of the four who wait for her, by the code that the page gives.
    page = aicha.get(url(evening, "rehearsals"))
    somebody = page.context["shown"][0].waiting[0]
    assert somebody.code in page.content.decode()
    chloe.post(url(practice, "door_arrivals"), {"act": uuid4(), "code": somebody.code})
    somebody.refresh_from_db()
    assert somebody.arrived_by == cast.chloe

    # The colleague comes in by the code of the screen and holds the table that is left to people.
    assert phone.get(url(practice, "here")).status_code == 404
    phone.post(f"{reverse('here:code')}?code={practice.welcome_code}")
    table = Table.objects.get(evening=practice, number=1)
    code = {"act": uuid4(), "code": table.phone_code}
    assert phone.post(url(practice, "table_key", table.public_id), code).status_code == 302
    assert phone.get(url(practice, "phone", table.public_id)).status_code == 200

    # The play goes to its end; the public saw nothing, nobody got a mail.
    while play(rehearsal.public_id):
        moment[0] += timedelta(seconds=20)
    practice.refresh_from_db()
    assert practice.state == Evening.State.OVER
    assert cast.client("denis").get(url(practice, "evening")).status_code == 404
    assert not Mail.objects.exists()

    # One tap, and there has never been anything.
    named = {"act": uuid4(), "rehearsal": rehearsal.public_id}
    answer = aicha.post(url(evening, "rehearsal_removal"), named, follow=True)
    assert "Pas encore de répétition." in answer.content.decode()
    assert not Territory.objects.filter(rehearsal=True).exists()
    assert not Evening.objects.exclude(pk=evening.pk).exists()
