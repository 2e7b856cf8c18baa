"""What a voter and a host press: one ballot's answers, what may be put to a vote, what stands where."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from essor.choosing.actions import Offered, Planned, close_vote, open_vote
from essor.choosing.models import Ballot, Vote
from essor.choosing.rules import is_due, takes_ballots
from essor.kit import clock
from essor.ledger.models import Entry
from essor.projects.models import Project
from tests.cast import NOW, Cast, make_challenge, make_project

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def make_vote(territory, title: str = "Quels défis ?", *, options: int = 10, **fields) -> Vote:
    now = clock.now()
    fields = {"opens_at": now, "closes_at": now + timedelta(days=7), "places": 3, **fields}
    planned = Planned(title=title, kind=Vote.Kind.CHALLENGES, **fields)
    offered = [Offered(f"o{n:02d}", f"Défi {n}") for n in range(options)]
    return open_vote(territory=territory, planned=planned, options=offered, by=None, at=now)


def address(vote: Vote, page: str = "ballot/") -> str:
    return f"/valence/votes/{vote.public_id}/{page}"


class Phone:
    """A voter's phone with a ballot that was begun."""

    def __init__(self, vote: Vote) -> None:
        self.vote, self.client = vote, Client()
        self.says(do="begin")

    def says(self, **sent: str):
        sent = {name.replace("_", "-", 1): value for name, value in sent.items()}
        return self.client.post(address(self.vote), {"act": uuid.uuid4().hex, **sent})

    @property
    def ballot(self) -> Ballot:
        return Ballot.objects.get()

    def page(self) -> str:
        return self.client.get(address(self.vote)).content.decode()


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone(make_vote(cast.valence))


# Answering


def test_answers_are_kept_and_a_page_that_asks_for_others_leaves_them(phone):
    first, second, third, *_ = phone.ballot.seen
    phone.says(do="answer", **{f"on_{first}": "yes", f"on_{second}": "no", "energy": first})
    assert (phone.ballot.approved, phone.ballot.energy) == ([first], first)
    phone.says(do="answer", **{f"on_{third}": "yes"})
    assert (phone.ballot.approved, phone.ballot.energy) == ([first, third], first)
    phone.says(do="answer", **{f"on_{first}": "no"})  # and so no energy either
    assert (phone.ballot.approved, phone.ballot.energy) == ([third], "")


@pytest.mark.parametrize("energy", ["", "o99", "\x00", "é" * 10_000])
def test_energy_for_what_was_not_shown_is_none(phone, energy):
    first = phone.ballot.seen[0]
    phone.says(do="answer", energy=first, **{f"on_{first}": "yes"})
    phone.says(do="answer", energy=energy, **{f"on_{first}": "yes"})
    assert (phone.ballot.approved, phone.ballot.energy) == ([first], "")


def test_more_cards_come_when_asked_for_and_the_page_counts_what_is_left(phone):
    shown = phone.ballot.seen
    assert len(shown) == 8
    phone.says(do="more", **{f"on_{shown[0]}": "yes"})
    assert len(phone.ballot.seen) == 10
    assert phone.ballot.approved == [shown[0]]
    phone.says(do="more", **{f"on_{shown[1]}": "yes"})  # there are no others
    assert len(phone.ballot.seen) == 10


def test_what_i_chose_comes_first_on_my_page_with_my_energy_at_its_head(phone):
    first, second, third, *_ = phone.ballot.seen
    answers = {f"on_{second}": "yes", f"on_{third}": "yes", "energy": third}
    phone.says(do="answer", **answers)
    rows = phone.client.get(address(phone.vote)).context["seen"]
    assert [option.key for option, *_ in rows][:2] == [third, second]
    assert [(approved, mine) for _, approved, mine in rows][:3] == [
        (True, True), (True, False), (False, False),
    ]  # fmt: skip
    assert first in [option.key for option, *_ in rows]
    assert phone.client.get(address(phone.vote)).context["left"] == 2


def test_a_double_tap_answers_once_and_the_same_key_never_carries_other_answers(phone):
    first, second, *_ = phone.ballot.seen
    key = uuid.uuid4().hex
    for chosen in (first, first, second):
        answer = phone.client.post(
            address(phone.vote), {"act": key, "do": "answer", f"on-{chosen}": "yes"}
        )
        assert answer.headers["Location"] == address(phone.vote)
    assert phone.ballot.approved == [first]
    assert Entry.objects.filter(verb="ballot_cast").count() == 1


def test_nobody_without_a_ballot_or_after_the_close_sees_cards(cast, phone):
    page = address(phone.vote, "")
    assert Client().get(address(phone.vote)).headers["Location"] == page
    assert "Défi" in phone.page()
    close_vote(vote=phone.vote, by=cast.aicha, at=clock.now())
    assert phone.client.get(address(phone.vote)).headers["Location"] == page


def test_too_many_answers_in_an_hour_are_refused_in_plain_words(phone, monkeypatch):
    monkeypatch.setattr("essor.choosing.views.ballot.AN_HOUR", 2)  # one was spent to begin
    first = phone.ballot.seen[0]
    phone.says(do="answer", **{f"on_{first}": "yes"})
    refused = phone.says(do="answer", **{f"on_{first}": "no"})
    assert "dans une heure" in phone.client.get(refused.headers["Location"]).content.decode()
    assert phone.ballot.approved == [first]


