"""Describing a treasure: a name and a kind are enough."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.kit.rewording import Rewording
from essor.kit.words import TextField, cleaned
from essor.people.communes import communes
from essor.people.fields import NameField
from essor.people.models import Sphere
from essor.territories.models import Territory, Theme
from essor.territories.outlines import Doubt, doubt_of
from essor.territories.queries import themes_of
from essor.treasures.actions.treasures import Said
from essor.treasures.models import Treasure
from essor.treasures.models.treasure import LONGEST
from essor.treasures.places import point_of

Kind, Use, Precision = Treasure.Kind, Treasure.Use, Treasure.Precision

KINDS = (
    (Kind.HUMAN, CardLabel(_("Human"), _("know-how, a craft, retired experts, a network"), "people")),
    (Kind.NATURAL, CardLabel(_("Natural"), _("wood, water, soil, a landscape, sun"), "leaf")),
    (Kind.ECONOMIC, CardLabel(_("Economic"), _("premises, machines, matter, a public buyer"), "home")),
    (Kind.CULTURAL, CardLabel(_("Cultural"), _("heritage, a language, a festival, an archive"), "star")),
)  # fmt: skip
USES = (
    (Use.HERE, CardLabel(_("It is here"), _("Good to know that the territory has it."))),
    (Use.OFFERED, CardLabel(_("It is offered"), _("Whoever holds it would lend, give or share it."))),
    (Use.WASTE, CardLabel(_("It is thrown away today"), _("Waste that may be somebody’s resource."))),
)  # fmt: skip
PRECISIONS = (
    (Precision.COMMUNE, CardLabel(_("The commune only"), _("The map shows the town hall."))),
    (Precision.ABOUT, CardLabel(_("To about a kilometre"), _("We keep the middle of a square, never the place itself."))),
    (Precision.EXACT, CardLabel(_("The exact place"), _("For what everybody may see: a mill, a hall, a spring."))),
)  # fmt: skip
DOUBTS = {
    Doubt.SEA: _("This place is in the sea or abroad. Write latitude first, then longitude."),
    Doubt.SWAPPED: _("Latitude and longitude look swapped: write latitude first."),
    Doubt.OUTSIDE: _("This place is outside the territory. Check it, or leave it empty."),
}


class TreasureForm(Rewording):
    """A treasure as somebody describes it; who they are stands apart (``KeeperForm``)."""

    name = TextField(
        max_length=200,
        label=_("What is it?"),
        help_text=_("For example: empty workshop by the station, wood shavings, leather workers."),
        error_messages={"required": _("Give it a name: a few words are enough.")},
    )
    kind = forms.ChoiceField(
        label=_("Which kind of treasure?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind that fits best.")},
    )
    use = forms.ChoiceField(
        label=_("What may others do with it?"), choices=USES, widget=forms.RadioSelect
    )
    description = TextField(
        required=False,
        max_length=LONGEST,
        label=_("In a few words"),
        help_text=_("State, conditions, whom it could serve."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    quantity = NameField(required=False, max_length=120, label=_("How much"),
                         help_text=_("For example: 3 m³ a month, 400 m², two people."))  # fmt: skip
    holder = NameField(required=False, label=_("Who holds it"),
                       help_text=_("An organisation; leave a person’s name out."))  # fmt: skip
    sphere = forms.ModelChoiceField(
        Sphere.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Their sphere"),
        empty_label=_("nobody in particular"),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Themes"),
        widget=forms.CheckboxSelectMultiple,
    )
    commune = NameField(required=False, max_length=80, label=_("Commune"))
    commune_code = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)
    place = NameField(required=False, label=_("Where, in words"),
                      help_text=_("Everybody reads it: “industrial estate north”."))  # fmt: skip
    coordinates = TextField(
        required=False,
        max_length=60,
        label=_("Latitude and longitude"),
        help_text=_("For example 44.93, 4.89, as map sites copy them. Empty: the commune."),
    )
    precision = forms.ChoiceField(
        label=_("How precisely do others see the place?"),
        choices=PRECISIONS,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, territory: Territory, data: Any = None, *, treasure: Treasure | None = None
    ) -> None:
        super().__init__(data, initial=initial_of(treasure))
        self.territory, self.treasure = territory, treasure
        self.fields["sphere"].queryset = Sphere.objects.all()  # type: ignore[attr-defined]
        self.fields["themes"].queryset = themes_of(territory)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        return self._words("name")

    def clean_description(self) -> str:
        return "\n".join(cleaned(line) for line in self.cleaned_data["description"].splitlines())

    def clean_coordinates(self) -> tuple[float, float] | None:
        text = self.cleaned_data["coordinates"]
        if not text:
            return None
        point = point_of(text)
        if point is None:
            raise ValidationError(gettext("Write two numbers, like 44.93, 4.89."))
        doubt = doubt_of(self.territory, *point)
        if doubt is not None:
            raise ValidationError(str(DOUBTS[doubt]))
        return point

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = communes().coded(data.get("commune_code", ""))
        if known is None or known.name != data.get("commune"):
            known = communes().named(data.get("commune", ""))
        data["commune_code"] = known.code if known else ""
        return data

    @property
    def said(self) -> Said:
        data = dict(self.cleaned_data)
        data["point"] = data.pop("coordinates")
        return Said(**{**data, "themes": tuple(data["themes"])})

    @property
    def keeps_point(self) -> bool:
        """Whether the point on the map stays: none was written, and the commune is the same."""
        treasure, data = self.treasure, self.cleaned_data
        return (
            treasure is not None
            and data["coordinates"] is None
            and data["commune"] == treasure.commune
            and data["precision"] == treasure.precision
        )

    @property
    def more_is_open(self) -> bool:
        """Whether the folded part holds something to see: words, or a mistake."""
        names = ("quantity", "holder", "sphere", "themes", "place", "coordinates")
        return any(self.errors.get(name) or self[name].value() for name in names)

    def _words(self, name: str) -> str:
        words = cleaned(self.cleaned_data[name])
        if not any(char.isalnum() for char in words):
            raise ValidationError(gettext("We cannot read any word in it."))
        return words


class KeeperForm(forms.Form):
    """Who writes it down, where they want to be asked once a year whether it is still so."""

    first_name = NameField(required=False, max_length=80, label=_("Your first name"))
    email = AddressField(
        required=False,
        max_length=254,
        label=_("Your e-mail"),
        help_text=_("Only to ask you once a year whether it is still so. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ConfirmationForm(forms.Form):
    served_for = TextField(
        required=False,
        max_length=300,
        label=_("What did it serve you for?"),
        widget=forms.TextInput(),
    )

    def clean_served_for(self) -> str:
        return cleaned(self.cleaned_data["served_for"])


class WordsForm(forms.Form):
    """A sentence or two for the team."""

    words = TextField(
        max_length=500,
        label=pgettext_lazy("treasure", "What should the team know?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a sentence or two: the team reads them.")},
    )


def initial_of(treasure: Treasure | None) -> dict[str, Any]:
    """What the form begins with; the point is never shown back, it may be blurred."""
    if treasure is None:
        return {"use": Use.HERE, "precision": Precision.COMMUNE}
    names = ("name", "kind", "use", "description", "quantity", "holder", "commune", "commune_code",
             "place", "precision")  # fmt: skip
    return {name: getattr(treasure, name) for name in names} | {
        "sphere": treasure.sphere.code if treasure.sphere else "",
        "themes": [theme.code for theme in treasure.themes.all()],
    }
