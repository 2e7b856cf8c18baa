"""Calling for a leader, naming one, answering a search, a host's reply, hosting."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.days import DayField
from essor.kit.reach import AddressField
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.people.models import Person
from essor.people.text import folded
from essor.projects.actions.leading import CallWords
from essor.projects.leading import WAITING
from essor.projects.models import LeaderAnswer, Leadership, Membership, Project

WRONG_DAY = _("Write the day like 30/06/2027.")
REACHABLE = re.compile(r"\S@[^\s@]+\.[^\s@]|(?:\+?\d[\s.\-/]?){9,}")
"""An address or a telephone number within words."""


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> DayField:
    return DayField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WRONG_DAY, "required": _("Choose a day.")},
    )


def _words(label: Any, length: int = 1000, **more: Any) -> forms.CharField:
    return TextField(
        label=label, max_length=length, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


class CallForm(Rewording):
    """A call for a leader: why, what is asked, from when to when, who decides. All of it public."""

    why = _words(
        _("Why does the project look for somebody?"),
        help_text=_("For example: the group has studied it for a year; nobody of us can run it."),
        error_messages={"required": _("Say in a sentence why.")},
    )
    asked = _words(
        _("What is asked, and what is offered?"),
        help_text=_(
            "For example: two days a week for six months; an organisation hosts the contract."
        ),
        error_messages={"required": _("Say what is asked, so that people can see themselves.")},
    )
    opens_on = _day(_("Answers from"))
    closes_on = _day(_("Answers until"), required=False, help_text=_("Empty: no last day."))
    decided_by = TextField(
        label=_("Who decides?"),
        max_length=200,
        required=False,
        help_text=_("In words. For example: the group, two hosts and the association that hosts."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last and last < first:
            self.add_error(
                "closes_on", _("The last day comes after the first: choose a later one.")
            )
        elif last and last < clock.today() and last != self.initial.get("closes_on"):
            self.add_error("closes_on", _("This day has passed: choose one to come, or none."))
        return values

    @property
    def words(self) -> CallWords:
        return CallWords(**self.cleaned_data)


class NamingForm(forms.Form):
    """Who carries the project from when on: somebody of the group, or somebody else."""

    of_group = forms.ChoiceField(label=_("Somebody of the group"), required=False)
    first_name = NameField(label=_("Or somebody else: first name"), max_length=80, required=False)
    last_name = NameField(label=_("Their last name"), max_length=80, required=False)
    email = AddressField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("They are told by mail that they are named here."),
    )
    since = _day(_("Since when?"))
    shows_name = forms.BooleanField(
        label=_("They agreed that their first name stands on the project’s page"), required=False
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answered, group = answered_by(project), group_of(project)
        self.people = [*answered, *(each for each in group if each not in answered)]
        words = gettext("%(name)s, who answered the call")
        self.fields["of_group"].choices = [  # type: ignore[attr-defined]
            ("", gettext("(nobody of the group)")),
            *((each.public_id, words % {"name": each.name}) for each in answered),
            *((each.public_id, each.name) for each in self.people[len(answered) :]),
        ]

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day > clock.today():
            raise forms.ValidationError(
                gettext("This day is still to come: choose today or before.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("of_group") and not values.get("first_name"):
            self.add_error(
                "of_group", _("Choose somebody of the group, or give a first name below.")
            )
        return values

    @property
    def chosen(self) -> Person | None:
        """The person of the group, or who answered; None where somebody else is named.

        Whoever is written with their first name and address is the same person; so is who has an
        account with it here, and will find the project in their space.
        """
        key, said = self.cleaned_data["of_group"], self.cleaned_data
        if key:
            return next((each for each in self.people if each.public_id == key), None)
        email, name = said["email"].strip().lower(), folded(said["first_name"])
        if not email:
            return None
        accounts = Person.objects.filter(account__email__iexact=email, erased_at=None)
        same = (each for each in [*self.people, *accounts.order_by("id")] if each.email == email)
        return next((each for each in same if folded(each.first_name) == name), None)


def answered_by(project: Project) -> list[Person]:
    """Who could carry the project by their own answer, and waits for a reply."""
    waiting = LeaderAnswer.objects.filter(
        project=project, kind=LeaderAnswer.Kind.ME, state__in=WAITING, person__erased_at=None
    )
    found = waiting.select_related("person").order_by("created_at", "id")
    return list(dict.fromkeys(each.person for each in found))


def group_of(project: Project) -> list[Person]:
    """Everybody tied to the project who does not lead it today."""
    leading = Leadership.objects.filter(project=project, until=None, person__isnull=False)
    found = Membership.objects.filter(project=project, person__erased_at=None)
    found = found.exclude(person__in=leading.values("person"))
    return [
        each.person for each in found.select_related("person").order_by("person__first_name", "id")
    ]


class AnswerForm(forms.Form):
    """ "This could be me", or "I know someone", without an account."""

    words = _words(
        _("What draws you to it? What would you bring?"),
        help_text=_("A few sentences are enough: the rest is told when we talk."),
        error_messages={"required": _("Write a word or two, so that we know how to call you.")},
    )
    first_name = NameField(
        label=_("Your first name"),
        max_length=80,
        error_messages={"required": _("Tell us your first name.")},
    )
    last_name = NameField(label=_("Your last name"), max_length=80, required=False)
    email = AddressField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = TextField(
        label=_("Your telephone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    shows_name = forms.BooleanField(
        label=_("If I lead the project, my first name may stand on its page"), required=False
    )
    after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.known = kind, known
        if kind == LeaderAnswer.Kind.SOMEBODY:
            self.fields["words"].label = gettext("Why did you think of somebody?")
            self.fields["words"].help_text = gettext(
                "Without their name, address or number, please: you will get a link to pass on."
            )
            del self.fields["shows_name"]
        if known is not None:
            for name in ("first_name", "last_name", "email", "phone"):
                del self.fields[name]

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if self.kind == LeaderAnswer.Kind.SOMEBODY and REACHABLE.search(words):
            raise forms.ValidationError(
                gettext(
                    "Leave out their address and number: pass our link on instead, they decide."
                )
            )
        return words

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        reach = values.get("email") or values.get("phone", "").strip()
        if self.known is None and not reach and "email" not in self.errors:
            self.add_error("email", _("Give an address or a number, so that we can call you back."))
        return values


class ReplyForm(forms.Form):
    """A host's reply to an answer, with a word for the person."""

    state = forms.ChoiceField(choices=LeaderAnswer.State.choices)
    words = _words(
        _("A word for the person"),
        length=600,
        required=False,
        help_text=_("For example who will call, and when; or why not now."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class LeavingForm(forms.Form):
    """The last day on which somebody carried the project."""

    until = _day(_("Until which day?"))

    def __init__(self, *args: Any, leadership: Leadership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = leadership.since

    def clean_until(self) -> date:
        return past_day(self.cleaned_data["until"], self.since)


class HostingForm(forms.Form):
    """Which organisation carries what for the project, from when, until when."""

    name = NameField(
        label=pgettext_lazy("hosting", "Which organisation?"),
        max_length=200,
        help_text=_("Shown on the project’s page: ask them first."),
        error_messages={"required": _("Name the organisation.")},
    )
    carries = _words(
        _("What does it carry?"),
        length=400,
        help_text=_("For example: the contract and the salary, the accounts, the insurance."),
        error_messages={"required": _("Say what it carries.")},
    )
    since = _day(_("Since when?"))
    until = _day(_("Until when?"), required=False, help_text=_("Empty: no day was agreed."))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes after the first: choose a later one."))
        return values


class HostingEndForm(forms.Form):
    """When the hosting ended, and what comes next."""

    until = _day(_("Its last day"))
    what_next = _words(
        _("What comes next?"),
        help_text=_("For example: the project founded its own cooperative. Shown in its story."),
        error_messages={"required": _("Say who carries it from now on, or that it rests.")},
    )

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since

    def clean_until(self) -> date:
        return past_day(self.cleaned_data["until"], self.since)


def past_day(day: date, since: date) -> date:
    """``day`` where it lies between ``since`` and today."""
    if day > clock.today():
        raise forms.ValidationError(gettext("This day is still to come: choose today or before."))
    if day < since:
        raise forms.ValidationError(
            gettext("This day comes before the first one: choose a later one.")
        )
    return day
