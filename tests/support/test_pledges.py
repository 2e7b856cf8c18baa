"""Pledges: a word and never a payment, that holds its part of a budget for as long as it lives."""

import uuid
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from essor.exchanges.actions.commitments import MoveNotAllowed, change_state
from essor.exchanges.actions.needs import NotThatMany
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people.erasure import erase_person
from essor.people.models import Person
from essor.projects.models import Membership, Project
from essor.support.actions.pledges import (
    GRACE,
    NoAmount,
    PastDay,
    Pledged,
    lapse_pledge,
    pledge,
    say_pledge_is_near,
)
from essor.support.actions.private_rooms import RoomClosed, close_room, open_room
from essor.support.actions.room_links import make_room_link
from essor.support.jobs import follow_pledges
from essor.support.models import BudgetLine, Pledge, PrivateRoom
from essor.support.queries.private_rooms import Amounts, budget_of, public_sum
from tests.cast import NOW, TODAY, make_leader, make_line, make_project, make_room, person

UNTIL = TODAY + timedelta(days=60)
DAY = timedelta(days=1)


@pytest.fixture
def room(cast) -> PrivateRoom:
    project = make_project(cast.valence)
    make_leader(project, cast.denis)
    return make_room(project)


@pytest.fixture
def line(room) -> BudgetLine:
    return make_line(room)


def said(amount: int | None = 3_000, **fields) -> Pledged:
    fields = {"form": "loan", "what": "Un prêt sans intérêt", "until": UNTIL, **fields}
    return Pledged(amount=amount, **fields)


def pledged(room, amount=3_000, *, line=None, who=None, at=NOW, **fields) -> Pledge:
    who = who or person("Lise")
    made, _token = pledge(
        room=room, person=who, said=said(amount, **fields), line=line, by=who, at=at
    )
    return made


def move(made: Pledge, state: str, at=NOW, **fields) -> None:
    commitment = Commitment.objects.get(pk=made.commitment_id)
    change_state(commitment=commitment, state=state, by=None, at=at, **fields)


def held(line: BudgetLine) -> int:
    return BudgetLine.objects.get(pk=line.pk).held


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def here(room: PrivateRoom) -> str:
    return f"/valence/support/projects/{room.project.public_id}/room/"


FORM = {
    "form": "gift", "amount": "1 500", "line": "", "what": "", "condition": "si le bail est signé",
    "first_name": "Lise", "last_name": "Roche", "organisation": "Fonds du lac",
    "email": "lise@example.org",
}  # fmt: skip


def filled(**fields) -> dict[str, str]:
    return act(**{**FORM, "until": str(clock.today() + timedelta(days=90)), **fields})


def by_link(room: PrivateRoom) -> Client:
    _link, token = make_room_link(
        room=room, name="Lise", until=clock.today(), by=None, at=clock.now()
    )
    browser = Client()
    browser.post(f"/valence/support/r/{token}/", act())
    return browser


def test_a_pledge_is_a_commitment_that_holds_its_part_of_the_line(room, line):
    made = pledged(room, line=line, condition="si le bail est signé")

    commitment = made.commitment
    assert (commitment.kind, commitment.state, commitment.until) == ("money", "promised", UNTIL)
    assert commitment.quantity == "3\u202f000\xa0€"
    assert (held(line), made.amount, made.form) == (3_000, 3_000, "loan")
    follower = Membership.objects.get(person=commitment.person)
    assert (follower.part, follower.follows) == ("follower", True)


def test_whoever_leads_hears_at_once_and_the_funder_gets_the_way_out(cast, room, line):
    who = person("Lise")
    who.email = "lise@example.org"
    who.save()

    pledged(room, line=line, who=who)

    to_leader = Mail.objects.get(address="denis@example.org")
    for words in ("Lise", "3\u202f000\xa0€", "Le four", "/l/"):
        assert words in to_leader.text
    to_funder = Mail.objects.get(address="lise@example.org").text
    assert "/l/" in to_funder
    assert "pas un paiement" in to_funder


