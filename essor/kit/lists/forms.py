"""Asking for the file of a list, and for what its columns mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.sheets import MAX_LINES, MAX_MEGABYTES, SheetRefused

SPREADSHEETS = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,text/csv"
SAMPLES, LONGEST_SAMPLE, LINES_READ = 3, 60, 200


def _how_much() -> str:
    said = gettext("CSV, XLSX, XLS or ODS, up to %(lines)s lines and %(size)s MB")
    return said % {"lines": MAX_LINES, "size": MAX_MEGABYTES}


class ListFileField(forms.FileField):
    """The file of a list; one that is too heavy is refused before it is read."""

    default_error_messages = {
        "required": _("Choose a file first."),
        "empty": _("This file is empty."),
    }

    def __init__(
        self,
        *,
        label: Any,
        help_text: Any = lazy(_how_much, str)(),
        accept: str = SPREADSHEETS,
    ) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": accept})
        super().__init__(label=label, help_text=help_text, widget=widget)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if (file.size or 0) > MAX_MEGABYTES * 1_000_000:
            raise ValidationError(str(SheetRefused("too_heavy", limit=MAX_MEGABYTES)))
        return file


class ColumnsForm(forms.Form):
    """What each column of a list means: one select a column, and one for the sheet of the file."""

    header: Sequence[str] = ()
    sheet = 0
    _lines: Sequence[Any] = ()

    def ask_columns(
        self,
        header: Sequence[str],
        lines: Sequence[Any],
        kinds: Iterable[tuple[Any, Any]],
        mapping: Mapping[str, Any],
    ) -> None:
        """Ask about every column of ``header``; ``lines`` are pairs of a number and its cells."""
        self.header, self._lines = header, lines
        options, known = list(kinds), mapping.get("columns", {})
        for at, title in enumerate(header):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=title, choices=options, required=False, initial=known.get(str(at), "")
            )

    def ask_sheet(self, names: Sequence[str], chosen: int) -> None:
        """Ask which of several sheets it is."""
        self.sheet = chosen
        if len(names) > 1:
            self.fields["sheet"] = forms.TypedChoiceField(
                label=_("Sheet of the file"), coerce=int, initial=chosen,
                choices=[(at, name or str(at + 1)) for at, name in enumerate(names)],
            )  # fmt: skip

    @property
    def columns(self) -> list[tuple[forms.BoundField, list[str]]]:
        """The select of each column, with a few of its cells to recognise it by."""
        return [
            (self[f"column-{at}"], samples_of(self._lines, at)) for at in range(len(self.header))
        ]

    @property
    def meanings(self) -> dict[int, str]:
        """What was said of each column, by its number; blank for one that is left out."""
        return {at: self.cleaned_data.get(f"column-{at}", "") for at in range(len(self.header))}

    @property
    def chosen_sheet(self) -> int:
        chosen: int = self.cleaned_data.get("sheet", self.sheet)
        return chosen


def samples_of(lines: Sequence[Any], column: int) -> list[str]:
    """The first different cells of a column."""
    found: list[str] = []
    for _number, cells in lines[:LINES_READ]:
        cell = cells[column] if column < len(cells) else ""
        if cell and cell not in found:
            found.append(cell if len(cell) < LONGEST_SAMPLE else f"{cell[: LONGEST_SAMPLE - 3]}…")
        if len(found) == SAMPLES:
            break
    return found
