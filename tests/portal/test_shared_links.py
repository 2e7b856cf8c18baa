"""What a shared link says of a page before anybody opens it, and what never gets into a search engine."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from essor.evenings.models import Evening
from essor.projects.models import Project
from tests.cast import NOW, Cast, client_of, make_evening, make_project

DESCRIPTION = re.compile(r'<meta name="description" property="og:description" content="([^"]*)">')


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def project(cast) -> Project:
    return make_project(cast.valence, "Laverie", published_at=NOW)


@pytest.fixture
def evening(cast) -> Evening:
    return make_evening(
        cast.valence, place="Maison « Les Halles »", commune="Romans-sur-Isère",
        description="Venez\n\ncomme vous êtes.",
    )  # fmt: skip


def told(url: str) -> str:
    """The line a stranger's page says of itself; there is one, and one only."""
    (line,) = DESCRIPTION.findall(Client().get(url).content.decode())
    return unescape(line)


def test_an_evening_says_when_and_where(evening):
    line = told(reverse("evenings:evening", args=["valence", evening.public_id]))
    assert line.endswith("Maison « Les Halles », Romans-sur-Isère. Venez comme vous êtes.")
    assert str(evening.date.year) in line


@pytest.mark.parametrize(
    ("summary", "line"),
    [("", "Laverie"), ('La "laverie"\ndu <b>village</b>', 'La "laverie" du <b>village</b>')],
    ids=["title", "summary"],
)
def test_a_project_says_its_summary_and_else_its_title(project, summary, line):
    Project.objects.update(summary=summary)
    assert told(reverse("projects:project", args=["valence", project.public_id])) == line


def test_long_words_are_cut_between_two_words(project):
    Project.objects.update(summary="mot " * 90)
    line = told(reverse("projects:project", args=["valence", project.public_id]))
    assert line == " ".join(["mot"] * 32) + "…"


def test_other_pages_speak_of_their_territory(cast):
    assert "Valence" in told(reverse("projects:board", args=["valence"]))
    assert told(reverse("portal:network"))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("portal:home", ["valence"]), ("projects:board", ["valence"]), ("portal:network", [])],
)
def test_pages_for_everybody_may_be_found(cast, name, arguments):
    assert "X-Robots-Tag" not in Client().get(reverse(name, args=arguments))


def test_pages_of_a_team_and_personal_links_may_not(cast, evening):
    desk = client_of(cast.people["aicha"]).get(reverse("portal:desk", args=["valence"]))
    mine = Client().get(
        reverse("evenings:answers", args=["valence", evening.public_id, "abcdefghjk"])
    )
    assert desk.status_code == 200
    assert desk["X-Robots-Tag"] == mine["X-Robots-Tag"] == "noindex"
