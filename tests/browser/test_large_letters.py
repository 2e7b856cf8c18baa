"""On a phone nothing leaves the screen: long words, and letters as large as one needs them."""

import pytest

from tests.browser.conftest import FLAGS, PHONE, chromium
from tests.cast import make_evening, make_harvest, make_idea, make_need, make_project, make_treasure

pytestmark = pytest.mark.browser
LONG = "Anticonstitutionnellement" * 3


@pytest.fixture(params=[16, 32])
def phone(site, browser, request):
    """A phone whose owner reads at this size of letters, as its settings say."""
    flags = [*FLAGS, f"--blink-settings=defaultFontSize={request.param}"]
    own = browser.browser_type.launch(executable_path=chromium(), args=flags)
    context = own.new_context(base_url=site.url, viewport=PHONE, locale="fr-FR")
    yield context.new_page()
    own.close()


def test_no_page_is_wider_than_the_screen(cast, phone):
    evening = make_evening(cast.valence)
    project = make_project(cast.valence, LONG, summary=LONG)
    make_need(project, LONG)
    make_treasure(cast.valence, LONG)
    make_idea(make_harvest(cast.valence), LONG)
    wide = []
    for path in ("", "challenges/", "projects/", f"projects/{project.public_id}/", "needs/",
                 "treasures/", "harvest/", "evenings/", f"evenings/{evening.public_id}/",
                 f"evenings/{evening.public_id}/registration/", "commitments/new/"):  # fmt: skip
        phone.goto(f"/valence/{path}")
        width = phone.evaluate("document.documentElement.scrollWidth")
        wide += [(path, width)] if width > PHONE["width"] else []
    assert wide == []
