"""Communes by the beginning of their name or postcode, from a small file written by hand."""

from pathlib import Path

import pytest
from django.test import Client

from essor.kit.words import cleaned
from essor.people.communes import BY_CODE, Commune, Communes, keys_of, line_of
from essor.people.text import same_name

FILE = [
    Commune("Valence", "26362", "26", "26000", 64458),
    Commune("Valence", "16392", "16", "16460", 192),
    Commune("Valençay", "36228", "36", "36600", 2300),
    Commune("Romans-sur-Isère", "26281", "26", "26100", 33464),
    Commune("Saint-Étienne", "42218", "42", "42000", 173821),
    Commune("Œting", "57521", "57", "57600", 2500),
    Commune("L'Isle-d'Abeau", "38193", "38", "38080", 16500),
]


@pytest.fixture
def few(tmp_path: Path) -> Communes:
    lines = {
        line_of(key, commune)
        for commune in FILE
        for key in [*keys_of(commune.name), commune.postcode, BY_CODE + commune.code]
    }
    file = tmp_path / "communes.tsv"
    file.write_text("\n".join(sorted(lines, key=str.encode)) + "\n")
    return Communes(file)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("valen", ["Valence", "Valençay", "Valence"]),
        ("VALENÇ", ["Valence", "Valençay", "Valence"]),
        ("isere", ["Romans-sur-Isère"]),
        ("romans sur i", ["Romans-sur-Isère"]),
        ("st eti", ["Saint-Étienne"]),
        ("oeting", ["Œting"]),
        ("l'isle d", ["L'Isle-d'Abeau"]),
        ("26100", ["Romans-sur-Isère"]),
        ("v", []),
        ("", []),
        ("\t\n#26", ["Valence", "Romans-sur-Isère"]),
        ("zzz", []),
    ],
)
def test_search_by_the_beginning(few: Communes, typed: str, found: list[str]) -> None:
    assert [commune.name for commune in few.search(typed, near="26")] == found


def test_the_department_near_comes_first(few: Communes) -> None:
    assert [c.code for c in few.search("valence", near="16")] == ["16392", "26362"]
    assert [c.code for c in few.search("valence")] == ["26362", "16392"]


def test_a_name_that_one_commune_has_brings_its_code(few: Communes) -> None:
    assert few.named("romans sur isère").code == "26281"
    assert few.named("Valence") is None
    assert few.coded("26362").name == "Valence"
    assert few.coded("99999") is None
    assert few.coded("2\t6") is None


def test_without_the_file_nothing_is_suggested(tmp_path: Path) -> None:
    absent = Communes(tmp_path / "absent.tsv")

    assert absent.search("valence") == []
    assert absent.named("Valence") is None


def test_the_address_answers_json_and_asks_no_database(few, monkeypatch) -> None:
    monkeypatch.setattr("essor.people.views.communes.communes", lambda: few)

    answer = Client().get("/communes/", {"q": "romans", "near": "26"})

    assert answer.json() == {
        "communes": [{"name": "Romans-sur-Isère", "code": "26281", "postcode": "26100"}]
    }
    assert "max-age" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  D’Artagnan  de  ", "D’Artagnan de"),
        ("\u202eabc\u2066", "abc"),
        ("👩‍🌾 Zoé", "👩‍🌾 Zoé"),
        ("a\u0000b\nc", "a b c"),
        ("e\u0301lodie", "élodie"),
    ],
)
def test_names_are_cleaned(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


def test_names_are_the_same_whatever_their_case_and_accents() -> None:
    assert same_name("Élodie  MÜLLER", "elodie muller")
    assert same_name("🎉", "🎉")
    assert not same_name("🎉", "🌻")
    assert not same_name("Élodie", "Éloïse")
