"""Thanks are said in words, and are read by others only as whoever is thanked wants."""

import uuid

import pytest
from django.test import Client

from essor.exchanges.actions.commitments import change_state
from essor.exchanges.actions.thanks import NoName, NotThanked, NoWords, show_thanks
from essor.exchanges.doors import COMMITMENT
from essor.exchanges.models import Commitment, Thanks
from essor.exchanges.queries.thanks import sentences
from essor.kit.models import Mail
from essor.ledger.models import Audience, Entry
from essor.people.erasure import erase_person
from tests.cast import NOW, make_leader, make_project, person

WORDS = "Sans Lise Martin, le four serait encore froid."


@pytest.fixture
def kept(cast) -> Commitment:
    """Lise kept what she promised to a project that Farid leads."""
    project = make_project(cast.valence, "Le four du village")
    make_leader(project, cast.farid)
    lise = person("Lise", email="lise@example.org", last_name="Martin")
    return Commitment.objects.create(
        territory=cast.valence, project=project, person=lise, kind="skill", state="kept",
        what="Deux jours de maçonnerie", state_at=NOW, created_at=NOW,
    )  # fmt: skip


@pytest.fixture
def thanked(cast, kept) -> Commitment:
    return change_state(commitment=kept, state="thanked", words=WORDS, by=cast.farid, at=NOW)


def page_of(commitment: Commitment) -> str:
    return f"/valence/commitments/{commitment.public_id}/"


def project_page(commitment: Commitment) -> str:
    answer = Client().get(f"/valence/projects/{commitment.project.public_id}/")
    return answer.content.decode()


def phone_of(commitment: Commitment) -> Client:
    """A browser without an account that opened the link of this promise."""
    phone = Client()
    session = phone.session
    session["keys"] = {COMMITMENT: [commitment.public_id]}
    session.save()
    return phone


def shows(commitment: Commitment, showing: str, name: str = "Lise M.") -> Thanks:
    return show_thanks(commitment=commitment, showing=showing, name=name, by=None, at=NOW)


def act(**fields: str) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


def test_thanks_without_words_are_none(cast, kept):
    with pytest.raises(NoWords):
        change_state(commitment=kept, state="thanked", words=" ", by=cast.farid, at=NOW)
    kept.refresh_from_db()
    assert kept.state == "kept"

    page = cast.client("farid").post(f"{page_of(kept)}answer/", act(state="thanked", words=""))

    assert page.status_code == 422
    assert "Dites merci avec vos mots" in page.content.decode()


def test_who_leads_sees_what_waits_for_thanks_and_says_them(cast, kept):
    farid = cast.client("farid")
    page = farid.get(f"/valence/projects/{kept.project.public_id}/").content.decode()
    assert f"{page_of(kept)}answer/" in page
    assert "Lise Martin" in page
    for who in ("denis", None):
        there = cast.client(who).get(f"/valence/projects/{kept.project.public_id}/")
        assert "Lise" not in there.content.decode()

    farid.post(f"{page_of(kept)}answer/", act(state="thanked", words=WORDS))

    thanks = Thanks.objects.get()
    assert (thanks.words, thanks.said_by, thanks.showing) == (WORDS, cast.farid, "")
    assert WORDS in Mail.objects.get(address="lise@example.org").text


def test_nobody_reads_them_before_the_giver_says_so(cast, thanked):
    assert "four serait" not in project_page(thanked)
    assert not Entry.objects.filter(verb="thanked_openly").exists()
    mine = phone_of(thanked).get(page_of(thanked)).content.decode()
    assert WORDS in mine
    assert "Farid" in mine


def test_with_a_name_as_the_giver_chose_it(cast, thanked):
    answer = phone_of(thanked).post(
        f"{page_of(thanked)}thanks/", act(showing="named", name="Lise du Vercors")
    )

    assert answer.url == page_of(thanked)
    page = project_page(thanked)
    assert WORDS in page
    assert "Lise du Vercors" in page
    assert "Merci à Lise du Vercors" in page  # in the story


