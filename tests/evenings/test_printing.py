"""What is on the paper: read back from the PDFs that typst makes."""

import pypdfium2
import pytest
from django.utils import translation
from PIL import Image

from essor.evenings.printing import (
    Badge,
    FontsMissing,
    ListedPerson,
    Look,
    SphereMark,
    TablePage,
    badges_pdf,
    cards_pdf,
    facilitators_pdf,
    names_pdf,
    render,
    sheets_pdf,
    tables_pdf,
)
from essor.evenings.printing.codes import qr
from essor.evenings.printing.look import breakable, ink_on, longest_word, unprintable

LOOK = Look("Valence", "Soirée créative", "jeudi 26 novembre 2026", "Salle Jean-Vilar, Romans")
PUBLIC = SphereMark("Collectivité", "C", "#7a4fa3")
CITIZEN = SphereMark("Habitant·e", "H", "#e4572e")
TABLE = TablePage(
    "12",
    (("Cantines", "Comment manger local à la cantine ?"),),
    (
        ListedPerson("Aïcha", "Benali", sphere=PUBLIC, facilitator=True),
        ListedPerson("Zoé", "O’Brien", note="Scop Épi", sphere=CITIZEN),
    ),
    address="https://essor.example.org/valence/evenings/abc/tables/def/",
    code="Q7MKD",
)


def badge(first="Aïcha", last="Benali", **fields) -> Badge:
    fields.setdefault("code", "K4T7M")
    fields.setdefault("address", "https://essor.example.org/t/K4T7M")
    return Badge(first, last, **fields)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def opened():
    """Open a PDF and close it at the end of the test."""
    documents = []

    def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
        documents.append(pypdfium2.PdfDocument(data))
        return documents[-1]

    yield open_pdf
    for document in documents:
        document.close()


@pytest.fixture
def pages(opened):
    """The text of each page, blanks joined; the spaced letters of a code come in pieces."""

    def read(data: bytes) -> list[str]:
        texts = []
        for page in opened(data):
            text = page.get_textpage()
            texts.append(
                " ".join(text.get_text_bounded().replace("\u200b", "").split()).replace(
                    "K4T 7M", "K4T7M"
                )
            )
            text.close()
            page.close()
        return texts

    return read


def sizes(document) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    return [
        tuple(round(side * 25.4 / 72) for side in document.get_page_size(n))
        for n in range(len(document))
    ]


def picture(document, page: int = 0, scale: float = 2) -> Image.Image:
    return document[page].render(scale=scale).to_pil().convert("RGB")


def test_badge_says_who_which_sphere_which_table_and_the_code(pages):
    (text,) = pages(badges_pdf(LOOK, [badge(sphere=PUBLIC, organisation="Mairie de Die",
                                           table="12", challenge="Cantines")]))  # fmt: skip
    for word in ("Aïcha", "Benali", "Mairie de Die", "Collectivité", "C", "12", "Cantines", "K4T7M",
                 "Soirée créative", "26 novembre"):  # fmt: skip
        assert word in text


def test_badges_come_four_on_a_sheet_of_a4_or_one_on_a_page_of_a6(opened):
    nine = [badge(f"P{n}") for n in range(9)]
    assert sizes(opened(badges_pdf(LOOK, nine))) == [(210, 297)] * 3
    assert sizes(opened(badges_pdf(LOOK, nine, paper="a6"))) == [(105, 148)] * 9


def test_every_person_has_one_badge_in_the_order_given(pages):
    texts = pages(badges_pdf(LOOK, [badge(f"Personne{n:02}") for n in range(10)], paper="a6"))
    assert [f"Personne{n:02}" in text for n, text in enumerate(texts)] == [True] * 10


def test_sphere_band_has_its_colour(opened):
    document = opened(badges_pdf(LOOK, [badge(sphere=PUBLIC)], paper="a6"))
    seen = picture(document)
    assert seen.getpixel((seen.width - 10, seen.height - 10)) == (0x7A, 0x4F, 0xA3)


@pytest.mark.parametrize(
    "name",
    ["A" * 200, "Jean-Baptiste de La Rochefoucauld-Montmorency " * 4, "محمد بن علي", "Zoé 🌻",
     "Հայկ Սարգսյան", "Łukasz Nguyễn", "=1+1", "#set page(width: 1cm)", "*étoile* $x$ \\ @a <b>"],
)  # fmt: skip
def test_any_name_keeps_its_badge_on_one_page(opened, pages, name):
    data = badges_pdf(LOOK, [badge(name, name, organisation=name, table="3", challenge=name)])
    assert sizes(opened(data)) == [(210, 297)]
    (text,) = pages(data)
    assert "K4T7M" in text
    if name.isascii() and len(name) < 60:
        assert name.replace(" ", "") in text.replace(" ", "")


def test_long_name_shrinks_and_stays_inside_its_badge(opened):
    document = opened(badges_pdf(LOOK, [badge("Anne-Marie-Bernadette", "M" * 200)], paper="a6"))
    seen = picture(document)
    edge = [seen.getpixel((seen.width - 3, y)) for y in range(180, 500)]
    assert set(edge) == {(255, 255, 255)}, "no letter reaches the edge of the paper"


