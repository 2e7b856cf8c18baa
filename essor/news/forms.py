"""How one wants to hear of each thing, in one form."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.reach import AddressField
from essor.news.choices import Choice, Place
from essor.news.kinds import Key
from essor.news.models import Following


class ChoicesForm(forms.Form):
    """One field for each choice of each place."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for choice in self._choices():
            alike = [("", _("as for the rest"))] if choice.tied else []
            self.fields[choice.name] = forms.ChoiceField(
                choices=[*alike, *Following.How.choices],
                initial=choice.how,
                required=not alike,
                label=choice.title,
            )

    def _choices(self) -> Iterator[Choice]:
        for place in self.places:
            yield from place.choices

    def rows(self) -> list[dict[str, Any]]:
        """The places with their bound fields, as the page shows them."""
        return [
            {
                "territory": place.territory,
                "everything": self[place.everything.name],
                "beginnings": self[place.beginnings.name],
                "things": [(each, self[each.name]) for each in place.things],
            }
            for place in self.places
        ]

    def changed(self) -> list[tuple[Key, str]]:
        """What was chosen otherwise than before; blank: as for the rest."""
        return [
            (choice.key, self.cleaned_data[choice.name])
            for choice in self._choices()
            if self.cleaned_data[choice.name] != choice.how
        ]


class AddressForm(forms.Form):
    """Where news shall come for somebody who is not signed in."""

    email = AddressField(
        label=_("Your mail address"), max_length=254,
        help_text=_("You confirm it by one click in the mail that we send now."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
