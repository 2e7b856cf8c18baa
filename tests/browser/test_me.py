"""My space and the hosts' records of processing, in a browser."""

import pytest

from essor.people.actions import give_consent
from tests.cast import NOW

PAGES = ["me/", "me/profile/", "me/data/", "me/erasure/"]


@pytest.mark.parametrize("address", PAGES)
def test_my_space_stands_on_phone_and_laptop(page, cast, sign_in, axe, see, address):
    give_consent(person=cast.denis, purpose="news", wording="1", by=cast.denis, at=NOW)
    sign_in(cast.denis)
    page.goto(f"/{address}")
    axe(page)
    see(page, address.strip("/").replace("/", "-"))


def test_records_of_processing_stand(page, cast, sign_in, axe, see):
    sign_in(cast.aicha)
    page.goto("/valence/settings/privacy/")
    axe(page)
    see(page, "privacy")


def test_person_erases_themself_with_the_keyboard_alone(page, cast, sign_in, axe, see):
    sign_in(cast.denis)
    page.goto("/me/erasure/")
    page.get_by_label("Je comprends").press("Space")
    page.get_by_role("button", name="Effacer mes données").press("Enter")
    page.wait_for_url("**/me/farewell/")
    axe(page)
    see(page, "farewell")
    cast.denis.refresh_from_db()
    assert cast.denis.first_name == ""
