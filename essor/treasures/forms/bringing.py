"""A file of treasures, and what its columns mean."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.lists.forms import SPREADSHEETS, ColumnsForm, ListFileField
from essor.kit.pieces import CardLabel
from essor.kit.sheets import MAX_MEGABYTES
from essor.people.fields import NameField
from essor.treasures.bringing.columns import KINDS
from essor.treasures.bringing.compare import LEAVE_OUT, WITHOUT_PLACE
from essor.treasures.bringing.reading import MOST_LINES
from essor.treasures.forms.treasures import PRECISIONS
from essor.treasures.models import Treasure, TreasureList

DOUBTS = (
    (WITHOUT_PLACE, CardLabel(_("Bring them in without a point on the map"))),
    (LEAVE_OUT, CardLabel(_("Leave them out"))),
)


def _how_much() -> str:
    said = gettext(
        "CSV, XLSX, ODS, GeoJSON or a GoGoCarto export, up to %(lines)s lines, %(size)s MB"
    )
    return said % {"lines": MOST_LINES, "size": MAX_MEGABYTES}


class TreasureFileForm(forms.Form):
    file = ListFileField(
        label=_("A file of treasures"),
        help_text=lazy(_how_much, str)(),
        accept=f"{SPREADSHEETS},.json,.geojson,application/json",
    )


class MappingForm(ColumnsForm):
    """What each column means, and what holds for the whole file."""

    source = NameField(required=False, label=_("Who published it"),
                       help_text=_("It stands on each treasure’s page."))  # fmt: skip
    kind = forms.ChoiceField(
        label=_("The kind of lines that say none"), choices=Treasure.Kind.choices
    )
    precision = forms.ChoiceField(
        label=_("How precisely do others see the place?"),
        choices=PRECISIONS,
        widget=forms.RadioSelect,
    )
    doubts = forms.ChoiceField(
        label=_("Lines whose place is doubtful"), choices=DOUBTS, widget=forms.RadioSelect
    )

    def __init__(self, many: TreasureList, data: Any = None) -> None:
        mapping = many.mapping
        initial = {name: mapping.get(name) for name in ("kind", "precision", "doubts")}
        super().__init__(data, initial={**initial, "source": many.source})
        table = many.table
        self.ask_columns(table.get("header", []), table.get("lines", []), KINDS.items(), mapping)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kinds = list(self.meanings.values())
        if "name" not in kinds:
            self.add_error(None, gettext("Say which column holds the names."))
        for kind in set(kinds) - {""}:
            if kinds.count(kind) > 1:
                words = gettext("Two columns cannot both be “%(kind)s”: choose one.")
                self.add_error(None, words % {"kind": KINDS[kind]})
        return data

    @property
    def mapping(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "columns": {str(at): kind for at, kind in self.meanings.items() if kind},
            **{name: data[name] for name in ("kind", "precision", "doubts")},
        }
