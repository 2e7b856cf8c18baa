"""The note of a call: when, what came of it, when to call again."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.days import DayField
from essor.kit.words import TextField

WRONG_DAY = _("Write the day like 30/06/2027.")


class CallForm(forms.Form):
    """Filled in with one hand, the phone in the other."""

    words = TextField(
        label=_("What came of it?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One sentence, for the team alone. For example: comes on Thursday, brings her drill."
        ),
        error_messages={"required": _("Say in a sentence what came of it.")},
    )
    on = DayField(
        label=_("Which day did you call?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WRONG_DAY, "required": _("Choose a day.")},
    )
    again_on = DayField(
        label=_("Call again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Nobody answered? Choose a day: the call comes back on it."),
        error_messages={"invalid": WRONG_DAY},
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(
                gettext("This day is still to come: note it once you called.")
            )
        return day

    def clean_again_on(self) -> Any:
        day = self.cleaned_data["again_on"]
        if day is not None and day <= clock.today():
            raise forms.ValidationError(gettext("Choose a day to come."))
        return day
