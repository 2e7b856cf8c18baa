"""Saying what is wrong with a treasure, and settling it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.kit.words import TextField
from essor.treasures.models import Correction

Reason = Correction.Reason
REASONS = [
    (reason.value, reason.label) for reason in Reason if reason not in (Reason.WRONG, Reason.APPEAL)
]


class RemarkForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What should the team look at?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: it helps the team to answer.")},
    )
    words = TextField(
        required=False,
        max_length=500,
        label=_("In your words"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    """One of the ``acts`` that the page offers; ``why`` is asked for by the act that needs it."""

    do = forms.ChoiceField()
    why = TextField(
        required=False,
        max_length=300,
        label=pgettext_lazy("decision", "Why, in words for its author"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, acts: Sequence[str]) -> None:
        super().__init__(*args)
        self.fields["do"].choices = [(name, "") for name in acts]  # type: ignore[attr-defined]
