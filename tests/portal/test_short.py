"""Short addresses, as QR codes and exports hold them: they lead to the page, whose door decides."""

import pytest

from tests.cast import make_challenge, make_evening, make_project, make_table

pytestmark = pytest.mark.django_db


def led_to(client, public_id: str) -> str:
    answer = client.get(f"/o/{public_id}/")
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_each_thing_is_found_in_its_territory(cast, stranger):
    evening, project = make_evening(cast.valence), make_project(cast.jura)
    challenge, table = make_challenge(cast.jura), make_table(evening)
    home = f"/valence/evenings/{evening.public_id}/"
    assert led_to(stranger, project.public_id) == f"/jura/projects/{project.public_id}/"
    assert led_to(stranger, challenge.public_id) == f"/jura/challenges/{challenge.public_id}/"
    assert led_to(stranger, evening.public_id) == home
    assert led_to(stranger, table.public_id) == f"{home}tables/{table.public_id}/"


@pytest.mark.parametrize("unknown", ["nosuchthing", "0", "x" * 80])
def test_an_address_of_nothing_is_not_found_and_asks_little(
    cast, stranger, unknown, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        assert stranger.get(f"/o/{unknown}/").status_code == 404


def test_a_draft_is_led_to_a_door_that_stays_shut(cast, stranger):
    project = make_project(cast.valence, published_at=None)
    assert stranger.get(f"/o/{project.public_id}/", follow=True).status_code == 404
    assert cast.client("aicha").get(f"/o/{project.public_id}/", follow=True).status_code == 200


def test_a_merged_challenge_leads_on_to_what_it_became(cast, stranger):
    into = make_challenge(cast.valence, "Vergers")
    old = make_challenge(cast.valence, "Fruits", merged_into=into)
    answer = stranger.get(f"/o/{old.public_id}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/valence/challenges/{into.public_id}/"
