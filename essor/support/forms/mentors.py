"""Asking a mentor, what a mentor offers, putting one beside a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.reach import AddressField
from essor.kit.rewording import Rewording
from essor.people.fields import NameField
from essor.projects.forms.finding import ProjectField
from essor.support.forms.cohorts import projects_of
from essor.support.models import Mentor
from essor.support.models.mentors import MOST_PROJECTS


def at_most_field() -> forms.IntegerField:
    wrong = _("Write a number from 1 to 20.")
    return forms.IntegerField(
        label=_("How many projects at most?"),
        min_value=1,
        max_value=MOST_PROJECTS,
        initial=2,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": wrong, "min_value": wrong, "max_value": wrong, "required": wrong,
        },
    )  # fmt: skip


def offers_field() -> NameField:
    return NameField(
        label=_("What they offer"),
        max_length=400,
        help_text=_("For example: social law, a baker’s trade, two hours a month."),
        error_messages={"required": _("Say in a few words what is offered.")},
    )


class AskForm(forms.Form):
    """Who is asked to be a mentor, and for what."""

    first_name = NameField(
        label=_("First name"),
        max_length=80,
        error_messages={"required": _("Tell whom you are asking.")},
    )
    last_name = NameField(label=_("Last name"), max_length=80, required=False)
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("They get a mail with a link, to agree or to say no."),
        widget=forms.EmailInput(attrs={"inputmode": "email"}),
        error_messages={"required": _("Without an address they cannot be asked.")},
    )
    offers = offers_field()
    at_most = at_most_field()


class OfferForm(Rewording):
    """What a mentor offers, and to how many projects at most."""

    offers = offers_field()
    at_most = at_most_field()

    @staticmethod
    def words_of(mentor: Mentor) -> dict[str, Any]:
        """The offer as it stands."""
        return {"offers": mentor.offers, "at_most": mentor.at_most}


class MatchForm(forms.Form):
    """Which project a mentor will accompany, and why those two."""

    project = ProjectField()
    why = NameField(
        label=_("Why those two?"),
        max_length=400,
        help_text=_("Both read it in their mail. For example: they opened such a shop in 2019."),
        error_messages={"required": _("Say in a sentence why.")},
    )

    def __init__(self, *args: Any, mentor: Mentor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = () if self.is_bound else mentor.mentorings.filter(ended_at=None).values("project")
        found = projects_of(mentor.territory).exclude(pk__in=now)
        self.fields["project"].offer(found)  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    """A word about why it ends; none is fine too."""

    words = NameField(label=_("A word about why"), max_length=400, required=False)
