"""Following by a button: who may, what is told, and what is forgotten."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from essor.challenges.actions.wording import move_challenge
from essor.finding.actions import Wanted, save_search
from essor.finding.models import SavedSearch
from essor.kit.models import Allowance, Mail
from essor.news import listening
from essor.news.actions import ask_to_follow, choose_how, confirm_following, forget_asked
from essor.news.follows import followable, follows
from essor.news.models import Following, FollowingAsked
from essor.news.rounds import run_round
from essor.people.models import Person
from essor.projects.models import Membership
from essor.treasures.actions.treasures import confirm_treasure
from tests.cast import (
    NOW,
    make_challenge,
    make_evening,
    make_need,
    make_project,
    make_registration,
    make_treasure,
    person,
)

pytestmark = pytest.mark.django_db
NADIA = "nadia@example.org"


def act() -> dict[str, str]:
    return {"act": str(uuid.uuid4())}


def one_of_each(cast) -> dict[str, object]:
    project = make_project(cast.valence)
    return {
        "project": project,
        "need": make_need(project),
        "challenge": make_challenge(cast.valence),
        "treasure": make_treasure(cast.valence),
    }


def asked(key, email: str = NADIA, at=NOW) -> FollowingAsked:
    return ask_to_follow(key=key, email=email, language="fr", by=None, at=at)


def texts_to(email: str) -> str:
    return "".join(Mail.objects.filter(address=email, kind="news").values_list("text", flat=True))


def test_my_space_says_once_that_a_followed_need_is_one(cast):
    need = make_need(make_project(cast.valence, "Le four"), "Un local près de la gare")
    key = ("need", need.public_id)
    choose_how(person=cast.denis, key=key, how="weekly", by=cast.denis, at=NOW)
    for path in ("/me/", f"/follow/need/{need.public_id}/"):
        assert "Un besoin : " not in cast.client("denis").get(path).content.decode()
    (row,) = re.findall(r"<li>(?:(?!<li>).)*près de la gare.*?</li>",
                        cast.client("denis").get("/me/").content.decode(), re.DOTALL)  # fmt: skip
    assert row.count("esoin") == 1


def test_each_kind_of_thing_is_followed_and_left_in_one_tap_when_signed_in(cast):
    denis = cast.client("denis")
    for of_type, thing in one_of_each(cast).items():
        page, key = f"/follow/{of_type}/{thing.public_id}/", (of_type, thing.public_id)

        there = denis.post(page, {"follow": "yes", **act()}).url

        assert follows(cast.denis, key)
        assert "Ne plus suivre" in denis.get(there).content.decode()
        assert str(thing) in denis.get("/me/").content.decode()
        denis.post(page, {"follow": "no", **act()})
        assert not follows(cast.denis, key)
        assert f'action="{page}"' in denis.get(there).content.decode()
    assert not Mail.objects.exists()


@pytest.mark.parametrize("of_type", ["project", "challenge", "treasure", "need"])
def test_what_is_not_public_is_not_found_whoever_asks(cast, of_type):
    thing = one_of_each(cast)[of_type]
    page = f"/follow/{of_type}/{thing.public_id}/"
    assert Client().get(page).status_code == 200
    project = thing.project if of_type == "need" else thing
    closed = {"challenge": {"state": "draft"}, "treasure": {"state": "hidden"}}
    type(project).objects.filter(pk=project.pk).update(
        **closed.get(of_type, {"published_at": None})
    )

    for client in (Client(), cast.client("denis"), cast.client("hugo")):
        assert client.get(page).status_code == 404
        assert client.post(page, {"email": NADIA, **act()}).status_code == 404
    assert not FollowingAsked.objects.exists()


@pytest.mark.parametrize("key", [("person", "x"), ("commitment", "x"), ("nothing", "x")])
def test_people_and_promises_cannot_be_followed(cast, key):
    public_id = cast.denis.public_id if key[0] == "person" else key[1]
    assert followable((key[0], public_id)) is None
    assert Client().get(f"/follow/{key[0]}/{public_id}/").status_code == 404


def test_the_same_form_twice_is_one_asking_and_one_letter(cast):
    page = f"/follow/project/{make_project(cast.valence).public_id}/"
    said, browser = {"email": NADIA, **act()}, Client()

    first, second = (browser.post(page, said) for _ in range(2))

    assert first.url == second.url
    assert FollowingAsked.objects.count() == Mail.objects.count() == 1


def test_an_address_that_is_none_is_told_at_its_field(cast):
    page = f"/follow/project/{make_project(cast.valence).public_id}/"

    answer = Client().post(page, {"email": "nadia@", **act()})

    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors
    assert 'value="nadia@"' in answer.content.decode()
    assert not Mail.objects.exists()


def test_an_address_is_asked_three_times_a_day_at_most_about_things_and_searches_each(cast):
    def follow(n: int) -> int:
        page = f"/follow/project/{make_project(cast.valence, f'P{n}').public_id}/"
        return Client().post(page, {"email": NADIA, **act()}).status_code

    def keep(n: int) -> int:
        said = {"words": f"verger {n}", "email": NADIA, **act()}
        return Client().post("/search/saved/", said).status_code

    assert [follow(n) for n in range(4)] == [302, 302, 302, 422]
    assert [keep(n) for n in range(4)] == [302, 302, 302, 422], "following left it its own"
    assert Mail.objects.count() == 6
    keys = set(Allowance.objects.values_list("key", flat=True))
    assert {"following-mails", "saved_search-mails"} <= keys


def test_nothing_is_told_before_it_is_confirmed_and_a_week_later_the_address_is_gone(cast):
    treasure = make_treasure(cast.valence)
    asked(("treasure", treasure.public_id))
    confirm_treasure(treasure=treasure, served_for="", person=None, device="a", by=None, at=NOW)

    assert run_round(at=NOW + timedelta(days=2)) == 0
    assert forget_asked(before=NOW - timedelta(days=1), by=None, at=NOW) == 0
    assert forget_asked(before=NOW + timedelta(days=7), by=None, at=NOW + timedelta(days=7)) == 1
    assert not Person.objects.filter(email=NADIA).exists()


def test_two_things_at_one_address_are_one_person_until_the_last_is_left(cast):
    things = [("project", make_project(cast.valence, name).public_id) for name in ("A", "B")]
    for key in things:
        confirm_following(asked=asked(key), by=None, at=NOW)
    nadia = Person.objects.get(email=NADIA)
    assert {row.of_id for row in Following.objects.filter(person=nadia)} == {
        of_id for _of_type, of_id in things
    }

    choose_how(person=nadia, key=things[0], how="none", by=nadia, at=NOW)
    assert Person.objects.filter(email=NADIA).exists()
    choose_how(person=nadia, key=things[1], how="none", by=nadia, at=NOW)

    assert not Person.objects.filter(email=NADIA).exists()
    assert not Membership.objects.filter(person=nadia).exists()
    assert not Following.objects.filter(person=nadia).exists()


def test_a_search_that_is_kept_keeps_the_address(cast):
    key = ("challenge", make_challenge(cast.valence).public_id)
    confirm_following(asked=asked(key), by=None, at=NOW)
    nadia = Person.objects.get(email=NADIA)
    save_search(wanted=Wanted("verger", None, ""), person=nadia, by=nadia, at=NOW)

    choose_how(person=nadia, key=key, how="none", by=nadia, at=NOW)

    assert SavedSearch.objects.get().person == nadia


def test_somebody_known_otherwise_is_neither_taken_for_the_listener_nor_forgotten(cast):
    known = make_registration(make_evening(cast.valence), "Nadia").person
    Person.objects.filter(pk=known.pk).update(email=NADIA)
    key = ("challenge", make_challenge(cast.valence).public_id)

    made = asked(key)

    assert made.person != known
    assert listening.listener_at(NADIA) == made.person
    known.refresh_from_db()
    choose_how(person=known, key=key, how="weekly", by=known, at=NOW)
    choose_how(person=known, key=key, how="none", by=known, at=NOW)
    known.refresh_from_db()
    assert known.erased_at is None


def test_what_becomes_of_it_is_told_to_each_who_follows_and_never_what_was_hidden(cast):
    treasure = make_treasure(cast.valence, "Un four", keeper=cast.farid)
    key = ("treasure", treasure.public_id)
    choose_how(person=cast.denis, key=key, how="weekly", by=cast.denis, at=NOW)
    later = NOW + timedelta(hours=1)
    confirm_treasure(treasure=treasure, served_for="", person=None, device="a", by=None, at=later)
    run_round(at=NOW + timedelta(days=8))
    assert "toujours vrai" in texts_to("denis@example.org")
    assert "/leaving/" in texts_to("denis@example.org")

    confirm_treasure(treasure=treasure, served_for="", person=None, device="b", by=None,
                     at=NOW + timedelta(days=9))  # fmt: skip
    type(treasure).objects.filter(pk=treasure.pk).update(state="hidden")
    run_round(at=NOW + timedelta(days=15))

    assert texts_to("denis@example.org").count("toujours vrai") == 1
    assert texts_to("farid@example.org").count("toujours vrai") == 2, "its keeper still hears"


def test_a_challenge_that_is_followed_tells_when_it_closes_and_unfollowed_nothing(cast):
    challenge = make_challenge(cast.valence)
    for who in (cast.denis, cast.farid):
        choose_how(person=who, key=("challenge", challenge.public_id), how="weekly", by=who, at=NOW)
    choose_how(
        person=cast.farid, key=("challenge", challenge.public_id), how="none", by=None, at=NOW
    )
    move_challenge(challenge=challenge, state="closed", by=cast.aicha, at=NOW + timedelta(hours=1))

    assert run_round(at=NOW + timedelta(days=8)) == 1
    assert "ce défi est clos" in texts_to("denis@example.org")


def test_a_forged_way_out_is_not_found(cast):
    for token in ("x", f"{cast.denis.public_id}:project:abc.forged"):
        assert Client().get(f"/news/{token}/leaving/").status_code == 404
        assert Client().post(f"/news/{token}/leaving/", act()).status_code == 404


def test_whoever_was_recognised_without_an_address_is_asked_for_one(cast):
    ines, project = person("Inès"), make_project(cast.valence)
    browser = Client()
    session = browser.session
    session["keys"] = {"person": [ines.public_id]}
    session.save()

    page = browser.get(f"/follow/project/{project.public_id}/").content.decode()

    assert 'name="email"' in page
