"""Saying what a project needs, and answering it: "I bring"."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from essor.exchanges.actions.needs import Asked
from essor.exchanges.forms.commitments import PAST_DAY, WRONG_DAY, CommitmentForm
from essor.exchanges.models import Commitment, Need
from essor.kit import clock
from essor.kit.days import DayField
from essor.kit.pieces import CardLabel
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.people.models import Person

MOST = 10_000_000
Kind = Need.Kind
KINDS = (
    (Kind.SKILL, _("A skill"), _("keep accounts, weld, word the statutes…"), "hand"),
    (Kind.PEOPLE, _("People"), _("volunteers, members, testers…"), "people"),
    (Kind.PREMISES, _("Premises"), _("a workshop, a hall, a field…"), "key"),
    (Kind.EQUIPMENT, _("Equipment"), _("chairs, a van, an oven…"), "settings"),
    (Kind.MATERIAL, _("Material"), _("planks, jars, fabric, surplus food…"), "leaf"),
    (Kind.MONEY, _("Money"), _("a pledge: no money passes through this site"), "star"),
    (Kind.PARTNER, _("A partner"), _("a town, a school, a firm, an association…"), "link"),
    (Kind.CUSTOMERS, _("First customers"), _("a first order, families who try…"), "table"),
)
BROUGHT_AS: dict[str, str] = {
    Kind.SKILL: Commitment.Kind.SKILL,
    Kind.PEOPLE: Commitment.Kind.ENERGY,
    Kind.MONEY: Commitment.Kind.MONEY,
}
"""What an answer to a need is, as a commitment: a resource where nothing else is said."""


class NeedForm(Rewording):
    """What a project looks for, how much of it, where, until when."""

    kind = forms.ChoiceField(
        label=_("What kind of thing?"),
        choices=[(key, CardLabel(label, examples, icon)) for key, label, examples, icon in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of thing it is.")},
    )
    title = NameField(
        label=_("What do you need?"),
        max_length=160,
        help_text=_("For example: folding chairs, somebody who keeps our accounts."),
        error_messages={"required": _("Say in a few words what you need.")},
    )
    quantity = forms.IntegerField(
        label=_("How many or how much?"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("A number. Leave it empty when everything is welcome."),
        error_messages={
            "invalid": _("Write a whole number, like 20, or leave it empty."),
            "min_value": _("Write a whole number from 1 on, or leave it empty."),
            "max_value": _("This is more than we can count: write a smaller number."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    unit = NameField(
        label=_("Of what?"),
        max_length=40,
        required=False,
        help_text=_("For example: chairs, hours a month, euros."),
    )
    place = NameField(
        label=_("Where?"),
        max_length=120,
        required=False,
        help_text=_("A town, a district. It helps to find what is near."),
    )
    until = DayField(
        label=_("By what day?"),
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
    details = TextField(
        label=_("What else should one know?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day is not None and day < clock.today() and day != self.initial.get("until"):
            raise forms.ValidationError(PAST_DAY)
        return day

    @property
    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)

    @staticmethod
    def words_of(need: Need) -> dict[str, Any]:
        """The words as they stand."""
        return {each.name: getattr(need, each.name) for each in fields(Asked)}


class EndingForm(forms.Form):
    """What became of a need; blank opens it again."""

    ending = forms.ChoiceField(choices=[("", ""), *Need.Ending.choices], required=False)


class BringForm(CommitmentForm):
    """An answer to a need: how much of it one brings, in one's words if one likes."""

    units = forms.IntegerField(
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": _("Say how many you bring: a whole number."),
            "invalid": _("Write a whole number, like 8."),
            "min_value": _("Write a whole number from 1 on."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    field_order = ("units", "what", "condition", "lasts", "until", "first_name", "email")

    def __init__(self, *args: Any, need: Need, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, targets=[], known=known, **kwargs)
        self.need = need
        for name in ("kind", "quantity", "to", "show_name"):
            del self.fields[name]
        self.fields["what"].label = gettext("In your words")
        self.fields["what"].help_text = gettext("For example: in good order, to be fetched.")
        if not need.is_counted:
            del self.fields["units"]
            return
        units = self.fields["units"]
        units.label = (
            gettext("How many %(unit)s do you bring?") % {"unit": need.unit}
            if need.unit
            else gettext("How many do you bring?")
        )
        if need.left is not None:
            units.help_text = still_missing(need.left)

    @property
    def promise(self) -> dict[str, Any]:
        units = self.cleaned_data.get("units", 1)
        said = {name: self.cleaned_data[name] for name in ("what", "until", "condition")}
        return {
            **said,
            "what": (said["what"].strip() or self.need.title)[:300],
            "kind": BROUGHT_AS.get(self.need.kind, Commitment.Kind.RESOURCE),
            "quantity": f"{units} {self.need.unit}".strip() if self.need.is_counted else "",
            "need": self.need,
            "units": units,
        }

    def add_too_many(self, left: int) -> None:
        """Somebody was faster than this answer."""
        if left:
            self.add_error("units", still_missing(left) + " " + gettext("Choose that or less."))
        else:
            self.add_error(None, nothing_missing())


def still_missing(left: int) -> str:
    return ngettext("%(left)s is still missing.", "%(left)s are still missing.", left) % {
        "left": left
    }


def nothing_missing() -> str:
    return gettext("Others were faster: everything is promised. Thank you for having wanted to!")
