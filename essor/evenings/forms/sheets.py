"""The form of one step of the project sheet: its fields, each with the mark of what was loaded."""

from collections.abc import Mapping
from typing import Any

from django import forms

from essor.projects.actions.sheets import mark_of
from essor.projects.models import LONGEST_TEXT, Sheet
from essor.projects.sheet_words import Step

MARK = "mark-"


class StepForm(forms.Form):
    """Texts of one step. A field that was not sent (autosave sends one) is left alone."""

    def __init__(self, *args: Any, step: Step, sheet: Sheet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        for field in step.fields:
            text = getattr(sheet, field.name, "")
            self.fields[field.name] = forms.CharField(
                label=field.label,
                help_text=field.prompt,
                required=False,
                max_length=2 * LONGEST_TEXT,
                initial=text,
                strip=False,
                widget=forms.Textarea(
                    attrs={"rows": field.rows, "data-field": field.name, "data-mark": mark_of(text)}
                ),
            )
            self.fields[MARK + field.name] = forms.CharField(
                required=False, initial=mark_of(text), widget=forms.HiddenInput
            )

    @property
    def texts(self) -> dict[str, str]:
        """What was sent, by field."""
        sent: Mapping[str, Any] = self.data
        return {
            field.name: self.cleaned_data[field.name]
            for field in self.step.fields
            if field.name in sent
        }

    @property
    def marks(self) -> dict[str, str]:
        """Over which text each was written; a form without marks writes over blank fields."""
        sent = {name: self.cleaned_data.get(MARK + name, "") for name in self.texts}
        return {name: mark for name, mark in sent.items() if mark}
