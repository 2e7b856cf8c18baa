"""What people ask of a proposal of groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_GROUPS = 200


class ProposalForm(forms.Form):
    """How many groups; blank leaves it to the ideas. ``light``: only the new ones find a place."""

    wanted = forms.IntegerField(
        label=_("How many groups"),
        min_value=2,
        max_value=MOST_GROUPS,
        required=False,
        help_text=_("Leave it empty and the ideas decide: about twenty for 350."),
    )
    light = forms.BooleanField(required=False)


class DecisionForm(forms.Form):
    """Accept or leave, one group of the proposal or (blank) all that is left of it."""

    answer = forms.ChoiceField(choices=[("accept", ""), ("leave", "")])
    group = forms.CharField(required=False)
