"""A treasure: written down by a passer-by, confirmed, corrected, found again by its words."""

import re
import uuid

from django.test import Client

from essor.kit.models import Mail
from essor.treasures.models import Correction, Treasure


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_strangers_write_down_confirm_and_correct_a_treasure(cast):
    # Inès knows of shavings that nobody uses, and writes them down without an account.
    ines = Client()
    told = act(name="Copeaux de peuplier", kind="natural", use="waste", precision="about",
               quantity="3 m³ par mois", commune="Romans-sur-Isère", coordinates="45.0461, 5.0514",
               first_name="Inès", email="ines@example.org")  # fmt: skip
    page = ines.post("/valence/treasures/new/", told, follow=True).content.decode()
    assert "Copeaux de peuplier" in page
    treasure = Treasure.objects.get()
    assert (treasure.keeper.first_name, treasure.state) == ("Inès", "shown")
    assert (treasure.latitude, treasure.longitude) != (45.0461, 5.0514)

    # Everybody finds them in the list, by another form of the word and through the waste lens.
    passer = Client()
    for query in ("q=copeau+peupliers", "use=waste", "kind=natural"):
        assert "Copeaux de peuplier" in passer.get(f"/valence/treasures/?{query}").content.decode()
    assert "Copeaux" not in passer.get("/valence/treasures/?kind=human").content.decode()

    # A joiner took some: he confirms, and says what they served him for.
    address = f"/valence/treasures/{treasure.public_id}/"
    passer.post(f"{address}confirmation/", act(served_for="Isoler un atelier"))
    assert "Isoler un atelier" in Client().get(address).content.decode()

    # He also knows better how much there is; the team takes his correction up.
    right = {name: told[name] for name in ("name", "kind", "use", "precision", "commune")}
    passer.post(f"{address}correction/", act(**right, quantity="5 m³ par mois"))
    treasure.refresh_from_db()
    assert treasure.quantity == "3 m³ par mois"
    aicha = cast.client("aicha")
    assert "5 m³ par mois" in aicha.get("/valence/treasures/care/").content.decode()
    said = Correction.objects.get()
    aicha.post(f"/valence/treasures/care/{said.public_id}/", act(do="take"))
    treasure.refresh_from_db()
    assert treasure.quantity == "5 m³ par mois"
    assert (treasure.latitude is not None, treasure.precision) == (True, "about")

    # Inès has another telephone: the link of her mail lets her say that they are gone.
    letter = Mail.objects.get(address="ines@example.org")
    laptop = Client()
    laptop.post(re.search(r"/l/\S+/", letter.text)[0], act())
    laptop.post(f"{address}ending/", act(do="end"))
    assert "Copeaux" not in Client().get("/valence/treasures/").content.decode()
    assert "n’est plus là" in Client().get(address).content.decode()
