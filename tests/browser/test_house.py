"""The house in a browser: pages stand, look as they should, and the harness itself can fail."""

import pytest
from playwright.sync_api import Error

PAGES = ["/gallery/", "/nowhere/"]


@pytest.mark.parametrize("address", PAGES)
def test_page_has_no_accessibility_violation_on_phone_and_laptop(page, axe, see, address):
    page.goto(address)
    see(page, address.strip("/"))
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        axe(page)


def test_styles_and_fonts_come_from_the_house(page, site):
    loaded = []
    page.on("response", lambda response: loaded.append((response.url, response.status)))
    page.goto("/gallery/")
    page.evaluate("document.fonts.ready")
    assert any(url.endswith("web/essor.css") for url, _ in loaded)
    assert {status for _, status in loaded} == {200}
    assert all(url.startswith((site.url, "data:")) for url, _ in loaded)


def test_axe_would_find_a_picture_without_words(page, axe):
    page.goto("/gallery/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=>')")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_page_that_is_too_wide_would_be_seen(page, see):
    page.goto("/gallery/")
    page.evaluate("document.querySelector('main').style.minWidth = '2000px'")
    with pytest.raises(AssertionError, match="px wide"):
        see(page, "too-wide")


def test_other_servers_cannot_be_reached(page, context):
    page.goto("/gallery/")
    with pytest.raises(Error):
        page.goto("http://127.0.0.1:9/")
    assert context.strangers == ["http://127.0.0.1:9/"]
    context.strangers.clear()
