"""`essor seat`: a file in, a plan and its proof out; 2 and the reasons when that cannot be."""

import csv
import io
import json
import random
import re
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from essor.algos.seating import check, judge, prove, read_plan, read_problem, solve
from essor.cli import main
from essor.cli.seat_french import FRENCH
from essor.cli.seat_words import WORDS, proof_sentences, sentence, usual_language
from tests.algos.evenings import small


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """The words of the command follow the environment, which differs from machine to machine."""
    for key in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def problem_file(tmp_path):
    path = tmp_path / "evening.json"
    path.write_text(json.dumps(small()))
    return path


def people_rows():
    rows = [["Prénom", "Univers", "Vœu 1", "Vœu 2", "Animateur"]]
    rows += [[f"É{i}", "ab"[i % 2], "eau", "vélo", "oui" if i < 3 else ""] for i in range(20)]
    return rows


def test_json_in_json_out_with_the_proof(problem_file, tmp_path, capsys):
    out = tmp_path / "plan.json"
    assert main(["seat", str(problem_file), "--out", str(out), "--steps", "5000"]) == 0
    problem = read_problem(small())
    assert judge(problem, read_plan(json.loads(out.read_text()), problem)).legal
    told = capsys.readouterr().out
    assert "Every rule holds." in told
    assert "--seed 1 --steps 5000" in told


def test_same_seed_and_steps_write_the_same_file(problem_file, tmp_path):
    outs = [tmp_path / "a.json", tmp_path / "b.json"]
    for out in outs:
        words = [str(problem_file), "--out", str(out), "--steps", "3000", "--seed", "7", "--quiet"]
        assert main(["seat", *words]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_list_of_people_as_csv(tmp_path, encoding, capsys):
    path, out = tmp_path / "list.csv", tmp_path / "plan.xlsx"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(people_rows())
    path.write_bytes(text.getvalue().replace("œ", "oe").encode(encoding))
    assert main(["seat", str(path), "--out", str(out), "--steps", "3000"]) == 0
    rows = list(load_workbook(out)["people"].values)
    assert sorted(r[0] for r in rows[1:]) == sorted(f"É{i}" for i in range(20))


def test_workbook_in_pdf_out(tmp_path):
    path, out = tmp_path / "list.xlsx", tmp_path / "plan.pdf"
    book = Workbook()
    for row in people_rows():
        book.active.append(row)
    book.save(path)
    assert main(["seat", str(path), "--out", str(out), "--steps", "3000", "--quiet"]) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_cells_that_look_like_formulas_stay_text(tmp_path):
    data = small()
    data["people"][20]["id"] = '=HYPERLINK("x")'
    path, out = tmp_path / "p.json", tmp_path / "plan.xlsx"
    path.write_text(json.dumps(data))
    assert main(["seat", str(path), "--out", str(out), "--steps", "2000", "--quiet"]) == 0
    cells = [c for row in load_workbook(out)["people"].iter_rows() for c in row]
    assert '=HYPERLINK("x")' in [c.value for c in cells]
    assert {c.data_type for c in cells} <= {"s", "n", "inlineStr"}


def test_no_legal_plan_gives_2_the_reasons_and_no_file(tmp_path, capsys):
    data = small()
    data["tables"] = data["tables"][:2]
    path, out = tmp_path / "p.json", tmp_path / "plan.json"
    path.write_text(json.dumps(data))
    assert main(["seat", str(path), "--out", str(out)]) == 2
    assert "24 people need 3 tables of 8, the room has 2: find 1 table." in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("p.json", b"{", "not JSON"),
        ("p.json", b"[]", "expected an object"),
        ("p.json", b'{"people": 3}', "people: expected a list"),
        ("p.csv", b"", "empty sheet"),
        ("p.csv", b"\xff\xfe\x00\x01", "id"),
        ("p.xlsx", b"not a workbook", "not a workbook"),
        ("p.docx", b"x", "expected .json"),
    ],
)
def test_bad_file_gives_2_and_a_clear_message(tmp_path, capsys, name, content, word):
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["seat", str(path)]) == 2
    assert word in capsys.readouterr().err


