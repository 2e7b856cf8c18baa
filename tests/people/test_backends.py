"""The account behind a session: found with each page, gone when it is closed or erased."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.people.backends import SignedIn
from essor.people.models import Account
from tests.cast import client_of, person

OF_BEFORE = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def zoe(db):
    return person("Zoé", email="zoe@example.org")


def test_account_is_found_by_one_query_with_all_that_it_holds(zoe):
    SignedIn().get_user(zoe.account_id)  # the question is written
    with CaptureQueriesContext(connection) as asked:
        found = SignedIn().get_user(zoe.account_id)
    assert len(asked) == 1
    kept = Account.objects.get()
    for field in Account._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(kept, field.attname)


def test_closed_account_is_nobodys(zoe):
    assert SignedIn().get_user(zoe.account_id) == zoe.account
    Account.objects.update(is_active=False)
    assert SignedIn().get_user(zoe.account_id) is None


def test_erased_account_is_nobodys(zoe):
    assert SignedIn().get_user(zoe.account_id + 1) is None


@pytest.mark.parametrize("backend", [OF_BEFORE, "essor.people.backends.SignedIn"])
def test_session_stays_signed_in_until_the_account_is_closed(zoe, backend):
    browser = client_of(zoe)
    session = browser.session
    session[BACKEND_SESSION_KEY] = backend
    session.save()
    assert browser.get("/me/").status_code == 200
    Account.objects.update(is_active=False)
    assert browser.get("/me/").status_code == 302


def test_session_named_by_a_backend_that_is_not_ours_is_nobodys(zoe):
    browser = client_of(zoe)
    session = browser.session
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    assert browser.get("/me/").status_code == 302
