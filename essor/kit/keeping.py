"""What the kit itself keeps of people: mails and the traces of acts."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from essor.kit.models import Allowance, Mail, Receipt, Turn, WorkerSeen
from essor.kit.privacy import Basis, Personal, Seen, also_forget, declare, goes_after

MAIL_BODIES = timedelta(days=90)

declare(
    Mail,
    _("mails sent"),
    personal={
        "person address": Personal(
            _("to send the mail, and to answer “did you write to me?”"),
            _("until erasure"),
            Seen.HOSTS,
        ),
        "subject": Personal(
            _("what was written to the person about"), _("90 days, then blanked"), Seen.HOSTS
        ),
        "text html attachments unsubscribe_url": Personal(
            _("what was written to the person"),
            _("until it is sent, 90 days at most, then blanked"),
            Seen.HOSTS,
        ),
    },
    plain="writer about kind state attempts trouble queued_at next_at sent_at",
    keys="key",
)
declare(
    Receipt,
    _("receipts of acts, so that a form sent twice counts once"),
    personal={
        "location": Personal(
            _("to lead a repeated act to the same page"), _("30 days"), Seen.ONESELF,
            basis=Basis.LEGITIMATE,
        )
    },
    plain="at",
    keys="key scope",
)  # fmt: skip
declare(
    Allowance,
    _("how often something was tried"),
    personal={
        "key": Personal(
            _("to slow down whoever guesses codes or floods mailboxes"), _("two days"),
            Seen.ONESELF, basis=Basis.LEGITIMATE,
        )
    },
    plain="since used",
)  # fmt: skip
declare(Turn, _("turns of recurring jobs"), plain="name due_at")
declare(WorkerSeen, _("workers at work"), plain="worker at")


def forget_mails(person: Any, at: datetime) -> None:
    """Mails of this person go; those to the same address for somebody else of the house stay."""
    mails = Q(person=person.public_id)
    if person.email:
        mails |= Q(person="", address__iexact=person.email)
    Mail.objects.filter(mails).delete()
    Allowance.objects.filter(key__endswith=person.public_id).delete()
    Receipt.objects.filter(location__contains=person.public_id).delete()


def blank_mail_bodies(before: datetime) -> int:
    """Mails older than ``before`` keep their date and address only."""
    old = Mail.objects.filter(queued_at__lt=before).exclude(text="", html="")
    return old.update(subject="", text="", html="", attachments=[], unsubscribe_url="")


also_forget(forget_mails)
goes_after(_("the words of mails"), MAIL_BODIES, blank_mail_bodies)