def test_where_nobody_leads_the_hosts_hear(cast):
    pledged(make_room(make_project(cast.valence)))

    subjects = Mail.objects.filter(address="aicha@example.org").values_list("subject", flat=True)
    assert any("Consigne" in each for each in subjects)


def test_parts_add_up_and_never_beyond_what_is_missing(room, line):
    pledged(room, 5_000, line=line)
    pledged(room, 2_000, line=line)
    with pytest.raises(NotThatMany) as refusal:
        pledged(room, 1_001, line=line)
    assert refusal.value.left == 1_000
    assert Commitment.objects.count() == 2

    pledged(room, 1_000, line=line)

    assert budget_of(room).whole == Amounts(10_000, 2_000, 8_000, 0)
    assert budget_of(room).whole.left == 0


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"amount": None}, NoAmount),
        ({"amount": 0}, NoAmount),
        ({"until": TODAY - DAY}, PastDay),
    ],
)
def test_each_refusal_of_a_pledge(room, fields, refusal):
    with pytest.raises(refusal):
        pledged(room, **fields)
    assert not Commitment.objects.exists()


def test_a_closed_room_and_a_project_at_rest_take_no_pledge(cast, room):
    Project.objects.filter(pk=room.project_id).update(condition="asleep")
    with pytest.raises(RoomClosed):
        pledged(PrivateRoom.objects.get())
    Project.objects.filter(pk=room.project_id).update(condition="awake")
    close_room(room=room, by=None, at=NOW)
    with pytest.raises(RoomClosed):
        pledged(PrivateRoom.objects.get())


def test_skills_hold_no_money_and_a_line_of_another_room_holds_nothing(cast, room, line):
    skills = pledged(room, None, form="skills", line=line)
    stranger = make_line(make_room(make_project(cast.valence, "Ailleurs")))
    elsewhere = pledged(room, 100, line=stranger)

    assert (skills.commitment.kind, skills.line, skills.amount) == ("skill", None, None)
    assert elsewhere.line is None
    assert (held(line), held(stranger)) == (0, 0)
    assert budget_of(room).free == 100


def test_taken_back_it_holds_nothing_any_more_whenever_that_is(room, line):
    promised, confirmed = pledged(room, 1_000, line=line), pledged(room, 2_000, line=line)
    move(confirmed, "accepted")

    for made in (promised, confirmed):
        move(made, "released")

    assert held(line) == 0
    with pytest.raises(MoveNotAllowed):
        move(promised, "accepted")


def test_kept_and_thanked_it_counts_for_good(room, line):
    made = pledged(room, 1_000, line=line)
    for state in ("accepted", "kept"):
        move(made, state)
    move(made, "thanked", words="Merci")

    assert (held(line), budget_of(room).whole.kept) == (1_000, 1_000)


def test_lapsed_it_comes_back_only_where_nobody_brought_the_rest(room, line):
    made = pledged(room, 8_000, line=line)
    move(made, "lapsed")
    pledged(room, 1_000, line=line)

    with pytest.raises(NotThatMany):
        move(made, "accepted")
    assert (held(line), Commitment.objects.get(pk=made.commitment_id).state) == (1_000, "lapsed")


def test_an_unanswered_pledge_lapses_after_its_day_and_both_sides_hear_once(cast, room, line):
    made, after = pledged(room, line=line), NOW + timedelta(days=61)
    assert not lapse_pledge(pledge=made, by=None, at=NOW + timedelta(days=60))

    for _ in range(2):
        lapse_pledge(pledge=made, by=None, at=after)

    assert held(line) == 0
    assert Commitment.objects.get().state == "lapsed"
    assert Entry.objects.filter(verb="lapsed").count() == 1
    lapsed = Mail.objects.filter(address="denis@example.org", subject__contains="échue")
    assert lapsed.count() == 1


