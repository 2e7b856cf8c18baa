"""Which tables meet by video, and where."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from essor.evenings.models import Evening
from essor.evenings.video_link import LONGEST, video_link
from essor.kit.rewording import Rewording, RewordingSet, lines_of

MOST_REMOTE, BLANK = 40, 2


class OfferForm(Rewording):
    """Whether people may choose it when they register."""

    offered = forms.BooleanField(
        required=False,
        label=_("People may choose to take part from a distance"),
        help_text=_("The question is asked on the registration page; answers may change later."),
    )

    @staticmethod
    def words_of(evening: Evening) -> dict[str, Any]:
        return {"offered": evening.remote_offered}


class RemoteTableForm(forms.Form):
    """One table with its link; without a link it is in the hall, or left out."""

    number = forms.IntegerField(
        required=False, min_value=1, max_value=999, label=_("Number of the table")
    )
    link = forms.CharField(
        required=False,
        max_length=LONGEST + 100,
        label=_("Link of its video meeting"),
        help_text=_("Of any service. Only those who sit there, and the team, see it."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def clean_link(self) -> str:
        return video_link(self.cleaned_data["link"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("link") and not data.get("number") and "number" not in self.errors:
            self.add_error("number", gettext("Which table meets there?"))
        return data


class _Rows(RewordingSet):
    def clean(self) -> None:
        seen: set[int] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if not data.get("link") or not data.get("number"):
                continue
            if data["number"] in seen:
                form.add_error("number", gettext("This table is there twice."))
                raise ValidationError(gettext("Each table has one link."))
            seen.add(data["number"])


RemoteTables = lines_of(RemoteTableForm, most=MOST_REMOTE, kind=_Rows)


def remote_rows(evening: Evening) -> list[dict[str, Any]]:
    """The tables that meet by video with two blank lines, numbered after the last table."""
    tables = list(evening.room_tables.all())
    rows: list[dict[str, Any]] = [{"number": t.number, "link": t.link} for t in tables if t.remote]
    last = max((table.number for table in tables), default=0)
    blank = ({"number": last + n} for n in range(1, BLANK + 1))
    return [*rows, *blank][:MOST_REMOTE]


def links_in(rows: Any) -> dict[int, str]:
    """The checked links by number, of lines that have one."""
    said = (form.cleaned_data for form in rows if form.cleaned_data)
    return {each["number"]: each["link"] for each in said if each.get("link")}
