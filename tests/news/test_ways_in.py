"""Who has no account reaches from the digest, by a link of their own, what is theirs; nobody else."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.exchanges.actions.commitments import change_state, promise
from essor.kit.jobs import send_waiting_mails
from essor.kit.models import Mail
from essor.news.actions import choose_how
from essor.news.models import Following
from essor.news.rounds import run_round
from essor.people.erasure import erase_person
from essor.people.models import Person, PersonalLink
from essor.treasures.actions.treasures import confirm_treasure
from tests.cast import (
    NOW,
    client_of,
    make_leader,
    make_project,
    make_recommendation,
    make_treasure,
)
from tests.kit.test_mail import inbox

__all__ = ["inbox"]
LATER = NOW + timedelta(days=7)


@pytest.fixture
def ines(cast) -> Person:
    """Inès gave an address and has no account."""
    return Person.objects.create(first_name="Inès", email="ines@example.org", created_at=NOW)


def kept_promise(cast, who: Person, what: str = "Tenir la caisse"):
    made, _ = promise(territory=cast.valence, person=who, kind="skill", what=what, by=who, at=NOW)
    for state in ("accepted", "kept"):
        made = change_state(commitment=made, state=state, by=cast.aicha, at=NOW, words="")
    return made


def digest_of(who: Person) -> str:
    return Mail.objects.get(person=who.public_id, kind=Mail.Kind.NEWS).text


def links_in(text: str) -> list[str]:
    """The paths of personal links, each alone on its line below the words of its button."""
    return re.findall(r"\n\S.*\nhttps?://[^/\s]+(/l/\S+)\n", text)


def test_a_promise_opens_by_the_link_of_the_digest_once_its_button_is_pressed(cast, ines):
    page = f"/valence/commitments/{kept_promise(cast, ines).public_id}/"
    assert run_round(at=LATER) == 1
    (link,) = links_in(digest_of(ines))
    browser = Client()
    assert browser.get(page).status_code == 404
    assert browser.get(link).status_code == 200
    assert browser.get(page).status_code == 404, "looking at the link opens nothing"

    led = browser.post(link)

    assert led["Location"] == page
    assert "Tenir la caisse" in browser.get(page).content.decode()
    assert Client().get(page).status_code == 404, "a stranger still finds nothing"
    assert client_of(cast.denis).get(page).status_code == 404


def test_whoever_has_an_account_signs_in_and_is_sent_no_secret(cast):
    made = kept_promise(cast, cast.denis)
    run_round(at=LATER)
    text = digest_of(cast.denis)
    assert links_in(text) == []
    assert f"/valence/commitments/{made.public_id}/" in text


def test_a_treasure_opens_to_its_keeper_and_not_to_whoever_follows_it(cast, ines):
    treasure = make_treasure(cast.valence, "Presse", keeper=ines, created_at=NOW - timedelta(9))
    omar = Person.objects.create(first_name="Omar", email="omar@example.org", created_at=NOW)
    choose_how(person=omar, key=("treasure", treasure.public_id), how=Following.How.WEEKLY,
               by=omar, at=NOW - timedelta(1))  # fmt: skip
    confirm_treasure(treasure=treasure, served_for="", person=cast.aicha, device="",
                     by=cast.aicha, at=NOW)  # fmt: skip
    assert run_round(at=LATER) == 2
    assert len(links_in(digest_of(ines))) == 1
    assert links_in(digest_of(omar)) == []
    assert treasure.public_id in digest_of(omar)


@pytest.mark.usefixtures("on_that_day")
def test_who_leads_without_an_account_answers_advice_by_their_link(cast, ines):
    project = make_project(cast.valence, "Fournil")
    make_leader(project, ines)
    make_recommendation(project, "Peser la farine", created_at=NOW - timedelta(days=1))
    run_round(at=LATER + timedelta(days=1))
    (link,) = links_in(digest_of(ines))
    browser = Client()
    page = browser.post(link)["Location"]
    assert page == f"/valence/support/projects/{project.public_id}/"
    assert "Peser la farine" in browser.get(page).content.decode()
    assert Client().get(page).status_code == 404


def test_a_link_of_somebody_erased_opens_nothing(cast, ines):
    kept_promise(cast, ines)
    run_round(at=LATER)
    (link,) = links_in(digest_of(ines))
    erase_person(person=ines, by=None, at=LATER)
    browser = Client()
    assert browser.post(link).get("Location") is None
    assert not PersonalLink.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_to_somebody_erased_before_the_letter_left_nothing_leaves(cast, ines, inbox):
    kept_promise(cast, ines)
    kept_promise(cast, Person.objects.create(first_name="Omar", email="o@x.fr", created_at=NOW))
    PersonalLink.objects.all().delete()
    assert run_round(at=LATER) == 2
    assert not PersonalLink.objects.exists(), "what waits holds no link"
    erase_person(person=ines, by=None, at=LATER)
    send_waiting_mails.call()
    told = [each for each in inbox.messages if "ines@example.org" in each.rcpt_tos]
    assert told == []
    assert set(PersonalLink.objects.values_list("person__first_name", flat=True)) == {"Omar"}


def test_links_for_many_cost_no_more_questions_than_for_few(cast):
    asked = {}
    for week, many in enumerate((12, 40)):
        people = [
            Person.objects.create(first_name="P", email=f"p{week}-{n}@example.org", created_at=NOW)
            for n in range(many)
        ]
        for each in people:
            kept_promise(cast, each)
        Mail.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            assert run_round(at=LATER + timedelta(weeks=week)) == many
        asked[many] = len(queries)
        PersonalLink.objects.all().delete()
    assert asked[12] == asked[40]
