"""What searching finds, in which order, and what strangers never find."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.challenges.models import Challenge
from essor.evenings.models import Evening
from essor.exchanges.models import Need
from essor.finding import index
from essor.finding.keys import ROOM
from essor.finding.looking import Asked, Looked, look
from essor.finding.models import Page, Posting, Word
from essor.finding.queries import Hit
from essor.finding.rebuilding import rebuild, rebuild_some
from essor.harvest.models import Harvest, Idea
from essor.kit.finding import declare, kinds
from essor.ledger.models import Audience, Entry
from essor.people.erasure import erase_person
from essor.projects.models import Project
from essor.territories.models import Role, Territory
from essor.treasures.models import Treasure
from tests.cast import (
    NOW,
    Cast,
    make_challenge,
    make_evening,
    make_harvest,
    make_idea,
    make_need,
    make_project,
    make_treasure,
    person,
)

pytestmark = pytest.mark.django_db


def find(text: str, territory: Territory | None = None, **more: str) -> Looked:
    return look(Asked(q=text, **more), territory)


def hits(looked: Looked) -> list[Hit]:
    return [row.hit for group in looked.groups for row in group.rows]


def titles(text: str, territory: Territory | None = None, **more: str) -> list[str]:
    return ["".join(p.text for p in hit.title) for hit in hits(find(text, territory, **more))]


def counts(looked: Looked) -> dict[str, int]:
    return {lens.value: lens.count for lens in looked.kinds}


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
    rebuild()
    assert titles(asked)[0] == "Un verger partagé"
    assert "Atelier de vélos" not in titles(asked)


def test_english_stems_are_found(cast: Cast) -> None:
    published(cast.valence, "Repairing bicycles with the neighbours")
    rebuild()
    assert titles("bicycle repairs") == ["Repairing bicycles with the neighbours"]


def test_the_title_comes_before_the_text_and_both_words_before_one(cast: Cast) -> None:
    published(cast.valence, "Four à pain", summary="Près du moulin.")
    published(cast.valence, "Le moulin", summary="Farine et meule.")
    published(cast.valence, "Farine du moulin", summary="Bio.")
    rebuild()
    assert titles("moulin")[-1] == "Four à pain"
    assert titles("farine moulin")[0] == "Farine du moulin"


def test_exact_words_leave_no_room_for_guesses(cast: Cast) -> None:
    published(cast.valence, "Une foret de feuillus")
    published(cast.valence, "Une fort belle idée de forge")
    rebuild()
    assert titles("forêt") == ["Une foret de feuillus"]


def test_needs_and_treasures_are_found_like_projects(cast: Cast) -> None:
    project = published(cast.valence, "Cantine")
    make_need(project, "Congélateur")
    make_treasure(cast.valence, "Congélateurs du lycée")
    rebuild()
    found = find("congelateur")
    assert counts(found) == {"need": 1, "treasure": 1}
    assert [hit.kind.key for hit in hits(find("congelateur", kind="need"))] == ["need"]
    assert counts(find("congelateur", kind="need")) == {"need": 1, "treasure": 1}


def test_a_territory_finds_its_own_only(cast: Cast) -> None:
    published(cast.valence, "Verger haut")
    published(cast.jura, "Verger bas")
    rebuild()
    assert titles("verger", cast.jura) == ["Verger bas"]
    assert len(titles("verger")) == 2


@pytest.mark.parametrize("fresh", [True, False])
def test_what_is_not_public_is_not_found_even_by_a_late_index(cast: Cast, fresh: bool) -> None:
    project = published(cast.valence, "Secret verger")
    need = make_need(project, "Secret marteau")
    treasure = make_treasure(cast.valence, "Secret lavoir")
    rebuild()
    assert len(titles("secret")) == 3
    project.published_at = None
    project.save()
    Treasure.objects.filter(pk=treasure.pk).update(state=Treasure.State.HIDDEN)
    if fresh:
        line("project", project)
        line("treasure", treasure)
        index.catch_up()
        assert not Page.objects.filter(key__gt=2 * ROOM).exists()
    assert titles("secret") == []
    assert Need.objects.filter(pk=need.pk).exists()


def test_words_that_were_taken_away_find_nothing_in_a_late_index(cast: Cast) -> None:
    project = published(cast.valence, "Verger", summary="Demander à Zoubida.")
    rebuild()
    project.summary = "Demander à la mairie."
    project.save()
    assert titles("zoubida") == []


def test_the_index_follows_the_ledger(cast: Cast) -> None:
    rebuild()
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
    assert titles("lavoir") == []
    assert not Posting.objects.filter(stem="lavoir").exists()


def test_the_sweep_drops_what_is_gone(cast: Cast) -> None:
    project = published(cast.valence, "Lavoir")
    rebuild()
    project.delete()
    assert index.check() == 1
    assert not Page.objects.filter(territory=cast.valence.pk, key__gt=2 * ROOM).exists()
    assert not Word.objects.filter(word="lavoir").exists()
    assert index.check() == 0


def test_pieces_are_marked_and_nothing_is_lost(cast: Cast) -> None:
    published(cast.valence, "Halle", summary="<b>Des</b> vergers & des haies " + "mot " * 80)
    rebuild()
    (hit,) = hits(find("verger"))
    assert [piece.text for piece in hit.piece if piece.found] == ["vergers"]
    assert "".join(piece.text for piece in hit.piece).startswith("<b>Des</b> vergers & des haies")


@pytest.mark.parametrize("asked", ["", "  ", "%_'\"", "le", "a" * 5000, "😀", "\x00"])
def test_odd_searches_find_nothing_and_break_nothing(cast: Cast, asked: str) -> None:
    published(cast.valence, "Verger")
    rebuild()
    assert titles(asked) == []


@pytest.mark.parametrize(
    ("asked", "queries"),
    [("verger", 4), ("vregers", 6)],
)
def test_as_many_queries_for_many_as_for_one(cast: Cast, asked: str, queries: int) -> None:
    """Territories, words, lists, projects; letters and words near them where one is mistyped."""
    published(cast.valence, "Verger")
    rebuild()
    with CaptureQueriesContext(connection) as one:
        assert titles(asked) == ["Verger"]
    for i in range(40):
        published(cast.valence, f"Verger {i}")
    rebuild()
    with CaptureQueriesContext(connection) as many:
        assert len(titles(asked)) == 20
    assert len(many) == len(one) == queries


def test_the_first_look_shows_the_best_of_each_kind_and_a_kind_its_pages(cast: Cast) -> None:
    for i in range(25):
        published(cast.valence, f"Verger {i}")
        make_treasure(cast.valence, f"Vieux verger {i}")
    rebuild()
    first = find("verger")
    assert [(group.kind.key, len(group.rows), group.count) for group in first.groups] == [
        ("project", 4, 25),
        ("treasure", 4, 25),
    ]
    assert first.page is None
    second = find("verger", kind="treasure", page="2")
    assert second.page is not None
    assert [len(group.rows) for group in second.groups] == [5]
    assert second.page.number == 2
    assert find("verger", kind="treasure", page="99").page.number == 2  # type: ignore[union-attr]


def test_a_territory_narrows_the_look_and_counts_go_with_it(cast: Cast) -> None:
    published(cast.valence, "Verger haut")
    published(cast.jura, "Verger bas")
    make_treasure(cast.jura, "Verger du lycée")
    rebuild()
    narrow = find("verger", where="jura")
    assert counts(narrow) == {"project": 1, "treasure": 1}
    assert {(lens.value, lens.count) for lens in narrow.places} == {("jura", 2), ("valence", 1)}
    assert narrow.total == 2


def test_an_unlisted_territory_is_searched_on_its_own_page_only(cast: Cast) -> None:
    published(cast.jura, "Verger bas")
    cast.jura.listed = False
    cast.jura.save()
    rebuild()
    assert titles("verger") == []
    assert titles("verger", cast.jura) == ["Verger bas"]


def test_ideas_are_found_once_everybody_may_read_them(cast: Cast) -> None:
    harvest = make_harvest(cast.valence, show_ideas=False)
    idea = make_idea(harvest, "Une ressourcerie près de la gare")
    rebuild()
    assert titles("ressourcerie") == []
    harvest.state = Harvest.State.SORTING
    harvest.save()
    line("harvest", harvest)
    index.catch_up()
    assert titles("ressourceries") == ["Une ressourcerie près de la gare"]
    Idea.objects.filter(pk=idea.pk).update(state=Idea.State.HIDDEN)
    assert titles("ressourcerie") == []


def test_who_gave_an_idea_is_not_found_by_it(cast: Cast) -> None:
    make_idea(make_harvest(cast.valence), "Un four banal", author=cast.denis)
    rebuild()
    assert titles("four") == ["Un four banal"]
    assert titles("denis") == []


def test_drafts_are_not_found(cast: Cast) -> None:
    make_challenge(cast.valence, "Marmotte", state=Challenge.State.DRAFT)
    make_evening(cast.valence, name="Soirée marmotte", state=Evening.State.DRAFT)
    make_treasure(cast.valence, "Marmotte", state=Treasure.State.WAITING)
    published(cast.valence, "Marmotte").__class__.objects.update(published_at=None)
    rebuild()
    assert titles("marmotte", cast.valence) == []
    Challenge.objects.update(state=Challenge.State.OPEN)
    index.check()
    assert len(titles("marmotte", cast.valence)) == 1


def test_a_word_is_found_by_what_begins_so_after_the_word_itself(cast: Cast) -> None:
    published(cast.valence, "Le jardinier et ses outils")
    published(cast.valence, "Un jardin pour tous")
    rebuild()
    assert titles("jardin") == ["Un jardin pour tous", "Le jardinier et ses outils"]


def test_a_word_as_it_is_written_comes_before_one_of_the_same_stem(cast: Cast) -> None:
    published(cast.valence, "Refuge pour abeilles")
    published(cast.valence, "Accueil", summary="Des cours pour les réfugiés, chaque semaine.")
    rebuild()
    assert titles("réfugies") == ["Accueil", "Refuge pour abeilles"]


def test_a_guess_says_what_was_taken(cast: Cast) -> None:
    published(cast.valence, "Un verger partagé")
    rebuild()
    assert find("le vregers partagés").guessed == "le verger partagés"
    assert find("verger").guessed == ""


def test_an_erased_name_leaves_the_index_at_once_and_its_page_comes_back(cast: Cast) -> None:
    zoubida = person("Zoubida", last_name="Karmelite", phone="0612345678")
    project = published(cast.valence, "Verger", summary="Appeler Zoubida Karmelite, 0612345678.")
    other = published(cast.valence, "Le mur de Karmelite")
    rebuild()
    assert titles("zoubida") == ["Verger"]
    assert Word.objects.filter(word="0612345678").exists()
    erase_person(person=zoubida, by=None, at=NOW)
    assert not Word.objects.filter(word__in=["zoubida", "0612345678"]).exists()
    assert not Page.objects.filter(stems__contains="zoubid").exists()
    assert titles("verger") == []
    index.catch_up()
    assert titles("verger") == ["Verger"]
    assert titles("karmelite") == [other.title]
    assert "zoubid" not in Page.objects.get(key=4 * ROOM + project.pk).stems


def test_lines_are_read_in_two_turns_then_left(cast: Cast) -> None:
    """A lower line may commit after a higher one: the second turn reads it."""
    rebuild()
    project = published(cast.valence, "Lavoir")
    line("project", project)
    assert index.catch_up() == 1
    assert index.catch_up() == 1
    assert index.catch_up() == 0
    with CaptureQueriesContext(connection) as quiet:
        index.catch_up()
    assert len(quiet) == 2


def test_what_did_not_change_is_not_written_again(cast: Cast) -> None:
    project = published(cast.valence, "Lavoir")
    rebuild()
    line("project", project)
    with CaptureQueriesContext(connection) as looked:
        assert index.catch_up() == 1
    assert not [each for each in looked if "finding_posting" in each["sql"]]


def test_the_index_is_made_again_in_turns_and_another_version_makes_it_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(cast.valence, "Lavoir")
    published(cast.jura, "Fontaine")
    assert not index.stands()
    assert rebuild_some(1) is False
    assert titles("lavoir") == ["Lavoir"]
    assert titles("fontaine") == []
    assert rebuild_some(1) is False
    assert rebuild_some(1) is True
    assert titles("fontaine") == ["Fontaine"]
    assert index.stands()
    monkeypatch.setattr(index, "VERSION", index.VERSION + 1)
    assert not index.stands()
    assert rebuild_some(1_000) is True
    assert index.stands()


def test_a_great_change_is_taken_in_by_making_the_index_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild()
    monkeypatch.setattr(index, "MANY", 3)
    monkeypatch.setattr(index, "A_BATCH", 2)
    for n in range(3):
        published(cast.valence, f"Lavoir {n}")
    index.check()
    assert index.stands()
    for n in range(6):
        published(cast.valence, f"Fontaine {n}")
    index.check()
    assert not index.stands()
    while not rebuild_some(1):
        pass
    assert index.stands()
    assert len(titles("fontaine")) == 6


def test_what_happens_while_the_index_is_made_is_taken_in_afterwards(cast: Cast) -> None:
    project = published(cast.valence, "Lavoir")
    rebuild_some(1)
    project.title = "Fontaine"
    project.save()
    line("project", project)
    while not rebuild_some(1):
        pass
    index.catch_up()
    assert titles("fontaine") == ["Fontaine"]
    assert titles("lavoir") == []


def test_making_it_again_changes_nothing_and_keeps_since_when_things_are_found(cast: Cast) -> None:
    published(cast.valence, "Lavoir du moulin")
    rebuild()
    Page.objects.update(since=NOW)
    before = [list(model.objects.values()) for model in (Page, Posting, Word)]
    rebuild()
    assert [list(model.objects.values()) for model in (Page, Posting, Word)] == before


def test_a_deleted_territory_leaves_nothing_behind(cast: Cast) -> None:
    published(cast.jura, "Comtois")
    rebuild()
    Project.objects.filter(territory=cast.jura).delete()
    Role.objects.filter(territory=cast.jura).delete()
    cast.jura.delete()
    rebuild()
    assert not Word.objects.filter(word="comtois").exists()
    assert titles("comtois") == []


def test_a_kind_is_declared_once() -> None:
    known = kinds()["project"]
    with pytest.raises(ValueError, match="twice"):
        declare(known)
    with pytest.raises(ValueError, match="twice"):
        declare(replace(known, key="other"))
