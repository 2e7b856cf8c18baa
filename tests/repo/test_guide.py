"""The guide of host teams: the same pages in both languages, pictures that are there and light,
and on the screens the words that it names."""

import html
import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
LANGUAGES = ("fr", "en")
PAGES = sorted([*GUIDE.glob("fr/*.md"), *GUIDE.glob("en/*.md")])
HEAVIEST = 3_000_000  # bytes of all pictures together
IMAGE = re.compile(r'<img src="([^"]+)" width="(\d+)" alt="([^"]*)">')
MARKED = re.compile(r"\*\*([^*\n]+)\*\*|(?<!\*)\*([^*\n]+)\*(?!\*)")
EMPHASIS = {
    "en": "try it without risk|three ideas to keep in mind|somebody lets you know:|export"
    "|a skill, a resource or energy|within ten days|an import never removes anybody|open it"
    "|themes and spheres|registering|when it is full|actual size|big screen",
    "fr": "essayez sans risque|trois idées à garder|quelqu’un prévient :|exportez|sous dix jours"
    "|une compétence, une ressource ou de l’énergie|un import n’enlève jamais personne|conduite"
    "|taille réelle|grand écran|se connecter|thèmes et univers|s’inscrire|quand c’est plein"
    "|les besoins d’accès",
}
"""What is strong or slanted for its own sake; everything else names what a screen says."""


def names(page: Path) -> str:
    return str(page.relative_to(GUIDE))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().rstrip(".").lower()


def said_on_screens(language: str) -> list[str]:
    said: set[str] = set()
    for catalogue in ROOT.glob("essor/*/locale/fr/LC_MESSAGES/django.po"):
        for entry in read_po(io.BytesIO(catalogue.read_bytes()), locale="fr"):
            words = entry.id if language == "en" else entry.string
            said |= {plain(each) for each in ([words] if isinstance(words, str) else words)}
    return sorted(said)


def is_said(words: str, said: list[str]) -> bool:
    """Some screen says these words, alone or with more behind them: « Envoyer 400 e-mails »."""
    start = re.compile(re.escape(words) + r"(?!\w)")
    return any(start.match(each) for each in said)


def counterpart(page: Path) -> Path:
    """The page in the other language, which the last line leads to."""
    last = page.read_text().strip().splitlines()[-1]
    found = re.fullmatch(r"\[(?:English|Français)\]\(([^)]+)\)", last)
    assert found, f"{names(page)} does not end with the way to its other language"
    return (page.parent / found[1]).resolve()


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_page_has_its_twin_in_the_other_language(page):
    twin = counterpart(page)
    assert twin in PAGES
    assert twin.parent != page.parent
    assert counterpart(twin) == page


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_twins_show_the_same_pictures_each_in_its_language(page):
    mine, other = IMAGE.findall(page.read_text()), IMAGE.findall(counterpart(page).read_text())
    assert mine, "a page without a picture"
    assert [Path(source).name for source, _, _ in mine] == [Path(s).name for s, _, _ in other]
    assert {Path(source).parent.name for source, _, _ in mine} == {page.parent.name}
    assert [source for source, _, alt in mine if len(html.unescape(alt)) < 20] == []


def test_every_picture_is_used_and_every_page_is_reached():
    for language in LANGUAGES:
        folder = GUIDE / language
        texts = {page.name: page.read_text() for page in folder.glob("*.md")}
        shown = {Path(found[0]).name for text in texts.values() for found in IMAGE.findall(text)}
        assert shown == {file.name for file in (GUIDE / "pictures" / language).iterdir()}
        linked = set(re.findall(r"\]\(([\w-]+\.md)\)", texts["README.md"]))
        assert linked == set(texts) - {"README.md"}


def test_pictures_are_light_and_as_wide_as_phones_and_desks():
    files = sorted(GUIDE.glob("pictures/*/*.webp"))
    assert sum(file.stat().st_size for file in files) < HEAVIEST
    for file in files:
        with Image.open(file) as image:
            assert image.width == 2 * 390 or 500 < image.width <= 1280, file.name


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_words_that_the_guide_names_are_on_the_screens(page):
    language = page.parent.name
    said, free = said_on_screens(language), set(EMPHASIS[language].split("|"))
    marked = [first or second for first, second in MARKED.findall(page.read_text())]
    named = [plain(part) for phrase in marked for part in phrase.split("›")]
    assert [each for each in named if each not in free and not is_said(each, said)] == []
