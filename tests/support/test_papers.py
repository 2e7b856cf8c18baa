"""Files for partners: what they contain decides, whatever their name says."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from PIL import Image

from essor.support import papers
from essor.support.papers import PaperRefused, checked
from tests.people_lists import as_ods

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def check(data: bytes) -> papers.Paper:
    return checked(io.BytesIO(data), size=len(data))


def refused(data: bytes) -> str:
    with pytest.raises(PaperRefused) as refusal:
        check(data)
    assert str(refusal.value)
    return refusal.value.code


def picture(kind: str = "PNG", size=(40, 30), **fields) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **fields)
    return out.getvalue()


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Four", 12000])
    book.save(out)
    return out.getvalue()


def open_document() -> bytes:
    return as_ods(["Poste", "Euros"], [["Four", "12000"]])


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_member(archive: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(archive)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, data)
    return out.getvalue()


def test_a_pdf_and_spreadsheets_are_kept_as_they_are():
    for data, kind in ((PDF, "pdf"), (workbook(), "xlsx"), (open_document(), "ods")):
        assert check(data) == papers.Paper(kind, data)


def test_a_picture_is_encoded_again_without_what_it_carried():
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    sent = picture("JPEG", exif=exif) + b"<script>behind the picture</script>"
    assert b"SECRET-PLACE" in sent

    paper = check(sent)

    assert paper.kind == "jpg"
    assert b"SECRET-PLACE" not in paper.data
    assert b"script" not in paper.data
    assert Image.open(io.BytesIO(paper.data)).size == (40, 30)


def huge_png(width: int, height: int) -> bytes:
    """A PNG whose head declares so many pixels, without holding them."""

    def chunk(name: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_of_sixty_megapixels_is_refused_before_it_is_decoded():
    assert refused(huge_png(10_000, 6_000)) == "pixels"
    assert refused(huge_png(60_000, 60_000)) == "pixels"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (HTML, "unknown"),
        (SVG, "unknown"),
        (b"MZ\x90\x00 a program", "unknown"),
        (b"\x00\x00  \n", "empty"),
        (b"%PDF-1.7\n" + HTML, "damaged"),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "programs"),
        (PDF.replace(b"/Catalog", b"/Catalog/AA<</S/Launch/F(cmd)>>"), "programs"),
        (b"\xff\xd8\xff not a picture", "damaged"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "damaged"),
        (b"PK\x03\x04 cut short", "damaged"),
        (zipped({"word/document.xml": b"<a/>"}), "unknown"),
        (zipped({"evil.sh": b"rm"}), "unknown"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_claims_is_refused_with_words(data, code):
    assert refused(data) == code


def test_macros_are_refused_in_both_kinds_of_spreadsheet():
    assert refused(with_member(workbook(), "xl/vbaProject.bin", b"x")) == "programs"
    assert (
        refused(with_member(open_document(), "Basic/Standard/Module1.xml", b"<a/>")) == "programs"
    )


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_without_unpacking_it():
    bomb = with_member(workbook(), "xl/worksheets/sheet9.xml", b"\0" * 130_000_000)
    assert len(bomb) < 1_000_000

    assert refused(bomb) == "spread_out"


def test_more_than_ten_megabytes_are_refused_before_they_are_read():
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError("read")

    with pytest.raises(PaperRefused) as refusal:
        checked(Unread(b""), size=papers.MOST_BYTES + 1)
    assert refusal.value.code == "heavy"
    lying = PDF + b"\0" * papers.MOST_BYTES
    with pytest.raises(PaperRefused) as refusal:
        checked(io.BytesIO(lying), size=10)
    assert refusal.value.code == "heavy"
