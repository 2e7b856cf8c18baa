"""A network that is really gone."""

from playwright.sync_api import Page

REACHED = "() => fetch('/health/', {cache: 'no-store'}).then(() => true, () => false)"


def cut_off(page: Page) -> None:
    """No network from here on. Where a worker has just begun, Chromium may let a request pass."""
    for _ in range(50):
        page.context.set_offline(True)
        if not page.evaluate(REACHED):
            return
        page.context.set_offline(False)
    raise AssertionError("the network cannot be cut")
