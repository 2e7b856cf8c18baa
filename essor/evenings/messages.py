"""What the letters about a registration say, in the language that is set."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from essor.evenings.answers import Line, answers_of
from essor.evenings.models import Registration


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
