"""The map's numbers, how long they are kept, and the same treasures as files."""

import csv
import io
import json

import pytest

from tests.cast import make_treasure, sphere


def places(told: dict) -> list[tuple[float, float, str]]:
    """The points as the page's script reads them: sums of the steps."""
    x = y = 0
    found = []
    for east, north, kind in zip(told["x"], told["y"], told["k"], strict=True):
        x, y = x + east, y + north
        found.append((y / 10_000, x / 10_000, kind))
    return found


def test_map_data_are_places_and_kinds_without_words(cast, stranger):
    make_treasure(cast.valence, "Verger", kind="natural", latitude=45.0461, longitude=5.0514)
    make_treasure(cast.valence, "Moulin", latitude=44.9334, longitude=4.8921)
    make_treasure(cast.valence, "Sans lieu")
    make_treasure(cast.valence, "Caché", state="hidden", latitude=45.0, longitude=5.0)
    make_treasure(cast.jura, "Sapin", latitude=46.0, longitude=5.5)
    answer = stranger.get("/valence/treasures/map/points.json")
    assert places(answer.json()) == [(44.9334, 4.8921, "2"), (45.0461, 5.0514, "1")]
    assert "Verger" not in answer.content.decode()


def test_map_data_look_through_the_same_lenses(cast, stranger):
    make_treasure(cast.valence, use="waste", latitude=45.0461, longitude=5.0514)
    make_treasure(cast.valence, latitude=44.9334, longitude=4.8921)
    told = stranger.get("/valence/treasures/map/points.json?use=waste").json()
    assert [place[:2] for place in places(told)] == [(45.0461, 5.0514)]


@pytest.mark.usefixtures("made_anew")
def test_map_data_are_kept_for_ever_under_their_version_alone(cast, stranger):
    make_treasure(cast.valence, latitude=45.0461, longitude=5.0514)
    version = stranger.get("/valence/treasures/map/").context["version"]
    address = "/valence/treasures/map/points.json?v="
    assert "immutable" in stranger.get(address + version)["Cache-Control"]
    make_treasure(cast.valence, latitude=44.9334, longitude=4.8921)
    later = stranger.get(address + version)
    assert "Cache-Control" not in later
    assert len(later.json()["k"]) == 2
    assert stranger.get("/valence/treasures/map/").context["version"] != version


@pytest.mark.usefixtures("made_anew")
def test_map_asks_as_often_for_one_as_for_thirty(
    cast, stranger, django_assert_num_queries, django_assert_max_num_queries
):
    make_treasure(cast.valence, latitude=45.0461, longitude=5.0514)
    with django_assert_max_num_queries(10) as few:
        stranger.get("/valence/treasures/map/")
    for number in range(30):
        make_treasure(cast.valence, f"{number}", latitude=45.1, longitude=5.0)
    with django_assert_num_queries(len(few)):
        stranger.get("/valence/treasures/map/")
    with django_assert_max_num_queries(4):
        stranger.get("/valence/treasures/map/points.json")


def test_a_map_without_a_point_is_an_invitation_and_loads_nothing(cast, stranger):
    page = stranger.get("/valence/treasures/map/").content.decode()
    assert 'href="/valence/treasures/new/"' in page
    assert "treasure_map.js" not in page


def test_map_names_the_outlines_of_its_departments(cast, stranger):
    make_treasure(cast.valence, "Four à pain")
    cast.valence.department = "26, 07"
    cast.valence.save()
    page = stranger.get("/valence/treasures/map/")
    assert json.loads(page.context["outlines"]) == [
        "/static/outlines/26.json", "/static/outlines/07.json",
    ]  # fmt: skip
    assert "Licence Ouverte" in page.content.decode()
    assert 'href="/valence/treasures/"' in page.content.decode()


def test_exports_hold_what_is_public_and_run_no_formula(cast, stranger):
    make_treasure(cast.valence, "=1+1", sphere=sphere("citizen"), latitude=45.0, longitude=5.0)
    make_treasure(cast.valence, "Sans lieu")
    make_treasure(cast.valence, "Caché", state="hidden")
    table = stranger.get("/valence/treasures/treasures.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert [line["name"] for line in lines] == ["Sans lieu", "'=1+1"]
    assert lines[1]["sphere"] == "citizen"
    told = stranger.get("/valence/treasures/treasures.geojson").json()
    assert [each["geometry"] for each in told["features"]] == [
        None, {"type": "Point", "coordinates": [5.0, 45.0]},
    ]  # fmt: skip
