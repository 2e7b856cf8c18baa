"""A territory's home page: where to register, who is missing, and no number too small to show."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from essor.challenges.actions.feeding import feed_challenge
from essor.evenings.models import Choice, Evening
from tests.cast import NOW, make_evening, make_harvest, make_idea, make_registration, sphere

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def evening(cast):
    return make_evening(cast.valence, name="Soirée de novembre")


def home(client) -> str:
    """What home says; spaces that do not break read as spaces."""
    return client.get("/valence/").content.decode().replace("\xa0", " ")


def people(evening: Evening, code: str, count: int, *, choosing: int | None = None) -> None:
    for number in range(count):
        registration = make_registration(evening, f"{code} {number}", sphere=sphere(code))
        if choosing is not None:
            challenge = evening.challenges.order_by("id")[choosing]
            Choice.objects.create(registration=registration, challenge=challenge, rank=1)


@pytest.mark.usefixtures("made_anew")
def test_home_leads_to_the_registration_while_it_is_open(evening, stranger):
    link = reverse("evenings:register", args=["valence", evening.public_id])
    assert f'href="{link}"' in home(stranger)
    Evening.objects.update(state=Evening.State.CLOSED)
    assert f'href="{link}"' not in home(stranger)


def test_home_shows_spheres_from_ten_people_on(evening, stranger):
    people(evening, "citizen", 14)
    people(evening, "association", 12)
    people(evening, "finance", 3)
    page = home(stranger)
    assert "<strong>14" in page
    assert "<strong>3" not in page  # three financiers could be told apart
    assert "Financeurs" not in page or "Il manque encore" in page


def test_home_shows_a_challenge_is_wanted_from_ten_people_on(evening, stranger):
    people(evening, "citizen", 11, choosing=0)
    people(evening, "association", 4, choosing=1)
    page = home(stranger)
    assert "<strong>11 personnes</strong>" in page
    assert "<strong>4 personnes</strong>" not in page


def test_most_wanted_challenge_comes_first(evening, stranger):
    people(evening, "citizen", 11, choosing=2)
    page = home(stranger)
    third, first = evening.challenges.order_by("id")[2], evening.challenges.order_by("id")[0]
    assert page.index(third.question) < page.index(first.question)


def test_home_tells_what_an_idea_became(evening, stranger, cast):
    idea = make_idea(make_harvest(cast.valence), "Louer les toits des hangars")
    challenge = evening.challenges.order_by("id")[0]
    assert idea.words not in home(stranger)

    feed_challenge(challenge=challenge, ideas=[idea], by=cast.aicha, at=NOW)

    page = home(stranger)
    there = reverse("harvest:idea", args=["valence", idea.harvest.public_id, idea.public_id])
    assert f'<q><a href="{there}">{idea.words}</a></q> a nourri un défi' in page
    assert "1 idée," in page


def test_home_without_evening_says_so(cast, stranger):
    assert "Aucune date" in home(stranger) or "pas encore" in home(stranger).lower()


def test_home_costs_the_same_whatever_it_shows(evening, stranger):
    stranger.get("/valence/")
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        stranger.get("/valence/")
    people(evening, "citizen", 30, choosing=1)
    make_evening(evening.territory, name="Une autre", challenges=5)
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        stranger.get("/valence/")
    assert len(many) == len(few)


def test_the_home_of_a_territory_that_begins_says_what_anybody_may_do(cast, stranger):
    page = stranger.get("/jura/").content.decode()

    assert "Ici, tout commence" in page
    assert "Habitants, entreprises" in page
    assert 'href="/jura/treasures/new/"' in page
    assert 'href="/jura/challenges/" class="button' not in page
