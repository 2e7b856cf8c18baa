"""Forms of whoever brings ideas in: where they were said, the lines, the file, the picture."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from essor.harvest.actions.sources import SaidAt
from essor.harvest.bringing.columns import KINDS
from essor.harvest.bringing.compare import AS_IDEA, AS_SUPPORT
from essor.harvest.models import Harvest, IdeaList, Source
from essor.kit.days import DayField
from essor.kit.lists.forms import ColumnsForm, ListFileField
from essor.kit.pieces import CardLabel
from essor.kit.words import TextField
from essor.people.fields import NameField


class SourceForm(forms.Form):
    label = NameField(
        max_length=120,
        label=_("What it was"),
        help_text=_("For example: workshop at the library, Saturday’s market."),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("source", "Kind"), choices=Source.Kind.choices)
    place = NameField(required=False, max_length=120, label=_("Place"))
    held_on = DayField(
        required=False,
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @property
    def said_at(self) -> SaidAt:
        return SaidAt(**self.cleaned_data)


class LinesForm(forms.Form):
    """Typed or pasted words: one line an idea."""

    text = TextField(
        label=_("One line, one idea"),
        help_text=_("As it was said. Bullets and numbers at the beginning of a line are dropped."),
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"}),
        error_messages={"required": _("Type or paste at least one line.")},
    )


class IdeaFileForm(forms.Form):
    file = ListFileField(label=_("A spreadsheet of ideas"))
    source = forms.ModelChoiceField(
        Source.objects.none(),
        required=False,
        to_field_name="public_id",
        label=_("Where these ideas were said"),
        empty_label=_("a column of the file says it, or nobody knows"),
    )

    def __init__(self, harvest: Harvest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = harvest.sources.all()  # type: ignore[attr-defined]


class ManyFiles(forms.FileInput):
    """Several files under one name; the form checks the last, the view reads them all."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name)


class PicturesForm(forms.Form):
    """One or several photographs; each is read by ``kit.photos`` afterwards."""

    photos = forms.FileField(
        label=_("Photographs of post-its or of a sheet"),
        help_text=_("JPEG, PNG or WebP, 15 MB at most each. Place and date are removed from them."),
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        error_messages={"required": _("Choose or take a photograph.")},
    )


TWINS = (
    (AS_SUPPORT, CardLabel(_("They stand behind it"), _("One idea, and everybody who said it counts."))),
    (AS_IDEA, CardLabel(_("Ideas of their own"), _("Said again, kept again: sorting brings them together."))),
)  # fmt: skip


class MappingForm(ColumnsForm):
    """What each column means, and what becomes of words that are here already."""

    twins = forms.ChoiceField(
        label=_("Words that are here already"), choices=TWINS, widget=forms.RadioSelect
    )

    def __init__(self, many: IdeaList, data: Any = None) -> None:
        super().__init__(data, initial={"twins": many.mapping.get("twins", AS_SUPPORT)})
        self.many = many
        if "sheets" in many.table:
            sheets, chosen = many.table["sheets"], many.table["chosen"]
            told = sheets[chosen]
            self.ask_columns(told["header"], told["lines"], KINDS.items(), many.mapping)
            self.ask_sheet([sheet["name"] for sheet in sheets], chosen)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        same_sheet = self.chosen_sheet == self.sheet
        if self.header and same_sheet and "idea" not in self.meanings.values():
            self.add_error(None, gettext("Say which column holds the ideas."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        twins = self.cleaned_data["twins"]
        return {"columns": self.meanings, "twins": twins, "sheet": self.chosen_sheet}