def test_a_confirmed_pledge_outlives_its_day_by_a_month(room, line):
    made = pledged(room, line=line)
    move(made, "accepted")
    over = NOW + timedelta(days=60) + GRACE

    assert not lapse_pledge(pledge=made, by=None, at=over)
    assert lapse_pledge(pledge=made, by=None, at=over + DAY)


def test_the_project_hears_once_that_a_day_is_near_and_again_of_another_day(cast, room):
    made, near = pledged(room), NOW + timedelta(days=50)
    assert not say_pledge_is_near(pledge=made, by=None, at=NOW + timedelta(days=40))

    told = [say_pledge_is_near(pledge=made, by=None, at=near) for _ in range(2)]

    assert told == [True, False]
    Commitment.objects.update(until=UNTIL + DAY)
    assert say_pledge_is_near(pledge=made, by=None, at=near + DAY)
    move(made, "released")
    Commitment.objects.update(until=UNTIL + DAY * 2)
    assert not say_pledge_is_near(pledge=made, by=None, at=near + DAY)


def test_the_job_follows_all_pledges_by_day(room):
    pledged(room)
    day = UNTIL + DAY

    with clock.travelling() as go:
        go(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))
        assert follow_pledges.func() == 0  # before the house's hour
        go(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        assert follow_pledges.func() == 1
        assert follow_pledges.func() == 0


def test_erased_the_funder_is_gone_and_the_part_is_free_again(room, line):
    who = person("Lise", last_name="Roche")
    pledged(room, line=line, who=who)
    pledged(room, 500, line=line)

    erase_person(person=who, by=None, at=NOW)

    assert (held(line), Pledge.objects.count()) == (500, 1)
    assert budget_of(room).whole.pledged == 500


def test_the_database_refuses_what_the_lock_would_not(room, line):
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(held=8_001)
    made = pledged(room)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=made.pk).update(amount=0)


@pytest.mark.django_db(transaction=True)
def test_the_last_part_goes_to_one_of_many_who_pledge_it_at_once(room, line):
    people = [person(f"P{n}") for n in range(6)]
    together, kept, refused = Barrier(len(people)), [], []

    def want(who: Person) -> None:
        together.wait()
        try:
            fresh = BudgetLine.objects.get(pk=line.pk)
            kept.append(pledged(PrivateRoom.objects.get(), 3_000, line=fresh, who=who))
        except NotThatMany as refusal:
            refused.append(refusal.left)
        finally:
            connection.close()

    threads = [Thread(target=want, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(kept), refused) == (2, [2_000] * 4)
    assert (held(line), Commitment.objects.count()) == (6_000, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_a_pledge_at_once_one_moves_it_and_the_line_stays_true(room, line):
    made = pledged(room, 3_000, line=line)
    together, refused = Barrier(2), []

    def settle(state: str) -> None:
        together.wait()
        try:
            move(made, state)
        except MoveNotAllowed:
            refused.append(state)
        finally:
            connection.close()

    threads = [Thread(target=settle, args=(each,)) for each in ("released", "lapsed")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (held(line), len(refused)) == (0, 1)


def test_a_partner_pledges_from_the_room_and_takes_it_back(room, line):
    browser = by_link(room)
    page = browser.get(here(room) + "pledges/").content.decode()
    assert "vous ne payez rien ici" in page

    answer = browser.post(here(room) + "pledges/", filled(line=str(line.pk)))

    assert browser.get(answer.url).status_code == 200
    assert held(line) == 1_500
    browser.post(answer.url + "release/", act())
    assert (held(line), Commitment.objects.get().state) == (0, "released")


def test_the_same_form_twice_is_one_pledge(room, line):
    browser, form = by_link(room), filled(line=str(line.pk))

    first, again = (browser.post(here(room) + "pledges/", form) for _ in range(2))

    assert first.url == again.url
    assert (Pledge.objects.count(), held(line)) == (1, 1_500)
    assert Mail.objects.filter(address="denis@example.org").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "beaucoup"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "-3"}, "amount"),
        ({"amount": "999999999999"}, "amount"),
        ({"amount": "9000"}, "amount"),
        ({"form": "crypto"}, "form"),
        ({"form": "skills", "what": ""}, "what"),
        ({"until": "2020-01-01"}, "until"),
        ({"email": "lise"}, "email"),
        ({"first_name": "www.evil.example"}, "first_name"),
    ],
)
def test_wrong_input_comes_back_at_its_field_with_all_that_was_written(room, line, wrong, field):
    answer = by_link(room).post(here(room) + "pledges/", filled(line=str(line.pk), **wrong))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "si le bail est signé" in page
    assert not Pledge.objects.exists()


