"""The one mail of the day after: what my table made, what I promised, how to follow."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from essor.evenings.models import Evening
from essor.evenings.queries.day_after import Recipient, key_of
from essor.evenings.queries.screen import Counts
from essor.evenings.staying_letters import table_link
from essor.exchanges.actions.commitments import personal_link
from essor.exchanges.models import Commitment
from essor.kit.mail import Letter, post
from essor.kit.models import Mail
from essor.ledger.actions import Named
from essor.people.links import link_address
from essor.people.news import no_news_address
from essor.territories.brand import brand_of


@dataclass(frozen=True, slots=True)
class Told:
    """The mail as it will be read."""

    subject: str
    text: str


def post_day_after(
    evening: Evening, recipient: Recipient, counts: Counts, *, by: Named | None, at: datetime
) -> Mail | None:
    """Queue the mail of one person, with fresh personal links; call it inside an action."""
    promises = [
        (each, link_address(personal_link(commitment=each, by=by, at=at)))
        for each in recipient.promises
    ]
    together = table_link(recipient.table, recipient.person, at) if recipient.table else ""
    told = told_to(evening, recipient, counts, promises, together)
    return post(
        Letter(
            address=recipient.person.email,
            subject=told.subject,
            text=told.text,
            brand=brand_of(evening.territory),
            person=recipient.person.public_id,
            news=True,
            key=key_of(evening, recipient.person),
            unsubscribe_url=no_news_address(recipient.person),
        ),
        at=at,
    )


def told_to(
    evening: Evening,
    recipient: Recipient,
    counts: Counts,
    promises: list[tuple[Commitment, str]],
    together: str,
) -> Told:
    """The mail in the person's own language; ``promises`` with the address that opens each,
    ``together`` the one that opens the table's page.
    """
    with translation.override(recipient.person.language):
        context = {
            "evening": evening,
            "territory": evening.territory,
            "person": recipient.person,
            "situation": recipient.situation,
            "table": recipient.table,
            "project": recipient.project,
            "project_address": _absolute("projects:project", evening, recipient.project),
            "promises": promises,
            "together": together,
            "counts": counts,
            "commit_address": _absolute("evenings:commitment", evening, evening),
            "board_address": _absolute("projects:board", evening),
            "no_news": no_news_address(recipient.person),
        }
        return Told(
            subject=_subject(evening, recipient),
            text=render_to_string("evenings/mail/day_after.txt", context).strip() + "\n",
        )


def _subject(evening: Evening, recipient: Recipient) -> str:
    if recipient.project is not None:
        return _("What your table made: %(title)s") % {"title": recipient.project.title}
    if recipient.came:
        return _("%(evening)s: thank you, and what follows") % {"evening": evening.name}
    return _("%(evening)s: what it made, and how to join in") % {"evening": evening.name}


def _absolute(name: str, evening: Evening, subject: Named | None = None) -> str:
    if subject is None and name == "projects:project":
        return ""
    keys = [evening.territory.slug, *([subject.public_id] if subject else [])]
    return f"{settings.SITE_URL}{reverse(name, args=keys)}"
