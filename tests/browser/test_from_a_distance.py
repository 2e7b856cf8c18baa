"""Pages of somebody at a distance and of the hosts who prepare it: as a phone shows them."""

from datetime import timedelta

import pytest

from essor.evenings.actions.registration import Coming, register
from essor.evenings.models import Evening, RoomTable, Seat
from essor.kit import clock
from tests.cast import make_evening, make_registration, make_table, sphere


@pytest.fixture
def evening(cast):
    soon = clock.now() + timedelta(minutes=30)
    evening = make_evening(cast.valence, remote_offered=True, starts_at=soon)
    RoomTable.objects.create(
        evening=evening, number=5, remote=True, link="https://visio.example.org/essor-5"
    )
    make_table(evening, 1, people=(make_registration(evening, "Jules"),))
    return evening


def test_registering_from_a_distance_and_being_there(page, site, axe, see, sign_in, cast, evening):
    page.goto(f"/valence/evenings/{evening.public_id}/registration/")
    page.get_by_text("À distance, en visio").wait_for()
    axe(page)
    see(page, "distance-registration")
    coming = Coming("Denis", email="denis@example.org", sphere=sphere("citizen"), remote=True)
    mine = register(
        evening=evening, coming=coming, person=cast.denis, by=cast.denis, at=clock.now()
    )
    sign_in(cast.denis)
    address = f"/valence/evenings/{evening.public_id}/registrations/{mine.public_id}/"
    page.goto(address)
    see(page, "distance-before-the-plan")
    far = make_table(evening, 5, people=(mine,), remote=True)
    page.goto(address)
    assert page.get_by_role("link", name="Ouvrir la visio").get_attribute("rel") == (
        "noopener noreferrer nofollow"
    )
    page.get_by_role("button", name="J’y suis").click()
    page.get_by_text("Vous êtes là depuis").wait_for()
    axe(page)
    see(page, "distance-registration-page")
    page.goto(f"/valence/evenings/{evening.public_id}/tables/{far.public_id}/")
    axe(page)
    see(page, "distance-table")
    assert Seat.objects.get(registration=mine).table == far


def test_hosts_give_the_links(page, site, axe, see, sign_in, cast, evening):
    Evening.objects.filter(pk=evening.pk).update(state=Evening.State.LIVE)
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/room/remote/")
    axe(page)
    see(page, "distance-tables")
    page.get_by_label("Lien de sa visio").nth(1).fill("http://visio.example.org/6")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Seule une adresse sécurisée").wait_for()
    see(page, "distance-tables-refused")
    make_table(evening, 5, remote=True)
    page.goto(f"/valence/evenings/{evening.public_id}/conductor/")
    see(page, "distance-conductor")
