"""Forms of lists: the file, then what its columns and some of its words mean."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from essor.evenings.listing.fields import FIELDS, IGNORE
from essor.evenings.listing.mapping import Known
from essor.evenings.listing.summary import OpenWord
from essor.kit.lists.forms import ColumnsForm, ListFileField
from essor.kit.sheets import Table
from essor.people.text import folded

SURPRISE = "surprise"


class FileForm(forms.Form):
    """The file of a list."""

    file = ListFileField(label=_("Your list"))


class MappingForm(ColumnsForm):
    """One select a column, one for each word that was not recognised.

    ``values()`` gives what ``map_list`` takes. A meaning that two columns claim is an error at
    the second one.
    """

    def __init__(
        self,
        *args: Any,
        table: Table,
        mapping: dict[str, Any],
        known: Known,
        words: Iterable[OpenWord],
        sheets: list[str],
        chosen: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.words = list(words)
        self.ask_sheet(sheets, chosen)
        self.ask_columns(table.header, table.lines, _meanings(known), mapping)
        challenges = [("", _("None of them")), (SURPRISE, _("Any will do"))] + [
            (each.public_id, each.short) for each in known.challenges.challenges
        ]
        spheres = [("", _("Leave it empty"))] + [
            (code, sphere.name) for code, sphere in known.spheres.spheres.items()
        ]
        for number, word in enumerate(self.words):
            self.fields[f"word-{number}"] = forms.ChoiceField(
                label=word.text,
                choices=challenges if word.kind == "challenges" else spheres,
                required=False,
                initial=mapping.get(word.kind, {}).get(folded(word.text), ""),
            )
        self.fields["all_facilitate"] = forms.BooleanField(
            label=_("Everybody in this list holds a table (facilitators)"),
            required=False,
            initial=mapping.get("all_facilitate", False),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for number, title in enumerate(self.header):
            name = f"column-{number}"
            key = cleaned.get(name, IGNORE)
            if key and key in taken:
                self.add_error(
                    name,
                    _("“%(other)s” already has this meaning. Choose another for one of the two.")
                    % {"other": taken[key]},
                )
            elif key:
                taken[key] = title
        return cleaned

    @property
    def open_words(self) -> list[tuple[OpenWord, forms.BoundField]]:
        return [(word, self[f"word-{number}"]) for number, word in enumerate(self.words)]

    def values(self, mapping: dict[str, Any]) -> dict[str, Any]:
        """The mapping as chosen, on top of the words that were settled before."""
        chosen = self.cleaned_data
        settled: dict[str, dict[str, str]] = {
            kind: dict(mapping.get(kind, {})) for kind in ("challenges", "spheres")
        }
        for number, word in enumerate(self.words):
            key = folded(word.text)
            value = chosen[f"word-{number}"]
            if value or key in settled[word.kind]:
                settled[word.kind][key] = value
        return {
            "columns": self.meanings,
            "challenges": settled["challenges"],
            "spheres": settled["spheres"],
            "all_facilitate": chosen["all_facilitate"],
            "sheet": self.chosen_sheet,
        }


def _meanings(known: Known) -> list[tuple[Any, Any]]:
    """The options of a column's select, in groups."""
    own = [(f"question:{question.pk}", question.label) for question in known.questions]
    ranks = [
        (f"challenge:{each.public_id}", _("Rank of “%(challenge)s”") % {"challenge": each.short})
        for each in known.challenges.challenges
    ]
    meanings: list[tuple[Any, Any]] = [(IGNORE, _("Do not import"))]
    groups: dict[Any, list[tuple[Any, Any]]] = {}
    for each in FIELDS:
        groups.setdefault(GROUPS.get(each.key, _("The person")), []).append((each.key, each.label))
    meanings += list(groups.items())
    if own:
        meanings.append((_("Your own questions"), own))
    if ranks:
        meanings.append((_("One column for each challenge"), ranks))
    return meanings


_EVENING, _LIST = _("The evening"), _("The list itself")
GROUPS = {
    **dict.fromkeys(
        ["choice_1", "choice_2", "choice_3", "choices", "facilitator", "access", "together",
         "apart"], _EVENING
    ),
    **dict.fromkeys(
        ["reference", "status", "payer_email", "payer_first_name", "payer_last_name"], _LIST
    ),
}  # fmt: skip
