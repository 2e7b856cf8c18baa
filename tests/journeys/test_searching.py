"""Denis looks for an orchard: he mistypes it, finds a project, a need and what another territory has."""

import pytest
from django.test import Client

from essor.finding import index
from essor.finding.rebuilding import rebuild
from essor.projects.models import Project
from tests.cast import Cast, make_need, make_project, make_treasure

pytestmark = pytest.mark.django_db


def test_searching_from_the_header_to_what_another_territory_has(cast: Cast) -> None:
    orchard = make_project(
        cast.valence, "Un verger partagé",
        summary="Des pommiers pour les cantines, plantés avec les voisins.",
    )  # fmt: skip
    make_need(orchard, "Un terrain pour le verger")
    make_treasure(cast.jura, "Vergers conservatoires")
    rebuild()
    browser = Client()

    home = browser.get("/valence/").content.decode()
    assert 'action="/valence/search/"' in home

    page = browser.get("/valence/search/", {"q": "vregers"})
    said = page.content.decode()
    assert "Personne n’a écrit" in said
    assert "verger" in said
    assert "Un <mark>verger</mark> partagé" in said
    assert "Un terrain pour le <mark>verger</mark>" in said
    assert "conservatoires" not in said

    network = browser.get("/search/", {"q": "verger"}).content.decode()
    assert "<mark>Vergers</mark> conservatoires" in network
    assert "Jura" in network

    needs = browser.get("/valence/search/", {"q": "verger", "kind": "need"}).content.decode()
    assert "Un terrain" in needs
    assert "partagé</a>" not in needs

    nothing = browser.get("/valence/search/", {"q": "xylophone"}).content.decode()
    assert "Rien trouvé" in nothing
    assert "/search/?q=xylophone" in nothing

    Project.objects.update(published_at=None)
    gone = browser.get("/valence/search/", {"q": "verger"}).content.decode()
    assert "partagé" not in gone
    index.check()
    assert "terrain" not in browser.get("/valence/search/", {"q": "verger"}).content.decode()


def test_searching_says_so_while_the_index_is_being_made(cast: Cast) -> None:
    make_project(cast.valence, "Verger")
    early = Client().get("/search/", {"q": "verger"}).content.decode()
    assert "Rien trouvé" not in early
    assert "index" in early


def test_what_was_typed_is_never_markup(cast: Cast) -> None:
    make_project(cast.valence, "<b>Verger</b> & co", summary="<script>alert(1)</script> verger")
    rebuild()
    said = Client().get("/search/", {"q": "verger <b>"}).content.decode()
    assert "&lt;b&gt;<mark>Verger</mark>&lt;/b&gt; &amp; co" in said
    assert "<script>alert" not in said
    assert 'value="verger &lt;b&gt;"' in said
