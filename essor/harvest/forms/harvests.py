"""What the team says of a harvest."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from essor.harvest.actions.harvests import HarvestDetails
from essor.harvest.models import Harvest
from essor.kit.days import DayField
from essor.kit.rewording import Rewording
from essor.kit.words import TextField, cleaned

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HarvestForm(Rewording):
    """A title is enough to begin; ``details`` once it is valid."""

    title = TextField(max_length=120, label=_("Name of the harvest"))
    question = TextField(
        required=False,
        max_length=300,
        label=_("What you ask people"),
        help_text=_("One open question, for example: what is missing here to live well?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starts_on = DayField(required=False, label=_("From"), widget=DAY)
    ends_on = DayField(required=False, label=pgettext_lazy("date", "Until"), widget=DAY)
    fate_days = forms.IntegerField(
        min_value=7,
        max_value=720,
        initial=120,
        label=_("Days within which each idea gets its answer"),
        help_text=_("Whoever gives an idea reads this date. You will be reminded before it."),
    )
    show_ideas = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Show ideas at once"),
        help_text=_(
            "Unticked, everybody writes in silence: nobody reads the others before sorting begins."
        ),
    )
    look_first = forms.BooleanField(
        required=False,
        label=_("Look at ideas before they are public"),
        help_text=_(
            "Ticked, an idea from a phone or a mail waits until somebody of the team has read it."
        ),
    )
    charter = TextField(
        required=False,
        max_length=5000,
        label=_("Your own charter"),
        help_text=_("How you speak to each other. Left empty, ours is shown."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The last day comes before the first."))
        return data

    @property
    def details(self) -> HarvestDetails:
        data = self.cleaned_data
        return HarvestDetails(
            title=cleaned(data["title"]),
            question=cleaned(data["question"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            fate_days=data["fate_days"],
            show_ideas=data["show_ideas"],
            look_first=data["look_first"],
            charter=data["charter"].strip(),
        )

    @staticmethod
    def initial_of(harvest: Harvest) -> dict[str, Any]:
        return {each.name: getattr(harvest, each.name) for each in fields(HarvestDetails)}
