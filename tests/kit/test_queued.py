"""Postings that waited on a device: when they happened, and answers that a script can read."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from essor.kit.queued import LONGEST_WAIT, happened_at, waited
from tests.cast import NOW, Cast, make_evening, make_registration

QUEUED = {"HTTP_ESSOR_QUEUE": "1"}


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        ("90000", timedelta(seconds=90)),
        ("0", timedelta()),
        ("-5", timedelta()),
        ("1e9", timedelta()),
        ("²", timedelta()),
        ("", timedelta()),
        ("99999999999999999999", timedelta()),
        (str(10 * 24 * 3600 * 1000), LONGEST_WAIT),
    ],
)
def test_the_wait_is_taken_off_and_never_invented(ago, expected):
    request = RequestFactory().post("/", HTTP_ESSOR_QUEUE="1", HTTP_ESSOR_AGO=ago)

    assert waited(request) == expected
    assert happened_at(request, NOW) == NOW - expected


def test_a_posting_that_is_not_marked_happens_now():
    request = RequestFactory().post("/", HTTP_ESSOR_AGO="90000")

    assert happened_at(request, NOW) == NOW


@pytest.fixture
def cast(db):
    return Cast()


def test_an_accepted_posting_says_where_it_led_and_is_one_act_however_often_it_comes(cast):
    registration = make_registration(make_evening(cast.valence))
    address = (
        f"/valence/evenings/{registration.evening.public_id}/door/people/{registration.public_id}/"
    )
    headers = {**QUEUED, "HTTP_IDEMPOTENCY_KEY": "0123456789abcdef0123456789abcdef"}
    door = cast.client("chloe")

    answers = [door.post(address, **headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json()["location"] for answer in answers] == [address, address]


def test_what_a_page_would_say_after_the_act_is_said_at_once(cast):
    registration = make_registration(make_evening(cast.valence), arrived_at=NOW)
    address = (
        f"/valence/evenings/{registration.evening.public_id}/door/people/{registration.public_id}/"
    )

    answer = cast.client("chloe").post(f"{address}departure/", **QUEUED)

    assert len(answer.json()["words"]) == 1
    assert "Inès" in answer.json()["words"][0]


def test_a_refusal_keeps_its_page_and_an_ended_session_is_not_found(cast):
    evening = make_evening(cast.valence)
    address = f"/valence/evenings/{evening.public_id}/door/arrivals/"

    refused = cast.client("chloe").post(address, {"code": "ZZZZ9"}, **QUEUED)
    ended = cast.client(None).post(address, {"code": "ZZZZ9"}, **QUEUED)

    assert refused.status_code == 422
    assert b"ZZZZ9" in refused.content
    assert ended.status_code == 404