def test_before_a_plan_the_badge_leaves_room_to_write(opened, pages):
    without, with_table = pages(badges_pdf(LOOK, [badge(), badge(table="7")], paper="a6"))
    assert "7" not in without.replace("K4T7M", "")
    assert "7" in with_table.replace("K4T7M", "")


def test_qr_of_a_badge_is_the_code_of_its_address():
    size, path = qr("https://essor.example.org/t/K4T7M")
    canvas = Image.new("1", (size, size), 1)
    for row, line in enumerate(path.split("M")[1:]):
        first, *rest = line.split("m")
        x, y = 0, -1
        start, length = first.split("h")
        x, y = int(start.split()[0]), float(start.split()[1])
        for left, run in [(x, int(length)), *_runs(rest, x + int(length))]:
            for step in range(run):
                canvas.putpixel((left + step, int(y)), 0)
        assert y == row + 0.5
    finder = [[canvas.getpixel((x, y)) for x in range(7)] for y in range(7)]
    assert finder[0] == [0] * 7
    assert finder[1] == [0, 255, 255, 255, 255, 255, 0] or finder[1] == [0, 1, 1, 1, 1, 1, 0]
    assert [canvas.getpixel((size - 1, y)) for y in range(7)] == [0] * 7


def _runs(parts: list[str], x: int) -> list[tuple[int, int]]:
    runs = []
    for part in parts:
        gap, length = part.split("h")
        x += int(gap.split()[0])
        runs.append((x, int(length)))
        x += int(length)
    return runs


def test_table_card_shows_its_number_twice_and_not_the_code_of_its_phone(pages):
    (text,) = pages(cards_pdf(LOOK, [TABLE]))
    assert text.count("12") >= 2
    assert "Cantines" in text
    assert "Q7M" not in text, "a card is in view of the whole room"


def test_project_sheet_is_a3_and_asks_the_nine_fields_and_the_ideas_set_aside(opened, pages):
    data = sheets_pdf(LOOK, [TABLE, TablePage("13")])
    assert sizes(opened(data)) == [(420, 297)] * 2
    text = pages(data)[0]
    for field in ("Our dream", "Our proposal", "People helped", "Possible leaders",
                  "Supporters and partners", "Human resources", "Material resources",
                  "Financial resources", "First steps", "Ideas set aside"):  # fmt: skip
        assert field in text
    assert "Comment manger local à la cantine ?" in text
    assert "Q7M" not in text


def test_list_by_name_is_in_the_order_of_last_names_whatever_their_accents(pages):
    people = [ListedPerson("Zoé", "Éloi", table="3"), ListedPerson("Ali", "Fabre", table="12"),
              ListedPerson("Inès", "abadie"), ListedPerson("Cher")]  # fmt: skip
    (text,) = pages(names_pdf(LOOK, people))
    names = ["abadie, Inès", "Cher", "Éloi, Zoé", "Fabre, Ali"]
    assert sorted(names, key=text.index) == names


def test_list_by_table_names_its_people_and_facilitator(pages):
    (text,) = pages(tables_pdf(LOOK, [TABLE]))
    for word in ("12", "Aïcha Benali", "Zoé O’Brien", "Scop Épi", "Facilitator: Aïcha Benali"):
        assert word in text


def test_facilitators_list_has_the_code_of_each_phone_and_says_who_is_missing(pages):
    (text,) = pages(facilitators_pdf(LOOK, [TABLE, TablePage("13", code="ABCDE")]))
    for word in ("Aïcha Benali", "Q7MKD", "nobody yet", "ABCDE"):
        assert word in text


def test_long_lists_run_over_several_pages(opened):
    people = [ListedPerson("Prénom", f"Nom{n}", table="1") for n in range(400)]
    assert len(opened(names_pdf(LOOK, people))) > 3


def test_lists_carry_the_structure_that_screen_readers_use():
    assert b"/StructTreeRoot" in names_pdf(LOOK, [ListedPerson("Inès")])


def test_missing_fonts_say_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(render, "FONTS", tmp_path)
    with pytest.raises(FontsMissing, match=str(tmp_path)):
        badges_pdf(LOOK, [badge()])


@pytest.mark.parametrize(
    ("name", "left"), [("Zoé 🌻 Հայկ محمد", ""), ("王小明", "王小明"), ("", "")]
)
def test_characters_without_a_font_are_told(name, left):
    assert unprintable(name) == left


@pytest.mark.parametrize(("colour", "ink"), [("#1d1a38", "#fffdf8"), ("#f2a51c", "#1f1b33")])
def test_ink_is_the_one_that_is_read_better(colour, ink):
    assert ink_on(colour) == ink


def test_words_too_long_for_any_line_may_break():
    assert longest_word("Jean " + "B" * 50) == "B" * 22
    assert breakable("B" * 50).count("\u200b") == 2


def test_brand_of_the_territory_is_on_the_paper(opened):
    look = Look("Jura", "Crépite", "", primary="#7a1f1f", accent="#00ff00")
    seen = picture(opened(badges_pdf(look, [badge()], paper="a6")))
    assert seen.getpixel((4, 4)) == (0x7A, 0x1F, 0x1F)
