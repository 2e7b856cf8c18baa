"""What a funder would support, and who may see it."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.pieces import CardLabel
from essor.kit.reach import AddressField
from essor.people.fields import NameField
from essor.people.models import Person
from essor.projects.house_stages import HOUSE
from essor.projects.models import Project
from essor.support.actions.funders import Interests, Newcomer
from essor.support.forms.cohorts import day_field
from essor.support.forms.pledges import FORMS
from essor.support.forms.private_rooms import euros_field
from essor.support.models import Funder
from essor.territories.models import Territory, Theme
from essor.territories.queries import themes_of

Showing = Funder.Showing
SHOWINGS: tuple[tuple[str, Any, Any, str], ...] = (
    (Showing.HOSTS, _("The host team alone"), _("They think of you when a project fits."), "lock"),
    (Showing.UNNAMED, _("Projects too, without my name"), _("Groups whose project fits see what you would support."), "eye"),
    (Showing.NAMED, _("Projects too, with my name"), _("The same, with your name and your organisation."), "person"),
)  # fmt: skip


class InterestsForm(forms.Form):
    """Forms of support, themes, stages, amounts, places, until when, and who sees it."""

    ways = forms.MultipleChoiceField(
        label=_("In which form would you support a project?"),
        choices=[(key, CardLabel(label, note, icon)) for key, label, note, icon in FORMS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one form at least.")},
    )
    about = NameField(
        label=_("In your words"),
        max_length=400,
        required=False,
        help_text=_("For example: I sold my bakery, I know ovens and landlords."),
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Which themes?"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any."),
    )
    stages = forms.MultipleChoiceField(
        label=_("At which stages?"),
        choices=[(each.key, Project.Stage(each.key).label) for each in HOUSE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any."),
    )
    least = euros_field(_("From how many euros?"), required=False)
    most = euros_field(_("Up to how many euros?"), required=False)
    communes = NameField(
        label=_("In which communes?"),
        max_length=300,
        required=False,
        help_text=_("Names between commas. Empty: anywhere in the territory."),
    )
    until = day_field(_("Until when?"), required=False, help_text=_("Empty: until you say so."))
    showing = forms.ChoiceField(
        label=_("Who may see this?"),
        choices=[(key, CardLabel(label, note, icon)) for key, label, note, icon in SHOWINGS],
        initial=Showing.HOSTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    shows_amounts = forms.BooleanField(
        label=_("Projects that see me also see my amounts"), required=False
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = themes_of(territory)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        least, most = values.get("least"), values.get("most")
        if least and most and most < least:
            self.add_error("most", gettext("This is less than the amount before: look at both."))
        until = values.get("until")
        if until is not None and until < clock.today():
            self.add_error("until", gettext("This day has passed: choose one to come."))
        return values

    @property
    def said(self) -> Interests:
        values = self.cleaned_data
        return Interests(
            forms=tuple(values["ways"]), about=values["about"], themes=tuple(values["themes"]),
            stages=tuple(values["stages"]), least=values["least"], most=values["most"],
            communes=values["communes"], until=values["until"], showing=values["showing"],
            shows_amounts=values["shows_amounts"],
        )  # fmt: skip


class NewFunderForm(InterestsForm):
    """The same with whom it is; ``known`` is somebody signed in, who writes no name."""

    first_name = NameField(
        label=_("Your first name"),
        max_length=80,
        error_messages={"required": _("Tell the team who you are.")},
    )
    last_name = NameField(label=_("Your last name"), max_length=80, required=False)
    organisation = NameField(label=_("Your organisation"), max_length=160, required=False)
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("You get a mail with a link. Nobody sees anything before you opened it, save the host team."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Without an address nobody can tell you of a project.")},
    )  # fmt: skip

    def __init__(self, *args: Any, known: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None:
            for name in ("first_name", "last_name", "organisation", "email"):
                del self.fields[name]

    @property
    def who(self) -> Person | Newcomer:
        if self.known is not None:
            return self.known
        values = self.cleaned_data
        return Newcomer(
            values["first_name"], values["email"], values["last_name"], values["organisation"],
            (get_language() or "fr")[:2],
        )  # fmt: skip
