"""Words that two people change at once: who saves later is told, and loses nothing.

A form that words anew what stands says in a hidden field over which words it was written: a short
mark of each. ``look_again`` locks the row and compares. Where somebody else wrote meanwhile the
form comes back (``tell``): what its writer left alone says what stands now, what both changed
keeps the writer's words with the others' beside them, and the next saving is written over those.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

from django import forms
from django.db.models import Model
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from essor.kit.locks import lock

M = TypeVar("M", bound=Model)
Words = Mapping[str, Any]
MARK = 10
"""Letters of a mark: enough to tell two texts of one field apart."""


class WrittenMeanwhile(Exception):
    """Somebody changed the words since the form was opened; ``now`` is what stands."""

    def __init__(self, now: Any) -> None:
        super().__init__()
        self.now = now


class Rewording(forms.Form):
    """A form over words that stand; ``initial`` holds them."""

    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "seen":
            return written(self._marks_of(self.initial))
        return super().get_initial_for_field(field, field_name)

    def _post_clean(self) -> None:
        """``seen`` is no word: whoever unpacks what was cleaned does not get it."""
        super()._post_clean()  # type: ignore[misc]
        self.cleaned_data.pop("seen", None)

    def look_again(self, row: M, words_of: Callable[[M], Words]) -> None:
        """Lock ``row`` until the act ends. Raises ``WrittenMeanwhile`` where its words are no
        longer those that were seen; a form that does not say what it saw is let through."""
        now = words_of(lock(row))
        seen, marks = self._seen(), self._marks_of(now)
        if any(seen.get(name, mark) != mark for name, mark in marks.items()):
            raise WrittenMeanwhile(now)

    def tell(self, news: WrittenMeanwhile, who: str = "") -> None:
        """Make this form the one that says what happened, and what to do."""
        seen, data = self._seen(), QueryDict(mutable=True)
        data.update(self.data)  # a copy that can be written
        taken = []
        for name, field in self._worded():
            theirs, mine = shown(field, self._value(name, news.now)), self._typed(name, field)
            if seen.get(name, mark_of(theirs)) == mark_of(theirs):
                continue
            if mark_of(mine) == seen[name]:
                data.setlist(self.add_prefix(name), theirs)
                taken.append(str(field.label))
            elif mine != theirs:
                field.theirs = in_words(field, self._value(name, news.now))  # type: ignore[attr-defined]
                self.add_error(name, _("Both of you changed this: keep what is right."))
        data[self.add_prefix("seen")] = written(self._marks_of(news.now))
        self.data = data
        self.add_error(None, changed_by(who))
        if taken:
            words = _("What they changed and you did not is taken over: %(fields)s.")
            self.add_error(None, words % {"fields": ", ".join(taken)})

    def _worded(self) -> list[tuple[str, forms.Field]]:
        """The fields that hold words: no file, not the marks themselves."""
        return [
            (name, field)
            for name, field in self.fields.items()
            if name != "seen" and not field.widget.needs_multipart_form
        ]

    def _value(self, name: str, words: Words) -> Any:
        value = words.get(name, self.fields[name].initial)
        return value() if callable(value) and not isinstance(value, Model) else value

    def _typed(self, name: str, field: forms.Field) -> list[str]:
        html_name = self.add_prefix(name)
        return sent(field.widget.value_from_datadict(self.data, self.files, html_name))

    def _marks_of(self, words: Words) -> dict[str, str]:
        return {
            name: mark_of(shown(field, self._value(name, words))) for name, field in self._worded()
        }

    def _seen(self) -> dict[str, str]:
        return read(str(self.data.get(self.add_prefix("seen")) or ""))


class RewordingSet(BaseFormSet):  # type: ignore[type-arg]
    """Lines over lines that stand: one mark for all of them, theirs shown as a list."""

    theirs: tuple[str, ...] = ()
    told = ""

    @property
    def seen(self) -> SafeString:
        """The hidden field, for the template."""
        posted = self.told or (self.data or {}).get(f"{self.prefix}-seen")
        mark = posted if self.is_bound else self._mark(self.initial or [])
        return format_html(
            '<input type="hidden" name="{}-seen" value="{}">', self.prefix, mark or ""
        )

    def look_again(self, row: M, rows_of: Callable[[M], list[dict[str, Any]]]) -> None:
        """Lock ``row`` until the act ends. Raises ``WrittenMeanwhile``."""
        now = rows_of(lock(row))
        seen = self.data.get(f"{self.prefix}-seen")
        if seen and seen != self._mark(now):
            raise WrittenMeanwhile(now)

    def tell(self, news: WrittenMeanwhile, who: str = "") -> None:
        """Make this the set that says what happened, and what stands."""
        self.told = self._mark(news.now)
        self.theirs = tuple(line for row in news.now if (line := self._in_a_line(row)))
        self.non_form_errors().append(changed_by(who))

    def _mark(self, rows: Sequence[Words]) -> str:
        fields = self.form.base_fields
        return mark_of(
            [
                f"{at} {name} {part}"
                for at, row in enumerate(rows)
                for name, value in sorted(row.items())
                for part in shown(fields[name], value)
            ]
        )

    def _in_a_line(self, row: Words) -> str:
        """A line as people read it; nothing for a blank one, which lacks words of its own."""
        fields = {n: f for n, f in self.form.base_fields.items() if not f.widget.is_hidden}
        if not fields.keys() <= row.keys():
            return ""
        said = [(field, row[name]) for name, field in fields.items()]
        return ", ".join(in_words(field, value) for field, value in said if value)


def lines_of(
    form: type[forms.Form], *, most: int, kind: type[RewordingSet] = RewordingSet
) -> type[RewordingSet]:
    """The set of such lines, ``most`` at most. Django would make a thousand forms more than are
    allowed, for a number that anybody may send."""
    made = formset_factory(
        form, formset=kind, extra=0, max_num=most, absolute_max=most + 1, validate_max=True
    )
    return cast(type[RewordingSet], made)


def changed_by(who: str) -> str:
    """What happened, and what to do next."""
    words = _(
        "%(who)s changed this while you were writing. Nothing is kept yet: look at what stands now, and save again."
    )
    return words % {"who": who or _("Somebody else")}


def shown(field: forms.Field, value: Any) -> list[str]:
    """What a browser sends back when nobody touches a field that shows ``value``."""
    prepared = field.prepare_value(value)
    if isinstance(field.widget, forms.CheckboxInput):
        return sent(bool(field.widget.check_test(prepared)))
    return sent(field.widget.format_value(prepared))


def sent(value: Any) -> list[str]:
    """A widget's value as comparable words: lines end one way, blank is nothing."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value if each not in (None, ""))
    words = str("" if value is None else value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return [words] if words else []


def in_words(field: forms.Field, value: Any) -> str:
    """What stands in a field, as people read it."""
    if isinstance(field.widget, forms.CheckboxInput):
        return _("yes") if value else _("no")
    parts = shown(field, value)
    choices = getattr(field, "choices", None)
    if choices is not None:
        parts = [str(label) for key, label in choices if str(key) in parts]
    elif value is not None and not isinstance(value, str | list | tuple):
        parts = [str(localize(value))]
    return ", ".join(parts) or _("(nothing)")


def mark_of(words: list[str]) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:MARK]


def written(marks: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{mark}" for name, mark in marks.items())


def read(marks: str) -> dict[str, str]:
    """Marks as ``written``; what is none is left out."""
    pairs = (each.rpartition(":") for each in marks.split())
    return {name: mark for name, _colon, mark in pairs if name}
