"""The mails of registration: each repeats what it is about and leads to what may be done.

They are queued in the transaction of the act, as the bare fact; the letter itself, with its
personal link, is written when it leaves, in the person's own language. Each is an *answer* to
something the person did, or about the seat the person asked for.
"""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from essor.evenings.answers import Line, answers_of
from essor.evenings.calendar_file import calendar_file, where
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


@dataclass(frozen=True, slots=True)
class Message:
    """A letter before it is set in text and HTML."""

    subject: str
    lead: str
    button: str
    lines: list[Line] = field(default_factory=list)
    code: str = ""
    closing: str = ""
    calendar: bool = True
    cancelled: bool = False


def post_registered(registration: Registration, *, at: datetime) -> None:
    """The confirmation: with the ticket, or with the place on the waiting list explained."""
    moment = registration.state_at.timestamp()
    _post("registered", registration, f"{registration.public_id}:{moment:.6f}", at)


def post_twin(twin: Registration, *, at: datetime) -> None:
    """Somebody sent the same address and name again: lead to the registration that counts."""
    if twin.twin_of is not None:
        _post("twin", twin.twin_of, twin.public_id, at)


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


def _registered(registration: Registration, seat: bool) -> Message:
    name = {"evening": registration.evening.name}
    if seat and registration.remote:
        return Message(
            subject=_("You are registered: %(evening)s") % name,
            lead=_(
                "You are registered and take part from a distance. Once the tables are set, the "
                "link of your table comes by mail; you will also find it with the button."
            ),
            button=_("See my registration, change or cancel"),
            lines=answers_of(registration),
            closing=_(
                "If you come to the hall after all, change your answer with the button above."
            ),
        )
    if seat:
        return Message(
            subject=_("You are registered: %(evening)s") % name,
            lead=_(
                "You are registered, and we look forward to meeting you. Show the code or its "
                "picture at the entrance, on your phone or on paper."
            ),
            button=_("See my ticket, change or cancel"),
            lines=answers_of(registration),
            code=registration.code,
            closing=_(
                "If you cannot come any more, please cancel with the button above: somebody else "
                "may have your seat."
            ),
        )
    return Message(
        subject=_("You are on the waiting list: %(evening)s") % name,
        lead=_(
            "Every seat is taken for now and you are on the waiting list. As soon as a seat "
            "becomes free and your turn comes, it is yours and we write to you at once."
        ),
        button=_("See my registration"),
        lines=answers_of(registration),
        calendar=False,
    )


def _twin(earlier: Registration, seat: bool) -> Message:
    return Message(
        subject=_("You are already registered: %(evening)s") % {"evening": earlier.evening.name},
        lead=_(
            "Your name and address were just used to register once more. Your first "
            "registration counts and nothing in it was changed. With the button you see it, "
            "change it or cancel it. If this was not you, there is nothing to do."
        ),
        button=_("See my registration"),
        lines=answers_of(earlier),
        code=earlier.code if seat else "",
        calendar=seat,
    )


def _changed(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("Your answers were changed: %(evening)s")
        % {"evening": registration.evening.name},
        lead=_("Here is what we now know. Your ticket stays the same."),
        button=_("See my registration"),
        lines=answers_of(registration),
        code=_code(registration, seat),
        calendar=seat,
    )


def _cancelled(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("You are no longer registered: %(evening)s")
        % {"evening": registration.evening.name},
        lead=_(
            "Thank you for telling us: your seat goes to somebody else. If you change your "
            "mind, the button lets you come back while there is room."
        ),
        button=_("I would like to come after all"),
        cancelled=True,
    )


def _promoted(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("A seat is yours: %(evening)s") % {"evening": registration.evening.name},
        lead=_(
            "A seat became free and you were next: you are registered. If you cannot come "
            "any more, please cancel, so that the next person can."
        ),
        button=_("See my ticket"),
        lines=answers_of(registration),
        code=_code(registration, True),
    )


def _moved(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("Changed date or place: %(evening)s") % {"evening": registration.evening.name},
        lead=_(
            "Date, time or place of the evening changed. Here are the new ones; the calendar "
            "file replaces the earlier one. You remain registered. If you cannot come any "
            "more, the button lets you cancel."
        ),
        button=_("See my registration"),
        code=_code(registration, seat),
    )


def _new_link(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("Your link: %(evening)s") % {"evening": registration.evening.name},
        lead=_("Here is the new link you asked for. It works once; ask again at any time."),
        button=_("See my registration"),
        calendar=False,
    )


def _video(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("Your table by video: %(evening)s") % {"evening": registration.evening.name},
        lead=_(
            "Here is where your table meets. Open the link when the evening begins, and press “I "
            "am here” on your page: the people of your table then know that you are there."
        ),
        button=_("My table and “I am here”"),
        closing=_("The link is for the people of your table: please do not pass it on."),
    )


def _code(registration: Registration, seat: bool) -> str:
    """The ticket's code, for whoever comes to the door."""
    return registration.code if seat and not registration.remote else ""


def _video_reminder(registration: Registration, seat: bool) -> Message:
    return Message(
        subject=_("Soon: %(evening)s") % {"evening": registration.evening.name},
        lead=_(
            "The evening begins in a few hours. Your table meets by video: here is its link once "
            "more. Open it when the evening begins, and press “I am here” on your page."
        ),
        button=_("My table and “I am here”"),
        closing=_("If you cannot take part, please cancel with the button above."),
        calendar=False,
    )


MESSAGES: dict[str, Callable[[Registration, bool], Message]] = {
    "registered": _registered,
    "twin": _twin,
    "changed": _changed,
    "cancelled": _cancelled,
    "promoted": _promoted,
    "moved": _moved,
    "link": _new_link,
    "video": _video,
    "video_reminder": _video_reminder,
}


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
