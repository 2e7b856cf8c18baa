"""Forms of the door: few fields, nothing lost when something is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.challenges.models import Challenge
from essor.evenings.models import Evening, Registration, RoomTable, Table
from essor.kit.selects import LongSelect
from essor.kit.words import TextField
from essor.people.models import Sphere


class WalkInForm(forms.Form):
    """Somebody nobody expected: a first name is enough."""

    first_name = TextField(
        label=_("First name"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )  # fmt: skip
    last_name = TextField(
        label=_("Last name"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    sphere = forms.ModelChoiceField(
        Sphere.objects.all(), label=_("Sphere"), required=False, empty_label=_("not said")
    )
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(), label=_("Challenge"), required=False,
        empty_label=_("surprise me"),
    )  # fmt: skip
    told = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, evening: Evening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["challenge"].queryset = evening.challenges.order_by("short", "id")  # type: ignore[attr-defined]

    def clean_first_name(self) -> str:
        return str(self.cleaned_data["first_name"]).strip()


class HeadCountForm(forms.Form):
    """How many people somebody counted, and how."""

    people = forms.IntegerField(label=_("People counted"), min_value=0, max_value=100_000)
    how = TextField(
        label=_("How"), max_length=120, help_text=_("For example: two of us, row by row.")
    )


class FreeSeatsForm(forms.Form):
    """From when the seats of those who have not come are free."""

    from_when = forms.TimeField(
        label=_("Free the seats of those who have not come, from"), required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Left blank, they keep their seats all evening."),
    )  # fmt: skip


class OpenTableForm(forms.Form):
    """A table of the room that opens at the door."""

    number = forms.TypedChoiceField(label=_("Table"), coerce=int)
    challenge = forms.ModelChoiceField(
        Challenge.objects.none(),
        label=_("Challenge"),
        widget=LongSelect,
        empty_label=_("choose one"),
    )
    facilitator = forms.ModelChoiceField(
        Registration.objects.none(), label=_("Facilitator"), required=False,
        empty_label=_("nobody yet"), widget=LongSelect,
    )  # fmt: skip

    def __init__(self, *args: Any, evening: Evening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = Table.objects.filter(evening=evening, state=Table.State.OPEN).values("number")
        free = RoomTable.objects.filter(evening=evening).exclude(number__in=taken)
        fields: dict[str, Any] = self.fields
        places = free.values_list("number", "remote")
        self.by_video = {number for number, remote in places if remote}
        fields["number"].choices = [
            (n, gettext("%(number)d, by video") % {"number": n} if remote else str(n))
            for n, remote in places
        ]
        fields["challenge"].queryset = evening.challenges.order_by("short", "id")
        fields["facilitator"].queryset = Registration.objects.filter(
            evening=evening, state=Registration.State.REGISTERED, facilitator=True
        ).select_related("person")
        fields["facilitator"].label_from_instance = lambda each: each.person.name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        guide, number = data.get("facilitator"), data.get("number")
        if guide and number and guide.remote is not (number in self.by_video):
            self.add_error(
                "facilitator",
                gettext("This person is from a distance: choose somebody in the hall.")
                if guide.remote
                else gettext("This table meets by video: choose somebody at a distance."),
            )
        return data
