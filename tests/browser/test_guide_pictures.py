"""The guide shows what is there: every picture's page and its thing, on a real demonstration.

make pictures    the same, and writes the pictures into docs/guide/pictures
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.guide import AFTER, BEFORE, DURING, PICTURES, Picture
from tests.cli.servers import Server

LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
QUALITY, MARGIN = 74, 24
TIDY = """start => {
    document.querySelector(".demo-ribbon")?.remove();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        text.data = text.data.replaceAll(location.origin, "https://essor.example")
            .replaceAll(location.host, "essor.example");
    }
    document.activeElement?.blur();
    const top = document.querySelector(start).getBoundingClientRect().top + scrollY;
    const whole = start === "main";
    window.scrollTo(0, whole && innerWidth < 600 ? 0 : top - (whole ? 0 : 12));
}"""
"""Without the demonstration's ribbon, its address and a blinking cursor; ``start`` on top."""
SIDES = """start => {
    const box = document.querySelector(start).getBoundingClientRect();
    return [box.left, Math.min(box.right, innerWidth)];
}"""


@pytest.fixture
def demo(tmp_path) -> Iterator[Server]:
    server = Server(tmp_path, "demo")
    yield server
    server.stop()


@dataclass
class Photographer:
    """A phone and a laptop that speak one language; ``folder`` is None where nothing is kept."""

    browser: Browser
    url: str
    language: str
    folder: Path | None
    pages: dict[bool, Page] = field(default_factory=dict)
    roles: dict[bool, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for phone in (True, False):
            context = self.browser.new_context(
                base_url=self.url,
                viewport=PHONE if phone else LAPTOP,
                device_scale_factor=2 if phone else 1,
                locale=LANGUAGES[self.language],
                reduced_motion="reduce",
            )
            context.set_default_timeout(30_000)
            self.pages[phone] = context.new_page()

    def contexts(self) -> list[BrowserContext]:
        return [page.context for page in self.pages.values()]

    def take_role(self, page: Page, picture: Picture) -> None:
        """Become who sees this page; the first page of the role opens where none is named."""
        if picture.path and self.roles.get(picture.phone) == picture.role:
            return
        page.goto("/demo/")
        page.locator(f"form button[name=part][value='{picture.role}']").click()
        self.roles[picture.phone] = picture.role

    def take(self, picture: Picture) -> str:
        """Look at the page and keep its picture; what is wrong with it, or nothing."""
        page = self.pages[picture.phone]
        width, height = picture.size
        page.set_viewport_size({"width": width, "height": height})
        try:
            self.take_role(page, picture)
            if picture.path:
                answer = page.goto(picture.path)
                if answer is None or not answer.ok:
                    return f"{picture.name}: {picture.path} answers {answer and answer.status}"
            if picture.act:
                picture.act(page)
            page.locator(picture.shows).first.wait_for(state="visible")
        except Error as trouble:
            return f"{picture.name} ({self.language}) at {page.url}: {trouble.message}"
        if page.locator("html").get_attribute("lang") != self.language:
            return f"{picture.name}: the page does not speak {self.language}"
        if self.folder:
            self.keep(page, picture)
        return ""

    def keep(self, page: Page, picture: Picture) -> None:
        """The part of the page that the picture is about, at an address that everybody may read."""
        page.mouse.move(0, 0)
        page.evaluate(TIDY, picture.start)
        page.wait_for_timeout(400)
        left, right = page.evaluate(SIDES, picture.start)
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        if not picture.phone:
            right = min(right + MARGIN, image.width)
            image = image.crop((max(0, left - MARGIN), 0, right, image.height))
        folder = self.folder / self.language  # type: ignore[operator]
        folder.mkdir(parents=True, exist_ok=True)
        image.save(folder / f"{picture.name}.webp", quality=QUALITY, method=6)


def move_on(page: Page, moment: str) -> None:
    """Bring the demonstration to its evening, or to the day after."""
    page.goto("/demo/")
    page.locator(f"button[name=moment][value={moment}]").click(timeout=120_000)
    page.wait_for_load_state()


def test_guide_shows_what_is_there(demo, browser, request):
    where = request.config.getoption("--pictures")
    folder = Path(where) if where else None
    languages = LANGUAGES if folder else ["fr"]  # the pages are the same, and so are their things
    looking = [Photographer(browser, demo.url, language, folder) for language in languages]
    wrong = []

    for moment, pictures in groupby(PICTURES, key=lambda picture: picture.moment):
        if moment != BEFORE:
            move_on(looking[0].pages[False], moment)
        for picture in pictures:
            wrong += [photographer.take(picture) for photographer in looking]

    for photographer in looking:
        for context in photographer.contexts():
            context.close()
    assert [each for each in wrong if each] == []


def test_pictures_are_taken_in_the_order_of_the_demonstration():
    moments = [moment for moment, _ in groupby(PICTURES, key=lambda picture: picture.moment)]
    assert moments == [BEFORE, DURING, AFTER]
    assert len({picture.name for picture in PICTURES}) == len(PICTURES)
