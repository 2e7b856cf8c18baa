"""Jobs of the kit: the one that sends waiting mails."""

import base64
import smtplib

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django_tasks import task

from essor.kit import clock
from essor.kit.models import Mail

log = structlog.get_logger("essor.mail")
MAX_ATTEMPTS = 12
BATCH = 50


@task()
def send_waiting_mails() -> int:
    """Send what waits, oldest first; a mail server that is down costs nothing but time.

    Each mail is locked while it is sent, so that two workers never send it twice. Returns how
    many left. Where no mail server is set, mails stay in the database.
    """
    if not settings.MAIL_SERVER:
        return 0
    sent = 0
    waiting = Mail.objects.filter(state=Mail.State.QUEUED, attempts__lt=MAX_ATTEMPTS)
    for mail_id in waiting.order_by("queued_at", "id").values_list("id", flat=True)[:BATCH]:
        sent += _send_one(mail_id)
    return sent


def _send_one(mail_id: int) -> bool:
    with transaction.atomic():
        mail = (
            Mail.objects.select_for_update(skip_locked=_skips_locked())
            .filter(pk=mail_id, state=Mail.State.QUEUED)
            .first()
        )
        if mail is None:
            return False
        mail.attempts += 1
        try:
            _message(mail).send()
        except (smtplib.SMTPException, OSError) as trouble:
            mail.trouble = type(trouble).__name__
            mail.state = Mail.State.FAILED if mail.attempts >= MAX_ATTEMPTS else mail.state
            log.warning("mail not sent", mail=mail.pk, attempts=mail.attempts, why=mail.trouble)
        else:
            mail.state, mail.sent_at, mail.trouble = Mail.State.SENT, clock.now(), ""
        mail.save(update_fields=["attempts", "state", "sent_at", "trouble"])
        return mail.state == Mail.State.SENT


def _skips_locked() -> bool:
    return connection.features.has_select_for_update_skip_locked


def _message(mail: Mail) -> EmailMultiAlternatives:
    headers = {"Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.MAIL_FROM,
        [mail.address],
        headers=headers,
        connection=EmailBackend(**settings.MAIL_SERVER),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for part in mail.attachments:
        message.attach(part["name"], base64.b64decode(part["base64"]), part["type"])
    return message
