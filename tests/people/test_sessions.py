"""A session that is saved with the act is saved once, and only with the act."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.evenings.models import Registration
from essor.people.sessions import SessionStore
from tests.cast import Cast, make_evening
from tests.evenings.answers import address, posted

pytestmark = pytest.mark.django_db(transaction=True)


def test_kept_session_is_not_saved_again_until_it_changes():
    session = SessionStore()
    session["keys"] = {"registration": ["a"]}
    session.keep()
    with CaptureQueriesContext(connection) as asked:
        session.save()
    assert len(asked) == 0
    session["keys"] = {"registration": ["a", "b"]}
    session.save()
    assert SessionStore(session.session_key)["keys"] == {"registration": ["a", "b"]}


def test_session_with_a_new_key_is_saved():
    session = SessionStore()
    session["a"] = 1
    session.keep()
    session.cycle_key()
    assert SessionStore(session.session_key)["a"] == 1
    assert Session.objects.count() == 1


def test_registering_commits_once_and_the_browser_holds_its_key(client: Client):
    evening = make_evening(Cast().valence)
    client.get(address(evening, "registration"))
    with CaptureQueriesContext(connection) as asked:
        led = client.post(address(evening, "registration"), posted(evening))
    begun = [each["sql"] for each in asked if each["sql"].startswith("BEGIN")]
    assert len(begun) == 1
    assert client.get(led["Location"]).status_code == 200
    assert Client().get(led["Location"]).status_code == 404


def test_act_that_fails_keeps_no_session(client: Client, monkeypatch):
    """The key and the registration are one commit: neither stands without the other."""
    evening = make_evening(Cast().valence)
    kept = SessionStore.keep

    def broken(self):
        kept(self)
        raise ZeroDivisionError

    monkeypatch.setattr(SessionStore, "keep", broken)
    client.raise_request_exception = False
    answer = client.post(address(evening, "registration"), posted(evening))
    assert answer.status_code == 500
    assert not Registration.objects.exists()
    assert not Session.objects.exists()
    assert transaction.get_autocommit()
