"""Pages stay light to show: how many elements each may have, so that they do not creep back.

EcoIndex (``bench/lightness.py``) takes 3 points of its 6 from elements, 2 from requests and 1 from
kilobytes, each by the twentieth of all pages where a page stands. With the seven requests and some
55 kB of a first visit here, 88 leaves room for 190 elements. What stands inside a drawing does not
count. A bound above 190 names a page that is not there yet: it may only go down.
"""

from html.parser import HTMLParser

import pytest

from essor.treasures.models import Treasure
from tests.cast import (
    make_challenge,
    make_evening,
    make_harvest,
    make_idea,
    make_need,
    make_project,
    make_treasure,
)

WITHOUT_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ROOM = 190


class Elements(HTMLParser):
    """Counts elements, those inside drawings left out."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.in_drawings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += not self.in_drawings
        self.in_drawings += tag == "svg"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += not self.in_drawings

    def handle_endtag(self, tag: str) -> None:
        self.in_drawings -= tag == "svg"


def elements_of(page: str) -> int:
    counter = Elements()
    counter.feed(page)
    return counter.count


def test_what_stands_inside_a_drawing_is_left_out():
    page = "<p><svg><path/><g><use/></g></svg>Two<br>lines</p><input>"
    assert elements_of(page) == 4  # p, svg, br, input


@pytest.fixture
def full(cast) -> dict[str, str]:
    """A territory with more of everything than a page shows: its public pages by name."""
    valence = cast.valence
    evening = make_evening(valence, challenges=0)
    challenges = [make_challenge(valence, f"Comment partager le {n} ?") for n in range(20)]
    evening.challenges.add(*challenges)
    projects = [
        make_project(valence, f"Projet {n}", summary="Deux heures par mois.", leader_wanted=n < 4)
        for n in range(20)
    ]
    for number in range(20):
        make_need(projects[0], f"Besoin {number}")
        make_treasure(valence, f"Richesse {number}", kind=Treasure.Kind.values[number % 4])
    harvest = make_harvest(valence)
    for number in range(20):
        make_idea(harvest, f"Une idée {number}")
    return {
        "home": "/valence/",
        "evenings": "/valence/evenings/",
        "evening": f"/valence/evenings/{evening.public_id}/",
        "challenges": "/valence/challenges/",
        "challenge": f"/valence/challenges/{challenges[0].public_id}/",
        "projects": "/valence/projects/",
        "project": f"/valence/projects/{projects[1].public_id}/",
        "needs": "/valence/needs/",
        "harvest": f"/valence/harvest/{harvest.public_id}/",
        "treasures": "/valence/treasures/",
        "missing": "/valence/treasures/missing/",
        "network": "/",
        "sources": "/sources/",
        "sign in": "/account/login/",
    }


def test_public_pages_have_room_for_so_many_elements(full, stranger):
    counted = {
        name: elements_of(stranger.get(address).content.decode()) for name, address in full.items()
    }
    assert {name: n for name, n in counted.items() if n > ROOM} == {}
    assert min(counted.values()) > 40  # a page, not a redirection
