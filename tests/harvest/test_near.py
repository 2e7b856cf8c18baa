"""What is close shows below the field, and standing behind it keeps one's name."""

import threading
import uuid

import pytest
from django.test import Client

from essor.algos.text import has_vectors
from essor.harvest import near as near_module
from essor.harvest.jobs import write_vectors
from essor.harvest.models import Idea, IdeaVector, Support
from essor.harvest.near import near_ideas, ready, warm_up
from tests.cast import Cast, make_harvest, make_idea

pytestmark = pytest.mark.django_db
SAID = (
    "Un verger public le long de la voie verte",
    "Réparer les vélos au collège",
    "Une laverie pour les bocaux des producteurs",
)


@pytest.fixture(autouse=True)
def _meanings_are_loaded() -> None:
    warm_up()


def act(**fields) -> dict:
    return {"act": uuid.uuid4().hex, **fields}


def test_close_ideas_are_found_as_they_come_in(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    for text in SAID:
        make_idea(harvest, text)
    assert near_ideas(harvest, "un verger public pour tous")[0].idea.text == SAID[0]

    late = make_idea(harvest, "Planter un verger public à l’école")
    found = [near.idea for near in near_ideas(harvest, "un verger public à l’école")]
    assert found[0] == late
    assert [near.idea for near in near_ideas(harvest, "un verger public", besides=(late.pk,))] == [
        Idea.objects.get(text=SAID[0])
    ]


def test_hidden_ideas_and_other_harvests_never_show(cast: Cast) -> None:
    harvest, other = make_harvest(cast.valence), make_harvest(cast.jura)
    idea = make_idea(harvest, SAID[0])
    make_idea(other, SAID[0])
    assert [near.idea for near in near_ideas(harvest, SAID[0])] == [idea]
    Idea.objects.filter(pk=idea.pk).update(state=Idea.State.HIDDEN)
    assert near_ideas(harvest, SAID[0]) == []


@pytest.mark.skipif(not has_vectors(), reason="the sentence vectors are not installed")
def test_the_job_writes_each_meaning_once_and_it_is_used(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    for text in SAID:
        make_idea(harvest, text)
    assert write_vectors.func() == 3
    assert write_vectors.func() == 0
    assert {len(bytes(each.vector)) for each in IdeaVector.objects.all()} == {1024}
    assert (
        near_ideas(harvest, "réparation de bicyclettes pour les élèves")[0].idea.text == (SAID[1])
    )


def test_the_fragment_offers_at_most_three_and_nothing_for_two_letters(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    for number in range(5):
        make_idea(harvest, f"Un verger public numéro {number}")
    address = f"/valence/harvest/{harvest.public_id}/near/"
    page = Client().get(address, {"text": "un verger public"}).content.decode()
    assert "3 idées disent quelque chose de proche" in page
    assert page.count("C’est mon idée aussi") == 3
    assert Client().get(address, {"text": "un"}).content.decode().strip() == ""


def test_that_is_my_idea_too_keeps_the_name_and_goes_back(cast: Cast) -> None:
    harvest, phone = make_harvest(cast.valence), Client()
    theirs = make_idea(harvest, SAID[0])
    field = f"/valence/harvest/{harvest.public_id}/idea/"
    thanks = phone.post(
        field, act(text="Un verger public près de la voie verte", first_name="Inès"), follow=True
    )
    assert "C’est mon idée aussi" in thanks.content.decode()
    mine = Idea.objects.latest("id")

    support = f"/valence/harvest/{harvest.public_id}/ideas/{theirs.public_id}/support/"
    back = phone.post(support, act(back=mine.public_id))
    assert back.url.endswith(f"/ideas/{mine.public_id}/thanks/")
    assert Support.objects.get(idea=theirs).person.first_name == "Inès"

    page = phone.get(f"/valence/harvest/{harvest.public_id}/ideas/{theirs.public_id}/")
    assert "Vous la soutenez" in page.content.decode()
    phone.post(support, act(end="1"))
    assert not Support.objects.filter(idea=theirs).exists()


def test_authors_do_not_count_twice(cast: Cast) -> None:
    idea = make_idea(make_harvest(cast.valence), author=cast.denis)
    support = f"/valence/harvest/{idea.harvest.public_id}/ideas/{idea.public_id}/support/"
    cast.client("denis").post(support, act())
    assert not idea.supports.exists()


def test_a_search_finds_by_word_and_by_meaning(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    for text in SAID:
        make_idea(harvest, text)
    page = Client().get(f"/valence/harvest/{harvest.public_id}/?q=réparation").content.decode()
    assert SAID[1] in page
    assert SAID[2] not in page


@pytest.mark.skipif(not has_vectors(), reason="the sentence vectors are not installed")
def test_nobody_waits_while_meanings_are_being_loaded(cast: Cast) -> None:
    harvest = make_harvest(cast.valence)
    make_idea(harvest, SAID[0])
    near_module._encoder_ready.clear()
    address = f"/valence/harvest/{harvest.public_id}/near/"
    assert Client().get(address, {"text": SAID[0]}).content.decode().strip() == ""
    for thread in threading.enumerate():
        if thread.name == "meanings":
            thread.join()
    warm_up()
    assert ready()
    assert SAID[0] in Client().get(address, {"text": SAID[0]}).content.decode()
