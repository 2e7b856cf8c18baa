"""The same act twice is one act and the same answer, also when both arrive at once."""

import threading
import uuid

import pytest
from django.db import connection
from django.http import HttpResponseRedirect
from django.test import RequestFactory

from essor.kit.models import Allowance, Receipt
from essor.kit.once import answered, once

KEY = str(uuid.UUID(int=7))


def post(path="/valence/", key=KEY, **headers):
    return RequestFactory().post(path, {"act": key} if key else {}, headers=headers)


@pytest.mark.django_db
def test_second_post_with_the_same_key_is_led_to_the_same_place_and_does_nothing():
    done = []

    def act():
        done.append(1)
        return f"/done/{len(done)}/"

    first, second = once(post(), act), once(post(), act)

    assert isinstance(first, HttpResponseRedirect)
    assert (first.url, second.url) == ("/done/1/", "/done/1/")
    assert done == [1]


@pytest.mark.django_db
def test_same_key_on_another_page_is_another_act():
    assert once(post("/a/"), lambda: "/a-done/").url == "/a-done/"
    assert once(post("/b/"), lambda: "/b-done/").url == "/b-done/"


@pytest.mark.django_db
def test_key_in_a_header_counts_like_one_in_the_form():
    once(post(key="", **{"Idempotency-Key": KEY}), lambda: "/first/")
    assert once(post(), lambda: "/second/").url == "/first/"


@pytest.mark.django_db
def test_what_was_done_is_answered_before_the_form_is_read_and_nothing_else():
    assert answered(post()) is None
    once(post(), lambda: "/done/")
    assert answered(post()).url == "/done/"
    assert answered(post("/elsewhere/")) is None
    assert answered(post(key=str(uuid.UUID(int=8)))) is None
    assert answered(post(key="nonsense")) is None
    assert answered(RequestFactory().get("/valence/", {"act": KEY})) is None


@pytest.mark.django_db
def test_nonsense_key_is_a_fresh_act_each_time():
    urls = [once(post(key="nonsense"), lambda n=n: f"/{n}/").url for n in (1, 2)]
    assert urls == ["/1/", "/2/"]


@pytest.mark.django_db
def test_act_that_fails_leaves_no_receipt_and_may_be_sent_again():
    def refused():
        Allowance.objects.create(key="trace", since="2026-11-02T18:00Z")
        raise LookupError("full")

    with pytest.raises(LookupError):
        once(post(), refused)

    assert not Receipt.objects.exists()
    assert not Allowance.objects.exists(), "what the act wrote went with it"
    assert once(post(), lambda: "/now/").url == "/now/"


@pytest.mark.django_db(transaction=True)
def test_ten_taps_at_the_same_instant_are_one_act():
    start, urls = threading.Barrier(10), []

    def tap(number):
        def act():
            Allowance.objects.create(key=f"act {number}", since="2026-11-02T18:00Z")
            return f"/act/{number}/"

        try:
            start.wait()
            urls.append(once(post(), act).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(urls) == 10, "every tap got an answer"
    assert len(set(urls)) == 1, "and all the same"
    assert Allowance.objects.count() == 1
