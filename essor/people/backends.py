"""Who a session's account is: asked with every page of somebody signed in."""

from allauth.account.auth_backends import AuthenticationBackend

from essor.kit.prepared import Prepared
from essor.people.models import Account

_account = Prepared(lambda number: Account.objects.filter(pk=number), int)


class SignedIn(AuthenticationBackend):  # type: ignore[misc]
    """Allauth's way to sign in; the account of a session is found by SQL that is written once."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, unless it is gone or closed."""
        account = _account.first(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None
