"""What people tell about themselves in their space."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from essor.kit.reach import AddressField
from essor.kit.words import TextField
from essor.people.communes import communes
from essor.people.models import Person, Sphere


class ProfileForm(forms.Form):
    first_name = TextField(label=_("First name"), max_length=200)
    last_name = TextField(label=_("Last name"), max_length=200, required=False)
    phone = TextField(
        label=_("Telephone"),
        help_text=_("Only for the day itself, if something changes."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    sphere = forms.ModelChoiceField(
        label=_("In which sphere do you act?"),
        queryset=Sphere.objects.none(),
        required=False,
        empty_label=_("I would rather not say"),
        widget=forms.RadioSelect,
    )
    organisation = TextField(label=_("Organisation"), max_length=200, required=False)
    commune = TextField(label=_("Commune"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("My language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    news = forms.BooleanField(
        label=_("Tell me by mail what becomes of the ideas, a few times a year"), required=False
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _told_by(person))
        super().__init__(*args, **kwargs)
        self.fields["sphere"].queryset = Sphere.objects.all()  # type: ignore[attr-defined]
        self.person = person

    @property
    def commune_code(self) -> str:
        """The code of the commune when its name says which one it is; the old one where unchanged."""
        said = self.cleaned_data["commune"]
        if said == self.person.commune:
            return self.person.commune_code
        known = communes().named(said)
        return known.code if known else ""


def _told_by(person: Person) -> dict[str, Any]:
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "phone": person.phone,
        "sphere": person.sphere,
        "organisation": person.organisation.name if person.organisation else "",
        "commune": person.commune,
        "language": person.language,
        "news": not person.no_news,
    }


class ErasureForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick this first: erasing cannot be undone.")},
    )


class DataLinkForm(forms.Form):
    email = AddressField(
        label=_("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
