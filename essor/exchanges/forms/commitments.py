"""The form "I commit": one page on a phone, without an account and without JavaScript."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment, Thanks
from essor.kit import clock
from essor.kit.days import DayField
from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.people.models import Person

KINDS = (
    (
        Commitment.Kind.SKILL,
        _("A skill"),
        _("accounting, welding, drawing, telling a story…"),
        "hand",
    ),
    (
        Commitment.Kind.RESOURCE,
        _("A resource"),
        _("a place, a tool, a contact, a first order…"),
        "key",
    ),
    (Commitment.Kind.ENERGY, _("Energy"), _("come to meetings, lend a hand"), "sun"),
)
"""What one may bring: the kind, its title, examples, its icon."""
WORDING = "2026-11"
"""The version of the consent's words below."""
MONTHS = {"1": 1, "3": 3, "6": 6, "12": 12}
A_DAY, MORE_TIME = "day", "more-time"
WRONG_DAY = _("Write the day like 30/06/2027, or choose no date.")
PAST_DAY = _("This day has passed: choose one to come, or no date.")


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def lengths(today: date) -> list[tuple[str, str]]:
    """How long a promise may last, in words with the day that they come to."""
    words = {
        "1": gettext("one month"),
        "3": gettext("three months"),
        "6": gettext("six months"),
        "12": gettext("one year"),
    }
    return [
        ("", gettext("no date")),
        *(
            (key, f"{words[key]} ({date_format(months_after(today, count), 'j F Y')})")
            for key, count in MONTHS.items()
        ),
        (A_DAY, gettext("until a day that I choose")),
    ]


class CommitmentForm(forms.Form):
    """Who promises what, how much, until when, on what condition.

    The letter repeats it to whatever address is given, so no field takes a web address.
    """

    kind = forms.ChoiceField(
        label=_("What would you like to bring?"),
        choices=[(key, CardLabel(label, examples, icon)) for key, label, examples, icon in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a skill, a resource or energy.")},
    )
    what = NameField(
        label=_("What exactly?"),
        max_length=300,
        required=False,
        help_text=_("For example: bookkeeping, a van on Saturdays, an empty workshop."),
    )
    quantity = NameField(
        label=_("How much?"),
        max_length=120,
        required=False,
        help_text=_("For example: two hours a month. You may leave it open."),
    )
    lasts = forms.ChoiceField(label=_("Until when?"), required=False)
    until = DayField(
        label=_("Which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WRONG_DAY},
    )
    condition = NameField(
        label=_("On what condition?"),
        max_length=300,
        required=False,
        help_text=_("For example: if the premises are found. None is fine too."),
    )
    to = forms.ChoiceField(label=_("For whom?"), required=False)
    first_name = NameField(
        label=_("Your first name"),
        max_length=80,
        error_messages={"required": _("Tell us your first name, so that we can thank you.")},
    )
    email = AddressField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Optional. Somebody of the team writes to you within ten days."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    show_name = forms.BooleanField(
        label=_("My first name may appear on the big screen"), required=False
    )

    def __init__(
        self,
        *args: Any,
        targets: list[tuple[str, str]],
        known: Person | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = clock.today()
        self.offer(targets)
        self.fields["lasts"].choices = lengths(self.today)  # type: ignore[attr-defined]
        self.known = known
        if known is not None:
            for name in ("first_name", "email"):
                del self.fields[name]

    def offer(self, targets: list[tuple[str, str]]) -> None:
        """Whom a promise may go to, by key."""
        self.fields["to"].choices = targets  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        silent = not values.get("what", "").strip() and "what" not in self.errors
        if silent and values.get("kind") in {Commitment.Kind.SKILL, Commitment.Kind.RESOURCE}:
            self.add_error("what", _("Say in a few words what you bring."))
        if "until" not in self.errors:
            self._settle_until(values)
        return values

    def _settle_until(self, values: dict[str, Any]) -> None:
        """The day that the chosen length comes to; a day alone counts as chosen."""
        lasts, day = values.get("lasts", ""), values.get("until")
        if lasts in MONTHS:
            values["until"] = months_after(self.today, MONTHS[lasts])
        elif lasts == A_DAY and day is None:
            self.add_error("until", _("Choose the day, or no date."))
        elif day is not None and day < self.today:
            self.add_error("until", PAST_DAY)

    @property
    def promise(self) -> dict[str, Any]:
        """What the action needs to know about the promise itself."""
        names = ("kind", "what", "quantity", "until", "condition")
        said = {name: self.cleaned_data[name] for name in names}
        said["what"] = said["what"].strip() or gettext("Energy: come to meetings, lend a hand")
        return said


class AnswerForm(forms.Form):
    """A host's answer to a commitment: what becomes of it, with a word for the person."""

    state = forms.ChoiceField(choices=[*Commitment.State.choices, (MORE_TIME, MORE_TIME)])
    words = TextField(
        label=_("A word for the person"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example who will call, and when the group meets."),
    )
    until = DayField(
        label=_("A later day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("If you agreed on one with the person. Empty: no date any more."),
        error_messages={"invalid": WRONG_DAY},
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        day = values.get("until")
        thanking = values.get("state") == Commitment.State.THANKED
        if thanking and not values.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", gettext("Say thank you in your own words: one line is enough."))
        if values.get("state") == MORE_TIME and day is not None and day < clock.today():
            self.add_error("until", PAST_DAY)
        return values


class ThanksForm(forms.Form):
    """Who may read the thanks that one got."""

    showing = forms.ChoiceField(
        label=_("May these thanks be read on the project's page?"),
        choices=[
            (Thanks.Showing.NAMED, CardLabel(_("Yes, with my name"), "", "person")),
            (
                Thanks.Showing.UNNAMED,
                CardLabel(_("Yes, without my name"), _("Your name is left out."), "heart"),
            ),
            (Thanks.Showing.PRIVATE, CardLabel(_("No, they are for me"), "", "lock")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )
    name = NameField(label=_("Under which name?"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        named = values.get("showing") == Thanks.Showing.NAMED
        if named and not values.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Write the name under which you like to be thanked."))
        return values
