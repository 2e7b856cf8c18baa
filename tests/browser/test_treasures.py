"""The inventory in a browser: writing down, the list, the map and its equal in words."""

import re

from essor.treasures.jobs import bring_in
from essor.treasures.models import Arrival, Treasure
from tests.cast import make_treasure

TABLE = "nom;thèmes;lat;lng\nFour à pain;Poterie;45.0461;5.0514\nBouée;;43,0;4,5\n;;45;5\n"


def test_list_and_forms_are_fine_for_everybody(page, cast, axe, see):
    for number in range(3):
        make_treasure(cast.valence, f"Copeaux {number}", kind="natural", use="waste",
                      description="Du peuplier, sec, en sacs.", commune="Romans-sur-Isère")  # fmt: skip
    for path in ("", "missing/", "new/"):
        page.goto(f"/valence/treasures/{path}")
        axe(page)
        see(page, f"treasures-{path.strip('/') or 'list'}")


def test_map_shows_what_stands_at_a_point_or_says_that_it_cannot(page, cast, axe, see):
    cast.valence.department = "26"
    cast.valence.save()
    treasure = make_treasure(cast.valence, "Verger", kind="natural",
                             latitude=45.0461, longitude=5.0514)  # fmt: skip
    page.goto("/valence/treasures/map/")
    page.wait_for_selector("[data-drawn], [data-no-map]:not([hidden])", state="attached")
    axe(page)
    see(page, "treasures-map")
    page.get_by_role("link", name="La même chose en liste").click()
    page.get_by_role("link", name="Verger").click()
    assert page.url.endswith(f"/{treasure.public_id}/")


def test_a_file_is_looked_at_and_its_coming_in_followed_to_the_report(
    page, cast, sign_in, axe, see
):
    sign_in(cast.aicha)
    page.goto("/valence/treasures/lists/")
    table = {"name": "fours.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("input[type=file]", table)
    page.get_by_role("button", name="Lire ce fichier").click()
    page.wait_for_url(re.compile(r"/treasures/lists/\w+/$"))
    axe(page)
    see(page, "treasures-list-preview")
    page.get_by_role("button", name="Les verser").click()
    page.get_by_role("progressbar").wait_for()
    axe(page)
    see(page, "treasures-list-coming")

    bring_in(Arrival.objects.get().public_id, between=lambda rest: None)

    page.get_by_role("heading", name="C’est fait").wait_for()
    assert Treasure.objects.count() == 2
