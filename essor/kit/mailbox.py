"""Reading a mailbox over IMAP, always encrypted: what is unread, one message at a time.

Nothing is deleted. A message that was dealt with is marked as read; one that a human must look at
is marked as read and flagged. A message is only fetched up to a size: its words come first,
attachments last.
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 20.0
"""Seconds to wait for the server's answer to one command."""
MOST_BYTES = 1_000_000
MOST_AT_ONCE = 50


class MailboxTrouble(Exception):
    """The server was not reached, does not trust us or is not trusted, or speaks otherwise."""


class Mailbox:
    """An opened folder."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def unread(self) -> list[bytes]:
        """The numbers (UID) of the oldest unread messages."""
        found = self._asked("SEARCH", "UNSEEN")
        numbers = found[0].split() if found and isinstance(found[0], bytes) else []
        return list(numbers[:MOST_AT_ONCE])

    def message(self, number: bytes) -> bytes:
        """The message as it was sent, cut at ``MOST_BYTES``; it stays unread."""
        answer = self._asked("FETCH", number.decode(), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
        for part in answer:
            if isinstance(part, tuple):
                return bytes(part[1])
        raise MailboxTrouble("no such message")

    def done(self, number: bytes) -> None:
        self._asked("STORE", number.decode(), "+FLAGS", r"(\Seen)")

    def set_aside(self, number: bytes) -> None:
        """For a human to look at, in the mail program."""
        self._asked("STORE", number.decode(), "+FLAGS", r"(\Seen \Flagged)")

    def _asked(self, command: str, *arguments: str) -> list[Any]:
        state, answer = self._server.uid(command, *arguments)
        if state != "OK":
            raise MailboxTrouble(command)
        return [part for part in answer if part is not None]


@contextmanager
def open_mailbox(
    *, host: str, port: int, user: str, password: str, folder: str, starttls: bool
) -> Iterator[Mailbox]:
    """The folder of a mailbox; raises ``MailboxTrouble`` and always says goodbye."""
    trust = ssl.create_default_context()
    server: imaplib.IMAP4 | None = None
    try:
        if starttls:
            server = imaplib.IMAP4(host, port, timeout=PATIENCE)
            server.starttls(trust)
        else:
            server = imaplib.IMAP4_SSL(host, port, ssl_context=trust, timeout=PATIENCE)
        server.login(user, password)
        state, _ = server.select(f'"{folder}"')
        if state != "OK":
            raise MailboxTrouble(f"no folder {folder}")
        yield Mailbox(server)
    except (imaplib.IMAP4.error, OSError) as trouble:
        raise MailboxTrouble(type(trouble).__name__) from trouble
    finally:
        if server is not None:
            _goodbye(server)


def _goodbye(server: imaplib.IMAP4) -> None:
    try:
        server.logout()
    except (imaplib.IMAP4.error, OSError):
        server.shutdown()
