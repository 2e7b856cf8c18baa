"""The evening's page and form for whoever is registered already: by account, or in this browser."""

import pytest
from django.test import Client

from essor.evenings.models import Registration
from tests.browsing import form_at
from tests.cast import Cast, make_evening, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast: Cast):
    return make_evening(cast.valence)


LISE = {
    "first_name": ["Lise"], "sphere": ["citizen"], "email": ["lise@example.org"],
    "surprise": ["on"], "consent_evening": ["on"],
}  # fmt: skip


def pages(evening) -> tuple[str, str]:
    here = f"/valence/evenings/{evening.public_id}/"
    return here, f"{here}registration/"


def test_strangers_are_asked_to_come(cast, stranger, evening):
    page = stranger.get(pages(evening)[0]).content.decode()
    assert "Je m’inscris" in page
    assert "Vous êtes inscrit·e" not in page


def test_whoever_registered_in_this_browser_is_led_to_their_ticket(stranger, evening):
    here, form = pages(evening)
    sent = form_at(stranger, form, "first_name")
    ticket = stranger.post(form, sent | LISE).url

    for address in (here, form):
        page = stranger.get(address).content.decode()
        assert "Vous êtes inscrit·e" in page
        assert f'href="{ticket}"' in page
    assert "Je m’inscris" not in stranger.get(here).content.decode()
    assert "Inscrire quelqu’un d’autre" in stranger.get(here).content.decode()


def test_a_twin_s_page_tells_nothing_that_another_s_does_not(cast, evening):
    """Whoever registers under the name of somebody who is registered sees what anybody sees."""
    here, form = pages(evening)
    for client in (Client(), Client()):
        client.post(form, form_at(client, form, "first_name") | LISE)
        assert "Vous êtes inscrit·e" in client.get(here).content.decode()
    assert evening.registrations.filter(state=Registration.State.TWIN).count() == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Registration.State.REGISTERED, "Vous êtes inscrit·e"),
        (Registration.State.WAITING, "Vous êtes sur la liste d’attente"),
        (Registration.State.CANCELLED, "Je m’inscris"),
    ],
)
def test_who_is_signed_in_reads_where_they_stand(cast, evening, state, words):
    mine = make_registration(evening, "Denis", state=state)
    mine.person = cast.denis
    mine.save(update_fields=["person"])
    page = cast.client("denis").get(pages(evening)[0]).content.decode()
    assert words in page
    hers = cast.client("elodie").get(pages(evening)[0]).content.decode()
    assert "Je m’inscris" in hers, "what is kept of the page is not somebody else's"
