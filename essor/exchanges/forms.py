"""The form "I commit": one page on a phone, without an account and without JavaScript."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.exchanges.models import Commitment
from essor.kit.pieces import CardLabel
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


class CommitmentForm(forms.Form):
    """Who promises what, how much, until when, on what condition."""

    kind = forms.ChoiceField(
        label=_("What would you like to bring?"),
        choices=[(key, CardLabel(label, examples, icon)) for key, label, examples, icon in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a skill, a resource or energy.")},
    )
    what = forms.CharField(
        label=_("What exactly?"),
        max_length=300,
        required=False,
        help_text=_("For example: bookkeeping, a van on Saturdays, an empty workshop."),
    )
    quantity = forms.CharField(
        label=_("How much?"),
        max_length=120,
        required=False,
        help_text=_("For example: two hours a month. You may leave it open."),
    )
    until = forms.CharField(
        label=_("Until when?"),
        max_length=80,
        required=False,
        help_text=_("For example: the end of June."),
    )
    condition = forms.CharField(
        label=_("On what condition?"),
        max_length=300,
        required=False,
        help_text=_("For example: if the premises are found. None is fine too."),
    )
    to = forms.ChoiceField(label=_("For whom?"), required=False)
    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=80,
        error_messages={"required": _("Tell us your first name, so that we can thank you.")},
    )
    email = forms.EmailField(
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
        self.fields["to"].choices = targets  # type: ignore[attr-defined]
        self.known = known
        if known is not None:
            for name in ("first_name", "email"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        silent = not values.get("what", "").strip() and "what" not in self.errors
        if silent and values.get("kind") in {Commitment.Kind.SKILL, Commitment.Kind.RESOURCE}:
            self.add_error("what", _("Say in a few words what you bring."))
        return values

    @property
    def promise(self) -> dict[str, str]:
        """What the action needs to know about the promise itself."""
        names = ("kind", "what", "quantity", "until", "condition")
        said = {name: self.cleaned_data[name] for name in names}
        said["what"] = said["what"].strip() or gettext("Energy: come to meetings, lend a hand")
        return said


class AnswerForm(forms.Form):
    """A host's answer to a commitment: what becomes of it, with a word for the person."""

    state = forms.ChoiceField(choices=Commitment.State.choices)
    words = forms.CharField(
        label=_("A word for the person"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example who will call, and when the group meets."),
    )
