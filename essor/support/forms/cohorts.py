"""A cohort's words and dates; taking a project in, and out."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit.days import DayField
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.projects.forms.finding import ProjectField
from essor.projects.models import Project
from essor.support.actions.cohorts import CohortWords
from essor.support.models import Cohort
from essor.territories.models import Territory, Theme
from essor.territories.queries import themes_of

WRONG_DAY = _("Write the day like 30/06/2027.")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> DayField:
    """A day, as the browser's own calendar gives it."""
    return DayField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": WRONG_DAY, "required": _("Choose a day.")},
    )


class CohortForm(Rewording):
    """Name, dates, themes, open track and take-off evening of a cohort."""

    name = TextField(
        label=_("Its name"),
        max_length=120,
        help_text=_("For example: Cohort 2027."),
        error_messages={"required": _("Give the cohort a name.")},
    )
    offers = TextField(
        label=_("What its projects receive"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For example: nine months, a mentor each, a workshop a month. Everybody sees it."
        ),
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    themes = forms.ModelMultipleChoiceField(
        label=_("Its themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    open_track = forms.BooleanField(
        label=_("Open track: good projects of other themes are welcome too"), required=False
    )
    takeoff_on = day_field(_("Its take-off evening"), required=False)
    takeoff_place = TextField(label=_("Where it takes place"), max_length=160, required=False)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = themes_of(territory)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It ends before it begins: look at both days."))
        takeoff = values.get("takeoff_on")
        if first and takeoff and takeoff < first:
            self.add_error("takeoff_on", _("Projects take off after they began: look at the day."))
        return values

    @property
    def words(self) -> CohortWords:
        return CohortWords(**{**self.cleaned_data, "themes": list(self.cleaned_data["themes"])})

    @staticmethod
    def initial_of(cohort: Cohort) -> dict[str, Any]:
        names = ("name", "offers", "starts_on", "ends_on", "open_track", "takeoff_on")
        said = {name: getattr(cohort, name) for name in (*names, "takeoff_place")}
        return {**said, "themes": list(cohort.themes.values_list("pk", flat=True))}


def projects_of(territory: Territory) -> Any:
    """Published projects under way or asleep, by title."""
    conditions = (Project.Condition.AWAKE, Project.Condition.ASLEEP)
    return Project.objects.filter(
        territory=territory, published_at__isnull=False, condition__in=conditions
    ).order_by("title", "id")


class TakeInForm(forms.Form):
    """Which project joins the cohort, and why."""

    project = ProjectField()
    why = TextField(
        label=_("Why this one, why now?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the team of later years. Only the team reads it."),
        error_messages={"required": _("Say in a sentence why.")},
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those inside are not offered; a form that was sent twice still finds its project.
        inside = () if self.is_bound else cohort.places.filter(until=None).values("project")
        found = projects_of(cohort.territory).exclude(pk__in=inside)
        self.fields["project"].offer(found)  # type: ignore[attr-defined]


class TakeOutForm(forms.Form):
    """Why a project leaves the cohort."""

    why = TextField(
        label=_("Why does it leave?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence why.")},
    )


def already_in() -> str:
    return gettext("This project is in the cohort already.")
