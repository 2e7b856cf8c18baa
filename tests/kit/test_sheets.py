"""Reading people's spreadsheets: any encoding, any separator, any kind of file, within limits."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.utils import translation
from python_calamine import load_workbook

from essor.kit.sheets import (
    MAX_LINES,
    Sheet,
    SheetRefused,
    as_csv,
    as_xlsx,
    find_table,
    neutral,
    read_workbook,
)

FRENCH = "Prénom;Nom;Commune\r\nHélène;Lefèvre;Bourg-lès-Valence\r\nFrançois;Noël;« Alixan »\r\n"


def rows(data: bytes) -> list[list[str]]:
    return [cells for _, cells in read_workbook(data)[0].rows]


def xlsx(*lines: list, merge: str = "", sheets: dict | None = None) -> bytes:
    """A real workbook with these lines."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    if merge:
        book.active.merge_cells(merge)
    for name, state in (sheets or {}).items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["Prénom", f"de {name}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def refusal(data: bytes) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read_workbook(data)
    return caught.value


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"],
)
def test_csv_in_any_encoding_keeps_its_accents(encoding):
    assert rows(FRENCH.encode(encoding)) == [
        ["Prénom", "Nom", "Commune"],
        ["Hélène", "Lefèvre", "Bourg-lès-Valence"],
        ["François", "Noël", "« Alixan »"],
    ]


def test_csv_encoded_twice_is_mended():
    twice = FRENCH.encode("utf-8").decode("cp1252").encode("utf-8")
    assert rows(twice)[1] == ["Hélène", "Lefèvre", "Bourg-lès-Valence"]


def test_csv_with_one_broken_letter_keeps_the_others():
    broken = FRENCH.encode("utf-8").replace("ç".encode(), b"\xff")
    assert rows(broken)[1:] == [
        ["Hélène", "Lefèvre", "Bourg-lès-Valence"],
        ["Fran\ufffdois", "Noël", "« Alixan »"],
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_with_any_separator(separator):
    text = 'Nom;Structure\nInès;"Dupont; fils, et\tCie"\nAli;Mairie\n'.replace(";", separator, 1)
    text = text.replace("Inès;", f"Inès{separator}").replace("Ali;", f"Ali{separator}")
    assert rows(text.encode()) == [
        ["Nom", "Structure"],
        ["Inès", "Dupont; fils, et\tCie"],
        ["Ali", "Mairie"],
    ]


def test_csv_that_names_its_separator_on_the_first_line():
    sheet = read_workbook(f"sep=;\r\n{FRENCH}".encode())[0]
    assert sheet.rows[0] == (2, ["Prénom", "Nom", "Commune"])


def test_csv_lines_are_numbered_as_the_spreadsheet_shows_them():
    text = 'Nom;Mot\n\n;;\nInès;"sur\ndeux lignes"\nAli;-\n'
    assert [number for number, _ in read_workbook(text.encode())[0].rows] == [1, 4, 5]


STRAY = {
    "in the middle": ('Prénom;Nom;Ville\n"Anne;Abadie;Die\nLuc;Blanc;Crest\nZoé;Roy;Die\n', 4),
    "closed by another far below": ('P;N;V\n"Anne;A;Die\nLuc;B;Crest\nZoé;"Roy";Die\n', 4),
    "in every line": ("P;N;V\n" + '"Anne;A;Die\n' * 3, 4),
    "on the last line": ('P;N;V\nAnne;A;Die\nLuc;B;"Crest\n', 3),
    "in a list of one column": ('Idée\n"Un four\nUn vélo\nUn jardin\n', 4),
    "with the lines of a Mac": ('P;N;V\r"Anne;A;Die\rLuc;B;Crest\r', 3),
}


@pytest.mark.parametrize("where", STRAY)
def test_csv_quote_that_is_never_closed_loses_no_line(where):
    text, lines = STRAY[where]
    (sheet,) = read_workbook(text.encode())
    assert len(sheet.rows) == lines
    assert [number for number, _ in sheet.rows] == list(range(1, lines + 1))
    assert len({len(cells) for _, cells in sheet.rows}) == 1
    assert all("\n" not in cell and "\r" not in cell for _, cells in sheet.rows for cell in cells)


def test_csv_answer_of_several_lines_stays_one_cell():
    text = (
        'Prénom;Nom;Idée\nAnne;Abadie;"Un four; un vrai\n\nEt ""chaud"";\nvoilà"\nLuc;Blanc;Rien\n'
    )
    (sheet,) = read_workbook(text.encode())
    assert [cells for _, cells in sheet.rows][1:] == [
        ["Anne", "Abadie", 'Un four; un vrai\n\nEt "chaud";\nvoilà'],
        ["Luc", "Blanc", "Rien"],
    ]


def test_xlsx_gives_numbers_dates_and_booleans_as_people_type_them():
    import datetime

    data = xlsx(["CP", "Jour", "Oui"], [26000, datetime.date(2026, 11, 26), True], [4.5, None, 1])
    assert rows(data)[1] == ["26000", "2026-11-26", "1"]
    assert rows(data)[2] == ["4.5", "", "1"]


def test_xlsx_never_runs_a_formula():
    """A formula without a value kept beside it reads as empty; it is not computed."""
    assert rows(xlsx(["Nom", "Total"], ["Inès", "=1+1"]))[1] == ["Inès", ""]


def test_xlsx_cell_merged_downwards_counts_for_each_line():
    data = xlsx(["Nom", "Structure"], ["Inès", "Mairie"], ["Ali", None], merge="B2:B3")
    assert rows(data)[1:] == [["Inès", "Mairie"], ["Ali", "Mairie"]]


def test_xlsx_hidden_sheets_are_left_alone():
    data = xlsx(["Prénom"], ["Inès"], sheets={"Brouillon": "hidden", "Mardi": "visible"})
    assert [sheet.name for sheet in read_workbook(data)] == ["Sheet", "Mardi"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf;;;\r\n;;;\r\n" + b" " * 9, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "image"),
        (b"<!DOCTYPE html><table><tr><td>Nom</td></tr></table>", "web_page"),
        (archive(Index__Document=b"", **{"Index__Tables.iwa": b"x"}), "numbers"),
        (archive(word__document=b"<w/>"), "document"),
        (archive(liste=b"Nom;Mail"), "archive"),
        (b"PK\x03\x04 and then nothing of the kind", "damaged"),
        (bytes(range(256)) * 40, "unknown"),
    ],
)
def test_wrong_kind_of_file_says_what_it_is(data, code):
    assert refusal(data).code == code


