"""Forms of the plan pages."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.planning.problem import MIX_NAMES, USUAL_MIX
from essor.kit.words import TextField

SECONDS = ((2, _("2 seconds")), (5, _("5 seconds")), (15, _("15 seconds")), (60, _("1 minute")))
DOSES = ((0.0, _("not at all")), (0.5, _("a little")), (1.0, _("as usual")), (2.0, _("a lot")))
MAX_FILE = 5 * 1024 * 1024


class ComputeForm(forms.Form):
    """How long to compute, and from where."""

    seconds = forms.TypedChoiceField(label=_("Time to compute"), choices=SECONDS, coerce=float)
    improve = forms.BooleanField(label=_("Improve the plan at hand"), required=False)


class MixForm(forms.Form):
    """How much each thing is mixed, from not at all to a lot."""

    def __init__(self, *args: Any, mix: dict[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in MIX_NAMES.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=DOSES,
                coerce=float,
                widget=forms.RadioSelect,
                initial=self._dose(mix[name] / USUAL_MIX[name]),
            )

    @staticmethod
    def _dose(share: float) -> float:
        return min((dose for dose, _label in DOSES), key=lambda dose: abs(dose - share))

    def weights(self) -> dict[str, float]:
        return {name: USUAL_MIX[name] * self.cleaned_data[name] for name in MIX_NAMES}


class NameForm(forms.Form):
    """A name for a plan that is kept."""

    name = TextField(label=_("Name of this plan"), max_length=120)


class PlanFileForm(forms.Form):
    """A plan computed elsewhere, as a file."""

    file = forms.FileField(
        label=_("Plan as a file"), help_text=_("JSON, as “essor seat” and this page write it.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(_("This file is larger than 5 MB: it is not a plan."))
        try:
            return json.loads(file.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise forms.ValidationError(
                _("This file is not JSON. Choose the plan that “essor seat --out” wrote.")
            ) from None


class PinForm(forms.Form):
    """Where somebody is kept in every plan computed from now on."""

    table = forms.TypedChoiceField(label=_("Table"), required=False, coerce=int, empty_value=None)
    challenge = forms.ChoiceField(label=_("Challenge"), required=False)

    def __init__(
        self, *args: Any, tables: list[int], challenges: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [("", _("any")), *((n, str(n)) for n in tables)]  # type: ignore[attr-defined]
        self.fields["challenge"].choices = [("", _("any")), *challenges.items()]  # type: ignore[attr-defined]
