"""Forms of this room: a project's words, its moves, who leads it, the stages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.kit.pieces import CardLabel
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.projects.actions.projects import PLACE_LENGTH, SUMMARY_LENGTH, TITLE_LENGTH
from essor.projects.models import Project


class WordsForm(Rewording):
    """Title and summary, as the board and the page show them."""

    title = TextField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("A few words that make people want to read on."),
    )
    summary = TextField(
        label=_("In one or two sentences"),
        max_length=SUMMARY_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = TextField(
        label=_("Where it is at work, or would be"),
        max_length=PLACE_LENGTH,
        required=False,
        help_text=_("One commune or several. What is near is suggested first for its needs."),
    )
    track = forms.ChoiceField(
        label=_("Where it comes from"),
        required=False,
        choices=[
            (
                Project.Track.IMAGINE,
                CardLabel(_("To imagine"), _("It starts from a problem; a table imagined it.")),
            ),
            (
                Project.Track.BOOST,
                CardLabel(_("To boost"), _("It existed before; a table helped it on.")),
            ),
        ],
        widget=forms.RadioSelect,
    )

    @staticmethod
    def words_of(project: Project) -> dict[str, Any]:
        """The words as they stand."""
        return {name: getattr(project, name) for name in ("title", "summary", "place", "track")}
