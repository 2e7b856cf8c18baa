"""A private room's words, its budget, its dates, its files, its links."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.kit import clock
from essor.kit.pieces import CardLabel
from essor.kit.rewording import Rewording
from essor.kit.words import TextField
from essor.people.fields import NameField
from essor.support.actions.private_rooms import LONGEST_WORDS, LineSaid
from essor.support.actions.room_links import LONGEST
from essor.support.forms.cohorts import day_field
from essor.support.models import BudgetLine, PrivateRoom
from essor.support.money import MOST_EUROS
from essor.support.papers import Paper, PaperRefused, checked

Sum = PrivateRoom.Sum
SHOWN: tuple[tuple[str, Any, Any, str], ...] = (
    (Sum.ROOM, _("Nothing"), _("Amounts stay in this room."), "lock"),
    (Sum.SHARE, _("About how much is found"), _("In quarters: “more than half is found”."), "info"),
    (Sum.TOTAL, _("The sum"), _("From ten pledges on; below, in quarters, so that no sum tells who gave what."), "eye"),
)  # fmt: skip
WRONG_AMOUNT = _("Write whole euros, for example 1500.")


def euros_field(label: Any, *, least: int = 1, **fields: Any) -> forms.IntegerField:
    """Whole euros; people may write “1 500” or “1 500 €”."""
    return EurosField(
        label=label,
        min_value=least,
        max_value=MOST_EUROS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": WRONG_AMOUNT, "min_value": WRONG_AMOUNT, "max_value": WRONG_AMOUNT,
            "required": WRONG_AMOUNT,
        },
        **fields,
    )  # fmt: skip


class EurosField(forms.IntegerField):
    """A number of euros as people write it."""

    def to_python(self, value: Any) -> int | None:
        written = "".join(str(value or "").replace("€", "").split())
        return super().to_python(written)


class RoomForm(Rewording):
    """What partners read first, and what everybody may see of the sums."""

    words = TextField(
        label=_("What do you want to tell your partners?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What it is, how it lives, what would be decisive now. Plain words."),
    )
    sum_shown = forms.ChoiceField(
        label=_("What does everybody see of the money on the project’s page?"),
        choices=[(key, CardLabel(label, note, icon)) for key, label, note, icon in SHOWN],
        initial=Sum.ROOM,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )

    @staticmethod
    def words_of(room: PrivateRoom | None) -> dict[str, Any]:
        """The words as they stand; none where no room was opened."""
        return {"words": room.words, "sum_shown": room.sum_shown} if room else {}


class LineForm(Rewording):
    """A line of the budget."""

    label = NameField(
        label=_("What for?"),
        max_length=160,
        help_text=_("For example: the oven, three months of rent, the first salary."),
        error_messages={"required": _("Say what it is for.")},
    )
    needed = euros_field(_("How much is needed, in euros?"))
    found = euros_field(
        _("How much is there already?"),
        least=0,
        required=False,
        help_text=_("From elsewhere: savings, a grant. Pledges made here count by themselves."),
    )

    @property
    def said(self) -> LineSaid:
        values = self.cleaned_data
        return LineSaid(values["label"], values["needed"], values["found"] or 0)

    @staticmethod
    def words_of(line: BudgetLine) -> dict[str, Any]:
        """The line as it stands."""
        return {"label": line.label, "needed": line.needed, "found": line.found}


class DateForm(forms.Form):
    """A day that partners should know."""

    day = day_field(_("Which day?"))
    what = NameField(
        label=_("What happens?"),
        max_length=200,
        error_messages={"required": _("Say in a few words what happens on that day.")},
    )


class FileForm(forms.Form):
    """A file for partners; what it is decides its content, not its name."""

    title = NameField(
        label=_("What is it called?"),
        max_length=160,
        help_text=_("For example: three-year budget, plan of the workshop."),
        error_messages={"required": _("Give it a name that partners understand.")},
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("PDF, JPEG, PNG, WebP, ODS or XLSX, 10 MB at most. Place and date are removed from pictures."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.ods,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )  # fmt: skip
    paper: Paper

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        try:
            self.paper = checked(upload, size=upload.size)
        except PaperRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload


class LinkForm(forms.Form):
    """For whom a secret link is, and its last day."""

    name = NameField(
        label=_("For whom is it?"),
        max_length=120,
        help_text=_("For example: Crédit coopératif, Mrs Martin. You will see how often it was opened."),
        error_messages={"required": _("Name the partner, so that you know which link to end.")},
    )  # fmt: skip
    until = day_field(_("Its last day"))

    def clean_until(self) -> Any:
        day, today = self.cleaned_data["until"], clock.today()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(gettext("Choose a day from today to one year on."))
        return day
