"""Pages on which people say something of a treasure, and on which the team settles it."""

import uuid

import pytest

from essor.treasures.actions.remarks import hide_treasure, propose_correction
from essor.treasures.models import Confirmation, Correction, Treasure
from tests.cast import NOW, make_treasure

pytestmark = pytest.mark.django_db


def url(treasure: Treasure, page: str = "") -> str:
    place = f"/valence/treasures/{treasure.public_id}/"
    return f"{place}{page}/" if page else place


def act(**fields: str) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def remark_on(treasure: Treasure, reason: str = "wrong", **fields) -> Correction:
    told = {"words": "Fermé depuis mai", "changes": {}, "person": None, "device": "d1", **fields}
    return propose_correction(treasure=treasure, reason=reason, by=None, at=NOW, **told)


@pytest.fixture
def treasure(cast) -> Treasure:
    return make_treasure(cast.valence, "Presse à pommes", keeper=cast.denis)


def settle(client, correction: Correction, **fields: str):
    return client.post(f"/valence/treasures/care/{correction.public_id}/", act(**fields))


def test_a_stranger_says_that_it_is_gone_and_the_treasure_stays_until_the_team_looks(
    treasure, stranger
):
    form = act(reason="gone", words="La presse est partie à Crest.")
    answer = stranger.post(url(treasure, "remark"), form)
    again = stranger.post(url(treasure, "remark"), form)

    assert (answer.status_code, again.status_code) == (302, 302)
    (kept,) = Correction.objects.all()
    assert (kept.reason, kept.words, kept.person) == ("gone", "La presse est partie à Crest.", None)
    assert Treasure.objects.get().state == "shown"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choisissez une raison"),
        ({"reason": "wrong"}, "reason"),  # corrections have a form of their own
        ({"reason": "appeal"}, "reason"),  # answering the team is the keeper's
        ({"reason": "gone", "words": "x" * 501}, "words"),
    ],
)
def test_a_remark_that_cannot_be_taken_comes_back_at_its_field(treasure, stranger, fields, told):
    answer = stranger.post(url(treasure, "remark"), act(**fields))
    assert answer.status_code == 422
    page, errors = answer.content.decode(), answer.context["form"].errors
    assert told in page or told in errors
    assert fields.get("words", "") in page, "nothing written is lost"
    assert not Correction.objects.exists()


def test_a_flood_of_remarks_is_stopped_and_loses_nothing(treasure, stranger, monkeypatch):
    monkeypatch.setattr("essor.treasures.keeping.REMARKS", 1)
    stranger.post(url(treasure, "remark"), act(reason="gone", words="Une fois"))
    answer = stranger.post(url(treasure, "remark"), act(reason="gone", words="Deux fois"))
    assert answer.status_code == 422
    assert "Deux fois" in answer.content.decode()
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("do", "why", "state", "settled"),
    [
        ("take", "", "gone", "taken"),
        ("decline", "Elle est toujours là.", "shown", "declined"),
        ("hide", "C’est une publicité.", "hidden", "hidden"),
    ],
)
def test_the_team_settles_a_remark_once(cast, treasure, do, why, state, settled):
    correction, host = remark_on(treasure, "gone"), cast.client("aicha")
    answer = settle(host, correction, do=do, why=why)
    late = settle(cast.client("aicha"), correction, do="take")

    assert answer.headers["Location"] == "/valence/treasures/care/"
    correction.refresh_from_db()
    assert (correction.state, correction.answer) == (settled, why)
    assert Treasure.objects.get().state == state
    told = cast.client("aicha").get(late.headers["Location"]).status_code
    assert (late.status_code, told) == (302, 200)


@pytest.mark.parametrize("do", ["decline", "hide"])
def test_deciding_against_without_a_reason_changes_nothing_and_asks_for_it(cast, treasure, do):
    correction, host = remark_on(treasure, "gone"), cast.client("aicha")
    settle(host, correction, do=do, why="   ")
    page = host.get("/valence/treasures/care/").content.decode()
    assert "Dites pourquoi" in page
    correction.refresh_from_db()
    assert (correction.state, Treasure.objects.get().state) == ("waiting", "shown")


@pytest.mark.parametrize("do", ["", "show", "erase"])
def test_a_remark_is_settled_by_nothing_else(cast, treasure, do):
    correction = remark_on(treasure, "gone")
    settle(cast.client("aicha"), correction, do=do, why="Voilà")
    correction.refresh_from_db()
    assert correction.state == "waiting"


