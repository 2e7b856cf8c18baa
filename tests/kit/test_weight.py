"""What a participant's phone downloads on the first visit: page, style, two fonts, mark."""

import gzip
from pathlib import Path

import pytest

from essor.kit.headers import CONTENT_SECURITY_POLICY

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "build" / "web"
FIRST_VISIT = 60_000  # bytes, compressed; the house promises less than 90 kB with 10 requests

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (BUILT / "essor.css").exists(), reason="run: npm run build"),
]


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def test_first_visit_is_light(stranger):
    page = stranger.get("/account/login/").content
    style = (BUILT / "essor.css").read_bytes()
    fonts = [(BUILT / "fonts" / name).stat().st_size for name in LATIN_FONTS]
    mark = (ROOT / "essor/kit/static/kit/birds.svg").read_bytes()
    total = compressed(page) + compressed(style) + sum(fonts) + compressed(mark)
    assert total < FIRST_VISIT, f"{total} bytes"


LATIN_FONTS = ("atkinson-hyperlegible-next-latin.woff2", "bricolage-grotesque-latin.woff2")


def test_letters_of_french_are_in_the_fonts_that_every_page_loads():
    """The rare letters are in files of their own; French must not need those."""
    cut = (ROOT / "web" / "fonts.mjs").read_text()
    assert "ŒœŸ" in cut
    assert "[0xa0, 0xff]" in cut  # é, à, ç, « and »


def test_styles_ask_nothing_of_anybody_else():
    style = (BUILT / "essor.css").read_text()
    assert "http:" not in style.replace("http://www.w3.org/2000/svg", "")
    assert "https:" not in style
    assert "font-src 'self'" in CONTENT_SECURITY_POLICY


def test_rooms_have_the_last_word_over_components():
    style = (BUILT / "essor.css").read_text()
    assert "@layer reset,tokens,base,components,rooms;" in style
