"""The two questions of the pulse, and the sums of what was answered on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Pulse
from essor.evenings.pulse_rules import QUESTIONS, SCALE

MOST_ON_PAPER = 2_000


class PulseForm(forms.Form):
    """Two statements, five steps each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in QUESTIONS.items():
            self.fields[key] = forms.TypedChoiceField(
                label=str(words),
                choices=list(SCALE.items()),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the five answers."),
                    "invalid_choice": _("Choose one of the five answers."),
                },
            )


class PaperPulseForm(forms.Form):
    """How many slips of paper gave each answer, for one of the two moments."""

    moment = forms.ChoiceField(
        label=_("When were the slips filled in?"),
        choices=Pulse.Moment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the slips are from before or after.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in QUESTIONS:
            for step, words in SCALE.items():
                self.fields[f"{key}_{step}"] = forms.IntegerField(
                    label=str(words),
                    required=False,
                    min_value=0,
                    max_value=MOST_ON_PAPER,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each question with its five fields."""
        return [
            (words, [self[f"{key}_{step}"] for step in SCALE]) for key, words in QUESTIONS.items()
        ]

    @property
    def tally(self) -> dict[str, dict[int, int]]:
        """The sums, once valid."""
        given = self.cleaned_data
        return {key: {step: given[f"{key}_{step}"] or 0 for step in SCALE} for key in QUESTIONS}
