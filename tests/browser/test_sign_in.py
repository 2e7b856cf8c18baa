"""Signing in with a real browser: the pages, the code, and a passkey kept by a pretend device."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from essor.kit.models import Mail


@pytest.fixture(autouse=True)
def fresh_allowances():
    cache.clear()


def code_for(address: str) -> str:
    text = Mail.objects.filter(address=address).first().text
    return re.search(r"^([A-Z0-9]+(?:-[A-Z0-9]+)+)$", text, re.MULTILINE)[1]


@pytest.mark.parametrize("route", ["account_login", "account_signup", "account_request_login_code"])
def test_pages_for_strangers(page, axe, see, route):
    page.goto(reverse(route))
    axe(page)
    see(page, route)


@pytest.mark.parametrize("route", ["account_logout", "mfa_index", "mfa_list_webauthn"])
def test_pages_of_ones_own(page, axe, see, sign_in, cast, route):
    sign_in(cast.denis)
    page.goto(reverse(route))
    axe(page)
    see(page, route)


def test_code_by_mail_opens_the_space(page, axe, see, cast):
    page.goto(reverse("account_login"))
    page.get_by_label("Votre adresse e-mail").fill("denis@example.org")
    page.get_by_role("button", name="Recevoir un code").click()
    page.wait_for_url("**/login/code/confirm/**")
    axe(page)
    see(page, "code")
    page.get_by_label("Code").fill("WRONG-CODE")
    page.get_by_role("button", name="Continuer").click()
    page.locator(".error-summary:focus").wait_for()
    see(page, "code-wrong")
    axe(page)
    page.get_by_label("Code").fill(code_for("denis@example.org"))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/me/**")


@pytest.fixture
def phone_with_passkeys(browser, site):
    """A browser whose device keeps passkeys. They need a name, which an IP address is not."""
    context = browser.new_context(
        base_url=site.url.replace("127.0.0.1", "localhost"), locale="fr-FR"
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


def test_passkey_is_made_then_opens_the_space(phone_with_passkeys, axe, see, cast):
    page = phone_with_passkeys
    page.goto(reverse("account_login"))
    page.get_by_label("Votre adresse e-mail").fill("denis@example.org")
    page.get_by_role("button", name="Recevoir un code").click()
    page.wait_for_url("**/login/code/confirm/**")
    page.get_by_label("Code").fill(code_for("denis@example.org"))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/me/**")

    page.goto(reverse("mfa_add_webauthn"))
    axe(page)
    see(page, "passkey-add")
    page.get_by_label("Un nom pour la reconnaître").fill("Mon téléphone")
    page.get_by_role("button", name="Créer la clé").click()
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    page.goto(reverse("mfa_list_webauthn"))
    assert page.get_by_text("Mon téléphone").first.is_visible()
    see(page, "passkey-list")
    axe(page)

    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Me déconnecter").click()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Utiliser une clé").click()
    page.wait_for_url("**/me/**")


def test_passkey_that_the_device_refuses_is_told_in_words(phone_with_passkeys, cast):
    page = phone_with_passkeys
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Utiliser une clé").click()  # the device holds none
    page.get_by_text("La clé d’accès n’a pas servi").wait_for()


def test_passkey_button_is_not_shown_where_passkeys_cannot_work(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("account_login"))
    assert not page.locator("form[data-passkey]").is_visible()
    assert page.locator("form:not([data-passkey]) input[type=email]").is_visible()
    context.close()
