"""The treasures of a territory: by kind, with their sources."""

import pytest

from essor.treasures.models import Treasure
from tests.cast import NOW


def make_treasure(territory, name, kind="human", **fields):
    return Treasure.objects.create(
        territory=territory, name=name, kind=kind, created_at=NOW, **fields
    )


def test_treasures_stand_by_kind_with_where_they_are_known_from(cast, stranger):
    sources = [{"label": "Socialter", "url": "https://example.org/cuir"}]
    make_treasure(cast.valence, "Tanneurs à la retraite", sources=sources)
    make_treasure(cast.valence, "Friche de la gare", "economic")
    make_treasure(cast.jura, "Sapin")
    page = stranger.get("/valence/treasures/").content.decode()
    assert page.index("Humaine") < page.index("Tanneurs") < page.index("Économique")
    assert 'href="https://example.org/cuir"' in page
    assert "Sapin" not in page
    assert "Naturelle" not in page


def test_territory_without_treasures_says_so(cast, stranger):
    assert "mine d’or" in stranger.get("/valence/treasures/").content.decode()


@pytest.mark.usefixtures("made_anew")
def test_inventory_asks_as_often_for_one_as_for_thirty(cast, stranger, django_assert_num_queries):
    make_treasure(cast.valence, "Un")
    with django_assert_num_queries(2):
        stranger.get("/valence/treasures/")
    for number in range(30):
        make_treasure(cast.valence, f"Richesse {number:02}")
    with django_assert_num_queries(2):
        stranger.get("/valence/treasures/")
