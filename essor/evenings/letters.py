"""The mails of registration: each repeats what it is about and leads to what may be done.

They are queued in the transaction of the act, as the bare fact; the letter itself, with its
personal link, is written when it leaves, in the person's own language. Each is an *answer* to
something the person did, or about the seat the person asked for.
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from essor.evenings.calendar_file import calendar_file, where
from essor.evenings.messages import MESSAGES, Message
from essor.evenings.models import Evening, Registration
from essor.evenings.queries.remote import Video, videos_of
from essor.evenings.ticket import qr_png
from essor.kit.letters import render_letter
from essor.kit.mail import Letter, post
from essor.kit.prepared import Prepared
from essor.kit.writers import Written, writes
from essor.people.actions import make_link
from essor.people.links import link_address
from essor.territories.brand import brand_of

PURPOSE = "registration"
WRITER = "evenings.registration"
AFTER = timedelta(days=2)
_about = Prepared(
    lambda key: Registration.objects.select_related(
        "person__sphere", "person__organisation", "evening__territory"
    ).filter(public_id=key),
    str,
)


def post_registered(registration: Registration, *, at: datetime) -> None:
    """The confirmation: with the ticket, or with the place on the waiting list explained."""
    moment = registration.state_at.timestamp()
    _post("registered", registration, f"{registration.public_id}:{moment:.6f}", at)


def post_twin(twin: Registration, *, at: datetime) -> None:
    """Somebody sent the same address and name again: lead to the registration that counts."""
    if twin.twin_of is not None:
        _post("twin", twin.twin_of, f"{twin.public_id}:{twin.state_at.timestamp():.6f}", at)


def post_changed(registration: Registration, *, at: datetime) -> None:
    if registration.state != Registration.State.TWIN:
        _post("changed", registration, f"{registration.public_id}:{at.timestamp():.6f}", at)


def post_cancelled(registration: Registration, *, at: datetime) -> None:
    _post("cancelled", registration, f"{registration.public_id}:{at.timestamp():.6f}", at)


def post_promoted(registration: Registration, *, at: datetime) -> None:
    _post("promoted", registration, f"{registration.public_id}:{at.timestamp():.6f}", at)


def post_moved(registration: Registration, *, at: datetime) -> None:
    """Date, time or place changed; once a change, whoever runs the job again."""
    _post("moved", registration, f"{registration.public_id}:{registration.evening.sequence}", at)


def post_new_link(registration: Registration, *, at: datetime) -> None:
    _post("link", registration, f"{registration.public_id}:{at.timestamp():.6f}", at)


def post_video(registration: Registration, videos: Sequence[Video], *, at: datetime) -> None:
    """Where somebody's table meets by video; once for each table and link."""
    said = " ".join(f"{video.number} {video.link}" for video in videos)
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    _post("video", registration, f"{registration.public_id}:{digest}", at)


def post_video_reminder(registration: Registration, *, at: datetime) -> None:
    """A few hours before the evening, once: where the table meets."""
    _post("video_reminder", registration, registration.public_id, at)


def _post(kind: str, registration: Registration, key: str, at: datetime) -> None:
    """Queue a letter of ``kind``; what it says of the seat is what is true now."""
    about = {
        "kind": kind,
        "registration": registration.public_id,
        "seat": registration.has_seat,
    }
    person = registration.person
    letter = Letter(
        address=person.email,
        person=person.public_id,
        key=f"{kind}:{key}",
        writer=WRITER,
        about=about,
    )
    post(letter, at=at)


@writes(WRITER)
def written(about: dict[str, Any], at: datetime) -> Written | None:
    """The letter with a fresh personal link; None once the registration is gone."""
    registration = _about.first(about["registration"])
    if registration is None:
        return None
    with translation.override(registration.person.language):
        message = MESSAGES[about["kind"]](registration, about["seat"])
        return _set(registration, message, at)


def _set(registration: Registration, message: Message, at: datetime) -> Written:
    """``message`` in text and HTML, with what is attached to it."""
    person, evening = registration.person, registration.evening
    token = make_link(
        person=person,
        purpose=PURPOSE,
        subject=registration.public_id,
        lasts=link_lasts(evening, at),
        by=person,
        at=at,
    )
    context = {
        "message": message,
        "registration": registration,
        "person": person,
        "evening": evening,
        "territory": evening.territory,
        "link": link_address(token),
        "where": where(evening),
        "videos": [] if message.cancelled else videos_of(registration),
    }
    subject, text, html = render_letter(
        "evenings/mail/letter.txt", context, brand_of(evening.territory)
    )
    return Written(subject, text, html, _attachments(registration, message, at))


def link_lasts(evening: Evening, at: datetime) -> timedelta:
    """Until two days after the evening: a link kept in a mailbox is of no use later."""
    ends = evening.ends_at or evening.starts_at
    return max(AFTER, ends + AFTER - at) if ends else timedelta(days=60)


def _attachments(
    registration: Registration, message: Message, at: datetime
) -> tuple[dict[str, str], ...]:
    files = []
    if message.calendar:
        calendar = calendar_file(registration.evening, at=at, cancelled=message.cancelled)
        files.append((_("evening") + ".ics", "text/calendar", calendar))
    if message.code:
        files.append((f"ticket-{message.code}.png", "image/png", qr_png(registration)))
    return tuple(
        {"name": name, "type": kind, "base64": base64.b64encode(content).decode()}
        for name, kind, content in files
    )
