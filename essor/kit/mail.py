"""Mails: written in the transaction that causes them, sent later by a job, once.

An *answer* to something the person just did always leaves. *News* is counted: past the weekly
budget of a person it is held, never sent late in a burst. Whoever writes a letter writes text; its
HTML form is made from it (see ``essor.kit.letters``).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation

from essor.kit.jobs import send_waiting_mails
from essor.kit.letters import Brand, letter_html
from essor.kit.models import Mail

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to write. ``key`` makes it unique: the same letter twice is queued once.

    ``brand`` is whose name and colours the HTML form wears; ``language`` is that of its footer
    (by default the one that is active where the letter is posted).
    """

    address: str
    subject: str
    text: str
    html: str = ""
    person: str = ""
    news: bool = False
    key: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[dict[str, Any], ...] = field(default=())
    brand: Brand | None = None
    language: str = ""

    def as_html(self) -> str:
        with translation.override(self.language or translation.get_language()):
            return letter_html(self.text, self.subject, self.brand, self.unsubscribe_url)


def post(letter: Letter, *, at: datetime) -> Mail | None:
    """Queue ``letter``; None when it has no address. The same key is queued once."""
    if not letter.address:
        return None
    kind = Mail.Kind.NEWS if letter.news else Mail.Kind.ANSWER
    held = letter.news and news_this_week(letter.address, at) >= settings.MAIL_BUDGET_PER_WEEK
    state = Mail.State.HELD if held else Mail.State.QUEUED
    if settings.DEMO and not held:
        state = Mail.State.SENT  # the demonstration's mailbox is where its mails arrive
    mail, new = Mail.objects.get_or_create(
        key=letter.key or uuid4().hex,
        defaults={
            "person": letter.person,
            "address": letter.address,
            "subject": " ".join(letter.subject.split())[:300],
            "text": letter.text,
            "html": letter.html or letter.as_html(),
            "attachments": list(letter.attachments),
            "unsubscribe_url": letter.unsubscribe_url,
            "kind": kind,
            "state": state,
            "queued_at": at,
        },
    )
    if new and state == Mail.State.QUEUED:
        transaction.on_commit(lambda: send_waiting_mails.enqueue())
    return mail


def news_this_week(address: str, at: datetime) -> int:
    """How many news mails ``address`` was given in the last seven days."""
    return Mail.objects.filter(
        address=address,
        kind=Mail.Kind.NEWS,
        state__in=[Mail.State.QUEUED, Mail.State.SENT],
        queued_at__gt=at - WEEK,
    ).count()