def test_missing_file_and_unwritable_place(problem_file, tmp_path, capsys):
    assert main(["seat", str(tmp_path / "nothing.json")]) == 2
    assert "No such file" in capsys.readouterr().err
    assert main(["seat", str(problem_file), "--out", str(tmp_path / "plan.doc")]) == 2
    out = tmp_path / "no" / "plan.json"
    assert main(["seat", str(problem_file), "--steps", "500", "--out", str(out)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_plan_to_improve_is_read(problem_file, tmp_path, capsys):
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    assert main(["seat", str(problem_file), "--steps", "200", "--out", str(first)]) == 0
    words = ["--start", str(first), "--steps", "9000", "--out", str(second)]
    assert main(["seat", str(problem_file), *words]) == 0
    problem = read_problem(small())
    costs = [judge(problem, read_plan(json.loads(p.read_text()))).cost.total
             for p in (first, second)]  # fmt: skip
    assert costs[1] <= costs[0]
    first.write_text('{"rounds": [[{"table": "nowhere"}]]}')
    assert main(["seat", str(problem_file), "--start", str(first)]) == 2


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_language_is_that_of_the_environment(environ, language):
    assert usual_language(environ) == language


def test_french_by_the_environment_or_by_the_word(problem_file, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    out = tmp_path / "plan.xlsx"
    assert main(["seat", str(problem_file), "--out", str(out), "--steps", "3000"]) == 0
    told = capsys.readouterr().out
    assert "Toutes les règles sont tenues." in told
    assert "le même plan à nouveau\N{NO-BREAK SPACE}: --seed 1 --steps 3000" in told
    book = load_workbook(out)
    assert book.sheetnames == ["personnes", "tables", "preuve"]
    assert [c.value for c in book["personnes"][1]][1:3] == ["tour", "table"]
    assert "autour de la table" in book["tables"]["F2"].value
    assert main(["seat", str(problem_file), "--steps", "3000", "--language", "en"]) == 0
    assert "Every rule holds." in capsys.readouterr().out


def words_of_pdf(path):
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize(
    ("language", "title", "proof"),
    [("fr", "Noms", "Toutes les règles sont tenues."), ("en", "Names", "Every rule holds.")],
)
def test_pdf_speaks_the_language(problem_file, tmp_path, language, title, proof):
    out = tmp_path / "plan.pdf"
    words = ["--out", str(out), "--steps", "2000", "--quiet", "--language", language]
    assert main(["seat", str(problem_file), *words]) == 0
    text = words_of_pdf(out)
    assert title in text
    assert proof in text


def test_refusals_are_told_in_french(tmp_path, capsys):
    data = small()
    data["tables"] = data["tables"][:2]
    path = tmp_path / "p.json"
    path.write_text(json.dumps(data))
    assert main(["seat", str(path), "--language", "fr"]) == 2
    told = capsys.readouterr().err.replace("\N{NO-BREAK SPACE}", " ")
    assert "Aucun plan ne tient toutes les règles :" in told
    assert "24 personnes, à 8 par table, demandent 3 tables, et la salle en a 2 : " in told


def codes_in(name):
    """Codes of the reasons and refusals that a module of the engine makes."""
    source = Path(f"essor/algos/seating/{name}.py").read_text()
    return set(re.findall(r'(?:Reason|Refusal)\(\s*"(\w+)"', source))


def test_each_code_of_the_engine_has_its_french_sentence():
    codes = codes_in("proof") | codes_in("feasibility")
    assert len(codes) > 20
    assert codes == set(FRENCH)
    assert WORDS["fr"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize("seed", range(6))
def test_french_of_random_evenings_is_french_throughout(seed):
    """Every sentence can be made, none is left in English, and « : ; % » have their space."""
    rng = random.Random(seed)
    problem = read_problem(small(rng, people=30, tables=6, rounds=1 + seed % 2, high=7))
    outcome = solve(problem, seed=seed, steps=2000)
    proof = prove(problem, outcome.plan)
    told = [x for rounds in proof.people.values() for reasons in rounds for x in reasons]
    told += [x for t in proof.tables for x in t.reasons]
    lines = [sentence(x, "fr") for x in told] + proof_sentences(proof, "fr")
    english = {x.text for x in told} | set(proof_sentences(proof, "en"))
    assert not english & set(lines)
    for line in lines:
        assert line.endswith(".")
        assert not re.search(r"[^\N{NO-BREAK SPACE}][;:!?%»]", line), line


def test_refusals_of_broken_evenings_have_french():
    broken = [small(), small(), small(people=7, low=8, facilitators=2), small(facilitators=1)]
    broken[0]["apart"].append(broken[0]["together"][0])
    broken[1]["people"][10]["pin_table"] = "T1"
    refusals = [r for data in broken for r in check(read_problem(data))]
    assert {r.code for r in refusals} >= {"together_and_apart", "too_few_people"}
    for r in refusals:
        assert sentence(r, "fr") != r.text