def test_without_a_name_none_stands_in_the_words_either(cast, thanked):
    thanked.what = "Deux jours de maçonnerie par LISE"
    thanked.save()
    shows(thanked, "unnamed")

    page = project_page(thanked)
    assert "Sans … …, le four serait encore froid." in page
    assert "Lise" not in page
    assert "LISE" not in page


def test_what_was_shown_can_be_taken_back_and_the_story_forgets_it(cast, thanked):
    shows(thanked, "named")
    [line] = Entry.objects.filter(verb="thanked_openly")
    assert (line.of_type, line.of_id) == ("project", thanked.project.public_id)
    assert line.audience == Audience.PUBLIC

    shows(thanked, "private")
    assert "Lise M." not in project_page(thanked)
    assert sentences([line]) == {}

    shows(thanked, "named", name="L. M.")
    shows(thanked, "named", name="L. M.")
    assert Entry.objects.filter(verb="thanked_openly").count() == 1
    assert "L. M." in project_page(thanked)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choisissez l’une des trois"),
        ({"showing": "loudly"}, "Choisissez l’une des trois"),
        ({"showing": "named", "name": " "}, "sous lequel vous aimez être remercié"),
        ({"showing": "named", "name": "www.mauvais.example"}, "sans adresse de site"),
    ],
)
def test_a_choice_that_is_none_is_said_at_its_field(cast, thanked, sent, words):
    page = phone_of(thanked).post(f"{page_of(thanked)}thanks/", act(**sent))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert Thanks.objects.get().showing == ""


def test_only_the_giver_says_who_may_read_them(cast, thanked):
    for browser in (cast.client("aicha"), cast.client("farid"), cast.client(None)):
        answer = browser.post(f"{page_of(thanked)}thanks/", act(showing="named", name="Lise"))
        assert answer.status_code == 404
    with pytest.raises(NoName):
        shows(thanked, "named", name="")
    assert Thanks.objects.get().showing == ""


def test_a_promise_that_nobody_thanked_for_shows_nothing(cast, kept):
    with pytest.raises(NotThanked):
        shows(kept, "named")

    page = phone_of(kept).post(f"{page_of(kept)}thanks/", act(showing="private"))

    assert page.status_code == 422
    assert "Personne n’a encore remercié" in page.content.decode()


def test_a_double_tap_is_one_choice(cast, thanked):
    form = act(showing="named", name="Lise")

    pages = [phone_of(thanked).post(f"{page_of(thanked)}thanks/", form) for _ in range(2)]

    assert [each.status_code for each in pages] == [302, 302]
    assert Entry.objects.filter(verb="thanks_answered").count() == 1


def test_whoever_asks_for_erasure_is_thanked_nowhere(cast, thanked):
    shows(thanked, "named")
    line = Entry.objects.get(verb="thanked_openly")
    page = project_page(thanked)
    assert "Lise M." in page

    erase_person(person=thanked.person, by=None, at=NOW)

    assert not Thanks.objects.exists()
    assert sentences([line]) == {}


def test_my_space_shows_what_was_said_to_me(cast, kept):
    Commitment.objects.update(person=cast.denis)
    kept.refresh_from_db()
    change_state(commitment=kept, state="thanked", words="Merci pour tout", by=cast.farid, at=NOW)

    assert "Merci pour tout" in cast.client("denis").get("/me/").content.decode()


def test_the_project_page_costs_as_much_for_six_thanks_as_for_one(
    cast, thanked, django_assert_num_queries, django_assert_max_num_queries, made_anew
):
    address = f"/valence/projects/{thanked.project.public_id}/"
    shows(thanked, "named")
    client = cast.client("hugo")
    client.get(address)
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    for n in range(8):
        other = Commitment.objects.create(
            territory=cast.valence, project=thanked.project, person=person(f"P{n}"), kind="skill",
            state="kept", what=f"Un coup de main {n}", state_at=NOW, created_at=NOW,
        )  # fmt: skip
        shows(
            change_state(commitment=other, state="thanked", words="Merci", by=None, at=NOW), "named"
        )

    with django_assert_num_queries(len(one)):
        page = client.get(address).content.decode()
    assert "Et à d’autres avant." in page
