"""At the table, told as it happens: paper and one phone, then a project with its address for life."""

import uuid

from django.test import Client

from essor.evenings.models import Evening
from tests.cast import make_evening, make_registration, make_table, sphere


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_a_table_goes_from_its_card_to_a_project(cast):
    # Six people of five spheres sit at table 12. Bruno put the card with the QR code on it.
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    spheres = ["citizen", "citizen", "enterprise", "association", "finance", "public_body"]
    names = ["Inès", "Omar", "Zoé", "Léo", "Anna", "Noor"]
    people = [
        make_registration(evening, name, sphere=sphere(code))
        for name, code in zip(names, spheres, strict=True)
    ]
    table = make_table(evening, 12, people=people, phone_code="KQRTA")
    here = f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/"

    # Zoé, who has no account, scans the card and says an idea.
    zoe = Client()
    assert zoe.get(here).status_code == 200
    zoe.post(f"{here}ideas/", act(text="Une laveuse partagée par les caves"))

    # Léo holds the table's phone: he types the code of the card.
    leo = Client()
    leo.post(f"{here}key/", act(code="kqrta"))
    phone = leo.get(f"{here}phone/").content.decode()
    assert all(name in phone for name in names)
    assert "Une laveuse partagée par les caves" in phone

    # The table fills its sheet, step after step, and hands it in.
    leo.post(f"{here}sheet/proposal/", act(dream="Zéro bouteille jetée", proposal="La consigne"))
    leo.post(f"{here}sheet/people/", act(partners="Les caves"))
    leo.post(f"{here}sheet/resources/", act(resources_material="Un local avec eau et quai"))
    leo.post(f"{here}sheet/steps/", act(first_steps="Visiter la laveuse", set_aside="Un musée"))
    read_again = leo.get(f"{here}handing-in/").content.decode()
    assert "Un local avec eau et quai" in read_again
    assert "Pour qui" in read_again  # what is still empty is named, and allowed
    leo.post(f"{here}handing-in/", act(title="La consigne du verre, près de chez nous"))

    # Everybody finds the project from the card, with the sheet and without a name.
    table.refresh_from_db()
    address = f"/valence/projects/{table.project.public_id}/"
    assert address in zoe.get(here).content.decode()
    page = zoe.get(address).content.decode()
    assert "près de chez nous" in page
    assert "Visiter la laveuse" in page
    assert "5 univers autour de la table" in page
    assert not any(name in page for name in names)

    # Three weeks later Aïcha corrects a word; the address is the same.
    aicha = cast.client("aicha")
    words = {"title": "La consigne du verre", "summary": "Laver et remettre en circulation."}
    aicha.post(f"{address}words/", act(**words))
    assert "Laver et remettre en circulation." in zoe.get(address).content.decode()
