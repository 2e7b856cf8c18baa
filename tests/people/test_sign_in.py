"""Signing in: a code by mail, a space of one's own, and every page of the account in our look."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from essor.kit.models import Mail
from essor.people.models import Account, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_allowances():
    """Codes are limited by address, and every test asks for Denis's."""
    cache.clear()


def last_mail(address: str) -> Mail:
    mail = Mail.objects.filter(address=address).first()
    assert mail, f"no mail to {address}"
    return mail


def code_in(mail: Mail) -> str:
    found = re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found[1]


@pytest.mark.parametrize(
    "address",
    ["change/", "set/", "reset/", "reset/done/", "reset/key/done/", "reset/key/1-abc/"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_essor_knows_no_passwords(cast, method, address):
    for browser in (Client(), cast.client("denis")):
        answer = getattr(browser, method)(f"/account/password/{address}", {"password": "x"})
        assert answer.status_code == 404


def sign_in(client, address: str) -> None:
    client.post(reverse("account_login"), {"login": address})
    code = code_in(last_mail(address))
    client.post(reverse("account_confirm_login_code"), {"code": code})


def test_sign_in_by_code(cast, stranger):
    asked = stranger.post(reverse("account_login"), {"login": "denis@example.org"}, follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_confirm_login_code"))
    assert "denis@example.org" in asked.content.decode()
    code = code_in(last_mail("denis@example.org"))
    answer = stranger.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.status_code == 302
    assert answer.url == "/me/"
    assert stranger.session["_auth_user_id"] == str(cast.denis.account_id)


def test_sign_in_leads_back_to_where_one_was(cast, stranger):
    stranger.post(
        reverse("account_login") + "?next=/gallery/",
        {"login": "denis@example.org", "next": "/gallery/"},
    )
    code = code_in(last_mail("denis@example.org"))
    answer = stranger.post(
        reverse("account_confirm_login_code"), {"code": code, "next": "/gallery/"}
    )
    assert answer.url == "/gallery/"


def test_sign_in_never_leads_to_another_site(cast, stranger):
    away = "https://example.com/"
    stranger.post(reverse("account_login"), {"login": "denis@example.org", "next": away})
    code = code_in(last_mail("denis@example.org"))
    answer = stranger.post(reverse("account_confirm_login_code"), {"code": code, "next": away})
    assert answer.url == "/me/"


def test_wrong_code_is_told_at_the_field_and_does_not_sign_in(cast, stranger):
    stranger.post(reverse("account_login"), {"login": "denis@example.org"})
    answer = stranger.post(reverse("account_confirm_login_code"), {"code": "WRONG-CODE"})
    page = answer.content.decode()
    assert "error-summary" in page
    assert 'aria-invalid="true"' in page
    assert "_auth_user_id" not in stranger.session


def test_code_works_once(cast, stranger, client):
    stranger.post(reverse("account_login"), {"login": "denis@example.org"})
    code = code_in(last_mail("denis@example.org"))
    stranger.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("account_login"), {"login": "bruno@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in client.session


def test_code_can_be_asked_again(cast, stranger):
    stranger.post(reverse("account_login"), {"login": "denis@example.org"})
    first = code_in(last_mail("denis@example.org"))
    stranger.post(reverse("account_confirm_login_code"), {"action": "resend"})
    second = code_in(last_mail("denis@example.org"))
    assert second != first


def test_unknown_address_is_answered_the_same_and_told_by_mail(cast, stranger):
    known = stranger.post(reverse("account_login"), {"login": "denis@example.org"}, follow=True)
    stranger.logout()
    unknown = stranger.post(reverse("account_login"), {"login": "nobody@example.org"}, follow=True)
    assert unknown.redirect_chain == known.redirect_chain
    mail = last_mail("nobody@example.org")
    assert reverse("account_signup") in mail.text
    assert reverse("account_signup") in mail.html


def test_sign_up_makes_the_account_and_its_person(db, stranger):
    stranger.post(reverse("account_signup"), {"email": "ines.martin@example.org"})
    code = code_in(last_mail("ines.martin@example.org"))
    answer = stranger.post(reverse("account_email_verification_sent"), {"code": code})
    assert answer.url == "/me/"
    account = Account.objects.get(email="ines.martin@example.org")
    assert Person.objects.get(account=account).first_name == "Ines"
    assert stranger.session["_auth_user_id"] == str(account.pk)


def test_sign_up_with_a_known_address_says_so_by_mail_only(cast, stranger):
    answer = stranger.post(reverse("account_signup"), {"email": "denis@example.org"}, follow=True)
    assert answer.status_code == 200
    assert reverse("account_login") in last_mail("denis@example.org").text
    assert Account.objects.filter(email="denis@example.org").count() == 1


def test_mail_of_the_code_is_short_and_shows_it_large(cast, stranger):
    stranger.post(reverse("account_login"), {"login": "denis@example.org"})
    mail = last_mail("denis@example.org")
    code = code_in(mail)
    assert code in mail.subject
    assert re.search(rf"font-size:30px[^>]*>{code}<", mail.html)


def test_sign_out_asks_first_then_leaves(cast):
    client = cast.client("denis")
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


PUBLIC = ["account_login", "account_request_login_code", "account_signup"]
OWN = ["account_logout", "mfa_index", "mfa_list_webauthn", "account_email"]
AFTER_SIGN_IN = ["mfa_add_webauthn", "mfa_activate_totp"]


def looks_like_ours(page: str) -> None:
    assert 'class="header"' in page
    assert page.count("<h1") == 1
    assert not re.search(r"<[^>]*\sstyle=", page)
    scripts = re.findall(r"<script[^>]*>", page)
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts), scripts


@pytest.mark.parametrize("route", PUBLIC)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_public_pages_of_the_account_look_like_ours(stranger, route, language):
    stranger.cookies["essor_language"] = language
    looks_like_ours(stranger.get(reverse(route)).content.decode())


@pytest.mark.parametrize("route", OWN)
def test_own_pages_of_the_account_look_like_ours(cast, route):
    looks_like_ours(cast.client("denis").get(reverse(route)).content.decode())


@pytest.mark.parametrize("route", AFTER_SIGN_IN)
def test_pages_that_change_how_one_signs_in(cast, stranger, route):
    sign_in(stranger, "denis@example.org")
    answer = stranger.get(reverse(route))
    assert answer.status_code == 200
    looks_like_ours(answer.content.decode())


def test_second_lock_from_switching_on_to_signing_in(cast, stranger, client):
    """TOTP: activate with the app's digits, then a code by mail alone no longer opens the space."""

    def digits(secret: str) -> str:
        counter = next(iter(yield_hotp_counters_from_time()))
        return format_hotp_value(hotp_value(secret, counter))

    sign_in(stranger, "denis@example.org")
    page = stranger.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    switched = stranger.post(reverse("mfa_activate_totp"), {"code": digits(secret)}, follow=True)
    looks_like_ours(switched.content.decode())
    kept = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    once_more = {"code": kept[0], "next": reverse("mfa_view_recovery_codes")}
    codes = stranger.post(reverse("mfa_reauthenticate"), once_more, follow=True).content.decode()
    assert kept[1] in codes
    assert kept[0] not in codes
    looks_like_ours(codes)
    looks_like_ours(stranger.get(reverse("mfa_generate_recovery_codes")).content.decode())
    looks_like_ours(stranger.get(reverse("mfa_deactivate_totp")).content.decode())

    client.post(reverse("account_login"), {"login": "denis@example.org"})
    code = code_in(
        Mail.objects.filter(
            address="denis@example.org", text__regex=r"[A-Z0-9]{3,}-[A-Z0-9]{3,}"
        ).first()
    )
    answer = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert "_auth_user_id" not in client.session
    looks_like_ours(answer.content.decode())
    assert answer.request["PATH_INFO"] == reverse("mfa_authenticate")
