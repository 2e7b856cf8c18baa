"""Plans in people's words: rules that do not hold, what changed, suggestions, reasons to sit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from essor.evenings.planning.refusals import Names, named

Params = Mapping[str, Any]


def broken_in_words(broken: Sequence[Sequence[Any]], names: Names) -> list[str]:
    """Hard rules that do not hold, each (code, parameters), as sentences."""
    return [BROKEN.get(code, _some_rule)(params, names) for code, params in broken]


def _name(params: Params, key: str, names: Names) -> str:
    return names.get(params.get(key, ""), _("somebody"))


def _some_rule(p: Params, n: Names) -> str:
    return _("A rule of the evening does not hold.")


def _size(p: Params, n: Names) -> str:
    if "people" not in p:
        return _("Table %(table)s is full.") % p
    return ngettext(
        "Table %(table)s has %(people)d person.",
        "Table %(table)s has %(people)d people.",
        p["people"],
    ) % {"table": p["table"], "people": p["people"]}


BROKEN: dict[str, Callable[[Params, Names], str]] = {
    "seated_once": lambda p, n: _("%(who)s has no seat.") % {"who": _name(p, "person", n)},
    "size": _size,
    "challenge": lambda p, n: _("Table %(table)s works on no challenge.") % p,
    "neighbours": lambda p, n: _("Table %(table)s joins challenges that are not neighbours.") % p,
    "facilitator": lambda p, n: _("Table %(table)s has no facilitator.") % p,
    "access": lambda p, n: (
        _("%(who)s needs an accessible table, and table %(table)s is not one.")
        % {"who": _name(p, "person", n), "table": p["table"]}
    ),
    "distance": lambda p, n: (
        _("%(who)s and table %(table)s: one is in the hall, the other takes part by video.")
        % {"who": _name(p, "person", n), "table": p["table"]}
    ),
    "host": lambda p, n: (
        _("%(who)s belongs to the table of “%(challenge)s”.")
        % {"who": _name(p, "person", n), "challenge": _name(p, "challenge", n)}
    ),
    "pin_table": lambda p, n: (
        _("%(who)s is kept for another table.") % {"who": _name(p, "person", n)}
    ),
    "pin_challenge": lambda p, n: (
        _("%(who)s is kept for “%(challenge)s”.")
        % {"who": _name(p, "person", n), "challenge": _name(p, "challenge", n)}
    ),
    "together": lambda p, n: (
        _("%(first)s and %(second)s asked to sit together.")
        % {"first": _name(p, "first", n), "second": _name(p, "second", n)}
    ),
    "apart": lambda p, n: (
        _("%(first)s and %(second)s asked to sit apart.")
        % {"first": _name(p, "first", n), "second": _name(p, "second", n)}
    ),
    "challenge_tables": lambda p, n: (
        _("“%(challenge)s” does not have the number of tables asked for.")
        % {"challenge": _name(p, "challenge", n)}
    ),
}


def change_in_words(change: Params, names: Names) -> str:
    """What made a plan from the one before."""
    code = change.get("code", "")
    if code == "moved" and change.get("round"):
        return _("%(who)s moved to table %(table)s in round %(round)d") % {
            "who": _name(change, "person", names),
            "table": change["table"],
            "round": change["round"],
        }
    if code == "moved":
        return _("%(who)s moved to table %(table)s") % {
            "who": _name(change, "person", names),
            "table": change["table"],
        }
    if code == "seated_rest":
        return ngettext(
            "%(count)d newcomer seated", "%(count)d newcomers seated", change["people"]
        ) % {"count": change["people"]}
    if code == "imported":
        return _("Brought from a file")
    if code in SUGGESTED:
        return SUGGESTED[code](change, names)
    if "seconds" in change:
        return _("Computed in %(seconds)s s") % {"seconds": decimal(change["seconds"])}
    return _("Computed")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion ready to show: what to do, its effect, whether it helps or only frees means,
    and whether it is done by hand.
    """

    key: str
    title: str
    effect: str
    helps: bool
    by_hand: bool


SUGGESTED: dict[str, Callable[[Params, Names], str]] = {
    "open_twice": lambda p, n: (
        _("Open “%(challenge)s” at %(tables)d tables")
        % {"challenge": _name(p, "challenge", n), "tables": p["tables"]}
    ),
    "drop": lambda p, n: _("Do without “%(challenge)s”") % {"challenge": _name(p, "challenge", n)},
    "merge": lambda p, n: (
        _("Let “%(first)s” and “%(second)s” share a table")
        % {"first": _name(p, "first", n), "second": _name(p, "second", n)}
    ),
    "one_more_table": lambda p, n: (
        _("Open one more table by video") if p.get("side") == "remote" else _("Find one more table")
    ),
    "one_more_facilitator": lambda p, n: (
        _("Find one more facilitator at a distance")
        if p.get("side") == "remote"
        else _("Find one more facilitator")
    ),
}


def suggestions_in_words(
    suggestions: Sequence[Params], settled: Sequence[str], names: Names
) -> list[Suggested]:
    """Suggestions that hosts have not decided against, best first."""
    return [
        Suggested(
            each["key"],
            SUGGESTED[each["code"]](each["params"], names),
            effect_in_words(each["effect"]),
            each["effect"].get("cost", 0) < 0,
            each["code"] == "one_more_facilitator",
        )
        for each in suggestions
        if each["code"] in SUGGESTED and each["key"] not in settled
    ]


def effect_in_words(effect: Mapping[str, float]) -> str:
    """What a suggestion changes, in numbers that mean something to a host."""
    parts = []
    if first := round(effect.get("first_choice", 0)):
        parts.append(_("first choice: %(change)s") % {"change": signed_people(first)})
    if unlisted := round(effect.get("unlisted", 0)):
        parts.append(_("none of their choices: %(change)s") % {"change": signed_people(unlisted)})
    if points := effect.get("points", 0):
        parts.append(_("mixing gained: %(points)s points") % {"points": signed(points)})
    if tables := round(effect.get("open_tables", 0)):
        parts.append(_("open tables: %(change)s") % {"change": signed(tables)})
    return " · ".join(parts) or _("no other effect")


def signed(number: float) -> str:
    """With its sign, a real minus, and the language's decimal point."""
    number = round(number, 1)
    text = number_format(abs(number), decimal_pos=0 if number == round(number) else 1)
    return ("+" if number > 0 else "−" if number < 0 else "") + text


def decimal(number: float) -> str:
    """To the nearest tenth: Django's own ``number_format`` cuts, and 3.98 would be told as 3.9."""
    return number_format(round(number, 1), decimal_pos=1)


def signed_people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", abs(count)) % {"count": signed(count)}


def ordinal_choice(rank: int) -> str:
    """What a rank of choice is called; rank 0: none of the choices."""
    words = {1: _("1st choice"), 2: _("2nd choice"), 3: _("3rd choice")}
    return words.get(rank, _("another challenge") if rank == 0 else _("choice %d") % rank)


def together_in_words(people: Sequence[str], names: Names) -> str:
    return _("with %(names)s, as wished") % {"names": named(people, names)}
