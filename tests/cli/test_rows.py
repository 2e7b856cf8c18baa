"""Files that people bring to the commands: whatever wrote them, the same rows, or a refusal in words."""

import io

import openpyxl
import pytest

from essor.cli import Refusal
from essor.cli.rows import SHOWN, Rows, columns, read_json, read_rows, read_text, write_json
from essor.cli.rows import refuse_if as refuse
from essor.cli.seat_problem import Unreadable
from essor.cli.seat_problem import read_json as read_problem_json

TITLES = ("Prénom", "Âge", "Où")
LINES = ((2, ("Zoé", "34", "Die")), (4, ("Ali", "", "Crest")))
TEXT = "Prénom;Âge;Où\nZoé;34;Die\n;;\nAli;;Crest\n"


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (TITLES, ("Zoé", 34.0, " Die "), (), ("Ali", None, "Crest")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", TEXT.encode()), ("a.csv", TEXT.encode("utf-8-sig")), ("a.CSV", TEXT.encode()),
        ("a.txt", TEXT.encode("utf-16")), ("a.csv", TEXT.encode("cp1252")),
        ("a.csv", TEXT.replace(";", ",").encode()), ("a.tsv", TEXT.replace(";", "\t").encode()),
        ("a", TEXT.replace(";", "|").encode()), ("a.csv", TEXT.replace("\n", "\r\n").encode()),
        ("a.csv", TEXT.replace("Die", "  Di\x00e ").encode()), ("a.xlsx", as_xlsx()),
    ],
)  # fmt: skip
def test_a_table_is_the_same_whatever_wrote_it(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    assert read_rows(tmp_path / name) == Rows(TITLES, LINES)


def test_blank_lines_above_the_titles_are_no_titles_and_short_lines_are_made_wide(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("\n;;\nPrénom;Nom\nZoé\nAli;Roy;de trop\n")
    assert read_rows(file) == Rows(
        ("Prénom", "Nom", ""), ((4, ("Zoé", "", "")), (5, ("Ali", "Roy", "de trop")))
    )


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.pdf", b"x", "a CSV, XLSX, XLS or ODS file was expected"),
        ("a.csv", b"", "is empty"), ("a.csv", b"\n;;\n \n", "is empty"),
        ("a.csv", b"PK\x03\x04", "is not a CSV file, whatever its name says"),
        ("a.csv", b"%PDF-1.7", "is not a CSV file, whatever its name says"),
        ("a.xlsx", b"Nom;Prenom", "is not a workbook that can be read"),
        ("a.csv", b'"' + b"a" * 1_000_001 + b'";b', "is not a CSV file"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_its_name(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refusal) as refused:
        read_rows(tmp_path / name)
    assert told in str(refused.value)
    assert name in str(refused.value)


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path):
    for read in (read_rows, read_text, read_json):
        with pytest.raises(Refusal, match=r"absent\.csv cannot be read: No such file"):
            read(tmp_path / "absent.csv")


KNOWN = {"first": ("prenom", "nom"), "age": ("age",)}


def test_the_best_title_wins_and_what_may_lack_may_lack(tmp_path):
    assert columns(tmp_path, ("NOM", "Prénom"), KNOWN, ["first"]) == {"first": 1}
    assert columns(tmp_path, ("Nom", "Âge"), KNOWN, ["first"]) == {"first": 0, "age": 1}


def test_two_columns_of_one_title_are_a_doubt_and_refused(tmp_path):
    with pytest.raises(Refusal, match='2 columns are called "Prénom": keep one'):
        columns(tmp_path, ("Prénom", "PRENOM"), KNOWN, ["first"])


def test_a_column_that_is_needed_is_asked_for_beside_those_that_are_there(tmp_path):
    with pytest.raises(Refusal, match=r'no column is called "age".* "Prénom", "Taille"'):
        columns(tmp_path, ("Prénom", "", "Taille"), KNOWN, ["first", "age"])


@pytest.mark.parametrize(("faults", "more"), [(SHOWN, ""), (SHOWN + 3, "and 3 more")])
def test_every_fault_is_told_and_of_very_many_the_first(tmp_path, faults, more):
    refuse(tmp_path, [])
    with pytest.raises(Refusal) as refused:
        refuse(tmp_path, [f"fault {n}." for n in range(faults)])
    said = str(refused.value)
    assert said.count("fault ") == SHOWN
    assert said.endswith(more or f"fault {SHOWN - 1}.")


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff\xfe\xff"])
def test_what_is_no_json_is_refused_in_one_sentence_by_every_command(tmp_path, data):
    file = tmp_path / "a.json"
    file.write_bytes(data)
    with pytest.raises(Refusal, match="is not JSON"):
        read_json(file)
    with pytest.raises(Unreadable, match="not JSON"):
        read_problem_json(file)


def test_json_is_written_for_people_and_whole_or_not_at_all(tmp_path):
    file = tmp_path / "a.json"
    write_json(file, {"nom": "Zoé"})
    assert "Zoé" in file.read_text(encoding="utf-8")
    assert read_json(file) == {"nom": "Zoé"}
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]
    with pytest.raises(Refusal, match="cannot be written"):
        write_json(tmp_path / "nowhere" / "a.json", {})
