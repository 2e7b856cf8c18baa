"""Why an offer is suggested, in a line that people read."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from essor.algos.text import folded, stems
from essor.exchanges.models import Suggestion

DAYS: dict[str, str | Promise] = {
    r"lundis?|mondays?": _lazy("on Mondays"),
    r"mardis?|tuesdays?": _lazy("on Tuesdays"),
    r"mercredis?|wednesdays?": _lazy("on Wednesdays"),
    r"jeudis?|thursdays?": _lazy("on Thursdays"),
    r"vendredis?|fridays?": _lazy("on Fridays"),
    r"samedis?|saturdays?": _lazy("on Saturdays"),
    r"dimanches?|sundays?": _lazy("on Sundays"),
    r"week ?ends?": _lazy("at weekends"),
    r"soirs?|evenings?": _lazy("in the evening"),
}
WHEN = {re.compile(rf"\b(?:{pattern})\b"): words for pattern, words in DAYS.items()}
SHARED = 3


def why(suggestion: Suggestion, offer: str) -> str:
    """The reasons in the reader's language; ``offer`` is its text: shared words and days are in it."""
    told = [words for each in suggestion.reasons if (words := SAID[each["code"]](suggestion, each))]
    shared = _shared(f"{suggestion.need.title} {suggestion.need.details}", offer)
    if shared:
        told.append(_("shared words: %(words)s") % {"words": ", ".join(shared)})
    days = [str(words) for pattern, words in WHEN.items() if pattern.search(folded(offer))]
    if days:
        told.append(_("free %(days)s") % {"days": get_text_list(days, _("and"))})
    return ", ".join(told)


def _shared(need: str, offer: str) -> list[str]:
    here = set(stems(offer, "fr"))
    found = dict[str, str]()
    for word in re.findall(r"\w{3,}", need):
        for stem in stems(word, "fr"):
            if stem in here:
                found.setdefault(stem, word.lower())
    return list(found.values())[:SHARED]


def _kind(suggestion: Suggestion, values: Mapping[str, Any]) -> str:
    return _("same kind")


def _subject(suggestion: Suggestion, values: Mapping[str, Any]) -> str:
    english = (get_language() or "fr").startswith("en")
    return _("about %(names)s") % {"names": ", ".join(values["english" if english else "names"])}


def _near(suggestion: Suggestion, values: Mapping[str, Any]) -> str:
    if values["km"] < 1:
        return _("less than a kilometre away")
    return _("%(km)s km away") % {"km": number_format(round(values["km"]))}


def _dates(suggestion: Suggestion, values: Mapping[str, Any]) -> str:
    days = values["days"]
    return ngettext("%(days)s day in common", "%(days)s days in common", days) % {"days": days}


def _meaning(suggestion: Suggestion, values: Mapping[str, Any]) -> str:
    """Told where nothing plainer is."""
    return _("near in meaning") if len(suggestion.reasons) == 1 else ""


SAID: dict[str, Callable[[Suggestion, Mapping[str, Any]], str]] = {
    "kind": _kind,
    "subject": _subject,
    "near": _near,
    "dates": _dates,
    "meaning": _meaning,
}
