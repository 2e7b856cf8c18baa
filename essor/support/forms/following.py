"""Who of the team holds a project; leaving a project alone until a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.words import TextField
from essor.people.models import Person
from essor.support.forms.cohorts import day_field
from essor.territories.models import Role, Territory

HOLDERS = (Role.Kind.HOST, Role.Kind.FACILITATOR, Role.Kind.SUPPORTER)


class ContactForm(forms.Form):
    """The one of the team to whom the group turns; nobody is an answer too."""

    person = forms.ModelChoiceField(
        label=_("Who of the team?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("(nobody for now)"),
        help_text=_("They call now and then, and the group turns to them first."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = Person.objects.filter(
            roles__territory=territory, roles__kind__in=HOLDERS, erased_at=None
        )
        self.fields["person"].queryset = team.distinct().order_by("first_name", "id")  # type: ignore[attr-defined]


class PauseForm(forms.Form):
    """Until when a project is left alone, and why."""

    until = day_field(_("Until which day?"), help_text=_("From then on it counts again."))
    why = TextField(
        label=_("Why"),
        max_length=400,
        required=False,
        help_text=_("For the team only. For example: a child is born, the season of harvest."),
    )

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day is not None and day <= clock.today():
            raise forms.ValidationError(_("Choose a day to come."))
        return day
