"""`essor choose`: ballots in, result out; 2 and clear words otherwise."""

import json

import pytest

from essor.cli import main
from tests.algos.elections import pabulib


@pytest.fixture
def ballots(tmp_path):
    path = tmp_path / "ballots.pb"
    path.write_text(pabulib(7), encoding="utf-8")
    return path


def chosen(path, out, *words):
    assert main(["choose", str(path), "--out", str(out), *words]) == 0
    return json.loads(out.read_text())


def test_places_are_filled_and_every_one_says_how(ballots, tmp_path, capsys):
    data = chosen(ballots, tmp_path / "r.json", "--places", "3")
    assert len(data["chosen"]) == 3
    assert [each["id"] for each in data["places"]] == data["chosen"]
    assert {each["how"] for each in data["places"]} <= {"shares", "raised", "support"}
    assert all(each["name"].startswith("Project") for each in data["places"])
    assert data["chosen"][0] in capsys.readouterr().out


def test_rule_and_costs_of_the_file_are_used_when_asked(ballots, tmp_path):
    data = chosen(ballots, tmp_path / "r.json", "--rule", "approval", "--worth", "cost")
    assert data["rule"] == "approval"
    assert float(data["spent"]) <= float(data["budget"])


def test_nameless_file_gives_the_same_result(ballots, tmp_path):
    bare = tmp_path / "bare.pb"
    first = chosen(ballots, tmp_path / "a.json", "--places", "4", "--anonymous", str(bare))
    again = chosen(bare, tmp_path / "b.json")
    assert again == first


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_files_from_other_programs_are_read(tmp_path, encoding):
    path = tmp_path / "b.pb"
    path.write_bytes(pabulib(7).replace("Project", "Défi").encode(encoding))
    data = chosen(path, tmp_path / "r.json", "--places", "2")
    assert data["places"][0]["name"].startswith("Défi")


@pytest.mark.parametrize(
    ("content", "told"),
    [("", "no section META"), ("hello", "no section VOTES"), (pabulib(7) + "v99;p98\n", "p98")],
)
def test_bad_files_give_2_and_the_reasons(tmp_path, capsys, content, told):
    path = tmp_path / "b.pb"
    path.write_text(content)
    assert main(["choose", str(path)]) == 2
    assert told in capsys.readouterr().err


def test_missing_file_and_impossible_bold_places(ballots, tmp_path, capsys):
    assert main(["choose", str(tmp_path / "none.pb")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["choose", str(ballots), "--places", "2", "--bold", "3"]) == 2
    assert "bold places" in capsys.readouterr().err
