"""How a territory names and shows itself: words, colours whose contrast is checked, a logo."""

from dataclasses import fields
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.kit.photos import NotAPhoto, Photo, TooHeavy, TooManyPixels, clean_logo
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.territories.actions.territory import Identity
from essor.territories.models import Territory, hex_colour
from essor.territories.rules import (
    Misfit,
    accent_ink_misfit,
    accent_on_primary_misfit,
    primary_misfit,
)
from essor.territories.slugs import is_reserved, suggested_slug

COLOURS = ("primary", "accent")


def with_proposals_taken(data: QueryDict) -> QueryDict:
    """What was posted, with a proposed colour put in where its button was pressed."""
    data = data.copy()
    for name in COLOURS:
        taken = str(data.get(f"take_{name}") or "")
        if taken:
            data[name] = taken
    return data


class IdentityForm(Rewording):
    """Identity and logo. ``proposals`` holds the nearest colour that works, by field."""

    name = TextField(
        label=gettext_lazy("Name of your territory"),
        help_text=gettext_lazy("As people say it: a town, a valley, several communes together."),
        max_length=120,
    )
    dynamic_name = TextField(
        label=gettext_lazy("Name of your dynamic"),
        help_text=gettext_lazy("Each territory has its own: Crépite, Fête des Solutions…"),
        max_length=80,
        initial="Start-Up de Territoire",
    )
    evening_name = TextField(
        label=gettext_lazy("What you call the creative evening"),
        max_length=80,
        required=False,
    )
    promise = TextField(
        label=gettext_lazy("Your promise, in one sentence"),
        help_text=gettext_lazy("The big title of your home page."),
        max_length=160,
        required=False,
    )
    welcome = TextField(
        label=gettext_lazy("Words of welcome"),
        help_text=gettext_lazy("Two or three sentences: for whom, for what, how it begins."),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of your mails"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        initial="fr",
    )
    primary = forms.CharField(
        label=gettext_lazy("Main colour"),
        help_text=gettext_lazy("Behind titles; light text stands on it, so it is rather dark."),
        validators=[hex_colour],
        widget=forms.TextInput(attrs={"type": "color"}),
        initial="#1d1a38",
    )
    accent = forms.CharField(
        label=gettext_lazy("Second colour"),
        help_text=gettext_lazy("On buttons; it stands out from the main colour."),
        validators=[hex_colour],
        widget=forms.TextInput(attrs={"type": "color"}),
        initial="#f2a51c",
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        help_text=gettext_lazy("PNG, JPEG or WebP. A transparent background stays transparent."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label=gettext_lazy("Remove the logo"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals: dict[str, str] = {}
        self.picture: Photo | None = None

    def clean_logo(self) -> None:
        """Decode and re-encode the logo; ``picture`` holds what may be kept."""
        file = self.cleaned_data["logo"]
        if not file:
            return
        try:
            self.picture = clean_logo(file, size=file.size)
        except TooManyPixels as trouble:
            message = _("This image has %(found)s million pixels; 25 million are the most.")
            raise forms.ValidationError(message % {"found": trouble.megapixels}) from trouble
        except TooHeavy as trouble:
            raise forms.ValidationError(_("This file is larger than 15 MB.")) from trouble
        except NotAPhoto as trouble:
            raise forms.ValidationError(
                _("This file is not an image that we can read. Send a PNG, JPEG or WebP image.")
            ) from trouble

    def clean(self) -> None:
        super().clean()
        primary, accent = (self.cleaned_data.get(name) for name in COLOURS)
        if primary and (misfit := primary_misfit(primary, accent or "")):
            self._refuse("primary", misfit, _("Light text cannot be read well on this colour."))
        if accent and (misfit := accent_ink_misfit(accent)):
            self._refuse("accent", misfit, _("The words of a button cannot be read well on it."))
        elif (
            accent
            and primary
            and "primary" not in self.proposals
            and (misfit := accent_on_primary_misfit(accent, primary))
        ):
            self._refuse("accent", misfit, _("It does not stand out from the main colour."))

    def _refuse(self, name: str, misfit: Misfit, why: str) -> None:
        figures = _("Contrast %(found)s; at least %(needed)s is needed.") % {
            "found": number_format(round(misfit.contrast, 1)),
            "needed": number_format(misfit.needed),
        }
        if misfit.instead:
            self.proposals[name] = misfit.instead
        self.add_error(name, f"{why} {figures}")

    @property
    def preview(self) -> dict[str, str]:
        """The colours as they stand in the form; the house's where one is not a colour."""
        shown = {}
        for name in COLOURS:
            value = str(self[name].value() or "")
            known = hex_colour.regex.fullmatch(value)  # type: ignore[union-attr]
            shown[name] = value if known else str(self.fields[name].initial)
        return shown

    @property
    def identity(self) -> Identity:
        """What was filled in, once valid."""
        return Identity(
            **{
                each.name: self.cleaned_data[each.name].strip()
                for each in fields(Identity)
                if each.name in self.cleaned_data
            }
        )


class FoundingForm(IdentityForm):
    """Opening a territory: its identity, and the address that it keeps for life."""

    slug = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        help_text=gettext_lazy(
            "Small letters, digits and hyphens. Left empty, it is made from the name. "
            "It stays for ever: printed codes lead there."
        ),
        max_length=50,
        required=False,
    )
    field_order = ("name", "slug", "dynamic_name", "evening_name", "promise", "welcome")

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower() or suggested_slug(
            self.cleaned_data.get("name", "")
        )
        if is_reserved(slug):
            raise forms.ValidationError(
                _("Essor needs this address for itself, or it is too short: choose another one.")
            )
        if Territory.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                _("“%(slug)s” is taken. Add a word: “%(slug)s-et-alentours”?") % {"slug": slug}
            )
        return slug
