"""The pages on which a team prepares a harvest and says where ideas were said."""

import uuid

import pytest

from essor.harvest.models import Harvest, IdeaList, Source
from tests.cast import Cast, make_harvest, make_source

pytestmark = pytest.mark.django_db


def act(**fields: str) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def url(harvest: Harvest, page: str) -> str:
    return f"/valence/harvest/{harvest.public_id}/{page}/"


@pytest.fixture
def harvest(cast: Cast) -> Harvest:
    return make_harvest(cast.valence)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"fate_days": "3"}, "fate_days"),
        ({"starts_on": "hier"}, "starts_on"),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends_on"),
    ],
)
def test_details_that_cannot_be_come_back_at_their_field_and_change_nothing(
    cast, harvest, change, field
):
    host = cast.client("aicha")
    shown = host.get(url(harvest, "details")).context["form"]
    known = {name: shown[name].value() for name in shown.fields}
    sent = {name: value for name, value in known.items() if value is not None} | {
        "question": "Que manque-t-il ici ?",
        **change,
    }
    answer = host.post(url(harvest, "details"), act(**sent))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Que manque-t-il ici ?" in answer.content.decode(), "nothing written is lost"
    harvest.refresh_from_db()
    assert (harvest.title, harvest.question) == ("Récolte de printemps", "")


def test_details_are_kept_and_said_again(cast, harvest):
    host = cast.client("aicha")
    shown = host.get(url(harvest, "details")).context["form"]
    sent = {name: shown[name].value() for name in shown.fields}
    sent = {name: value for name, value in sent.items() if value is not None}
    answer = host.post(url(harvest, "details"), act(**{**sent, "title": "Récolte d’été"}))
    assert answer.headers["Location"] == url(harvest, "desk")
    assert "Récolte d’été" in host.get(url(harvest, "desk")).content.decode()


@pytest.mark.parametrize("to", ["", "nowhere", "over"])
def test_a_move_that_does_not_follow_is_told_on_the_desk(cast, harvest, to):
    answer = cast.client("aicha").post(url(harvest, "moves"), act(to=to), follow=True)
    assert answer.redirect_chain[-1][0] == url(harvest, "desk")
    assert "Ce passage n’est pas possible" in answer.content.decode()
    harvest.refresh_from_db()
    assert harvest.state == "open"


def test_a_place_where_ideas_were_said_is_told_once(cast, harvest):
    host = cast.client("aicha")
    told = {"label": "Marché de samedi", "kind": "workshop", "place": "Crest"}
    first = host.post(url(harvest, "sources"), act(**told))
    again = host.post(url(harvest, "sources"), act(**told))  # another form, the same words
    (source,) = Source.objects.all()
    assert first.headers["Location"] == again.headers["Location"]
    assert source.public_id in first.headers["Location"]
    assert (source.label, source.place, source.gathered_by) == (
        "Marché de samedi", "Crest", cast.aicha,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [({"label": ""}, "label"), ({"kind": "dream"}, "kind"), ({"held_on": "32/01/2026"}, "held_on")],
)
def test_a_place_that_cannot_be_is_refused_at_its_field(cast, harvest, change, field):
    told = {"label": "Marché", "kind": "workshop", "place": "Crest", **change}
    answer = cast.client("aicha").post(url(harvest, "sources"), act(**told))
    assert answer.status_code == 422
    assert list(answer.context["source_form"].errors) == [field]
    assert "Crest" in answer.content.decode()
    assert not Source.objects.exists()


def test_lines_are_read_before_anything_comes_in(cast, harvest):
    source, host = make_source(harvest), cast.client("aicha")
    address = url(harvest, f"sources/{source.public_id}")
    nothing = host.post(address, act(text="- \n  \n"))
    assert (nothing.status_code, list(nothing.context["form"].errors)) == (422, ["text"])
    answer = host.post(address, act(text="Un verger\nUne laverie"))
    many = IdeaList.objects.get()
    assert answer.headers["Location"] == url(harvest, f"lists/{many.public_id}")
    assert not source.ideas.exists()


def test_too_many_lines_say_how_many_may_come_and_keep_the_words(cast, harvest, monkeypatch):
    monkeypatch.setattr("essor.harvest.actions.lists.MOST_LINES", 2)
    source = make_source(harvest)
    address = url(harvest, f"sources/{source.public_id}")
    answer = cast.client("aicha").post(address, act(text="Un\nDeux\nTrois"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
    assert "Trois" in answer.content.decode()
    assert not IdeaList.objects.exists()


def test_a_closed_harvest_takes_no_more_lines_and_says_so(cast, harvest):
    source = make_source(harvest)
    Harvest.objects.update(state="closed")
    address = url(harvest, f"sources/{source.public_id}")
    answer = cast.client("aicha").post(address, act(text="Un verger"))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert "Un verger" in answer.content.decode()


@pytest.mark.parametrize("page", ["details", "sources", "desk"])
def test_the_desk_is_the_teams(cast, harvest, page):
    for who in (None, "denis", "hugo"):
        assert cast.client(who).get(url(harvest, page)).status_code == 404
