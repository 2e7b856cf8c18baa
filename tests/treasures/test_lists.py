"""Files of treasures: three formats, doubts at their line, themes and spheres, twice is once."""

import json
import uuid

import pytest

from essor.kit.lists.life import ListGone
from essor.kit.sheets import SheetRefused
from essor.ledger.models import Entry
from essor.people.models import Sphere
from essor.territories.models import Theme
from essor.treasures.actions.arrivals import NothingToBring, ask_to_bring
from essor.treasures.actions.lists import drop_list, keep_file, map_list
from essor.treasures.bringing.compare import compared
from essor.treasures.bringing.reading import MOST_LINES, read
from essor.treasures.jobs import bring_in
from essor.treasures.models import Arrival, Treasure, TreasureList
from tests.cast import NOW

TABLE = """id;Nom;Genre;Ville;Latitude;Longitude
1;Moulin;patrimoine;Romans-sur-Isère;45.0461;5.0514
2;Bouée;;;43.0;4.5
3;Inversé;;;5.0514;45.0461
4;Paris;;;48.8566;2.3522
5;;;;45.0;5.0
6;Illisible;;;là;bas
1;Moulin;;;45.0461;5.0514
"""
POINT = {"type": "Point", "coordinates": [5.0514, 45.0461]}


@pytest.fixture
def drome(cast):
    cast.valence.department = "26"
    cast.valence.save()
    return cast.valence


def listed(territory, data: str, **mapping) -> TreasureList:
    file = read(data.encode(), name="a.csv")
    many = keep_file(territory=territory, file=file, filename="a.csv", by=None, at=NOW)
    if not mapping:
        return many
    told = {**many.mapping, **mapping}
    return map_list(many=many, mapping=told, source="", by=None, at=NOW)


def brought(territory, data: str, **mapping) -> TreasureList:
    many = listed(territory, data, **mapping)
    coming = ask_to_bring(many=many, comparison=compared(many), by=None, at=NOW)
    assert bring_in(coming.public_id, between=lambda rest: None) == "done"
    many.refresh_from_db()
    return many


def names() -> list[str]:
    return sorted(Treasure.objects.values_list("name", flat=True))


def test_each_bad_or_doubtful_line_says_why(drome):
    comparison = compared(listed(drome, TABLE))
    told = [(v.line.number, v.kind, v.line.trouble or v.line.doubt) for v in comparison.verdicts]
    assert told == [
        (2, "new", ""),
        (3, "new", "sea"),
        (4, "new", "swapped"),
        (5, "new", "outside"),
        (6, "bad", "nameless"),
        (7, "new", "unreadable"),
        (8, "bad", "twice"),
    ]


def test_doubtful_places_come_in_without_a_point_or_stay_out(drome):
    brought(drome, TABLE, precision="exact")
    placed = Treasure.objects.filter(latitude__isnull=False).values_list("name", "kind", "latitude")
    assert list(placed) == [("Moulin", "cultural", 45.0461)]
    assert len(names()) == 5
    Treasure.objects.all().delete()
    done = brought(drome, TABLE, doubts="out")
    assert names() == ["Moulin"]
    assert [each["why"] for each in done.result["left"]] == [
        "sea", "swapped", "outside", "nameless", "unreadable", "twice",
    ]  # fmt: skip


def test_same_file_twice_changes_nothing(drome):
    brought(drome, TABLE)
    before = list(Treasure.objects.order_by("id").values())
    with pytest.raises(NothingToBring):
        brought(drome, TABLE)
    assert list(Treasure.objects.order_by("id").values()) == before


def test_later_file_changes_its_lines_but_not_what_people_corrected(drome):
    brought(drome, "id;nom;quantite\n1;Presse;2\n2;Four;1\n")
    Treasure.objects.filter(name="Four").update(corrected_at=NOW)
    done = brought(drome, "id;nom;quantite\n1;Presse à pommes;3\n2;Four à pain;9\n3;Scie;1\n")
    assert names() == ["Four", "Presse à pommes", "Scie"]
    assert (done.result["counts"]["changed"], done.result["counts"]["stays"]) == (1, 1)


def test_blurred_points_of_a_file_are_blurred_before_they_are_kept(drome):
    brought(drome, "nom;lat;lng\nMoulin;45.0461;5.0514\n", precision="about")
    kept = Treasure.objects.get()
    assert (kept.latitude, kept.longitude) != (45.0461, 5.0514)
    assert TreasureList.objects.get().table == {}


def test_mapping_of_the_same_columns_is_remembered(drome):
    brought(drome, "nom;lat;lng\nMoulin;45.0;5.0\n", kind="cultural", precision="exact")
    again = listed(drome, "nom;lat;lng\nScie;45.1;5.1\n")
    assert (again.mapping["kind"], again.mapping["precision"]) == ("cultural", "exact")
    assert again.mapping["remembered"]


def test_list_is_brought_in_or_forgotten_once(drome):
    many = brought(drome, "nom\nMoulin\n")
    with pytest.raises(ListGone):
        drop_list(many=many, by=None, at=NOW)
    with pytest.raises(ListGone):
        ask_to_bring(many=many, comparison=compared(many), by=None, at=NOW)
    verbs = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "treasures_read", "treasures_asked_in", "treasures_began_coming", "treasures_coming",
        "treasures_brought_in",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": POINT, "properties": {"name": "Moulin"}}]},
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": "Moulin"}, "geometry": {"type": "Polygon",
             "coordinates": [[[5.0, 45.0], [5.1028, 45.0922], [5.0, 45.0]]]}}]},
        {"ontology": "gogofull", "data": [{"id": "x1", "name": "Moulin", "status": 1,
            "geo": {"latitude": 45.0461, "longitude": 5.0514}, "categories": ["Lieu"],
            "address": {"addressLocality": "Romans", "postalCode": "26100"}}]},
        {"ontology": "gogocompact", "data": [["x1", ["Moulin"], 45.0461, 5.0514, 1, 0]],
         "mapping": ["id", ["name"], "latitude", "longitude", "status", "moderationState"]},
    ],
    ids=["GeoJSON", "GeoJSON polygon", "GoGoCarto", "GoGoCarto compact"],
)  # fmt: skip
def test_maps_of_others_come_in(drome, told):
    brought(drome, json.dumps(told), precision="exact")
    kept = Treasure.objects.get()
    assert (kept.name, kept.latitude, kept.longitude) == ("Moulin", 45.0461, 5.0514)


