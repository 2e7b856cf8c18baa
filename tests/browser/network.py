"""A network that is really gone."""

from playwright.sync_api import Page

from tests.site import Site

REACHED = "() => fetch('/health/', {cache: 'no-store'}).then(() => true, () => false)"


def until_it_listens(page: Page, site: Site) -> None:
    """Until the page's stream is open: what happens before is told by the page itself."""
    for _ in range(400):
        if site.application.streams.hub.count:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page opens no stream")


def cut_off(page: Page) -> None:
    """No network from here on. Where a worker has just begun, Chromium may let a request pass."""
    for _ in range(50):
        page.context.set_offline(True)
        if not page.evaluate(REACHED):
            return
        page.context.set_offline(False)
    raise AssertionError("the network cannot be cut")
