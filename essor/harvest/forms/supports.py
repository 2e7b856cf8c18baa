"""Standing behind an idea, with one's name where one wants to hear what becomes of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.reach import AddressField
from essor.people.fields import NameField


class SupportForm(forms.Form):
    first_name = NameField(required=False, max_length=80, label=_("Your first name"))
    email = AddressField(
        required=False,
        max_length=254,
        label=_("Your e-mail"),
        help_text=_("Only to hear what becomes of it. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    end = forms.BooleanField(required=False, widget=forms.HiddenInput)
    back = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
