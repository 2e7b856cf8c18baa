"""Jobs of the kit: sending the mails that wait, putting old things away."""

import base64
import hashlib
import smtplib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django_tasks import task

from essor.kit import clock
from essor.kit.models import Allowance, Mail, Receipt
from essor.kit.privacy import retentions
from essor.kit.putting import rewrite
from essor.kit.recurring import recurring
from essor.kit.writers import Written, write, write_each, written_together

log = structlog.get_logger("essor.mail")
MAX_ATTEMPTS = 12
BATCH = 200
AT_ONCE = 5
"""Mails taken in one transaction. Those of a sender that died wait for ``GIVEN_UP``: a few only."""
GOING_AWAY = 421
BREAKS_FORGIVEN = 3
GIVEN_UP = timedelta(minutes=10)
"""A mail whose sender died is sent again after so long."""
GONE: dict[str, Any] = {"text": "", "html": "", "attachments": [], "unsubscribe_url": ""}
"""What is not kept once a mail has left, or never will: links in it would lie about for months."""


@task()
def send_waiting_mails() -> int:
    """Send what waits, oldest first. Returns how many left. The worker's postman calls it.

    No transaction is open while the mail server is spoken to: on SQLite it would hold up every
    write of the house. Mails belong to the sender who took them, a few at a time. A mail
    server that is down costs nothing but time: no mail is touched, the next look tries again.
    Where no mail server is set, mails stay in the database.
    """
    now = clock.now()
    stuck = Mail.objects.filter(state=Mail.State.SENDING, next_at__lte=now)
    if stuck.exists():  # this is asked twice a second: reading alone holds nobody up
        stuck.update(state=Mail.State.QUEUED)
    waiting = Mail.objects.filter(state=Mail.State.QUEUED, next_at__lte=now)
    ids = list(waiting.order_by("queued_at", "id").values_list("id", flat=True)[:BATCH])
    if not ids or not settings.MAIL_SERVER:
        return 0
    try:
        server = EmailBackend(**settings.MAIL_SERVER)
        server.open()
    except (smtplib.SMTPException, OSError) as trouble:
        log.warning("mail server not reached", why=type(trouble).__name__, waiting=len(ids))
        return 0
    try:
        return _send_each(ids, server)
    finally:
        server.close()


def _send_each(ids: Sequence[int], server: EmailBackend) -> int:
    """Send mails over one connection until it breaks; how many left."""
    sent = 0
    for first in range(0, len(ids), AT_ONCE):
        mine = _claimed(ids[first : first + AT_ONCE], clock.now())
        _write_together(mine)
        while mine:
            left = _sent(mine.pop(0), server)
            if left is None:
                _let_go(mine)
                return sent
            sent += left
    return sent


def _sent(mail: Mail, server: EmailBackend) -> int | None:
    """Send one mail; 1 when it left, 0 when it did not, None when the mail server went away."""
    if not _written(mail):
        return 0
    try:
        _message(mail, server).send()
    except smtplib.SMTPResponseException as refused:
        if refused.smtp_code == GOING_AWAY:
            _put_back(mail, f"{refused.smtp_code}")
            return None
        _keep_trouble(mail, f"{refused.smtp_code}", for_good=refused.smtp_code >= 500)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        _keep_trouble(mail, f"{codes[0]}", for_good=min(codes) >= 500)
    except (smtplib.SMTPException, OSError) as trouble:
        _put_back(mail, type(trouble).__name__)
        return None
    else:
        mail.state, mail.sent_at, mail.trouble = Mail.State.SENT, clock.now(), ""
        for name, nothing in GONE.items():
            setattr(mail, name, nothing)
        rewrite(mail, "state", "sent_at", "trouble", "subject", *GONE)
        return 1
    return 0


def _claimed(ids: Sequence[int], at: datetime) -> list[Mail]:
    """The mails of ``ids`` that no other sender has taken, taken by us."""
    waiting = Mail.objects.select_for_update(skip_locked=True).filter(
        pk__in=ids, state=Mail.State.QUEUED, next_at__lte=at
    )
    with transaction.atomic():
        mine = list(waiting.order_by("queued_at", "id"))
        Mail.objects.filter(pk__in=[mail.pk for mail in mine]).update(
            state=Mail.State.SENDING, attempts=F("attempts") + 1, next_at=at + GIVEN_UP
        )
    for mail in mine:
        mail.attempts += 1
    return mine


