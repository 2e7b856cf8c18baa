"""What a conductor may ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Evening, Phase, Table
from essor.kit.words import TextField


class PhaseForm(forms.Form):
    """Which phase begins, and which one the conductor saw under way."""

    phase = forms.ModelChoiceField(queryset=Phase.objects.none())
    seen = forms.CharField(required=False)

    def __init__(self, *args: Any, evening: Evening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = evening.phases.all()  # type: ignore[attr-defined]


class TimerForm(forms.Form):
    """Stop, go on, or give more time."""

    what = forms.ChoiceField(
        choices=[("pause", ""), ("resume", ""), ("more", ""), ("less", "")],
    )


class SceneForm(forms.Form):
    """What the big screen shows."""

    scene = forms.ChoiceField(choices=Evening.Scene.choices)


class PitchForm(forms.Form):
    """Which table tells the hall about its project; none ends the share-out."""

    table = forms.ModelChoiceField(Table.objects.none(), to_field_name="public_id", required=False)

    def __init__(self, *args: Any, evening: Evening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].queryset = evening.tables.all()  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    """A word to the whole room, or to one table."""

    message = TextField(
        label=_("A word"),
        max_length=160,
        required=False,
        help_text=_("Shown until you empty it: on the big screen and all phones, or at one table."),
    )
    to = forms.ModelChoiceField(
        Table.objects.none(),
        to_field_name="public_id",
        required=False,
        label=_("For whom?"),
        empty_label=_("the whole room"),
    )

    def __init__(self, *args: Any, evening: Evening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = evening.tables.all()
        to.label_from_instance = lambda table: _("table %(number)s") % {"number": table.number}