def test_locked_workbook_says_so():
    """An encrypted XLSX is an old compound file that holds ``EncryptedPackage``."""
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    compound += "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    assert refusal(compound).code == "locked"


def test_archive_that_unpacks_to_too_much_is_refused_before_it_is_read():
    zipped = bytearray(archive(xl__workbook=b"0" * 130_000_000))
    content = zipped.index(b"xl/workbook") + len("xl/workbook")
    zipped[content : content + 99] = b"\xff" * 99  # would be called damaged by whoever reads it
    assert refusal(bytes(zipped)).code == "spread_out"


def test_archive_that_lies_about_its_size_is_found_out():
    bomb = bytearray(archive(xl__workbook=b"0" * 130_000_000))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.index(mark) + offset
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(bomb)).code == "spread_out"


def test_cell_far_from_the_others_does_not_take_the_server_down():
    book = openpyxl.Workbook()
    book.active["A1"] = "Prénom"
    book.active["XFD1048576"] = "loin"
    out = io.BytesIO()
    book.save(out)
    assert refusal(out.getvalue()).code == "spread_out"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_20_000_lines_are_refused_with_the_limit(kind):
    lines = [["Prénom", "Nom"]] + [["Inès", "Martin"]] * 20_000
    data = xlsx(*lines) if kind == "xlsx" else "\n".join(map(";".join, lines)).encode()
    trouble = refusal(data)
    assert trouble.code == "too_long"
    assert "20001" in str(trouble)
    assert str(MAX_LINES) in str(trouble)


def test_too_many_columns_are_refused():
    assert refusal((";".join("ab" * 300) + "\n").encode()).code == "too_wide"


def known(title: str) -> bool:
    return title.casefold() in {"prénom", "nom", "mail"}