def _let_go(mails: Iterable[Mail]) -> None:
    """Mails that were taken and not tried wait on as before."""
    Mail.objects.filter(pk__in=[mail.pk for mail in mails], state=Mail.State.SENDING).update(
        state=Mail.State.QUEUED, attempts=F("attempts") - 1, next_at=clock.now()
    )


def _write_together(mails: Iterable[Mail]) -> None:
    """Write what is best written many at a time; what fails so is tried one by one when it leaves."""
    by_writer: dict[str, list[Mail]] = defaultdict(list)
    for mail in mails:
        if mail.writer and not mail.text and written_together(mail.writer):
            by_writer[mail.writer].append(mail)
    for writer, some in by_writer.items():
        try:
            written = write_each(writer, [mail.about for mail in some], clock.now())
        except Exception:  # one letter that cannot be written must not hold up the others
            log.exception("mails not written together", writer=writer)
            continue
        for mail, words in zip(some, written, strict=True):
            if words is not None:
                _fill(mail, words)


def _fill(mail: Mail, words: Written) -> None:
    mail.subject = " ".join(words.subject.split())[:300]
    mail.text, mail.html, mail.attachments = words.text, words.html, list(words.attachments)


def _written(mail: Mail) -> bool:
    """Write the letter where the queue holds only what it is about; whether there is one to send."""
    if not mail.writer or mail.text:
        return True
    try:
        words = write(mail.writer, mail.about, clock.now())
    except Exception as trouble:  # one letter that cannot be written must not hold up the others
        log.exception("mail not written", mail=mail.pk, writer=mail.writer)
        _keep_trouble(mail, f"not written: {type(trouble).__name__}", for_good=False)
        return False
    if words is None:
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.MOOT)
        return False
    _fill(mail, words)
    return True


def _put_back(mail: Mail, trouble: str) -> None:
    """The mail server went away under a mail: it leaves first when the server is back.

    Only a mail under which it goes away again and again waits behind the others.
    """
    if mail.attempts >= BREAKS_FORGIVEN:
        _keep_trouble(mail, trouble, for_good=False)
        return
    Mail.objects.filter(pk=mail.pk).update(
        state=Mail.State.QUEUED, trouble=trouble, next_at=clock.now()
    )
    log.warning("mail server went away", mail=mail.pk, attempts=mail.attempts, why=trouble)


def _keep_trouble(mail: Mail, trouble: str, *, for_good: bool) -> None:
    """Put a mail back with a growing pause, or give it up."""
    over = for_good or mail.attempts >= MAX_ATTEMPTS
    pause = min(timedelta(hours=2), timedelta(minutes=1) * 2**mail.attempts)
    Mail.objects.filter(pk=mail.pk).update(
        state=Mail.State.FAILED if over else Mail.State.QUEUED,
        trouble=trouble,
        next_at=clock.now() + pause,
        **(GONE if over else {}),
    )
    log.warning("mail not sent", mail=mail.pk, attempts=mail.attempts, why=trouble, over=over)


def _message(mail: Mail, server: EmailBackend) -> EmailMultiAlternatives:
    """The mail as it travels. Its Message-ID never changes: sent twice, it shows once."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    name = hashlib.sha256(f"{mail.key}{mail.pk}".encode()).hexdigest()[:32]
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<{name}@{host}>"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.MAIL_FROM,
        [mail.address],
        headers=headers,
        connection=server,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for part in mail.attachments:
        message.attach(part["name"], base64.b64decode(part["base64"]), part["type"])
    return message


@recurring(timedelta(days=1))
@task()
def let_go_of_what_had_its_time() -> dict[str, int]:
    """Carry out what the rooms promised in their ``privacy.py``; how many, by what it was."""
    now = clock.now()
    gone = {str(each.what): each.act(now - each.after) for each in retentions()}
    log.info("retention", gone=sum(gone.values()))
    return gone


@recurring(timedelta(days=1))
@task()
def put_old_things_away() -> None:
    """Remove receipts of acts after 30 days, allowances after two, finished jobs after 14."""
    now = clock.now()
    Receipt.objects.filter(at__lt=now - timedelta(days=30)).delete()
    Allowance.objects.filter(since__lt=now - timedelta(days=2)).delete()
    call_command("prune_db_task_results", min_age_days=14, queue_name="*", verbosity=0)
    call_command("clearsessions", verbosity=0)
