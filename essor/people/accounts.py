"""How accounts speak: allauth's mails go through our outbox, a person is made with the account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from essor.kit import clock
from essor.kit.letters import render_letter
from essor.kit.mail import Letter, post
from essor.people.actions import person_of_account
from essor.people.models import Account

# Which of our letters answers which of allauth's; whatever else it says is a change of security.
LETTERS = {
    "login_code": "people/mail/code.txt",
    "email_confirmation": "people/mail/code.txt",
    "email_confirmation_signup": "people/mail/code.txt",
    "unknown_account": "people/mail/unknown_account.txt",
    "account_already_exists": "people/mail/already_exists.txt",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails of the sign-in go out as answers; a verified account gets its person."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        words = LETTERS.get(template_prefix.rpartition("/")[2], "people/mail/changed.txt")
        subject, text, html = render_letter(
            words,
            {
                "code": context.get("code", ""),
                "signup_url": settings.SITE_URL + reverse("account_signup"),
                "login_url": settings.SITE_URL + reverse("account_login"),
            },
        )
        post(Letter(address=email, subject=subject, text=text, html=html), at=clock.now())

    def send_account_already_exists_mail(self, email: str) -> None:
        """Allauth's names the page where a password is reset; there are no passwords here."""
        self.send_mail("account/email/account_already_exists", email, {})

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        saved: Account = super().save_user(request, user, form, commit)
        if commit:
            person_of_account(account=saved, by=None, at=clock.now())
        return saved
