"""Limits: so many tries in a window, then a plain no until the window is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from essor.kit.limits import TooOften, mark_of, spend
from essor.kit.models import Allowance

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def spend_at(at, limit=2, key="register:me"):
    spend(key, limit=limit, window=HOUR, at=at)


def test_tries_are_counted_and_the_next_is_refused_until_the_window_is_over():
    spend_at(NOON)
    spend_at(NOON + timedelta(minutes=10))
    with pytest.raises(TooOften) as refused:
        spend_at(NOON + timedelta(minutes=59, seconds=59))
    assert refused.value.retry_at == NOON + HOUR
    spend_at(NOON + HOUR)


def test_window_begins_anew_with_the_first_try_after_it():
    spend_at(NOON)
    spend_at(NOON + 3 * HOUR)
    kept = Allowance.objects.get()
    assert (kept.since, kept.used) == (NOON + 3 * HOUR, 1)


def test_refused_try_is_not_counted():
    spend_at(NOON, limit=1)
    for _ in range(3):
        with pytest.raises(TooOften):
            spend_at(NOON, limit=1)
    assert Allowance.objects.get().used == 1


def test_each_key_has_its_own_allowance():
    spend_at(NOON, limit=1, key="a")
    spend_at(NOON, limit=1, key="b")
    with pytest.raises(TooOften):
        spend_at(NOON, limit=1, key="a")


def test_nothing_allowed_is_refused_at_once():
    with pytest.raises(TooOften) as refused:
        spend_at(NOON, limit=0)
    assert refused.value.retry_at == NOON + HOUR
    assert not Allowance.objects.exists()


def test_try_of_an_act_that_fails_is_given_back():
    @transaction.atomic
    def act():
        spend_at(NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Allowance.objects.exists()


def test_refusal_leaves_the_transaction_whole():
    spend_at(NOON, limit=1)
    with transaction.atomic():
        with pytest.raises(TooOften):
            spend_at(NOON, limit=1)
        spend_at(NOON, limit=1, key="other")
    assert Allowance.objects.filter(key="other").exists()


def test_try_is_one_statement():
    with CaptureQueriesContext(connection) as queries:
        spend_at(NOON)
    assert len(queries) == 1


def test_an_address_is_counted_however_it_is_written_and_stands_in_no_key():
    assert mark_of(" Lise@Example.org ") == mark_of("lise@example.org")
    assert mark_of("lise@example.org") != mark_of("lise@example.com")
    assert "lise" not in mark_of("lise@example.org")
