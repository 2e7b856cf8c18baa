"""Forms at the table: its code, an idea, a photograph, handing in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.actions.tables import LONGEST_IDEA
from essor.kit.words import TextField
from essor.projects.actions.projects import TITLE_LENGTH


class CodeForm(forms.Form):
    """The code on the facilitator's card."""

    code = forms.CharField(
        label=_("The table's code"),
        max_length=20,
        help_text=_("It is on the facilitator's card. Capitals or not, as you like."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the code of the table.")},
    )


class IdeaForm(forms.Form):
    """One idea, in one line, and how far it may go."""

    text = TextField(
        label=_("An idea, in one line"),
        max_length=LONGEST_IDEA,
        error_messages={"required": _("Write the idea in a few words.")},
    )
    table_only = forms.BooleanField(
        label=_("For this evening only: it does not go back to the harvest"), required=False
    )


class PhotoForm(forms.Form):
    """A photograph of the paper sheet."""

    photo = forms.FileField(
        label=_("A photograph of the paper sheet"),
        help_text=_("JPEG, PNG or WebP, 15 MB at most. Place and date are removed from it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Choose or take a photograph.")},
    )


class HandInForm(forms.Form):
    """The name under which the project will be known."""

    title = TextField(
        label=_("What is it called?"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("A few words. The team can still change it."),
    )
