"""The pages of introductions: who may open the form, what it refuses, who sees what."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from essor.exchanges.actions.introductions import Party, answer, introduce
from essor.exchanges.doors import INTRODUCTION
from essor.exchanges.models import Commitment, Introduction
from essor.kit.models import Mail
from essor.people.erasure import erase_person
from essor.projects.models import Membership
from tests.cast import NOW, make_leader, make_need, make_project, make_treasure, person

LIST = "/valence/introductions/"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("essor.kit.clock.now", lambda: NOW)


@pytest.fixture
def project(cast):
    """Farid leads it, Denis is of its group."""
    made = make_project(cast.valence)
    make_leader(made, cast.farid)
    Membership.objects.create(project=made, person=cast.denis, part="member", since=NOW)
    return made


def form_of(project, **query: str) -> str:
    more = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{LIST}of/{project.public_id}/new/{'?' if more else ''}{more}"


def asking(first, second=None, **fields: str) -> dict[str, str]:
    chosen = {"second": second.public_id} if second else {}
    return {
        "act": uuid.uuid4().hex,
        "first": first.public_id,
        "why": "Un atelier",
        **chosen,
        **fields,
    }


def asked(cast, *, first=None, second=None) -> Introduction:
    return introduce(
        territory=cast.valence,
        introducer=cast.aicha,
        first=Party(first or cast.farid, called="Farid"),
        second=Party(second or cast.denis, called="Denis"),
        why="Un atelier",
        by=cast.aicha,
        at=NOW,
    )


def phone_of(side) -> Client:
    """A browser without an account that opened the link of this side."""
    phone = Client()
    session = phone.session
    session["keys"] = {INTRODUCTION: [side.public_id]}
    session.save()
    return phone


def page_of(side) -> str:
    return f"{LIST}sides/{side.public_id}/"


def promise(cast, project, who, **fields) -> Commitment:
    return Commitment.objects.create(
        territory=cast.valence, project=project, person=who, kind="skill",
        what="Deux jours de soudure", state_at=NOW, created_at=NOW, **fields,
    )  # fmt: skip


def test_a_member_chooses_among_the_people_of_the_project(cast, project):
    page = cast.client("denis").post(form_of(project), asking(cast.farid, cast.denis))

    introduction = Introduction.objects.get()
    assert page.url == f"{LIST}{introduction.public_id}/"
    assert (introduction.introducer, introduction.project) == (cast.denis, project)
    assert {each.person for each in introduction.sides.all()} == {cast.farid, cast.denis}


def test_the_same_form_twice_is_one_introduction(cast, project):
    form = asking(cast.farid, cast.denis)
    client = cast.client("aicha")

    first, second = (client.post(form_of(project), form) for _ in range(2))

    assert first.url == second.url
    assert Introduction.objects.count() == 1
    assert Mail.objects.filter(key__startswith="introduction-asked").count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"why": ""}, "Dites pourquoi"),
        ({"why": "Voir https://mauvais.example"}, "sans adresse de site"),
        ({"first": "nobody"}, "Qui"),
        ({"second": ""}, "Choisissez la deuxième"),
        ({"second": "invited", "first_name": "Omar", "email": ""}, "Indiquez l’adresse"),
        (
            {"second": "invited", "first_name": "", "email": "o@example.org"},
            "ou choisissez quelqu’un",
        ),
        ({"second": "invited", "first_name": "Omar", "email": "omar"}, "adresse"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(cast, project, fields, words):
    sent = asking(cast.farid, cast.denis) | fields

    page = cast.client("aicha").post(form_of(project), sent)

    assert page.status_code == 422
    html = page.content.decode()
    assert words in html
    assert sent["why"] in html
    assert not Introduction.objects.exists()


def test_somebody_with_themselves_is_refused(cast, project):
    page = cast.client("aicha").post(form_of(project), asking(cast.farid, cast.farid))

    assert page.status_code == 422
    assert "deux personnes différentes" in page.content.decode()


def test_a_pair_that_another_asked_is_refused_in_words(cast, project):
    asked(cast)

    page = cast.client("denis").post(form_of(project), asking(cast.denis, cast.farid))

    assert page.status_code == 422
    assert "une fois suffit" in page.content.decode()


def test_people_who_are_not_offered_cannot_be_chosen(cast, project):
    page = cast.client("denis").post(form_of(project), asking(cast.farid, cast.elodie))

    assert page.status_code == 422
    assert not Introduction.objects.exists()


@pytest.mark.parametrize("who", ["hugo", "bruno", "elodie", None])
def test_whoever_is_not_of_the_group_is_told_not_found(cast, project, who):
    browser = cast.client(who)

    for path in (form_of(project), f"{LIST}new/", LIST):
        assert browser.get(path).status_code == 404


def test_whoever_promised_without_a_need_is_named_to_hosts_and_the_leader(cast, project):
    lise = person("Lise", email="lise@example.org")
    commitment = promise(cast, project, lise)
    about = form_of(project, commitment=commitment.public_id)

    assert "Lise" in cast.client("farid").get(about).content.decode()
    assert "Lise" in cast.client("aicha").get(form_of(project)).content.decode()
    assert cast.client("denis").get(about).status_code == 404
    assert "Lise" not in cast.client("denis").get(form_of(project)).content.decode()


def test_whoever_answered_a_need_is_introduced_from_the_answer(cast, project):
    lise = person("Lise", email="lise@example.org")
    commitment = promise(cast, project, lise, need=make_need(project), units=1)
    answering = f"/valence/commitments/{commitment.public_id}/answer/"
    link = form_of(project, commitment=commitment.public_id)
    assert link in cast.client("farid").get(answering).content.decode()

    cast.client("denis").post(link, asking(cast.farid))

    introduction = Introduction.objects.get()
    assert introduction.need == commitment.need
    assert {each.person for each in introduction.sides.all()} == {cast.farid, lise}


def test_the_keeper_of_a_treasure_is_asked_without_being_named(cast, project):
    lise = person("Lise", email="lise@example.org")
    treasure = make_treasure(cast.valence, "Un métier à tisser", keeper=lise)
    denis = cast.client("denis")
    link = form_of(project, treasure=treasure.public_id)
    page = denis.get(f"/valence/treasures/{treasure.public_id}/").content.decode()
    assert link in page
    assert "Lise" not in denis.get(link).content.decode()

    seen = denis.post(link, asking(cast.denis), follow=True).content.decode()

    assert "Lise" not in seen
    assert "Un métier à tisser" in seen
    side = Introduction.objects.get().sides.get(person=lise)
    answer(side=side, answer="yes", reach="lise@ailleurs.example", by=None, at=NOW)
    mine = Introduction.objects.get().sides.get(person=cast.denis)
    assert "lise@ailleurs.example" in denis.get(page_of(mine)).content.decode()


@pytest.mark.parametrize("key", ["need", "treasure", "commitment"])
def test_what_does_not_exist_here_is_not_found(cast, project, key):
    elsewhere = make_project(cast.jura)
    lise = person("Lise", email="lise@example.org")
    other = {
        "need": make_need(elsewhere),
        "treasure": make_treasure(cast.jura, keeper=lise),
        "commitment": promise(cast, elsewhere, lise),
    }[key]
    Commitment.objects.update(territory=cast.jura)

    for path in (form_of(project), f"{LIST}new/"):
        asked_for = f"{path}?{key}={other.public_id}"
        assert cast.client("aicha").get(asked_for).status_code == 404


def test_strangers_and_the_other_side_do_not_find_a_side(cast):
    introduction = asked(cast)
    mine, theirs = (introduction.sides.get(person=who) for who in (cast.denis, cast.farid))

    assert phone_of(mine).get(page_of(mine)).status_code == 200
    assert cast.client("denis").get(page_of(mine)).status_code == 200
    for browser in (phone_of(theirs), cast.client("aicha"), cast.client(None)):
        assert browser.get(page_of(mine)).status_code == 404
        assert browser.post(page_of(mine), {"answer": "yes", "reach": "x"}).status_code == 404
    mine.refresh_from_db()
    assert mine.answer == ""


def test_an_introduction_opens_to_its_introducer_and_the_hosts(cast, project):
    cast.client("denis").post(form_of(project), asking(cast.farid, cast.denis))
    one = f"{LIST}{Introduction.objects.get().public_id}/"

    for who in ("denis", "aicha"):
        assert cast.client(who).get(one).status_code == 200
    for who in ("farid", "hugo", "bruno", None):
        assert cast.client(who).get(one).status_code == 404


def test_a_yes_without_an_address_and_no_answer_at_all_are_said_at_their_field(cast):
    side = asked(cast).sides.get(person=cast.denis)
    phone = phone_of(side)

    for sent, words in (
        ({"answer": "yes", "reach": ""}, "comment l’autre peut vous joindre"),
        ({}, "Choisissez une réponse"),
        ({"answer": "perhaps"}, "Choisissez une réponse"),
    ):
        page = phone.post(page_of(side), {"act": uuid.uuid4().hex, **sent})
        assert page.status_code == 422
        assert words in page.content.decode()


def test_a_double_tap_answers_once(cast):
    introduction = asked(cast)
    side = introduction.sides.get(person=cast.denis)
    answer(side=introduction.sides.get(person=cast.farid), answer="yes", reach="f", by=None, at=NOW)
    form = {"act": uuid.uuid4().hex, "answer": "yes", "reach": "06"}

    pages = [phone_of(side).post(page_of(side), form) for _ in range(2)]

    assert [each.status_code for each in pages] == [302, 302]
    assert Mail.objects.filter(key__startswith="introduction-met").count() == 2


def test_a_late_answer_is_told_kindly(cast):
    side = asked(cast).sides.get(person=cast.denis)
    Introduction.objects.update(asked_at=NOW - timedelta(days=30))

    page = phone_of(side).post(page_of(side), {"answer": "yes", "reach": "06"})

    assert page.status_code == 422
    assert "Le temps de répondre est passé" in page.content.decode()


def test_an_outcome_before_both_agreed_is_not_kept(cast):
    side = asked(cast).sides.get(person=cast.denis)

    page = phone_of(side).post(f"{page_of(side)}outcome/", {"outcome": "something"})

    assert page.status_code == 422
    side.refresh_from_db()
    assert side.outcome == ""


def test_once_the_other_was_erased_the_page_says_so(cast):
    introduction = asked(cast)
    side = introduction.sides.get(person=cast.denis)

    erase_person(person=cast.farid, by=cast.farid, at=NOW)

    assert "L’autre personne est partie" in phone_of(side).get(page_of(side)).content.decode()


def test_my_space_asks_me_and_names_nobody_before_both_agreed(cast):
    cast.farid.last_name = "Benali"
    cast.farid.save()
    introduction = asked(cast)
    assert "voulez-vous vous rencontrer" in cast.client("denis").get("/me/").content.decode()
    assert "Benali" not in cast.client("denis").get("/me/").content.decode()

    for side in introduction.sides.all():
        answer(side=side, answer="yes", reach="06", by=None, at=NOW)

    assert "Farid Benali" in cast.client("denis").get("/me/").content.decode()


def test_hosts_read_no_answer_and_no_word(cast):
    introduction = asked(cast)
    for side in introduction.sides.all():
        answer(side=side, answer="yes", reach="06 12 34", by=None, at=NOW)
    introduction.sides.update(outcome="something", word="entre nous")
    Introduction.objects.update(introducer=cast.bruno)

    host = cast.client("aicha")
    for path in (LIST, f"{LIST}{introduction.public_id}/", "/valence/desk/"):
        html = host.get(path).content.decode()
        assert "06 12 34" not in html
        assert "entre nous" not in html
    assert "Il en est sorti quelque chose" in host.get(LIST).content.decode()


def test_lists_cost_as_much_for_ten_as_for_one(
    cast, django_assert_max_num_queries, django_assert_num_queries
):
    def pair(n: int) -> None:
        asked(cast, first=person(f"A{n}", email=f"a{n}@example.org"),
              second=person(f"B{n}", email=f"b{n}@example.org"))  # fmt: skip

    client = cast.client("aicha")
    pair(0)
    client.get(LIST)
    with django_assert_max_num_queries(12) as hosts:
        client.get(LIST)
    with django_assert_max_num_queries(40) as mine:
        client.get("/me/")
    for n in range(1, 10):
        pair(n)
    with django_assert_num_queries(len(hosts)):
        client.get(LIST)
    with django_assert_num_queries(len(mine)):
        client.get("/me/")


def test_what_nobody_was_written_to_about_exists_for_neither(cast):
    refused = asked(cast).sides.get(person=cast.denis)
    answer(side=refused, answer="never", by=None, at=NOW)

    quiet = asked(cast, first=cast.bruno)

    assert quiet.quiet
    for who in ("bruno", "denis"):
        side = quiet.sides.get(person=cast.people[who])
        assert cast.client(who).get(page_of(side)).status_code == 404
        assert page_of(side) not in cast.client(who).get("/me/").content.decode()
    assert cast.client("aicha").get(f"{LIST}{quiet.public_id}/").status_code == 200


def test_a_link_that_expired_asks_for_a_new_one_to_the_same_address(cast, monkeypatch):
    asked(cast)
    mail = Mail.objects.get(address="denis@example.org")
    link = re.search(r"/l/\S+/", mail.text)[0]
    monkeypatch.setattr("essor.kit.clock.now", lambda: NOW + timedelta(days=91))
    assert Client().post(link, {"act": uuid.uuid4().hex}).status_code == 410

    Client().post(f"{link}again/", {"act": uuid.uuid4().hex})

    assert Mail.objects.filter(address="denis@example.org").count() == 2
