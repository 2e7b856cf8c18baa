"""The public calendar and the public page of an evening."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.evenings.models import Choice, Evening, HeadCount, Registration
from tests.cast import NOW, Cast, make_challenge, make_evening, make_registration, sphere
from tests.evenings.answers import address

pytestmark = pytest.mark.django_db
MOST = 6


def fill(evening: Evening, code: str, people: int) -> None:
    for n in range(people):
        registration = make_registration(evening, f"{code} {n}", sphere=sphere(code))
        Choice.objects.create(
            registration=registration, challenge=evening.challenges.all()[0], rank=1
        )


def queries_of(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("made_anew")
def test_the_evening_page_costs_the_same_for_few_and_many(cast: Cast) -> None:
    small = make_evening(cast.valence, challenges=2)
    large = make_evening(cast.valence, challenges=20, capacity=400)
    fill(large, "citizen", 40)
    fill(large, "enterprise", 20)

    counts = {queries_of(address(each)) for each in (small, large)}

    assert len(counts) == 1
    assert counts.pop() <= MOST
    assert queries_of(address(large)) < MOST


def test_the_calendar_costs_the_same_for_one_and_many(cast: Cast) -> None:
    make_evening(cast.valence)
    for n in range(15):
        past = make_evening(cast.jura, state=Evening.State.OVER, date=date(2019, 1, n + 1))
        HeadCount.objects.create(evening=past, people=100 + n, how="à la porte", at=NOW)

    assert queries_of("/valence/evenings/") <= MOST
    assert queries_of("/jura/evenings/") <= MOST


def test_a_past_evening_shows_what_sources_say_and_who_counted(cast: Cast, stranger) -> None:
    past = make_evening(
        cast.valence,
        state=Evening.State.OVER,
        date=date(2018, 3, 29),
        participants_said=1400,
        participants_note="plus de 1 400 selon deux sources, 1 500 selon une troisième",
        sources=[{"label": "Eclaira", "url": "https://example.org/eclaira"}],
    )
    HeadCount.objects.create(evening=past, people=1380, how="à la porte", by=cast.aicha, at=NOW)

    for where in ("/valence/evenings/", address(past)):
        page = stranger.get(where).content.decode()
        assert "1\u202f400" in page
        assert "1 500 selon une troisième" in page
        assert "https://example.org/eclaira" in page
        assert "1\u202f380" in page
        assert "compté par Aicha" in page


def test_an_evening_in_preparation_is_listed_for_the_team_only(cast: Cast) -> None:
    make_evening(cast.valence, name="Secrète", state=Evening.State.DRAFT)

    assert "Secrète" in cast.client("chloe").get("/valence/evenings/").content.decode()
    assert "Secrète" not in cast.client("denis").get("/valence/evenings/").content.decode()


def test_small_groups_are_not_told_in_public(cast: Cast, stranger) -> None:
    evening = make_evening(cast.valence, capacity=100)
    fill(evening, "citizen", 30)
    fill(evening, "enterprise", 12)
    fill(evening, "finance", 4)
    page = stranger.get(address(evening)).content.decode()

    assert "<strong>46</strong> inscrits" in page
    assert "<strong>30</strong>" in page  # the largest sphere is told
    assert "<strong>12</strong>" not in page  # else 46 - 30 - 12 would tell the four
    assert "<strong>4</strong>" not in page
    assert "46 personnes veulent y travailler" in page


def test_under_ten_people_no_number_is_told(cast: Cast, stranger) -> None:
    evening = make_evening(cast.valence)
    fill(evening, "citizen", 9)

    page = stranger.get(address(evening)).content.decode()

    assert "9 personnes" not in page
    assert "inscrits" not in page


def test_the_counts_follow_at_once_what_happens(cast: Cast, stranger) -> None:
    from essor.evenings.actions.registration import cancel_registration

    evening = make_evening(cast.valence, capacity=100)
    fill(evening, "citizen", 30)
    stranger.get(address(evening))

    cancel_registration(registration=Registration.objects.all()[0], by=None, at=NOW)

    assert "<strong>29</strong> inscrits" in stranger.get(address(evening)).content.decode()


def test_the_page_asks_for_the_challenges_of_its_evening(cast: Cast, stranger) -> None:
    evening = make_evening(cast.valence, challenges=1)
    make_challenge(cast.valence, "Ailleurs")

    page = stranger.get(address(evening)).content.decode()

    assert "Défi 1" in page
    assert "Ailleurs" not in page