def test_taking_back_one_ballot_and_counting_one_vote_leave_the_others(cast, phone):
    other = make_vote(cast.valence, "Un autre")
    Phone.says(type("Other", (), {"vote": other, "client": Client()})(), do="begin")
    phone.client.post(address(phone.vote), {"act": uuid.uuid4().hex, "do": "withdraw"})
    assert [ballot.vote for ballot in Ballot.objects.all()] == [other]
    close_vote(vote=phone.vote, by=cast.aicha, at=clock.now())
    assert Ballot.objects.filter(vote=other).count() == 1
    close_vote(vote=other, by=cast.aicha, at=clock.now())
    assert not Ballot.objects.exists()  # counted: what leads to a voter is gone


# When


def test_a_vote_takes_ballots_from_its_first_moment_to_just_before_its_last(cast):
    vote = make_vote(cast.valence, opens_at=NOW, closes_at=NOW + timedelta(days=1))
    a_bit = timedelta(microseconds=1)
    opens, closes = vote.opens_at, vote.closes_at
    moments = [opens - a_bit, opens, closes - a_bit, closes]
    assert [takes_ballots(vote, at) for at in moments] == [False, True, True, False]
    assert [is_due(vote, at) for at in moments] == [False, False, False, True]


def closing(now, days: int, minutes: int = 0) -> str:
    """As a browser sends it: the clock on the wall, in France."""
    return (
        (now + timedelta(days=days, minutes=minutes)).astimezone(PARIS).strftime("%Y-%m-%dT%H:%M")
    )


def new_vote(cast: Cast, **changes):
    keys = [make_challenge(cast.valence, f"Défi {n}").public_id for n in range(5)]
    sent = {"title": "Vote", "places": "4", "bold_places": "2", "options": keys}
    return cast.client("aicha").post("/valence/votes/new/", {**sent, **changes})


@pytest.mark.parametrize(
    ("days", "minutes", "status"), [(0, 2, 302), (0, -2, 422), (60, -2, 302), (60, 2, 422)]
)
def test_a_vote_ends_after_now_and_within_sixty_days(cast, days, minutes, status):
    with clock.travelling() as go:
        go(NOW)
        answer = new_vote(cast, closes_at=closing(NOW, days, minutes))
    assert answer.status_code == status
    assert Vote.objects.exists() is (status == 302)


@pytest.mark.parametrize(
    ("places", "bold", "field"),
    [("4", "2", ""), ("5", "2", "places"), ("4", "3", "bold_places"), ("1", "1", "bold_places")],
    ids=["one fewer than options, half bold", "all of them", "more than half", "all bold"],
)
def test_places_leave_something_to_choose_and_half_of_them_to_the_many(cast, places, bold, field):
    until = closing(clock.now(), 7)
    answer = new_vote(cast, closes_at=until, places=places, bold_places=bold)
    assert answer.status_code == (422 if field else 302)
    assert not field or list(answer.context["form"].errors) == [field]


# Which


def test_open_challenges_and_awake_projects_of_this_territory_are_put_to_a_vote(cast):
    into = make_challenge(cast.valence, "Vergers")
    make_challenge(cast.jura, "Comté")
    for state in ("draft", "closed"):
        make_challenge(cast.valence, state, state=state)
    make_challenge(cast.valence, "Fondu", merged_into=into)
    make_project(cast.valence, "Consigne")
    make_project(cast.valence, "")
    make_project(cast.valence, "Brouillon", published_at=None)
    make_project(cast.valence, "Endormi", condition=Project.Condition.ASLEEP)
    make_project(cast.jura, "Fruitière")

    def offered(query: str = "") -> list[str]:
        page = cast.client("aicha").get(f"/valence/votes/new/{query}")
        return [str(label) for _key, label in page.context["form"].fields["options"].choices]

    assert offered() == [into.question]
    assert offered("?kind=project") == ["Consigne"]
    assert offered("?kind=nonsense") == [into.question]


def test_votes_that_one_may_join_now_stand_on_the_challenges_page(cast, stranger):
    now, day = clock.now(), timedelta(days=1)
    make_vote(cast.valence, "Maintenant")
    make_vote(cast.valence, "Demain", opens_at=now + day)
    make_vote(cast.valence, "Hier", opens_at=now - 2 * day, closes_at=now - day)
    close_vote(vote=make_vote(cast.valence, "Clos"), by=cast.aicha, at=now)
    make_vote(cast.jura, "Ailleurs")
    page = stranger.get("/valence/challenges/").content.decode()
    titles = ("Maintenant", "Demain", "Hier", "Clos", "Ailleurs")
    assert [title for title in titles if title in page] == ["Maintenant"]
    votes = stranger.get("/valence/votes/").context
    assert [vote.title for vote in votes["open"]] == ["Maintenant"]
    assert {vote.title for vote in votes["others"]} == {"Demain", "Hier", "Clos"}


def test_a_host_closes_a_vote_by_pressing_never_by_looking(cast):
    vote, host = make_vote(cast.valence), cast.client("aicha")
    assert host.get(address(vote, "closure/")).headers["Location"] == address(vote, "")
    vote.refresh_from_db()
    assert vote.state == "open"
    for _ in range(2):
        answer = host.post(address(vote, "closure/"), {"act": uuid.uuid4().hex})
        assert answer.headers["Location"] == address(vote, "")
    vote.refresh_from_db()
    assert vote.state == "closed"
    assert Entry.objects.filter(verb="vote_closed").count() == 1
