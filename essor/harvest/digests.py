"""The job that tells people what became of their ideas, within the mails a person gets a week."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import IntegrityError
from django_tasks import task

from essor.harvest.actions.telling import mark_heard, tell_person
from essor.harvest.queries.telling import owed
from essor.kit import clock
from essor.kit.mail import news_this_week
from essor.kit.recurring import recurring

log = structlog.get_logger("essor.harvest")


@recurring(timedelta(hours=6))
@task()
def tell_fates() -> int:
    """One digest for everybody who is owed news; answers to how many. Safe to run twice.

    Whoever had their mails of the week waits for the next one: a digest is never dropped for the
    budget, and never sent past it.
    """
    now, told = clock.now(), 0
    waiting = owed(now)
    for person, fates in waiting.by_person.items():
        if news_this_week(person.email, now) >= settings.MAIL_BUDGET_PER_WEEK:
            continue
        try:
            tell_person(person=person, fates=fates, by=None, at=now)
        except IntegrityError:
            log.info("told by another worker", person=person.public_id)
            continue
        told += 1
    mark_heard(fates=owed(now).heard if told else waiting.heard, by=None, at=now)
    return told
