"""The list of treasures: its lenses, its search, its pages; what is missing."""

from dataclasses import replace

import pytest

from essor.finding.models import Page
from essor.finding.queries import found_among
from essor.finding.rebuilding import rebuild
from essor.territories.models import Theme
from essor.treasures.actions.treasures import Said, change_treasure, end_treasure, write_down
from essor.treasures.models import Treasure
from essor.treasures.queries.inventory import Asked, looked_at, missing_in
from tests.cast import NOW, make_treasure, sphere


def names_on(page: str, *names: str) -> list[str]:
    return [name for name in names if name in page]


def test_treasures_stand_with_their_kind_the_latest_first(cast, stranger):
    make_treasure(cast.valence, "Tanneurs à la retraite", kind="human")
    make_treasure(cast.valence, "Friche de la gare")
    make_treasure(cast.jura, "Sapin", kind="natural")
    page = stranger.get("/valence/treasures/").content.decode()
    assert page.index("Friche de la gare") < page.index("Tanneurs à la retraite")
    assert "Sapin" not in page


@pytest.mark.parametrize("state", ["hidden", "waiting", "gone"])
def test_treasures_that_are_not_shown_stay_out(cast, stranger, state):
    make_treasure(cast.valence, "Verger")
    make_treasure(cast.valence, "Secret", state=state)
    page = stranger.get("/valence/treasures/").content.decode()
    assert names_on(page, "Verger", "Secret") == ["Verger"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=human", ["Tanneurs"]),
        ("use=waste", ["Copeaux"]),
        ("sphere=enterprise", ["Copeaux"]),
        ("theme=food", ["Verger"]),
        ("q=tanneur", ["Tanneurs"]),
        ("q=COPEAU+BOIS", ["Copeaux"]),
        ("q=tannuers", ["Tanneurs"]),
        ("q=laine", []),
        ("at=45.0461,5.0514", ["Verger"]),
        ("kind=nonsense&theme=", ["Tanneurs", "Copeaux", "Verger"]),
    ],
)
def test_lenses_show_what_fits(cast, stranger, query, found):
    food = Theme.objects.create(territory=cast.valence, code="food", name_fr="Manger", order=1)
    make_treasure(cast.valence, "Tanneurs", kind="human")
    make_treasure(cast.valence, "Copeaux", description="bois de peuplier", use="waste",
                  sphere=sphere("enterprise"))  # fmt: skip
    make_treasure(
        cast.valence, "Verger", kind="natural", latitude=45.0461, longitude=5.0514
    ).themes.add(food)
    rebuild()
    page = stranger.get(f"/valence/treasures/?{query}").content.decode()
    assert names_on(page, "Tanneurs", "Copeaux", "Verger") == found


def test_words_find_what_is_shown_here_only_even_by_a_late_index(cast, stranger):
    make_treasure(cast.jura, "Tannerie du Jura")
    hidden = make_treasure(cast.valence, "Tannerie fermée")
    make_treasure(cast.valence, "Tannerie")
    rebuild()
    Treasure.objects.filter(pk=hidden.pk).update(state=Treasure.State.HIDDEN)
    page = stranger.get("/valence/treasures/?q=tanneries").content.decode()
    assert names_on(page, "fermée", "du Jura", "Tannerie") == ["Tannerie"]


def test_what_is_written_down_is_found_at_once_and_under_its_new_words(cast):
    said = Said(name="Pressoir", kind="economic", description="Pommes et poires")
    treasure = write_down(territory=cast.valence, said=said, keeper=cast.denis,
                                  by=cast.denis, at=NOW)  # fmt: skip
    assert found_among("poire", cast.valence.pk, "treasure") == [treasure.pk]
    change_treasure(treasure=treasure, said=replace(said, description="Cidre"), by=cast.aicha,
                    at=NOW)  # fmt: skip
    assert found_among("poire", cast.valence.pk, "treasure") == []
    assert found_among("cidre", cast.valence.pk, "treasure") == [treasure.pk]
    end_treasure(treasure=treasure, by=cast.aicha, at=NOW)
    assert not Page.objects.exists()


def test_lens_without_anything_says_what_to_do(cast, stranger):
    make_treasure(cast.valence)
    page = stranger.get("/valence/treasures/?kind=cultural").content.decode()
    assert "/valence/treasures/new/" in page
    assert "Rien n’est encore noté ici" in page


