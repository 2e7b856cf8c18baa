"""The inventory in a browser: writing down, the list, the map and its equal in words."""

from tests.cast import make_treasure


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