def test_our_own_geojson_reads_back(drome, stranger):
    brought(drome, "nom;lat;lng\nMoulin;45.0461;5.0514\n", precision="exact")
    file = stranger.get("/valence/treasures/treasures.geojson").content
    table = read(file, name="ours.geojson")
    assert dict(zip(table.header, table.lines[0][1], strict=True))["latitude"] == "45.0461"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json_damaged"),
        (b"[" * 100_000, "json_damaged"),
        (b'{"features": []}', "empty"),
        (b'{"data": 3}', "json_unknown"),
        (b'{"name": "essor", "version": 1}', "json_unknown"),
        (b"[1, 2, 3]", "json_unknown"),
        (b"[]", "empty"),
        (rb"{\rtf1 Atelier}", "document"),
        (b"[" + b",".join([b"{}"] * (MOST_LINES + 1)) + b"]", "too_long"),
    ],
    ids=[
        "cut off",
        "nested for ever",
        "nothing in it",
        "no list",
        "an object",
        "numbers",
        "an empty list",
        "a text",
        "too many",
    ],
)
def test_files_that_are_no_list_are_refused_with_the_reason(data, code):
    with pytest.raises(SheetRefused) as refused:
        read(data, name="a.json")
    assert refused.value.code == code


def test_host_looks_first_and_brings_in_what_was_shown(drome, cast):
    aicha = cast.client("aicha")
    many = listed(drome, TABLE)
    page = aicha.get(f"/valence/treasures/lists/{many.public_id}/").content.decode()
    assert "en mer ou à l’étranger" in page
    assert "ligne 3" in page
    shown = {f"column-{at}": kind for at, kind in many.mapping["columns"].items()}
    shown |= {name: many.mapping[name] for name in ("kind", "precision", "doubts")}
    address = f"/valence/treasures/lists/{many.public_id}/arrival/"
    aicha.post(address, {**shown, "kind": "natural", "then": "bring", "act": uuid.uuid4().hex})
    assert names() == []
    act = uuid.uuid4().hex
    for _ in range(2):
        aicha.post(address, {**shown, "kind": "natural", "then": "bring", "act": act})
    coming = Arrival.objects.get()
    assert bring_in(coming.public_id, between=lambda rest: None) == "done"
    assert len(names()) == 5
    aicha.post(address, {**shown, "kind": "natural", "then": "bring", "act": uuid.uuid4().hex})
    assert (len(names()), Arrival.objects.count()) == (5, 1)


def test_preview_asks_as_often_for_one_line_as_for_thirty(
    drome, cast, django_assert_num_queries, django_assert_max_num_queries
):
    aicha = cast.client("aicha")
    one = listed(drome, "nom\nMoulin\n")
    many = listed(drome, "nom\n" + "\n".join(f"Moulin {n}" for n in range(30)))
    with django_assert_max_num_queries(12) as few:
        aicha.get(f"/valence/treasures/lists/{one.public_id}/")
    with django_assert_num_queries(len(few)):
        aicha.get(f"/valence/treasures/lists/{many.public_id}/")


def test_themes_and_spheres_come_in_by_any_of_their_names(drome):
    food = Theme.objects.create(code="food", name_fr="Alimentation", name_en="Food", order=1)
    moves = Theme.objects.create(code="moves", name_fr="Mobilité, transports", order=2)
    table = (
        "nom;thèmes;univers\nPresse;alimentation | MOBILITE, transports;Habitants\n"
        "Vélos;Mobilité, Transports;\nFour;Poterie, food;Martiens\n"
    )
    many = listed(drome, table)
    assert compared(many).unknown == [("Poterie", 1), ("Martiens", 1)]

    brought(drome, table)

    kept = {each.name: each for each in Treasure.objects.select_related("sphere")}
    assert set(kept["Vélos"].themes.all()) == {moves}
    assert set(kept["Four"].themes.all()) == {food}
    assert kept["Presse"].sphere == Sphere.objects.get(code="citizen")
    assert kept["Four"].sphere is None


def test_later_file_changes_themes_and_the_same_words_change_nothing(drome):
    food = Theme.objects.create(code="food", name_fr="Alimentation", order=1)
    Theme.objects.create(code="energy", name_fr="Énergie", order=2)
    brought(drome, "id;nom;thèmes;univers\n1;Four;énergie;citizen\n2;Presse;Énergie;\n")

    done = brought(drome, "id;nom;thèmes;univers\n1;Four;alimentation;citizen\n2;Presse;energy;\n")

    assert (done.result["counts"]["changed"], done.result["counts"]["known"]) == (1, 1)
    assert list(Treasure.objects.get(name="Four").themes.all()) == [food]


def test_list_without_a_column_of_themes_leaves_themes_alone(drome):
    food = Theme.objects.create(code="food", name_fr="Alimentation", order=1)
    brought(drome, "id;nom\n1;Four\n")
    Treasure.objects.get().themes.add(food)

    brought(drome, "id;nom;quantité\n1;Four;3\n")

    assert list(Treasure.objects.get(quantity="3").themes.all()) == [food]