def test_territory_without_treasures_says_so(cast, stranger):
    assert "mine d’or" in stranger.get("/valence/treasures/").content.decode()


def test_pages_keep_the_lenses(cast, stranger):
    for number in range(10):
        make_treasure(cast.valence, f"Richesse {number:02}", kind="natural")
    page = stranger.get("/valence/treasures/?kind=natural").content.decode()
    assert "?kind=natural&amp;page=2" in page
    second = stranger.get("/valence/treasures/?kind=natural&page=2").content.decode()
    assert names_on(second, "Richesse 00", "Richesse 01") == ["Richesse 00"]


def test_missing_shows_empty_boxes_and_silent_spheres(cast, stranger):
    food = Theme.objects.create(territory=cast.valence, code="food", name_fr="Manger", order=1)
    roofs = Theme.objects.create(territory=cast.valence, code="roofs", name_fr="Toits", order=2)
    cast.valence.themes.add(food, roofs)
    treasure = make_treasure(cast.valence, kind="human", sphere=sphere("citizen"))
    treasure.themes.add(food)
    make_treasure(cast.valence, "Sans thème")
    page = stranger.get("/valence/treasures/missing/").content.decode()
    assert '?theme=food&amp;kind=human">1<' in page
    assert "new/?theme=food&amp;kind=natural" in page
    assert 'new/?theme=roofs"' in page  # nothing of any kind: one way in, not four empty boxes
    assert "new/?sphere=enterprise" in page
    assert "new/?sphere=citizen" not in page
    assert "1 richesse n’a pas encore de thème" in page


@pytest.mark.parametrize("path", ["", "missing/"])
@pytest.mark.usefixtures("made_anew")
def test_lists_ask_as_often_for_one_as_for_thirty(
    cast, stranger, django_assert_num_queries, django_assert_max_num_queries, path
):
    theme = Theme.objects.create(territory=cast.valence, code="food", name_fr="Manger")
    make_treasure(cast.valence, "Un", sphere=sphere("citizen")).themes.add(theme)
    with django_assert_max_num_queries(9) as few:
        stranger.get(f"/valence/treasures/{path}")
    for number in range(30):
        make_treasure(cast.valence, f"{number:02}", sphere=sphere("finance")).themes.add(theme)
    with django_assert_num_queries(len(few)):
        stranger.get(f"/valence/treasures/{path}")


def test_lenses_count_what_is_shown_here_of_each_kind_and_use(cast):
    make_treasure(cast.valence, "Tanneurs", kind="human", use="offered")
    make_treasure(cast.valence, "Palettes", kind="economic", use="waste")
    make_treasure(cast.valence, "Chutes", kind="economic", use="waste")
    make_treasure(cast.valence, "Secret", kind="human", state="hidden")
    make_treasure(cast.jura, "Sapin", kind="natural")
    looked = looked_at(cast.valence, Asked(kind="human"))
    assert looked.total == 3
    assert [(each.value, each.count) for each in looked.kinds] == [
        ("human", 1), ("natural", 0), ("economic", 2), ("cultural", 0)
    ]  # fmt: skip
    assert [(each.value, each.count) for each in looked.uses] == [
        ("here", 0), ("offered", 1), ("waste", 2)
    ]  # fmt: skip


def test_missing_counts_a_treasure_of_two_themes_in_both_and_in_none_once(cast):
    wood, water = (
        Theme.objects.create(territory=cast.valence, code=code, name_fr=code)
        for code in ("wood", "water")
    )
    both = make_treasure(cast.valence, "Scierie", kind="economic", latitude=45.0, longitude=5.0)
    both.themes.set([wood, water])
    make_treasure(cast.valence, "Source", kind="natural", latitude=None, longitude=None)
    hidden = make_treasure(cast.valence, "Secret", kind="human", state="hidden")
    hidden.themes.set([wood])
    missing = missing_in(cast.valence)
    counts = {row.theme.code: dict(row.counts) for row in missing.rows}
    assert counts["wood"] == {"human": 0, "natural": 0, "economic": 1, "cultural": 0}
    assert counts["water"]["economic"] == 1
    assert (missing.without_theme, missing.without_place) == (1, 1)
