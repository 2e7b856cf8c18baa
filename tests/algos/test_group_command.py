"""`essor group`: a file of ideas in, groups out; 2 and clear words when that cannot be."""

import csv
import io
import json

import pytest
from openpyxl import Workbook

from essor.cli import main
from tests.algos.harvests import ideas


def table(titles=("id", "text"), said=None):
    return [list(titles), *([idea.id, idea.text] for idea in (said or ideas()))]


def as_csv(rows, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.fixture
def ideas_file(tmp_path):
    path = tmp_path / "ideas.csv"
    path.write_text(as_csv(table()), encoding="utf-8")
    return path


def grouped(path, out, *words):
    assert main(["group", str(path), "--out", str(out), *words]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def refused(capsys, path, *words):
    """The words told when a file is refused with status 2."""
    assert main(["group", str(path), *words]) == 2
    return capsys.readouterr().err


def test_csv_in_json_out(ideas_file, tmp_path, capsys):
    data = grouped(ideas_file, tmp_path / "g.json", "--groups", "4")
    held = [idea for each in data["groups"] for idea in each["ideas"]] + data["alone"]
    assert sorted(held) == sorted(idea.id for idea in ideas())
    assert len(data["groups"]) == 4
    for each in data["groups"]:
        assert each["title"]
        assert all(isinstance(reason, str) and reason for reason in each["reasons"])
    told = capsys.readouterr().out
    assert "20 ideas in 4 groups, 0 alone." in told
    assert data["groups"][0]["title"] in told


def test_same_file_and_seed_write_the_same_bytes(ideas_file, tmp_path):
    outs = [tmp_path / "a.json", tmp_path / "b.json"]
    for out in outs:
        grouped(ideas_file, out, "--seed", "5", "--quiet", "--without-meaning")
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_previous_groups_keep_their_titles(ideas_file, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    data = grouped(ideas_file, first, "--groups", "4")
    data["groups"][0]["title"], data["groups"][0]["named"] = "Nos mots", True
    first.write_text(json.dumps(data))
    ideas_file.write_text(as_csv([*table(), ["new", "Gonfler les pneus des vélos"]]))
    again = grouped(ideas_file, second, "--groups", "4", "--previous", str(first))
    assert {g["key"]: g["title"] for g in again["groups"]} == {
        g["key"]: g["title"] for g in data["groups"]
    }


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding(tmp_path, separator, encoding):
    path = tmp_path / "ideas.csv"
    said = [[i, text.replace("œ", "oe")] for i, text in table()]
    path.write_bytes(as_csv(said, separator).encode(encoding))
    data = grouped(path, tmp_path / "g.json", "--groups", "4", "--without-meaning")
    titles = " ".join(each["title"] for each in data["groups"])
    assert not set("�Ã©") & set(titles)
    assert sum(len(each["ideas"]) for each in data["groups"]) + len(data["alone"]) == 20


def test_workbook_french_titles_and_no_id(tmp_path):
    book = Workbook()
    for i, text in table(("Date", "Idée")):
        book.active.append([i if i == "Date" else 2026, text])
    path = tmp_path / "ideas.xlsx"
    book.save(path)
    data = grouped(path, tmp_path / "g.json", "--groups", "4", "--without-meaning")
    held = [i for each in data["groups"] for i in each["ideas"]] + data["alone"]
    assert sorted(map(int, held)) == list(range(2, 22))


def test_three_columns_called_idea_are_not_guessed(tmp_path, capsys):
    path = tmp_path / "ideas.csv"
    path.write_text("id,idée,Idée,IDEE\n1,a,b,c\n")
    said = refused(capsys, path)
    assert "3 columns" in said
    assert '"text"' in said
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"id,text\n", "no idea"),
        (b"nom;prenom\na;b\n", 'no column is called "text"'),
        (b"id,text\n1,a\n1,b\n", 'line 3: the id "1" is already on line 2'),
        (b"id,text\n,a\n", "line 2: no id"),
        (b"PK\x03\x04whatever", "not a CSV file"),
        (b"%PDF-1.7", "not a CSV file"),
    ],
)
def test_bad_files_are_refused_with_the_place(tmp_path, capsys, content, told):
    path = tmp_path / "ideas.csv"
    path.write_bytes(content)
    assert told in refused(capsys, path)


def test_files_that_are_not_there_or_of_another_kind(tmp_path, ideas_file, capsys):
    assert "cannot be read" in refused(capsys, tmp_path / "none.csv")
    picture = tmp_path / "ideas.png"
    picture.write_bytes(b"x")
    assert "expected" in refused(capsys, picture)
    broken = tmp_path / "ideas.xlsx"
    broken.write_bytes(b"not a workbook")
    assert "workbook" in refused(capsys, broken)
    assert "not JSON" in refused(capsys, ideas_file, "--previous", str(ideas_file))
    away = tmp_path / "nowhere" / "g.json"
    assert "cannot be written" in refused(
        capsys, ideas_file, "--out", str(away), "--without-meaning"
    )


@pytest.mark.parametrize("count", ["0", "-3", "many", "2.5"])
def test_number_of_groups_must_be_one(ideas_file, count):
    with pytest.raises(SystemExit) as left:
        main(["group", str(ideas_file), f"--groups={count}"])
    assert left.value.code == 2


def test_text_with_quotes_lines_and_commas_stays_one_idea(tmp_path):
    path = tmp_path / "ideas.csv"
    path.write_text('id,text\n1,"Un jardin, une ""halle""\net un four"\n2,Des vélos\n')
    data = grouped(path, tmp_path / "g.json", "--groups", "2", "--without-meaning")
    assert sorted(i for each in data["groups"] for i in each["ideas"]) == ["1", "2"]
