"""A team of two sorts an afternoon's ideas, without a script, each on her own phone."""

import uuid

import pytest

from tests.cast import make_harvest, make_idea

SAID = ("Un verger public", "Réparer les vélos", "Planter des pommiers", "Une piste vers le lycée",
        "Un café pour les aînés")  # fmt: skip


@pytest.fixture
def harvest(cast):
    return make_harvest(cast.valence, "Un après-midi à la médiathèque", state="sorting")


@pytest.fixture
def ideas(harvest):
    """The afternoon's ideas, by their words."""
    return {words: make_idea(harvest, words).public_id for words in SAID}


def read(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_two_people_sort_an_afternoon_s_ideas(cast, harvest, ideas):
    base = f"/valence/harvest/{harvest.public_id}/sorting/"
    aicha, bruno = cast.client("aicha"), cast.client("bruno")

    def send(who, path, **fields) -> str:
        answer = who.post(base + path, {"act": uuid.uuid4().hex, **fields}, follow=True)
        assert answer.status_code == 200, read(answer)
        return read(answer)

    # The table shows everything that was said, nothing sorted yet.
    page = read(aicha.get(base))
    assert all(words in page for words in SAID)
    assert "<span data-sorted>0</span>" in page

    # Aïcha opens a group from two ideas, Bruno another one from one.
    send(aicha, "moves/", idea=[ideas["Un verger public"], ideas["Planter des pommiers"]],
         to="new", name="Arbres")  # fmt: skip
    send(bruno, "moves/", idea=[ideas["Réparer les vélos"]], to="new", name="Vélos")
    trees, wheels = harvest.groups.order_by("order")

    # Bruno sees her group, and puts an idea into it by mistake; he takes it back.
    assert "Arbres" in read(bruno.get(base))
    send(bruno, "moves/", idea=ideas["Une piste vers le lycée"], to=trees.public_id)
    last = harvest.moves.latest("id").public_id
    page = send(bruno, "undoings/", move=last)
    assert "Annulé : le déplacement de « Une piste vers le lycée »." in page
    send(bruno, "moves/", idea=ideas["Une piste vers le lycée"], to=wheels.public_id)

    # They name, lock and merge; what happened stands below, who did it too.
    send(aicha, f"groups/{wheels.public_id}/name/", name="Se déplacer", seen="Vélos")
    send(bruno, "moves/", idea=ideas["Un café pour les aînés"], to="new", name="")
    third = harvest.groups.latest("order")
    page = send(aicha, f"groups/{third.public_id}/merger/", into=trees.public_id)
    assert "groupe 3 a rejoint le groupe 1 « Arbres »" in page.lower().replace("arbres", "Arbres")
    page = send(bruno, f"groups/{trees.public_id}/locking/", locked="yes")
    assert "<strong>Aicha</strong>" in page

    # Everything lies somewhere.
    assert "<span data-sorted>5</span>" in page
    assert trees.placings.count() == 3
    assert wheels.placings.count() == 2