def test_titles_below_the_name_of_the_file_are_found():
    table = find_table(
        Sheet("", [(1, ["Soirée du 26"]), (3, ["Nom", "Prénom", "Mail"]), (4, ["Roy", "Zoé"])]),
        known,
    )
    assert (table.header, table.header_line) == (["Nom", "Prénom", "Mail"], 3)
    assert table.lines == [(4, ["Roy", "Zoé", ""])]


def test_titles_nobody_knows_are_found_by_their_looks():
    sheet = Sheet("", [(1, ["Vorname", "Post"]), (2, ["Zoe", "zoe@example.org"])])
    assert find_table(sheet, known).header == ["Vorname", "Post"]


def test_file_without_titles_names_its_columns_by_letter():
    sheet = Sheet("", [(1, ["Zoé", "zoe@example.org"]), (2, ["Ali", "ali@example.org"])])
    table = find_table(sheet, known)
    assert (table.header, table.header_line, len(table.lines)) == (["A", "B"], None, 2)


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+33612345678", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1"]
)
def test_csv_export_neutralises_formulas_and_reads_back(text):
    data = as_csv(["Nom"], [[text]])
    assert f'"\'{text}"' in data.decode("utf-8-sig")
    assert rows(data) == [["Nom"], [text.strip()]]


@pytest.mark.parametrize("name", ["O'Brien", "'t Hooft", "Zoé 🌻", "محمد", 'a;b\n"c"', ""])
def test_names_are_exported_as_they_are(name):
    assert neutral(name) == name


def test_xlsx_export_holds_text_only():
    data = as_xlsx(["Nom", "Table"], [["=1+1", 4], ["Zoé\x00🌻", None]], title="Liste [1]")
    assert load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python() == [
        ["Nom", "Table"],
        ["=1+1", "4"],
        ["Zoé🌻", ""],
    ]
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def rewritten(data: bytes, *cells: str) -> bytes:
    """The workbook with the cells of column B replaced, from the second line on."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            for line, cell in enumerate(cells, start=2):
                text = re.sub(rf'<c r="B{line}".*?</c>', lambda _, cell=cell: cell, text)
            target.writestr(name, text)
    return out.getvalue()


def test_formulas_without_their_values_are_counted_and_read_as_blanks():
    data = xlsx(["Prénom", "Nom", "Ville"], ["Inès", "=UPPER(A2)", "Die"], ["Ali", "=A3", "Crest"])

    sheet = read_workbook(data)[0]

    assert sheet.unvalued == 2
    assert [cells for _, cells in sheet.rows][1] == ["Inès", "", "Die"]


def test_formulas_with_their_values_are_not_counted():
    told = '<c r="B2" t="str"><f>UPPER(A2)</f><v>INÈS</v></c>'
    blank = '<c r="B3" t="str"><f>IF(A3="x","y","")</f><v></v></c>'
    data = rewritten(
        xlsx(["Prénom", "Nom"], ["Inès", "=UPPER(A2)"], ["Ali", "=IF(1,2,3)"]), told, blank
    )

    sheet = read_workbook(data)[0]

    assert sheet.unvalued == 0
    assert [cells for _, cells in sheet.rows][1] == ["Inès", "INÈS"]


def test_a_sheet_of_formulas_alone_is_refused_with_what_to_do():
    refused = refusal(xlsx(["=A2", "=B2"], ["=A3", "=B3"]))

    assert refused.code == "unvalued"
    with translation.override("en"):
        assert "save it again" in str(refused)


def test_formulas_of_an_ods_without_values_are_counted():
    head = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="Liste &amp; suite">'
    )
    word = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = (
        f"<table:table-row>{word.format('Prénom')}{word.format('Nom')}</table:table-row>"
        f"<table:table-row>{word.format('Inès')}"
        '<table:table-cell table:formula="of:=UPPER([.A2])"/></table:table-row>'
    )
    tail = "</table:table></office:spreadsheet></office:body></office:document-content>"
    data = archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF__manifest.xml": b"<manifest/>", "content.xml": (head + rows + tail).encode()},
    )

    sheet = read_workbook(data)[0]

    assert (sheet.name, sheet.unvalued) == ("Liste & suite", 1)
