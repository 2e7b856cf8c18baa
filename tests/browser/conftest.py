"""Tests in a real Chromium, against the real application with the real static build.

``site``      the house on a loopback port, over this test's database
``page``      a fresh page of a fresh browser (``page.goto("/valence/")``); the test fails when the
              page reports an error, or asks anything of another server
``sign_in``   ``sign_in(cast.aicha)``: the page's browser is hers from now on
``axe``       ``axe(page)``: no accessibility violation
``see``       ``see(page, "board")``: pictures for a person to look at, on a phone and on a laptop,
              in ``build/pictures`` (none with ``--no-pictures``); fails where the page is wider
              than the screen
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from essor.people.models import Person
from tests.cast import Cast, client_of
from tests.site import Site

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PATIENCE = 20_000
"""Milliseconds in which what is expected must come: a queue tries again after several seconds."""
OF_THE_NETWORK = (
    "Failed to load resource",
    "An unknown error occurred when fetching the script",  # the worker's, asked for while cut off
)
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright runs an event loop in this thread; Django's guard takes our tests for async."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def chromium() -> str:
    """The system's program."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((program for name in names if (program := shutil.which(name))), None)
    assert found, "Chromium is not installed (Debian: apt-get install chromium)."
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def site(transactional_db: None, settings) -> Iterator[Site]:
    site = Site()
    settings.SITE_URL = site.url
    yield site
    site.stop()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh browser on a phone; nothing but the site is reached."""
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="fr-FR")
    context.set_default_timeout(30_000)
    context.strangers = []  # type: ignore[attr-defined]

    def only_the_site(route) -> None:
        context.strangers.append(route.request.url)  # type: ignore[attr-defined]
        route.abort()

    context.route(lambda url: not url.startswith((site.url, "data:", "blob:")), only_the_site)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("console", lambda message: trouble.append(message.text) if bad(message) else None)
    yield page
    page.close()
    assert context.strangers == [], "asked another server"  # type: ignore[attr-defined]
    assert trouble == [], "the page reported errors"


def bad(message) -> bool:
    """Errors of the page itself; an expected 404 or 422, or no network, is the test's business."""
    return message.type == "error" and not any(text in message.text for text in OF_THE_NETWORK)


@pytest.fixture
def sign_in(context: BrowserContext, site: Site) -> Callable[[Person], None]:
    return lambda who: sign_in_there(context, site, who)


def sign_in_there(context: BrowserContext, site: Site, who: Person) -> None:
    name = django_settings.SESSION_COOKIE_NAME
    value = client_of(who).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": site.url}])


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()

    def check(page: Page) -> None:
        """Fail on any violation, naming the rule and the elements, once the page has its look."""
        page.wait_for_load_state("load")
        page.evaluate(source)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false})"
            ".then(result => result.violations.map(each =>"
            " [each.id, each.help, ...each.nodes.map(node => node.html)]))",
            AXE_RULES,
        )
        assert found == [], f"axe at {page.url}"

    return check


@pytest.fixture(scope="session")
def see(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    pictures = not request.config.getoption("--no-pictures")

    def picture(page: Page, name: str) -> None:
        """Fail when the page, once it has its look, is wider than a laptop or a phone."""
        page.wait_for_load_state("load")
        for size in (LAPTOP, PHONE):
            page.set_viewport_size(size)
            if pictures:
                page.wait_for_timeout(150)
                _shoot(page, PICTURES / f"{name}-{size['width']}.png")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{name} is {wide} px wide on {size['width']} px"

    return picture


def _shoot(page: Page, file: Path) -> None:
    """Chromium sometimes has no frame to give on a busy machine; the next moment it has."""
    for _ in range(3):
        try:
            page.screenshot(path=file, full_page=True)
        except Error:
            page.wait_for_timeout(500)
        else:
            return
    page.screenshot(path=file, full_page=True)