def test_a_host_hides_with_a_reason_and_shows_again(cast, treasure):
    host = cast.client("aicha")
    host.post(url(treasure, "decision"), act(do="hide"))
    assert Treasure.objects.get().state == "shown", "not without a reason"
    host.post(url(treasure, "decision"), act(do="hide", why="On y nomme quelqu’un."))
    hidden = Treasure.objects.get()
    assert (hidden.state, hidden.hidden_why) == ("hidden", "On y nomme quelqu’un.")
    host.post(url(treasure, "decision"), act(do="show"))
    assert Treasure.objects.get().state == "shown"


@pytest.mark.parametrize("do", ["", "take", "decline"])
def test_what_is_no_decision_on_a_treasure_does_not_show_it(cast, treasure, do):
    hide_treasure(treasure=treasure, why="On y nomme quelqu’un.", by=cast.aicha, at=NOW)
    cast.client("aicha").post(url(treasure, "decision"), act(do=do, why="Voilà"))
    assert Treasure.objects.get().state == "hidden"


def test_a_hidden_treasure_is_answered_by_its_keeper_alone_and_the_team_reads_it(
    cast, treasure, stranger
):
    hide_treasure(treasure=treasure, why="On y nomme quelqu’un.", by=cast.aicha, at=NOW)
    words = {"words": "J’ai ôté le nom."}
    assert stranger.post(url(treasure, "appeal"), act(**words)).status_code == 404
    assert cast.client("farid").post(url(treasure, "appeal"), act(**words)).status_code == 404
    keeper = cast.client("denis")
    assert keeper.post(url(treasure, "appeal"), act(words=" ")).status_code == 422

    assert keeper.post(url(treasure, "appeal"), act(**words)).status_code == 302

    page = cast.client("aicha").get("/valence/treasures/care/").content.decode()
    assert "J’ai ôté le nom." in page
    settle(cast.client("aicha"), Correction.objects.get(), do="take")
    assert Treasure.objects.get().state == "shown"


def test_there_is_nothing_to_answer_where_nothing_is_hidden(cast, treasure):
    answer = cast.client("denis").post(url(treasure, "appeal"), act(words="Pourquoi ?"))
    assert answer.headers["Location"] == url(treasure)
    assert not Correction.objects.exists()


def test_confirming_thanks_once_a_month_and_refuses_a_novel(treasure, stranger):
    too_long = stranger.post(url(treasure, "confirmation"), act(served_for="x" * 2000))
    assert "une phrase suffit" in stranger.get(too_long.headers["Location"]).content.decode()
    for _ in range(2):
        stranger.post(url(treasure, "confirmation"), act(served_for="Le jus de la fête"))
    assert Confirmation.objects.count() == 1


def test_its_keeper_ends_it_and_brings_it_back_but_not_from_behind_the_teams_back(
    cast, treasure, stranger
):
    assert stranger.post(url(treasure, "ending"), act()).status_code == 404
    keeper = cast.client("denis")
    keeper.post(url(treasure, "ending"), act())
    assert Treasure.objects.get().state == "gone"
    keeper.post(url(treasure, "ending"), act(do="back"))
    assert Treasure.objects.get().state == "shown"

    hide_treasure(treasure=treasure, why="Publicité", by=cast.aicha, at=NOW)
    answer = keeper.post(url(treasure, "ending"), act(do="back"), follow=True)
    assert Treasure.objects.get().state == "hidden"
    assert "répondez-lui" in answer.content.decode()


def test_correcting_is_done_by_the_keeper_and_proposed_by_anybody_else(cast, treasure, stranger):
    described = {"name": "Presse à fruits", "kind": "economic", "use": "here",
                 "precision": "commune"}  # fmt: skip
    answer = stranger.post(url(treasure, "correction"), act(**described))
    assert answer.status_code == 302
    assert Treasure.objects.get().name == "Presse à pommes"
    assert Correction.objects.get().changes["name"] == "Presse à fruits"

    cast.client("denis").post(url(treasure, "correction"), act(**described))
    assert Treasure.objects.get().name == "Presse à fruits"
    same = cast.client("hugo").post(url(treasure, "correction"), act(**described))
    assert same.status_code == 422, "nothing is different yet"
    assert Correction.objects.count() == 1


def test_the_page_of_kind_looks_asks_as_often_for_one_remark_and_for_forty(
    cast, treasure, django_assert_max_num_queries
):
    host = cast.client("aicha")
    remark_on(treasure, "gone")
    host.get("/valence/treasures/care/")
    with django_assert_max_num_queries(30) as one:
        assert host.get("/valence/treasures/care/").status_code == 200
    for n in range(40):
        remark_on(treasure, "gone", device=f"d{n}", words=f"Partie {n}")
        make_treasure(cast.valence, f"Trésor {n}", state=("waiting", "hidden")[n % 2])
    with django_assert_max_num_queries(len(one)):
        page = host.get("/valence/treasures/care/").content.decode()
    assert "Partie 1" in page
