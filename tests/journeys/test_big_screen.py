"""The big screen through an evening: welcome, silence, ideas, commitments, thanks."""

import uuid

import pytest
from django.test import Client

from essor.evenings.models import Phase
from tests.cast import NOW, make_evening, make_registration, make_table, sphere


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


@pytest.mark.usefixtures("on_that_day")
def test_the_screen_accompanies_the_hall_from_welcome_to_thanks(cast):
    evening = make_evening(cast.valence)
    people = [
        make_registration(evening, name, sphere=sphere(code), arrived_at=NOW)
        for name, code in (("Inès", "citizen"), ("Omar", "enterprise"), ("Zoé", "finance"))
    ]
    table = make_table(evening, 4, people=people)
    base = f"/valence/evenings/{evening.public_id}"
    aicha = cast.client("aicha")

    def screen() -> str:
        return aicha.get(f"{base}/screen/now/").content.decode()

    # Before the beginning, the code leads whoever is in the hall to the tables.
    assert evening.welcome_code in screen()
    hall = Client().get("/here/", {"code": evening.welcome_code}, follow=True)
    assert "Défi 1" in hall.content.decode()

    # Aïcha starts the first phase and shows the timer; a second host gives five minutes more.
    first = Phase.objects.filter(evening=evening).first()
    aicha.post(f"{base}/conductor/phase/", act(phase=first.pk, seen=""))
    aicha.post(f"{base}/conductor/scene/", act(scene="timer"))
    aicha.post(f"{base}/conductor/timer/", act(what="more"))
    assert "fiche projet</p>" in screen()  # what comes next
    assert "25:00" in screen()  # twenty minutes and five, and the clock stands

    # An idea from the table is there at once; three people of three spheres are three encounters.
    aicha.post(f"{base}/conductor/scene/", act(scene="ideas"))
    Client().post(f"{base}/tables/{table.public_id}/ideas/", act(text="Un verger public"))
    assert "Un verger public" in screen()
    assert "rencontres entre univers" in screen()

    # A promise appears without a name, since nobody agreed to be named.
    Client().post(
        f"{base}/commitments/new/",
        act(kind="skill", what="Comptabilité", to=table.public_id, first_name="Paulette"),
    )
    aicha.post(f"{base}/conductor/scene/", act(scene="commitments"))
    assert "Comptabilité" in screen()
    assert "Paulette" not in screen()

    # With consent, first names are thanked at the end.
    Client().post(
        f"{base}/commitments/new/",
        act(kind="energy", first_name="Noor", show_name="on"),
    )
    assert "Noor" in screen()
    aicha.post(f"{base}/conductor/ending/", act())
    assert "Merci" in screen()
