"""A file of treasures, and what its columns mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


class TreasureFileForm(forms.Form):
    file = forms.FileField(
        label=_("A file of treasures"),
        help_text=_("CSV, XLSX, ODS, GeoJSON or a GoGoCarto export, up to %(lines)s lines, %(size)s MB")
        % {"lines": MOST_LINES, "size": MAX_MEGABYTES},
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.geojson,application/json"}
        ),
    )  # fmt: skip


class MappingForm(forms.Form):
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
        self.many, self.header = many, many.table.get("header", [])
        for at, title in enumerate(self.header):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=title, choices=list(KINDS.items()), required=False,
                initial=mapping.get("columns", {}).get(str(at), ""),
            )  # fmt: skip

    @property
    def columns(self) -> list[Any]:
        """The select of each column with a few of its cells."""
        rows = [cells for _, cells in self.many.table["lines"][:200]]
        return [(self[f"column-{at}"], _samples(rows, at)) for at in range(len(self.header))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kinds = [data.get(f"column-{at}", "") for at in range(len(self.header))]
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
        columns = {str(at): data[f"column-{at}"] for at in range(len(self.header))}
        return {
            "columns": {at: kind for at, kind in columns.items() if kind},
            **{name: data[name] for name in ("kind", "precision", "doubts")},
        }


def _samples(rows: list[list[str]], at: int) -> list[str]:
    found: list[str] = []
    for cells in rows:
        if at < len(cells) and cells[at] and cells[at] not in found:
            found.append(cells[at][:60])
        if len(found) == 3:
            break
    return found
