"""The page behind the QR code: quick, forgiving, and kind to tablets that go round."""

import uuid

import pytest
from django.test import Client

from essor.harvest.models import Harvest, Idea
from essor.people.models import Person
from tests.cast import Cast, make_harvest, make_idea

pytestmark = pytest.mark.django_db


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def field_of(harvest: Harvest) -> str:
    return f"/{harvest.territory.slug}/harvest/{harvest.public_id}/idea/"


def test_an_empty_idea_says_what_to_do(cast: Cast) -> None:
    page = Client().post(field_of(make_harvest(cast.valence)), act(text=" "))
    assert page.status_code == 422
    assert "Écrivez d’abord votre idée" in page.content.decode()


def test_a_text_that_is_too_long_stays_on_the_page(cast: Cast) -> None:
    text = "mot " * 1300 + "fin"
    page = Client().post(field_of(make_harvest(cast.valence)), act(text=text))
    assert page.status_code == 422
    assert "203 caractères de trop" in page.content.decode()
    assert text in page.content.decode()


def test_the_same_sending_twice_is_one_idea(cast: Cast) -> None:
    harvest, phone, form = make_harvest(cast.valence), Client(), act(text="Un verger")
    first, second = (phone.post(field_of(harvest), form) for _ in range(2))
    assert first.url == second.url
    assert Idea.objects.count() == 1


def test_a_hundred_times_the_same_words_from_one_phone_are_one_idea(cast: Cast) -> None:
    harvest, phone = make_harvest(cast.valence), Client()
    for _ in range(100):
        assert phone.post(field_of(harvest), act(text="un verger !")).status_code == 302
    assert Idea.objects.count() == 1
    Client().post(field_of(harvest), act(text="Un verger"))
    assert Idea.objects.count() == 2  # said by somebody else: their words are kept


def test_an_idea_that_was_taken_back_may_be_given_again(cast: Cast) -> None:
    harvest, phone = make_harvest(cast.valence), Client()
    first = phone.post(field_of(harvest), act(text="Un verger")).url
    phone.post(first.replace("thanks", "withdrawal"), act())
    assert phone.post(field_of(harvest), act(text="Un verger")).url != first
    assert sorted(Idea.objects.values_list("state", flat=True)) == ["shown", "withdrawn"]


def test_a_phone_that_floods_is_slowed_down_and_loses_nothing(cast: Cast) -> None:
    harvest, phone = make_harvest(cast.valence), Client()
    for number in range(60):
        phone.post(field_of(harvest), act(text=f"Idée {number}"))
    page = phone.post(field_of(harvest), act(text="Une de trop"))
    assert page.status_code == 422
    assert "Une de trop" in page.content.decode()
    assert Client().post(field_of(harvest), act(text="D’un autre téléphone")).status_code == 302


def test_a_tablet_that_goes_round_shows_a_first_name_and_no_address(cast: Cast) -> None:
    harvest, tablet = make_harvest(cast.valence), Client()
    tablet.post(field_of(harvest), act(text="Un", first_name="Inès", email="ines@example.org"))
    page = tablet.get(field_of(harvest)).content.decode()
    assert "donnée par Inès" in page
    assert "ines@example.org" not in page

    tablet.post(field_of(harvest), act(text="Deux", as_before="True"))
    blank = tablet.get(field_of(harvest) + "?new=1").content.decode()
    assert "Inès" not in blank
    tablet.post(field_of(harvest), act(text="Trois"))
    authors = dict(Idea.objects.values_list("text", "author__first_name"))
    assert authors == {"Un": "Inès", "Deux": "Inès", "Trois": None}
    assert Person.objects.filter(first_name="Inès").count() == 1


def test_a_web_address_cannot_travel_in_a_first_name(cast: Cast) -> None:
    form = act(text="Un verger", first_name="www.piege.example", email="x@example.org")
    page = Client().post(field_of(make_harvest(cast.valence)), form)
    assert page.status_code == 422
    assert not Idea.objects.exists()


def test_in_the_silent_time_only_the_number_is_public(cast: Cast) -> None:
    harvest = make_harvest(cast.valence, show_ideas=False)
    idea = make_idea(harvest, "Une idée secrète", author=cast.denis)
    address = f"/valence/harvest/{harvest.public_id}/"
    stranger = Client()

    page = stranger.get(address).content.decode()
    assert "Une idée secrète" not in page
    assert "temps du silence" in page
    assert stranger.get(f"{address}ideas/{idea.public_id}/").status_code == 404
    assert "Une idée secrète" not in stranger.get(field_of(harvest)).content.decode()
    assert "secrète" not in stranger.get(f"{address}near/?text=une idée secrète").content.decode()
    assert cast.client("denis").get(f"{address}ideas/{idea.public_id}/").status_code == 200
    assert "Une idée secrète" in cast.client("aicha").get(address).content.decode()

    harvest.state = Harvest.State.SORTING
    harvest.save()
    assert "Une idée secrète" in stranger.get(address + "?q=").content.decode()


def test_yes_and_builds_on_an_idea_of_the_same_harvest(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    first = make_idea(harvest, "Un verger public")
    elsewhere = make_idea(make_harvest(cast.jura), "Ailleurs")
    page = Client().get(f"{field_of(harvest)}?and={first.public_id}").content.decode()
    assert "Un verger public" in page

    Client().post(field_of(harvest), act(text="taillé par l’école", builds_on=first.public_id))
    Client().post(field_of(harvest), act(text="ailleurs", builds_on=elsewhere.public_id))
    built = dict(Idea.objects.filter(harvest=harvest).values_list("text", "builds_on"))
    assert built["taillé par l’école"] == first.pk
    assert built["ailleurs"] is None
    answer = Client().get(f"/valence/harvest/{harvest.public_id}/ideas/{first.public_id}/")
    assert "taillé par l’école" in answer.content.decode()


def test_a_page_of_ideas_costs_the_same_however_many(cast: Cast, django_assert_num_queries) -> None:
    harvest = make_harvest(cast.valence)
    address = f"/valence/harvest/{harvest.public_id}/"
    make_idea(harvest, "Une idée")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        cast.client("denis").get(address)
    for number in range(40):
        make_idea(harvest, f"Idée {number}")
    with CaptureQueriesContext(connection) as many:
        page = cast.client("denis").get(address)
    assert len(many) <= len(few) + 1  # the sources' line
    assert page.content.decode().count('class="idea"') == 12
