"""Choosing one of a territory's projects: a list while it is short, else words to look for.

A territory may have thousands: a list of them weighs hundreds of kilobytes and nobody finds theirs
in it. Where words fit one project, it is chosen; where they fit several, the form comes back with
these to choose from. No script is needed.
"""

import re
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from essor.people.text import folded
from essor.projects.models import Project

FEW = 40
"""Up to so many projects stand in a list."""
MOST = 12
"""So many that fit the words are offered."""
ADDRESS = re.compile(r"/projects/(\w+)")


class Sought(NamedTuple):
    """What came with the form: the words, and the key chosen among what these words found."""

    words: str
    chosen: str


class SoughtProject(forms.Widget):
    """A field for words, with what they fit below it; ``choices`` are (key, title)."""

    choices: list[tuple[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.choices = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sought:
        words = data.get(f"{name}_words", "").strip()
        known = words == data.get(f"{name}_sought", words)
        return Sought(words, data.get(name, "") if known else "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_words" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        sought = value if isinstance(value, Sought) else Sought("", "")
        given = {"type": "search", "class": "input", "maxlength": 200, "autocomplete": "off"}
        attributes = {**given, **(attrs or {}), "name": f"{name}_words", "value": sought.words}
        field = format_html("<input{}>", forms.utils.flatatt(attributes))
        if not self.choices:
            return field
        options = format_html_join(
            "",
            '<label class="choice choice--one"><input type="radio" name="{}" value="{}"{}>'
            '<span class="choice__mark" aria-hidden="true"></span>'
            '<span class="choice__title">{}</span></label>',
            (
                (name, key, SafeString(" checked") if key == sought.chosen else "", title)
                for key, title in self.choices
            ),
        )
        return format_html(
            '{}<input type="hidden" name="{}_sought" value="{}">'
            '<fieldset class="choices sought"><legend>{}</legend>{}</fieldset>',
            field, name, sought.words, _("Which of these?"), options,
        )  # fmt: skip


class ProjectField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the projects that the form ``offer``s."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Which project?"))
        choose = gettext_lazy("Choose a project.")
        said = kwargs.pop("error_messages", {})
        super().__init__(
            queryset=Project.objects.none(),
            empty_label=gettext_lazy("(choose a project)"),
            error_messages={"required": choose, "invalid_choice": choose, **said},
            **kwargs,
        )

    def offer(self, projects: QuerySet[Project]) -> None:
        """Let one of ``projects`` be chosen; one query."""
        if projects.order_by()[FEW : FEW + 1].exists():
            self.widget = SoughtProject()
            self.widget.is_required = self.required
            told = _("Write its title or a part of it, or paste its address.")
            self.help_text = f"{self.help_text} {told}".strip()
        self.queryset = projects

    @property
    def queryset(self) -> Any:
        return self._queryset

    @queryset.setter
    def queryset(self, queryset: Any) -> None:
        self._queryset = None if queryset is None else queryset.all()
        if not isinstance(self.widget, SoughtProject):
            self.widget.choices = self.choices

    def label_from_instance(self, project: Any) -> str:
        return str(project)

    def clean(self, value: Any) -> Any:
        if not isinstance(value, Sought):
            return super().clean(value)
        if value.chosen or not value.words:
            return super().clean(value.chosen)
        found = self._fitting(value.words)
        if len(found) == 1:
            return super().clean(found[0][0])
        if not found:
            raise forms.ValidationError(_("No project has these words in its title: try others."))
        assert isinstance(self.widget, SoughtProject)
        self.widget.choices = [(str(key), title) for key, title in found[:MOST]]
        if len(found) > MOST:
            raise forms.ValidationError(
                _("More than %(count)d projects fit: choose, or write more of the title.")
                % {"count": MOST}
            )
        raise forms.ValidationError(_("Several projects fit: choose one."))

    def _fitting(self, words: str) -> list[tuple[int, str]]:
        """Keys and titles of the projects that fit, in the order of the offer; that title alone
        where one is exactly so."""
        address = ADDRESS.search(words)
        if address:
            named = self.queryset.filter(public_id=address[1])
            return list(named.values_list("pk", "title"))
        wanted = folded(words)
        told = (
            (pk, title, folded(title)) for pk, title in self.queryset.values_list("pk", "title")
        )
        fitting = [(pk, title, plain) for pk, title, plain in told if wanted and wanted in plain]
        same = [each for each in fitting if each[2] == wanted]
        return [(pk, title) for pk, title, _plain in (same if len(same) == 1 else fitting)]
