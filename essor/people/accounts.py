"""How accounts speak: allauth's mails go through our outbox, a person is made with the account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.mail import Letter, post
from essor.people.actions import person_of_account
from essor.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Mails of the sign-in go out as answers; a verified account gets its person."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        code = context.get("code", "")
        body = render_to_string("people/mail/code.txt", {**context, "code": code})
        subject = _("Your code: %(code)s") % {"code": code} if code else _("Your account")
        post(Letter(address=email, subject=subject, text=body), at=clock.now())

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        saved: Account = super().save_user(request, user, form, commit)
        if commit:
            person_of_account(account=saved, by=None, at=clock.now())
        return saved