def test_without_a_link_nobody_pledges(cast, room):
    for browser in (Client(), cast.client("hugo"), cast.client("elodie")):
        assert browser.post(here(room) + "pledges/", filled()).status_code == 404


def test_whoever_leads_confirms_and_another_project_s_leader_does_not(cast, room, line):
    made = pledged(room, line=line)
    page = f"/valence/support/pledges/{made.commitment.public_id}/"
    make_leader(make_project(cast.valence, "Ailleurs"), cast.farid)

    for name in (None, "farid", "hugo", "elodie"):
        assert cast.client(name).post(page, act(state="accepted")).status_code == 404
    assert cast.client("denis").post(page, act(state="released")).status_code == 422
    answer = cast.client("denis").post(page, act(state="accepted", words="Appelons-nous"))

    assert answer.url == here(room) + "#pledges"
    assert Commitment.objects.get().state == "accepted"


@pytest.mark.usefixtures("on_that_day")
def test_a_leader_without_account_answers_from_the_letter(room, line):
    Membership.objects.all().delete()
    room.project.leaderships.all().delete()
    leader = person("Zoé")
    Person.objects.filter(pk=leader.pk).update(email="zoe@example.org")
    make_leader(room.project, leader)
    made = pledged(room, line=line)
    letter = Mail.objects.get(address="zoe@example.org").text
    link = next(word for word in letter.split() if "/l/" in word).split("/l/")[1].strip("/")
    browser = Client()

    inside = browser.post(f"/l/{link}/", act())

    assert inside.url == here(room)
    assert "Un prêt sans intérêt" in browser.get(inside.url).content.decode()
    page = f"/valence/support/pledges/{made.commitment.public_id}/"
    assert browser.post(page, act(state="accepted")).status_code == 302
    room.project.leaderships.update(until=TODAY)
    assert browser.get(inside.url).status_code == 404  # no longer at the head, no longer in


def test_the_public_page_says_no_more_than_the_leaders_chose(cast, room, line):
    project = f"/valence/projects/{room.project.public_id}/"

    def public(shown: str) -> str:
        open_room(project=room.project, words="Un four", sum_shown=shown, by=None, at=NOW)
        return cast.client(None).get(project).content.decode()

    pledged(room, 3_123, line=line)
    assert "10\u202f000" not in public("room")
    assert "Plus de la moitié" in public("share")
    for shown in ("share", "total"):  # one pledge alone: its sum would tell who gave what
        page = public(shown)
        assert "3\u202f123" not in page
        assert "5\u202f123" not in page
    for _ in range(9):
        pledged(room, 100, line=line)
    assert "6\u202f023\xa0€" in public("total")
    assert "6\u202f023" not in public("share")


def test_quarters_are_floors_and_everything_is_four(room, line):
    PrivateRoom.objects.update(sum_shown="share")
    fresh = PrivateRoom.objects.get()
    assert public_sum(fresh).quarters == 0
    pledged(room, 500, line=line)
    assert public_sum(fresh).quarters == 1
    pledged(room, 7_500, line=line)
    pledged(room, 50_000)  # beyond: without a line
    assert public_sum(fresh).quarters == 4
