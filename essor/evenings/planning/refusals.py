"""Why no plan exists, in people's words: built from the engine's codes and numbers.

Each refusal comes with what would solve it, and where to do it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.evenings.models import Evening

Params = Mapping[str, Any]
Names = Mapping[str, str]
"""What ids are called: people, challenges by their public id."""

PLACES = {
    "room": "evenings:room",
    "people": "evenings:plan_list",
    "challenges": "evenings:challenges",
    "plan": "evenings:plan",
    "remote": "evenings:remote_tables",
}
"""Where each remedy is done."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that would solve it: the sentence, and the page where it is done."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One refusal: what cannot hold, and what would solve it."""

    words: str
    remedies: tuple[Remedy, ...]


def explain(refusals: Sequence[Params], names: Names, evening: Evening) -> list[Explained]:
    """Kept refusals (``actions.plan_runs.refusal_as_data``) as sentences with their remedies."""
    return [
        Explained(
            _side(each["params"]) + REFUSALS.get(each["code"], _unknown)(each["params"], names),
            tuple(
                Remedy(REMEDIES[code][0](params, names), place(REMEDIES[code][1], evening))
                for code, params in each["remedies"]
                if code in REMEDIES
            ),
        )
        for each in refusals
    ]


def _side(params: Params) -> str:
    """Whether the hall or those at a distance are concerned, where an evening has both."""
    sides = {"hall": _("In the hall: "), "remote": _("From a distance: ")}
    return sides.get(params.get("side", ""), "")


def place(where: str, evening: Evening) -> str:
    return reverse(PLACES[where], args=[evening.territory.slug, evening.public_id])


def named(ids: Sequence[str], names: Names) -> str:
    """« Aïcha, Bruno et Chloé »; ids nobody knows any more are left out."""
    return get_text_list([names[each] for each in ids if each in names], _("and"))


def tables_in_words(count: int) -> str:
    return ngettext("%(count)d table", "%(count)d tables", count) % {"count": count}


def people_in_words(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def _unknown(params: Params, names: Names) -> str:
    return _("These rules cannot all hold together.")


def _block_too_large(params: Params, names: Names) -> str:
    return _("%(names)s asked to sit together, but a table has %(high)d seats.") % {
        "names": named(params["people"], names),
        "high": params["high"],
    }


def _together_and_apart(params: Params, names: Names) -> str:
    return _("%(first)s and %(second)s asked to sit apart, and together through others.") % {
        "first": names.get(params["first"], "?"),
        "second": names.get(params["second"], "?"),
    }


def _pins_differ(params: Params, names: Names) -> str:
    return _("%(names)s sit together but are kept for different tables: %(tables)s.") % {
        "names": named(params["people"], names),
        "tables": ", ".join(params["tables"]),
    }


def _host_of_two(params: Params, names: Names) -> str:
    return _(
        "%(names)s would have to work on “%(first)s” and “%(second)s” at once, "
        "and these are not neighbours."
    ) % {
        "names": named(params["people"], names),
        "first": names.get(params["first"], "?"),
        "second": names.get(params["second"], "?"),
    }


def _pin_without_access(params: Params, names: Names) -> str:
    return _("%(names)s need an accessible table, and table %(table)s is not one.") % {
        "names": named(params["people"], names),
        "table": params["table"],
    }


def _together_across(params: Params, names: Names) -> str:
    return _("%(near)s in the hall and %(far)s at a distance asked to sit together.") % {
        "near": named(params["hall"], names),
        "far": named(params["remote"], names),
    }


def _pin_across(params: Params, names: Names) -> str:
    text = (
        _("%(names)s takes part from a distance and is kept for table %(table)s, in the hall.")
        if params["remote"]
        else _("%(names)s comes to the hall and is kept for table %(table)s, by video.")
    )
    return text % {"names": named(params["people"], names), "table": params["table"]}


def _too_few_people(params: Params, names: Names) -> str:
    return _("%(people)s registered: a table needs at least %(low)d.") % {
        "people": people_in_words(params["people"]),
        "low": params["low"],
    }


def _too_few_tables(params: Params, names: Names) -> str:
    return _("%(people)s need %(needed)s of %(high)d seats; the room has %(tables)s.") % {
        "people": people_in_words(params["people"]),
        "needed": tables_in_words(params["needed"]),
        "high": params["high"],
        "tables": tables_in_words(params["tables"]),
    }


def _too_few_facilitators(params: Params, names: Names) -> str:
    return ngettext(
        "%(tables)s are needed, and there is %(count)d facilitator.",
        "%(tables)s are needed, and there are %(count)d facilitators.",
        params["facilitators"],
    ) % {"tables": tables_in_words(params["tables"]), "count": params["facilitators"]}


def _cannot_split(params: Params, names: Names) -> str:
    return _("%(people)s cannot be split into tables of %(low)d to %(high)d.") % {
        "people": people_in_words(params["people"]),
        "low": params["low"],
        "high": params["high"],
    }


def _too_few_accessible(params: Params, names: Names) -> str:
    return _("%(people)s need an accessible table; the room has %(tables)s of them.") % {
        "people": people_in_words(params["people"]),
        "tables": tables_in_words(params["tables"]),
    }


def _too_many_hosted(params: Params, names: Names) -> str:
    return _("%(count)d challenges have hosts and need a table each; %(tables)s can open.") % {
        "count": len(params["challenges"]),
        "tables": tables_in_words(params["tables"]),
    }


def _challenge_tables(params: Params, names: Names) -> str:
    return _("“%(challenge)s” cannot have the number of tables asked for.") % {
        "challenge": names.get(params["challenge"], "?")
    }


def _not_found(params: Params, names: Names) -> str:
    return _(
        "No plan that keeps every rule was found in the time given. "
        "Nothing proves that there is none."
    )


REFUSALS: dict[str, Callable[[Params, Names], str]] = {
    "block_too_large": _block_too_large,
    "together_and_apart": _together_and_apart,
    "pins_differ": _pins_differ,
    "host_of_two": _host_of_two,
    "pin_without_access": _pin_without_access,
    "together_across": _together_across,
    "pin_across": _pin_across,
    "too_few_people": _too_few_people,
    "too_few_tables": _too_few_tables,
    "too_few_facilitators": _too_few_facilitators,
    "cannot_split": _cannot_split,
    "too_few_accessible": _too_few_accessible,
    "too_many_hosted": _too_many_hosted,
    "challenge_tables": _challenge_tables,
    "not_found": _not_found,
}


def _more_facilitators(params: Params, names: Names) -> str:
    return ngettext(
        "Find %(count)d more facilitator", "Find %(count)d more facilitators", params["count"]
    ) % {"count": params["count"]}


def _accessible(params: Params, names: Names) -> str:
    if "table" in params:
        return _("Make table %(table)s accessible") % {"table": params["table"]}
    return _("Make %(tables)s more accessible") % {"tables": tables_in_words(params["count"])}


def _neighbours(params: Params, names: Names) -> str:
    return _("Let “%(first)s” and “%(second)s” be neighbours") % {
        "first": names.get(params["first"], "?"),
        "second": names.get(params["second"], "?"),
    }


REMEDIES: dict[str, tuple[Callable[[Params, Names], str], str]] = {
    "drop_together": (lambda p, n: _("Let one of these wishes go"), "people"),
    "drop_apart": (lambda p, n: _("Let the wish to sit apart go"), "people"),
    "drop_pin": (lambda p, n: _("No longer keep them for a table"), "plan"),
    "seats_max": (lambda p, n: _("Allow %(to)d seats at a table") % p, "room"),
    "seats_min": (lambda p, n: _("Allow tables of %(to)d people") % p, "room"),
    "make_neighbours": (_neighbours, "challenges"),
    "make_accessible": (_accessible, "room"),
    "more_people": (
        lambda p, n: _("Register %(people)s more") % {"people": people_in_words(p["count"])},
        "people",
    ),
    "fewer_people": (
        lambda p, n: _("Register %(people)s fewer") % {"people": people_in_words(p["count"])},
        "people",
    ),
    "more_tables": (
        lambda p, n: _("Find %(tables)s more") % {"tables": tables_in_words(p["count"])},
        "room",
    ),
    "mark_remote": (
        lambda p, n: (
            _("Let %(tables)s more meet by video") % {"tables": tables_in_words(p["count"])}
        ),
        "remote",
    ),
    "to_the_hall": (
        lambda p, n: (
            _("Ask %(people)s to come to the hall") % {"people": people_in_words(p["count"])}
        ),
        "people",
    ),
    "change_side": (
        lambda p, n: (
            _("Ask %(names)s whether they take part otherwise") % {"names": named(p["people"], n)}
        ),
        "people",
    ),
    "more_facilitators": (_more_facilitators, "people"),
    "close_tables": (
        lambda p, n: (
            _("Open %(tables)s fewer, with up to %(seats)d seats each")
            % {"tables": tables_in_words(p["count"]), "seats": p["seats_max"]}
        ),
        "room",
    ),
    "free_challenge": (
        lambda p, n: (
            _("Free the number of tables of “%(challenge)s”")
            % {"challenge": n.get(p["challenge"], "?")}
        ),
        "plan",
    ),
    "more_steps": (lambda p, n: _("Compute for longer"), "plan"),
    "relax": (lambda p, n: _("Let a wish or a kept place go"), "people"),
}
