"""Template tags of the kit: the act key of forms, panels, navigation, drawings."""

import functools
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.kit import colours, drawing
from essor.kit.alike import alike
from essor.kit.icons import ICONS
from essor.kit.letters import repeated
from essor.kit.panels import panels_for
from essor.kit.shell import header_of

register = template.Library()
LONGEST_LINE = 32
"""Words of a page's own description: what a shared link and a list of results have room for."""
BEFORE_A_SIGN = re.compile(r" (?=[;:?!»])|(?<=«) ")


@register.simple_tag(takes_context=True)
def act(context: Context) -> SafeString:
    """The hidden idempotency key of a posting form; kept when the form comes back with errors."""
    request = context.get("request")
    posted = request.POST.get("act", "") if request is not None and request.method == "POST" else ""
    return format_html('<input type="hidden" name="act" value="{}">', posted or uuid.uuid4())


@register.simple_tag(takes_context=True)
def panels(context: Context, slot: str, subject: Any = None) -> SafeString:
    """Everything that upper rooms hang in ``slot`` for ``subject``."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    made = panels_for(slot, request, subject)
    return mark_safe(  # noqa: S308 - each part was rendered by an autoescaping template
        "".join(render_to_string(panel.template, panel.context, request) for panel in made)
    )


@register.simple_tag(takes_context=True)
def header(context: Context) -> SafeString:
    """The header of the page; a page that is made without a request has that of a stranger."""
    return header_of(context.get("request") or HttpRequest())


@register.simple_tag
def languages() -> SafeString:
    """The buttons of the languages, the one that is read pressed."""
    return alike("kit/_languages.html")


@register.filter
def since(value: datetime, at: datetime) -> str:
    """How long ago in one word and number: « 3 weeks »."""
    return timesince(value, at, depth=1)


@register.filter(is_safe=True)
@stringfilter
def unbroken(text: str) -> str:
    """A title as it was typed, but a « ? » never goes to the next line alone.

    >>> unbroken("Comment partager ?")
    'Comment partager\\xa0?'
    """
    return BEFORE_A_SIGN.sub("\u00a0", text)


@register.filter
@stringfilter
def in_a_line(text: str) -> str:
    """What a page says of itself to whoever has not opened it: one line, cut between two words.

    >>> in_a_line("Une laverie   partagée\n\nau village")
    'Une laverie partagée au village'
    """
    return Truncator(" ".join(text.split())).words(LONGEST_LINE)


@register.filter
@stringfilter
def quoted(text: str) -> str:
    """Somebody's words between the quotation marks of the reader's language."""
    return _("“%(words)s”") % {"words": text}


@register.filter
def grouped(number: int | str) -> str:
    """A count as people read it, thousands apart in their language; what is no count stays.

    >>> grouped("312 / 400")
    '312 / 400'
    """
    digits = str(number)
    return number_format(digits, force_grouping=True) if digits.isdecimal() else digits


@register.filter
def extra(attrs: Any) -> SafeString:
    """The attributes that a component did not declare (``aria-*``, ``data-*``, ``hx-*``), escaped."""
    given = attrs.attrs_dict().items()
    return format_html_join(
        "",
        " {}{}",
        (
            (name, "" if value is True else format_html('="{}"', value))
            for name, value in given
            if value is not False and value is not None
        ),
    )


@register.simple_tag
@functools.lru_cache(maxsize=1000)
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """An icon, as ``<c-icon>`` shows it. In components, which lists show by the hundred, write this
    tag: a component in a component costs a tenth of a millisecond.

    A name that is not in the set is a mistake of the page.
    """
    seen = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" {}><path d="{}"/></svg>',
        classes,
        mark_safe(seen),  # noqa: S308 - made just above
        ICONS[name],
    )


register.filter("repeated", repeated)


@register.filter
def plain(number: float) -> str:
    """A number as SVG wants it, whatever the language: a point and no thousands."""
    return f"{number:g}"


@register.filter
def ink(colour: str) -> str:
    return colours.ink_on(colour)


@register.filter
def seats_around(seats: Sequence[Any]) -> list[drawing.PlacedSeat]:
    return drawing.seats_around(list(seats or []))


@register.filter
def table_in_words(seats: Sequence[Any], number: Any) -> str:
    """What the drawing of a round table shows, for whoever does not see it."""
    sitting = [seat for seat in seats or [] if seat is not None]
    spheres = {seat.code: seat.name for seat in sitting}
    free = len(seats or []) - len(sitting)
    words = [
        _("Table %(number)s") % {"number": number} if number else _("A round table"),
        ngettext("%(people)s person", "%(people)s people", len(sitting)) % {"people": len(sitting)},
    ]
    counted = Counter(seat.code for seat in sitting).most_common()
    words += [f"{spheres[code]} {people}" for code, people in counted]
    if free:
        words.append(ngettext("%(free)s free seat", "%(free)s free seats", free) % {"free": free})
    return ", ".join(words)


@register.filter
def bar_parts(counts: Iterable[Any]) -> list[drawing.Part]:
    return drawing.parts_of_bar([(count, count.people) for count in counts or []])


@register.filter
def missing(counts: Iterable[Any]) -> str:
    """The spheres of which too few have come forward, in one line; empty when none lacks."""
    return ", ".join(str(count.sphere.plural) for count in counts or [] if count.missing)


@register.simple_tag
def flock(seed: int | str, birds: int | str, classes: str = "") -> SafeString:
    """The drawing of ``<c-flock>``: the same birds for the same seed, drawn once."""
    return alike("kit/_flock.html", seed=int(seed), birds=int(birds), classes=str(classes))


@register.simple_tag
def flock_groups(seed: int, birds: int) -> list[list[drawing.Bird]]:
    return drawing.flock(int(seed), int(birds))


@register.filter
def looks_like(field: BoundField) -> str:
    """How a field is laid out: ``hidden``, ``check``, ``one`` or ``many`` of cards, or ``line``."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    kind = getattr(widget, "input_type", None)
    if kind == "radio":
        return "one"
    if kind == "checkbox":
        return "many" if getattr(widget, "allow_multiple_selected", False) else "check"
    return "group" if widget.use_fieldset else "line"


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link of the error summary leads to: the control, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The pages worth a link: the ends and those around this one; None stands for a gap."""
    last = page.paginator.num_pages
    near = {1, last, page.number - 1, page.number, page.number + 1}
    shown: list[int | None] = []
    for number in sorted(near & set(range(1, last + 1))):
        if shown and shown[-1] is not None and number - shown[-1] > 1:
            shown.append(None)
        shown.append(number)
    return shown
