"""Jobs of the harvest: what ideas mean, ideas that come by mail."""

from datetime import timedelta

import structlog
from django.conf import settings
from django_tasks import task

from essor.algos.text import has_vectors, pack, vectors
from essor.harvest.actions.ideas import NothingSaid, NotTaken
from essor.harvest.actions.mails import NoHarvest, take_mail
from essor.harvest.mailed import read_mail
from essor.harvest.models import Idea, IdeaVector
from essor.kit import clock
from essor.kit.limits import TooOften
from essor.kit.mailbox import Mailbox, MailboxTrouble, open_mailbox
from essor.kit.recurring import recurring

log = structlog.get_logger("essor.mailbox")
BATCH = 200


@recurring(timedelta(minutes=1))
@task()
def write_vectors() -> int:
    """Compute what new ideas mean, so that processes need not each do it; how many."""
    if not has_vectors():
        return 0
    written = 0
    while True:
        new = list(Idea.objects.filter(vector=None).order_by("pk").only("pk", "text")[:BATCH])
        if not new:
            return written
        found = vectors([idea.text for idea in new])
        assert found is not None
        IdeaVector.objects.bulk_create(
            [
                IdeaVector(idea=idea, vector=pack(each))
                for idea, each in zip(new, found, strict=True)
            ],
            ignore_conflicts=True,
        )
        written += len(new)


@recurring(timedelta(minutes=5))
@task()
def fetch_mailed_ideas() -> dict[str, int]:
    """Turn unread mails into ideas; how many were taken, ignored and set aside for a human.

    No transaction is open while the server is spoken to. A message is marked as read once its
    idea is kept; should we die in between, its origin finds the idea again.
    """
    counts = {"taken": 0, "ignored": 0, "aside": 0}
    if not settings.MAILBOX:
        return counts
    try:
        with open_mailbox(**settings.MAILBOX) as mailbox:
            for number in mailbox.unread():
                counts[_take(mailbox, number)] += 1
    except MailboxTrouble as trouble:
        log.warning("mailbox not read", why=str(trouble), **counts)
    return counts


def _take(mailbox: Mailbox, number: bytes) -> str:
    mailed = read_mail(mailbox.message(number))
    if mailed.automatic:
        mailbox.done(number)
        return "ignored"
    try:
        take_mail(mailed=mailed, by=None, at=clock.now())
    except (NoHarvest, NotTaken, NothingSaid, TooOften) as refused:
        log.info("mail set aside", why=type(refused).__name__)
        mailbox.set_aside(number)
        return "aside"
    mailbox.done(number)
    return "taken"
