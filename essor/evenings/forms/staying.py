"""Staying at one's table, and writing to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.actions.staying import LONGEST_LETTER
from essor.evenings.queries.staying import Candidate
from essor.kit.reach import AddressField
from essor.kit.words import TextField
from essor.people.models import Person


class StayingForm(forms.Form):
    """Stay reachable; whoever has no address yet gives one."""

    offers_to_keep = forms.BooleanField(
        label=_("I would keep this table together: remind us, find a date"), required=False
    )
    email = AddressField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("For mails from this table. Nobody of the table sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Without an address nobody can reach you.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.email:
            del self.fields["email"]


class LetterForm(forms.Form):
    """A letter to everybody who stays."""

    text = TextField(
        label=_("Your words to the table"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Web addresses stay on this page and are left out of the mail."),
        error_messages={"required": _("Write a few words first.")},
    )


class KeeperForm(forms.Form):
    """Whom the table agrees on; blank: nobody for now."""

    person = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {each.person.public_id: each.person for each in candidates}
        choices = [("", ""), *((key, person.short_name) for key, person in self.people.items())]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def keeper(self) -> Person | None:
        """Once valid."""
        return self.people.get(self.cleaned_data["person"])
