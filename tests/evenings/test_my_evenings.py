"""My space says where I come, with the way to my registration."""

from datetime import date

import pytest
from django.test import Client

from essor.evenings.models import Evening, Registration
from essor.people.models import Person
from tests.cast import make_evening, make_registration


def coming(cast, evening: Evening, **fields) -> Registration:
    registration = make_registration(evening, "Denis", **fields)
    Registration.objects.filter(pk=registration.pk).update(person=cast.denis)
    return registration


@pytest.fixture
def evening(cast) -> Evening:
    return make_evening(cast.valence)


def test_my_evenings_lead_to_my_registration(cast, evening):
    mine = coming(cast, evening)
    page = cast.client("denis").get("/me/").content.decode()
    address = f"/valence/evenings/{evening.public_id}/registrations/{mine.public_id}/"
    assert "Mes soirées" in page
    assert f'href="{address}"' in page
    assert cast.client("denis").get(address).status_code == 200


def test_a_seat_that_is_waited_for_says_so(cast, evening):
    coming(cast, evening, state=Registration.State.WAITING)
    assert "liste d’attente" in cast.client("denis").get("/me/").content.decode()


def test_what_was_cancelled_is_not_shown(cast, evening):
    coming(cast, evening, state=Registration.State.CANCELLED)
    assert "Mes soirées" not in cast.client("denis").get("/me/").content.decode()


def test_the_latest_evening_stands_first(cast, evening):
    coming(cast, evening)
    coming(cast, make_evening(cast.jura, name="Soirée du Jura", date=date(2027, 1, 9)))
    page = cast.client("denis").get("/me/").content.decode()
    assert page.index("Soirée du Jura") < page.index("Soirée de Valence")


def test_a_link_to_one_s_data_leads_to_the_evening_only(cast, evening):
    mine = coming(cast, evening)
    Person.objects.filter(pk=cast.denis.pk).update(account=None)
    client = Client()
    session = client.session
    session["keys"] = {"me": [cast.denis.public_id]}
    session.save()
    page = client.get("/me/").content.decode()
    assert f"/valence/evenings/{evening.public_id}/" in page
    assert mine.public_id not in page


def test_others_evenings_are_not_mine(cast, evening):
    make_registration(evening, "Inès")
    assert "Mes soirées" not in cast.client("denis").get("/me/").content.decode()
