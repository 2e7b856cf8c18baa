"""Sessions in the database, which an act may save within its own transaction.

Registering gives the browser a key in its session. Saved by the middleware afterwards, that is a
second commit for each act; ``keep`` saves it with the act, and what was kept is not saved again.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.utils.crypto import get_random_string

from essor.kit import clock
from essor.kit.prepared import Prepared
from essor.kit.putting import put_soon

_session = Prepared(lambda key: Session.objects.filter(session_key=key), str)


class SessionStore(db.SessionStore):
    """Django's own, with ``keep``."""

    kept: tuple[str | None, dict[str, Any]] | None = None

    def keep(self) -> None:
        """Save now, in the transaction that is open."""
        if self.session_key is None:
            self._session_key = self._get_new_session_key()
            put_soon(self.create_model_instance(self._get_session()))  # type: ignore[attr-defined]
        else:
            self.save()
        self.kept = (self.session_key, {**self._get_session()})  # type: ignore[attr-defined]

    def save(self, must_create: bool = False) -> None:
        if must_create or self.kept != (self.session_key, self._get_session()):  # type: ignore[attr-defined]
            super().save(must_create)

    def _get_session_from_db(self) -> Session | None:
        """The session while it lasts; each page with a cookie asks for it."""
        found = _session.first(self.session_key or "")
        if found is None or found.expire_date <= clock.now():
            self._session_key = None
            return None
        return found

    def _get_new_session_key(self) -> str:
        """Without asking first whether it is taken: saving a new session finds that out."""
        return get_random_string(32, VALID_KEY_CHARS)
