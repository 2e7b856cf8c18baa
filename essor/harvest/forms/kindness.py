"""Reporting, deciding, appealing: each with a reason in words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.harvest.models import Report
from essor.kit.words import TextField


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why should the team look at it?"),
        choices=Report.Reason.choices,
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
    """``why`` is asked for by the act that needs it."""

    do = forms.ChoiceField(choices=[("keep", ""), ("hide", "")])
    why = TextField(
        required=False,
        max_length=300,
        label=pgettext_lazy("decision", "Why, in words for its author"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AppealForm(forms.Form):
    words = TextField(
        max_length=1000,
        label=_("What should the team know?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a sentence or two: the team reads them.")},
    )
