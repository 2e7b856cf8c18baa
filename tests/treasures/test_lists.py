"""Files of treasures: three formats, doubts at their line, twice is once, all or nothing."""

import json
import uuid

import pytest

from essor.kit.sheets import SheetRefused
from essor.ledger.models import Entry
from essor.treasures.actions.lists import (
    ListGone,
    NothingToBring,
    bring_in,
    drop_list,
    map_list,
    read_file,
)
from essor.treasures.bringing.compare import compared
from essor.treasures.bringing.reading import MOST_LINES, read
from essor.treasures.models import Treasure, TreasureList
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
    many = read_file(territory=territory, data=data.encode(), filename="a.csv", by=None, at=NOW)
    if not mapping:
        return many
    told = {**many.mapping, **mapping}
    return map_list(many=many, mapping=told, source="", by=None, at=NOW)


def brought(territory, data: str, **mapping) -> TreasureList:
    return bring_in(many=listed(territory, data, **mapping), by=None, at=NOW)


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
    assert " press" in Treasure.objects.get(name__startswith="Presse").searched


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
    many = listed(drome, "nom\nMoulin\n")
    bring_in(many=many, by=None, at=NOW)
    for act in (bring_in, drop_list):
        with pytest.raises(ListGone):
            act(many=many, by=None, at=NOW)
    verbs = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["treasures_read", "treasures_brought_in"]


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
        (b"{", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"features": []}', "empty"),
        (b'{"data": 3}', "unknown"),
        (b"[" + b",".join([b"{}"] * (MOST_LINES + 1)) + b"]", "too_long"),
    ],
    ids=["cut off", "nested for ever", "nothing in it", "no list", "too many"],
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
    assert len(names()) == 5


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
