"""What a host decides about a vote."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.challenges.models import Challenge
from essor.choosing.actions import Offered, Planned
from essor.choosing.models import Vote
from essor.kit.days import MomentField
from essor.kit.pieces import CardLabel
from essor.kit.words import TextField
from essor.projects.models import Project
from essor.territories.models import Territory

LONGEST = timedelta(days=60)


def offered_in(territory: Territory) -> dict[str, list[Offered]]:
    """What may be put to a vote here, by kind: open challenges, projects under way."""
    challenges = Challenge.objects.filter(
        territory=territory, state=Challenge.State.OPEN, merged_into=None
    ).order_by("short", "id")
    projects = (
        Project.objects.filter(
            territory=territory,
            published_at__isnull=False,
            condition=Project.Condition.AWAKE,
        )
        .exclude(title="")
        .order_by("title", "id")
    )
    return {
        Vote.Kind.CHALLENGES: [Offered(c.public_id, c.question, c.context) for c in challenges],
        Vote.Kind.PROJECTS: [Offered(p.public_id, p.title, p.summary) for p in projects],
    }


class VoteForm(forms.Form):
    title = TextField(label=gettext_lazy("Name of the vote"), max_length=120)
    words = TextField(
        label=gettext_lazy("What is chosen, and why"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    options = forms.MultipleChoiceField(
        label=gettext_lazy("What people choose from"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what people choose from.")},
    )
    places = forms.IntegerField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("How many are chosen."),
        min_value=1,
        max_value=200,
        initial=10,
    )
    bold_places = forms.IntegerField(
        label=gettext_lazy("Of them, for bold ideas"),
        help_text=gettext_lazy(
            "For what few people carry with passion. A fifth of the places is a good beginning."
        ),
        min_value=0,
        max_value=100,
        initial=2,
    )
    closes_at = MomentField(
        label=gettext_lazy("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def __init__(
        self, *args: Any, territory: Territory, kind: str, now: datetime, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"closes_at": now + timedelta(days=14)})
        super().__init__(*args, **kwargs)
        self.kind, self.now = kind, now
        self.offered = {each.key: each for each in offered_in(territory)[kind]}
        self.fields["options"].choices = [  # type: ignore[attr-defined]
            (each.key, CardLabel(each.name)) for each in self.offered.values()
        ]
        self.fields["options"].initial = list(self.offered)

    def clean_closes_at(self) -> datetime:
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= self.now:
            raise ValidationError(_("This moment is over: choose a later one."))
        if closes > self.now + LONGEST:
            raise ValidationError(_("A vote lasts sixty days at most."))
        return closes

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        places = data.get("places")
        if places is None:
            return
        if "options" in data and len(data["options"]) <= places:
            self.add_error("places", _("There is room for all of them: nothing to choose."))
        if (data.get("bold_places") or 0) * 2 > places:
            self.add_error("bold_places", _("At most half of the places."))

    @property
    def planned(self) -> Planned:
        data = self.cleaned_data
        return Planned(
            title=data["title"],
            words=data["words"].strip(),
            kind=self.kind,
            places=data["places"],
            bold_places=data["bold_places"],
            opens_at=self.now,
            closes_at=data["closes_at"],
        )

    @property
    def chosen(self) -> list[Offered]:
        return [self.offered[key] for key in self.cleaned_data["options"]]
