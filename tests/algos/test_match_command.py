"""`essor match`: two files in, matches out; 2 and clear words otherwise."""

import json

import pytest

from essor.cli import main

NEEDS = (
    "id,text,kind,lat,lon,from,until\nn1,Tenir nos comptes,skill,44.9,4.9,2026-03-01,2026-03-31\n"
)
OFFERS = (
    "identifiant;description;type;latitude;longitude;du;au\n"
    "o1;Expert-comptable à la retraite;compétence;44,7;5,0;01/03/2026;\n"
    "o2;Un hangar vide;lieu;;;;\n"
)


@pytest.fixture
def files(tmp_path):
    needs, offers = tmp_path / "needs.csv", tmp_path / "offers.csv"
    needs.write_text(NEEDS, encoding="utf-8")
    offers.write_text(OFFERS, encoding="cp1252")
    return needs, offers


def test_matches_are_written_best_first_with_reasons(files, tmp_path, capsys):
    out = tmp_path / "m.json"
    assert main(["match", *map(str, files), "--top", "1", "--out", str(out)]) == 0
    (found,) = json.loads(out.read_text())["matches"]["n1"]
    assert found["offer"] == "o1"
    assert 0 < found["score"] <= 1
    assert found["km"] == pytest.approx(23.6, abs=1)
    assert "same kind (skill)" in found["reasons"]
    assert "Expert-comptable" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("44.9", "north"), 'line 2, lat: degrees were expected, not "north"'),
        (("44.9", "95"), "line 2"),
        (("2026-03-01", "soon"), "line 2, from: a day"),
        (("2026-03-31", "2026-02-01"), "ends before"),
        (("text", "words"), 'no column is called "text"'),
        (("Tenir nos comptes", ""), "line 2: no text"),
        (("n1,", ","), "line 2: no id"),
    ],
)
def test_bad_cells_are_told_with_their_line(files, capsys, change, told):
    needs, offers = files
    needs.write_text(NEEDS.replace(*change, 1))
    assert main(["match", str(needs), str(offers)]) == 2
    assert told in capsys.readouterr().err


def test_no_offers_is_an_empty_answer(files, tmp_path):
    needs, offers = files
    offers.write_text("id,text\n")
    out = tmp_path / "m.json"
    assert main(["match", str(needs), str(offers), "--out", str(out), "--quiet"]) == 0
    assert json.loads(out.read_text())["matches"] == {"n1": []}
