"""What searching finds, in which order, and what strangers never find."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.exchanges.models import Need
from essor.finding import index
from essor.finding.models import Page
from essor.finding.queries import find
from essor.finding.words import one_slip_or_two
from essor.ledger.models import Audience, Entry
from essor.treasures.models import Treasure
from tests.cast import NOW, Cast, make_need, make_project, make_treasure

pytestmark = pytest.mark.django_db


def titles(text: str, *which: Any, **more: Any) -> list[str]:
    return ["".join(p.text for p in hit.title) for hit in find(text, *which, **more).hits]


def line(of_type: str, subject: Any) -> None:
    Entry.objects.create(
        at=NOW, verb="changed", of_type=of_type, of_id=subject.public_id,
        audience=Audience.TEAM,
    )  # fmt: skip


def published(territory: Any, title: str, **more: Any) -> Any:
    return make_project(territory, title, published_at=NOW, **more)


@pytest.mark.parametrize(
    "asked",
    ["vergers", "VERGER", "verger partagé", "verger partage", "vergerr", "vregers", "le verger"],
)
def test_a_project_is_found_whatever_the_form(cast: Cast, asked: str) -> None:
    published(cast.valence, "Un verger partagé")
    published(cast.valence, "Atelier de vélos")
    index.rebuild()
    assert titles(asked)[0] == "Un verger partagé"
    assert "Atelier de vélos" not in titles(asked)


def test_english_stems_are_found(cast: Cast) -> None:
    published(cast.valence, "Repairing bicycles with the neighbours")
    index.rebuild()
    assert titles("bicycle repairs") == ["Repairing bicycles with the neighbours"]


def test_the_title_comes_before_the_text_and_both_words_before_one(cast: Cast) -> None:
    published(cast.valence, "Four à pain", summary="Près du moulin.")
    published(cast.valence, "Le moulin", summary="Farine et meule.")
    published(cast.valence, "Farine du moulin", summary="Bio.")
    index.rebuild()
    assert titles("moulin")[-1] == "Four à pain"
    assert titles("farine moulin")[0] == "Farine du moulin"


def test_exact_words_leave_no_room_for_guesses(cast: Cast) -> None:
    published(cast.valence, "Une foret de feuillus")
    published(cast.valence, "Une fort belle idée de forge")
    index.rebuild()
    assert titles("forêt") == ["Une foret de feuillus"]


def test_needs_and_treasures_are_found_like_projects(cast: Cast) -> None:
    project = published(cast.valence, "Cantine")
    make_need(project, "Congélateur")
    make_treasure(cast.valence, "Congélateurs du lycée")
    index.rebuild()
    found = find("congelateur")
    assert found.counts == {"need": 1, "treasure": 1}
    assert [hit.kind for hit in find("congelateur", kind="need").hits] == ["need"]


def test_a_territory_finds_its_own_only(cast: Cast) -> None:
    published(cast.valence, "Verger haut")
    published(cast.jura, "Verger bas")
    index.rebuild()
    assert titles("verger", cast.jura) == ["Verger bas"]
    assert len(titles("verger")) == 2


@pytest.mark.parametrize("fresh", [True, False])
def test_what_is_not_public_is_not_found_even_by_a_late_index(cast: Cast, fresh: bool) -> None:
    project = published(cast.valence, "Secret verger")
    need = make_need(project, "Secret marteau")
    treasure = make_treasure(cast.valence, "Secret lavoir")
    index.rebuild()
    assert len(titles("secret")) == 3
    project.published_at = None
    project.save()
    Treasure.objects.filter(pk=treasure.pk).update(state=Treasure.State.HIDDEN)
    if fresh:
        line("project", project)
        line("treasure", treasure)
        index.catch_up()
        assert not Page.objects.exists()
    assert titles("secret") == []
    assert Need.objects.filter(pk=need.pk).exists()


def test_words_that_were_taken_away_find_nothing_in_a_late_index(cast: Cast) -> None:
    project = published(cast.valence, "Verger", summary="Demander à Zoubida.")
    index.rebuild()
    project.summary = "Demander à la mairie."
    project.save()
    assert titles("zoubida") == []


def test_the_index_follows_the_ledger(cast: Cast) -> None:
    index.rebuild()
    project = published(cast.valence, "Lavoir")
    make_need(project, "Tuiles")
    line("project", project)
    index.catch_up()
    assert titles("lavoir")[0] == "Lavoir"
    assert titles("tuile") == ["Tuiles"]
    project.title = "Fontaine"
    project.save()
    line("project", project)
    index.catch_up()
    assert titles("fontaine")[0] == "Fontaine"
    assert Page.objects.filter(kind="project", of_id=project.pk).count() == 1


def test_the_sweep_drops_what_is_gone(cast: Cast) -> None:
    project = published(cast.valence, "Lavoir")
    index.rebuild()
    project.delete()
    assert index.sweep() == 1
    assert not Page.objects.exists()


def test_pieces_are_marked_and_nothing_is_lost(cast: Cast) -> None:
    published(cast.valence, "Halle", summary="<b>Des</b> vergers & des haies " + "mot " * 80)
    index.rebuild()
    (hit,) = find("verger").hits
    assert [piece.text for piece in hit.piece if piece.found] == ["vergers"]
    assert "".join(piece.text for piece in hit.piece).startswith("<b>Des</b> vergers & des haies")


@pytest.mark.parametrize("asked", ["", "  ", "%_'\"", "le", "a" * 5000, "😀", "\x00"])
def test_odd_searches_find_nothing_and_break_nothing(cast: Cast, asked: str) -> None:
    published(cast.valence, "Verger")
    index.rebuild()
    assert titles(asked) == []


def test_as_many_queries_for_many_as_for_one(cast: Cast) -> None:
    published(cast.valence, "Verger")
    index.rebuild()
    with CaptureQueriesContext(
        connection,
    ) as one:
        find("verger")
    for i in range(40):
        published(cast.valence, f"Verger {i}")
    index.rebuild()
    with CaptureQueriesContext(connection) as many:
        find("verger")
    assert len(many) == len(one) == 4


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [("verger", "vegrer", True), ("verger", "vergers", True), ("for", "fort", False),
     ("moulin", "moutons", False), ("restaurant", "restorent", False)],
)  # fmt: skip
def test_slips(word: str, other: str, near: bool) -> None:
    assert one_slip_or_two(word, other) is near
