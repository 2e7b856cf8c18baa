"""Mails: written in the transaction that causes them, sent later by a job, once.

An *answer* to something the person just did always leaves. *News* is counted: past the weekly
budget of a person it is held, never sent late in a burst. Whoever writes a letter writes text; its
HTML form is made from it (see ``essor.kit.letters``). A letter with a ``writer`` is queued as the
bare fact and written when it leaves (see ``essor.kit.writers``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import translation

from essor.kit.letters import Brand, letter_html
from essor.kit.models import Mail
from essor.kit.putting import put_soon
from essor.kit.writers import Written, write, write_each

WEEK = timedelta(days=7)
LATER = Written("", "", "")
"""The words of a letter that is written when it leaves."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to write. ``key`` makes it unique: the same letter twice is queued once.

    ``brand`` is whose name and colours the HTML form wears; ``language`` is that of its footer
    (by default the one that is active where the letter is posted). With a ``writer`` there is no
    text yet: ``about`` says what to write about.
    """

    address: str
    subject: str = ""
    text: str = ""
    html: str = ""
    person: str = ""
    news: bool = False
    key: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[dict[str, Any], ...] = field(default=())
    brand: Brand | None = None
    language: str = ""
    writer: str = ""
    about: dict[str, Any] = field(default_factory=dict)

    def as_html(self) -> str:
        with translation.override(self.language or translation.get_language()):
            return letter_html(self.text, self.subject, self.brand, self.unsubscribe_url)


_silent: ContextVar[bool] = ContextVar("silent_mail", default=False)


@contextmanager
def silence(wanted: bool = True) -> Iterator[None]:
    """No letter is queued inside, where ``wanted``: a rehearsal writes to nobody."""
    token = _silent.set(wanted or _silent.get())
    try:
        yield
    finally:
        _silent.reset(token)


def post(letter: Letter, *, at: datetime) -> Mail | None:
    """Queue ``letter``; None when it has no address, or in ``silence``. The same key is queued once.

    The worker looks for waiting mails by itself. Where no mail server is set, and so in the
    demonstration, every letter is written at once: its place in the database is where it is read.
    A mail that is written later comes back without its number, as one statement makes it.
    """
    if not letter.address or _silent.get():
        return None
    if letter.writer and settings.MAIL_SERVER:
        mail = _mail(letter, LATER, _state(letter, at), at)
        put_soon(mail, unless_there=True)
        return mail
    known = Mail.objects.filter(key=letter.key).first() if letter.key else None
    words = None if known else _words(letter, at)
    if words is None:
        return known
    mail = _mail(letter, words, _state(letter, at), at)
    with suppress(IntegrityError), transaction.atomic():
        mail.save(force_insert=True)
    return mail if mail.pk else Mail.objects.get(key=mail.key)


def post_each(letters: Sequence[Letter], *, at: datetime) -> list[Mail | None]:
    """The same for many letters, each with a key of its own: what ``post`` answers for each.

    A few queries, and those of their writers, however many there are. Raises ``IntegrityError``
    where somebody else queued one of them meanwhile.
    """
    if _silent.get():
        return [None] * len(letters)
    known = {each.key: each for each in Mail.objects.filter(key__in={x.key for x in letters})}
    new = [each for each in letters if each.address and each.key not in known]
    spent = news_to({each.address for each in new if each.news}, at)
    mails = {}
    for letter, words in zip(new, _words_of_each(new, at), strict=True):
        if words is not None:
            held = letter.news and spent[letter.address] >= settings.MAIL_BUDGET_PER_WEEK
            spent[letter.address] += letter.news and not held
            mails[letter.key] = _mail(letter, words, Mail.State.HELD if held else _leaves(), at)
    Mail.objects.bulk_create(mails.values())
    return [known.get(each.key) or mails.get(each.key) for each in letters]


def _words_of_each(letters: Sequence[Letter], at: datetime) -> list[Written | None]:
    """What each letter says; ``LATER`` for those that are written when they leave."""
    if settings.MAIL_SERVER:
        return [LATER if each.writer else _words(each, at) for each in letters]
    by_writer: dict[str, list[int]] = defaultdict(list)
    made: dict[int, Written | None] = {}
    for number, each in enumerate(letters):
        if each.writer:
            by_writer[each.writer].append(number)
        else:
            made[number] = _words(each, at)
    for writer, numbers in by_writer.items():
        written = write_each(writer, [letters[number].about for number in numbers], at)
        made.update(zip(numbers, written, strict=True))
    return [made[number] for number in range(len(letters))]


def _mail(letter: Letter, words: Written, state: str, at: datetime) -> Mail:
    return Mail(
        key=letter.key or uuid4().hex,
        person=letter.person,
        address=letter.address,
        subject=" ".join(words.subject.split())[:300],
        text=words.text,
        html=words.html,
        attachments=list(words.attachments),
        unsubscribe_url=letter.unsubscribe_url,
        writer=letter.writer,
        about=letter.about,
        kind=Mail.Kind.NEWS if letter.news else Mail.Kind.ANSWER,
        state=state,
        queued_at=at,
    )


def _words(letter: Letter, at: datetime) -> Written | None:
    if letter.writer:
        return write(letter.writer, letter.about, at)
    return Written(letter.subject, letter.text, letter.html or letter.as_html(), letter.attachments)


def _state(letter: Letter, at: datetime) -> str:
    if letter.news and news_this_week(letter.address, at) >= settings.MAIL_BUDGET_PER_WEEK:
        return Mail.State.HELD
    return _leaves()


def _leaves() -> str:
    # The demonstration's mailbox is where its mails arrive.
    return Mail.State.SENT if settings.DEMO else Mail.State.QUEUED


def news_this_week(address: str, at: datetime) -> int:
    """How many news mails ``address`` was given in the last seven days."""
    return news_to([address], at)[address]


def news_to(addresses: Collection[str], at: datetime) -> Counter[str]:
    """The same for several addresses, in one query."""
    given = Mail.objects.filter(
        address__in=addresses,
        kind=Mail.Kind.NEWS,
        state__in=[Mail.State.QUEUED, Mail.State.SENDING, Mail.State.SENT],
        queued_at__gt=at - WEEK,
    )
    return Counter(dict(given.values_list("address").annotate(Count("id")).order_by("address")))
