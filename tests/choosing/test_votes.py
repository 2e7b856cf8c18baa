"""Votes: one ballot each, changeable until the close, without a name; counted once, replayable."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from essor.algos.choosing import choose, read_pabulib
from essor.choosing.actions import (
    NothingToChoose,
    Offered,
    Planned,
    VoteOver,
    begin_ballot,
    cast_ballot,
    close_vote,
    open_vote,
    show_more,
    withdraw_ballot,
)
from essor.choosing.jobs import close_votes
from essor.choosing.models import Ballot, Vote
from essor.choosing.voter import digest_of, of_person
from essor.kit import clock
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from tests.cast import make_challenge


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def make_vote(territory, *, options=10, places=3, **fields) -> Vote:
    now = clock.now()
    offered = [Offered(f"o{n:02d}", f"Défi {n}") for n in range(options)]
    fields = {"opens_at": now, "closes_at": now + timedelta(days=7), **fields}
    planned = Planned(title="Quels défis ?", kind=Vote.Kind.CHALLENGES, places=places, **fields)
    return open_vote(territory=territory, planned=planned, options=offered, by=None, at=now)


def cast_by(vote, who: str, approved=(), energy="") -> Ballot:
    ballot = begin_ballot(vote=vote, voter=digest_of(vote, who), by=None, at=clock.now())
    show_all(ballot)
    return cast_ballot(ballot=ballot, approved=approved, energy=energy, by=None, at=clock.now())


def show_all(ballot: Ballot) -> None:
    keys = list(ballot.vote.options.values_list("key", flat=True))
    Ballot.objects.filter(pk=ballot.pk).update(seen=keys, waiting=[])


# Ballots


def test_cards_are_shown_least_seen_first(cast):
    vote = make_vote(cast.valence, options=12)
    for number in range(3):
        begin_ballot(vote=vote, voter=digest_of(vote, str(number)), by=None, at=clock.now())
    shown = sorted(vote.options.values_list("times_shown", flat=True))
    assert shown == [2] * 12  # three voters, eight cards each


def test_more_cards_come_only_once_the_first_are_answered(cast):
    vote = make_vote(cast.valence)
    ballot = begin_ballot(vote=vote, voter="v", by=None, at=clock.now())
    first = list(ballot.waiting)
    assert show_more(ballot=ballot, by=None, at=clock.now()).waiting == first
    cast_ballot(ballot=ballot, approved=first[:1], energy="", by=None, at=clock.now())
    again = show_more(ballot=ballot, by=None, at=clock.now())
    assert len(again.waiting) == 2
    assert not set(again.waiting) & set(first)


def test_only_what_was_shown_counts_and_energy_is_a_yes(cast):
    vote = make_vote(cast.valence)
    ballot = begin_ballot(vote=vote, voter="v", by=None, at=clock.now())
    unseen = sorted(set(vote.options.values_list("key", flat=True)) - set(ballot.seen))
    kept = cast_ballot(
        ballot=ballot,
        approved=[*unseen, "nonsense"],
        energy=ballot.seen[0],
        by=None,
        at=clock.now(),
    )
    assert kept.approved == [kept.seen[0]]
    assert kept.energy == kept.seen[0]
    changed = cast_ballot(ballot=kept, approved=[], energy=unseen[0], by=None, at=clock.now())
    assert (changed.approved, changed.energy) == ([], "")


def test_nothing_leads_from_a_ballot_or_the_ledger_to_its_voter(cast):
    vote = make_vote(cast.valence)
    denis = cast.client("denis")
    denis.post(f"/valence/votes/{vote.public_id}/ballot/", act(do="begin"))
    ballot = Ballot.objects.get()
    everything = [str(value) for value in Ballot.objects.values_list().get()]
    assert not any(cast.denis.public_id in value for value in everything)
    assert ballot.voter == of_person(vote, cast.denis)
    lines = Entry.objects.filter(of_id=vote.public_id, verb__startswith="ballot")
    assert [(line.by, line.data) for line in lines] == [("", {})]


def test_a_person_has_one_ballot_on_all_devices(cast):
    vote = make_vote(cast.valence)
    address = f"/valence/votes/{vote.public_id}/ballot/"
    for _ in range(2):
        cast.client("denis").post(address, act(do="begin"))
    assert Ballot.objects.count() == 1
    Client().post(address, act(do="begin"))
    assert Ballot.objects.count() == 2


def test_taking_a_ballot_back_leaves_nothing(cast):
    vote, phone = make_vote(cast.valence), Client()
    address = f"/valence/votes/{vote.public_id}/ballot/"
    phone.post(address, act(do="begin"))
    phone.post(address, act(do="withdraw"))
    assert not Ballot.objects.exists()


def test_erasing_a_person_takes_their_open_ballot(cast):
    vote = make_vote(cast.valence)
    cast.client("denis").post(f"/valence/votes/{vote.public_id}/ballot/", act(do="begin"))
    erase_person(person=cast.denis, by=cast.denis, at=clock.now())
    assert not Ballot.objects.exists()


# Closing


@pytest.mark.parametrize("moment", ["before", "after", "closed"])
def test_out_of_its_time_a_vote_takes_nothing(cast, moment):
    now = clock.now()
    opens = {"before": timedelta(days=1)}.get(moment, timedelta(days=-9))
    vote = make_vote(cast.valence, opens_at=now + opens, closes_at=now + opens + timedelta(days=8))
    if moment == "closed":
        close_vote(vote=vote, by=cast.aicha, at=now)
    with pytest.raises(VoteOver):
        begin_ballot(vote=vote, voter="v", by=None, at=now)
    answer = Client().post(f"/valence/votes/{vote.public_id}/ballot/", act(do="begin"), follow=True)
    assert "Ce vote est clos" in answer.content.decode()


def test_an_act_after_the_close_changes_nothing(cast):
    vote = make_vote(cast.valence)
    ballot = cast_by(vote, "a", ["o01"])
    close_vote(vote=vote, by=None, at=clock.now())
    result = Vote.objects.get().result
    for late in (cast_ballot, show_more, withdraw_ballot):
        more = {"approved": ["o02"], "energy": ""} if late is cast_ballot else {}
        with pytest.raises(VoteOver):
            late(ballot=ballot, by=None, at=clock.now(), **more)
    assert close_vote(vote=vote, by=None, at=clock.now()).result == result


def test_a_small_group_has_its_part_where_approval_gives_it_none(cast):
    vote = make_vote(cast.valence, options=6, places=3)
    for number in range(8):
        cast_by(vote, f"many-{number}", ["o00", "o01", "o02"])
    for number in range(4):
        cast_by(vote, f"few-{number}", ["o05"])
    result = close_vote(vote=vote, by=None, at=clock.now()).result
    assert result["by_approval"] == ["o00", "o01", "o02"]
    assert "o05" in result["chosen"]
    assert len(result["chosen"]) == 3


def test_the_file_holds_no_voter_no_order_and_counts_to_the_same(cast):
    vote = make_vote(cast.valence, bold_places=1)
    for number in range(12):
        cast_by(vote, f"v{number}", [f"o{number % 4:02d}"], "o09" if number < 3 else "")
    voters = set(Ballot.objects.values_list("voter", flat=True))
    close_vote(vote=vote, by=None, at=clock.now())
    text = Client().get(f"/valence/votes/{vote.public_id}/ballots.pb").content.decode()
    assert not any(voter in text for voter in voters)
    again = choose(read_pabulib(text).with_places(3), bold_places=1)
    vote.refresh_from_db()
    assert list(again.ids) == vote.result["chosen"]
    assert again.digest == vote.result["digest"]


def test_the_file_does_not_tell_who_came_first(cast):
    files = []
    for order in (range(12), reversed(range(12))):
        vote = make_vote(cast.valence)
        for number in order:
            cast_by(vote, f"v{number}", [f"o{number % 4:02d}"], "o09" if number < 3 else "")
        files.append(close_vote(vote=vote, by=None, at=clock.now()).file)
    assert files[0] == files[1]


def test_below_ten_ballots_numbers_and_file_stay_inside_below_five_from_all(cast):
    for ballots, team_sees in ((6, True), (4, False)):
        vote = make_vote(cast.valence)
        for number in range(ballots):
            cast_by(vote, f"v{number}", ["o01"])
        close_vote(vote=vote, by=None, at=clock.now())
        page = f"/valence/votes/{vote.public_id}/"
        assert f"{ballots} oui" not in Client().get(page).content.decode()
        assert Client().get(f"{page}ballots.pb").status_code == 404
        aicha = cast.client("aicha")
        assert (f"{ballots} oui" in aicha.get(page).content.decode()) is team_sees
        assert (aicha.get(f"{page}ballots.pb").status_code == 200) is team_sees


def test_a_vote_without_ballots_chooses_nothing(cast):
    vote = close_vote(vote=make_vote(cast.valence), by=None, at=clock.now())
    begun = make_vote(cast.valence)
    begin_ballot(vote=begun, voter="v", by=None, at=clock.now())  # begun, never answered
    begun = close_vote(vote=begun, by=None, at=clock.now())
    assert vote.result["chosen"] == begun.result["chosen"] == []
    assert (
        "Personne n’a choisi" in Client().get(f"/valence/votes/{vote.public_id}/").content.decode()
    )


def test_votes_close_by_themselves(cast):
    now = clock.now()
    due = make_vote(cast.valence, opens_at=now - timedelta(days=2), closes_at=now)
    make_vote(cast.valence)
    assert close_votes.call() == 1
    due.refresh_from_db()
    assert (due.state, due.closed_at is not None) == ("closed", True)


# Opening


def test_as_many_places_as_options_is_nothing_to_choose(cast):
    with pytest.raises(NothingToChoose):
        make_vote(cast.valence, options=3, places=3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"places": "3"}, "places"),
        ({"places": "0"}, "places"),
        ({"bold_places": "2"}, "bold_places"),
        ({"options": []}, "options"),
        ({"options": ["elsewhere"]}, "options"),
        ({"closes_at": "2020-01-01T10:00"}, "closes_at"),
        ({"closes_at": "2100-01-01T10:00"}, "closes_at"),
        ({"title": ""}, "title"),
    ],
)
def test_bad_vote_comes_back_at_its_field(cast, changes, field):
    keys = [make_challenge(cast.valence, f"Défi {n}").public_id for n in range(3)]
    until = (clock.now() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    sent = {"title": "Vote", "places": "2", "bold_places": "1", "options": keys, "closes_at": until}
    answer = cast.client("aicha").post("/valence/votes/new/", {**sent, **changes})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Vote.objects.exists()


def test_drafts_and_what_is_elsewhere_are_not_put_to_a_vote(cast):
    make_challenge(cast.valence, "Brouillon", state="draft")
    make_challenge(cast.jura, "Comté")
    page = cast.client("aicha").get("/valence/votes/new/").content.decode()
    assert "Il n’y a encore rien à choisir." in page
    assert "Comté" not in page


def test_result_costs_the_same_for_ten_and_for_forty(cast, django_assert_max_num_queries):
    vote = make_vote(cast.valence, options=40, places=10)
    for number in range(10):
        cast_by(vote, f"v{number}", ["o01", "o02"])
    close_vote(vote=vote, by=None, at=clock.now())
    with django_assert_max_num_queries(8):
        Client().get(f"/valence/votes/{vote.public_id}/")
