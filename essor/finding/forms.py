"""Keeping a search by mail: the words, where, of which kind, and for whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.algos.finding import asked_for
from essor.finding.actions import Wanted
from essor.kit.finding import kinds
from essor.kit.reach import AddressField
from essor.territories.models import Territory


class SavingForm(forms.Form):
    """For whoever is signed in, the address is known and not asked for."""

    words = forms.CharField(label=_("Words to look for"), max_length=100)
    where = forms.ModelChoiceField(
        Territory.objects.none(), label=_("Where"), required=False, to_field_name="slug",
        empty_label=pgettext_lazy("searching", "everywhere"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What"), required=False)
    email = AddressField(
        label=_("Your mail address"), max_length=254,
        help_text=_("You confirm it by one click in the mail that we send now."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *args: Any, asks_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].queryset = Territory.objects.filter(listed=True).order_by("name", "id")  # type: ignore[attr-defined]
        every = [("", _("everything")), *((kind.key, kind.label) for kind in kinds().values())]
        self.fields["kind"].choices = every  # type: ignore[attr-defined]
        if not asks_address:
            del self.fields["email"]

    def clean_words(self) -> str:
        words = " ".join(str(self.cleaned_data["words"]).split())
        if not asked_for(words):
            raise forms.ValidationError(_("Write a word that says what you look for."))
        return words

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(said["words"], said["where"], said["kind"])
