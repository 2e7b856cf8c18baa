"""Offering a role to somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.territories.models import Role

ROLE_NOTES = {
    Role.Kind.HOST: _("Prepares evenings, follows projects, sees and changes everything here."),
    Role.Kind.FACILITATOR: _("Holds a table: its people, its ideas, its project sheet."),
    Role.Kind.DOOR: _("Welcomes people: search by name, check in, walk-ins."),
    Role.Kind.COMMITTEE: _("Says go, no-go or sleep about projects, with reasons."),
    Role.Kind.SUPPORTER: _("Helps projects: mentor, firm, public body, funder."),
}


class InvitationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Role"),
        choices=[(kind, CardLabel(kind.label, note)) for kind, note in ROLE_NOTES.items()],
        widget=forms.RadioSelect,
    )
    email = AddressField(
        label=_("Mail address"),
        help_text=_("The link is mailed there. Without an address, you pass it on yourself."),
        max_length=254,
        required=False,
    )
