"""What happened on the sorting table, in plain sentences, for whoever moved and for the others."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from essor.harvest.models import Group, SortingMove

Kind = SortingMove.Kind
SHORT = 60
"""Characters of an idea that a sentence quotes."""


def label(group: Group) -> str:
    """A group as sentences name it: the number that people say aloud, and its name."""
    if not group.name:
        return _("group %(number)s") % {"number": group.order}
    return _("group %(number)s “%(name)s”") % {"number": group.order, "name": group.name}


def quoted(words: str) -> str:
    return _("“%(words)s”") % {"words": Truncator(" ".join(words.split())).chars(SHORT)}


class Teller:
    """Tells moves of one harvest; knows its groups and the words of the ideas that it may name.

    An idea that is not among ``ideas`` (hidden since) is told without its words.
    """

    def __init__(self, groups: Iterable[Group], ideas: Mapping[str, str]) -> None:
        self.groups = {each.public_id: each for each in groups}
        self.ideas = ideas

    def told(self, move: SortingMove) -> str:
        """What is so since this move."""
        if move.kind == Kind.UNDO:
            return self._undone(move)
        return SENTENCES[move.kind](self, move)

    def noun(self, move: SortingMove) -> str:
        """The move as a thing that can be taken back."""
        return NOUNS[move.kind](self, move)

    def over(self, move: SortingMove, overtaken: Mapping[str, SortingMove]) -> str:
        """What the mover hears about those whose moves this one overtook; blank for nobody."""
        told = []
        for idea, key in move.after.get("over", {}).items():
            earlier = overtaken.get(key)
            if earlier is not None and idea in earlier.ideas:
                told.append(
                    _("%(who)s had just put %(idea)s in %(group)s.")
                    % {
                        "who": name_of(earlier),
                        "idea": self.idea(idea),
                        "group": self.group(earlier.ideas[idea][0]),
                    }
                )
        return " ".join(told)

    def to_the_first(self, move: SortingMove, idea: str, earlier: SortingMove) -> str:
        """What the one who was overtaken hears."""
        return _("%(who)s moved %(idea)s, which you had put in %(group)s, to %(now)s.") % {
            "who": name_of(move),
            "idea": self.idea(idea),
            "group": self.group(earlier.ideas[idea][0]),
            "now": self.group(move.ideas[idea][0]),
        }

    def idea(self, key: str) -> str:
        words = self.ideas.get(key)
        return quoted(words) if words else _("an idea")

    def group(self, key: str) -> str:
        """Where an idea lies: a group, or the pile of ideas to sort (blank)."""
        if not key:
            return _("the pile to sort")
        group = self.groups.get(key)
        return label(group) if group else _("a group")

    def ideas_of(self, move: SortingMove) -> list[str]:
        """The ideas that changed groups; those only held where they lie are not told."""
        before = move.before["ideas"]
        return [key for key, (group, _hand) in move.ideas.items() if before[key][0] != group]

    def which(self, move: SortingMove) -> str:
        """The ideas of a move: the one in its words, several as a number."""
        keys = self.ideas_of(move)
        if len(keys) == 1:
            return self.idea(keys[0])
        return ngettext("%(n)s idea", "%(n)s ideas", len(keys)) % {"n": len(keys)}

    def _undone(self, move: SortingMove) -> str:
        what = self.noun(move.undoes) if move.undoes else _("a move")
        told = _("Taken back: %(what)s.") % {"what": what}
        left = move.after.get("left", 0)
        if left:
            stayed = ngettext(
                "%(n)s idea that was moved again since stays where it is.",
                "%(n)s ideas that were moved again since stay where they are.",
                left,
            )
            told = f"{told} {stayed % {'n': left}}"
        return told


def name_of(move: SortingMove) -> str:
    return move.by.short_name if move.by else _("Somebody")


def _touched(teller: Teller, move: SortingMove) -> str:
    return teller.group(next(iter(move.groups), ""))


def _placed(teller: Teller, move: SortingMove) -> str:
    keys = teller.ideas_of(move)
    there = {"group": teller.group(move.ideas[keys[0]][0])} if keys else {"group": ""}
    if not keys:
        return _("Nothing moved.")
    if not move.ideas[keys[0]][0]:
        back = ngettext(
            "%(what)s is back among the ideas to sort.",
            "%(what)s are back among the ideas to sort.",
            len(keys),
        )
        return capfirst(back % {"what": teller.which(move)})
    moved = ngettext("%(what)s is now in %(group)s.", "%(what)s are now in %(group)s.", len(keys))
    told = capfirst(moved % {"what": teller.which(move), **there})
    gone = move.after.get("gone", 0)
    if gone:
        rest = ngettext(
            "%(n)s idea is no longer on the table.", "%(n)s ideas are no longer on the table.", gone
        )
        told = f"{told} {rest % {'n': gone}}"
    return told


def _opened(teller: Teller, move: SortingMove) -> str:
    group, keys = _touched(teller, move), teller.ideas_of(move)
    if not keys:
        return _("There is a new group: %(group)s.") % {"group": group}
    return _("There is a new group: %(group)s, with %(what)s.") % {
        "group": group,
        "what": teller.which(move),
    }


def _merged_ones(teller: Teller, move: SortingMove) -> tuple[str, str]:
    gone = {
        key: fields["merged_into"] for key, fields in move.groups.items() if "merged_into" in fields
    }
    into = next(iter(gone.values()), "")
    return ", ".join(teller.group(key) for key in gone), teller.group(into)


def _merged(teller: Teller, move: SortingMove) -> str:
    gone, into = _merged_ones(teller, move)
    return capfirst(_("%(gone)s went into %(into)s.") % {"gone": gone, "into": into})


def _named(teller: Teller, move: SortingMove) -> str:
    key, fields = next(iter(move.groups.items()))
    group = teller.groups.get(key)
    number = group.order if group else "?"
    if not fields.get("name"):
        return _("Group %(number)s has no name any more.") % {"number": number}
    return _("Group %(number)s is now called “%(name)s”.") % {
        "number": number,
        "name": fields["name"],
    }


def _removed(teller: Teller, move: SortingMove) -> str:
    told = capfirst(_("%(group)s was taken off the table.") % {"group": _touched(teller, move)})
    n = len(teller.ideas_of(move))
    if n:
        back = ngettext(
            "Its idea is to be sorted again.", "Its %(n)s ideas are to be sorted again.", n
        )
        told = f"{told} {back % {'n': n}}"
    return told


def _accepted(teller: Teller, move: SortingMove) -> str:
    n = len(teller.ideas_of(move))
    return ngettext(
        "A proposal was accepted: %(n)s idea moved.",
        "A proposal was accepted: %(n)s ideas moved.",
        n,
    ) % {"n": n}


def _with_group(sentence: Callable[[], str]) -> Callable[[Teller, SortingMove], str]:
    def tell(teller: Teller, move: SortingMove) -> str:
        return capfirst(sentence() % {"group": _touched(teller, move)})

    return tell


def _noun_with_group(phrase: Callable[[], str]) -> Callable[[Teller, SortingMove], str]:
    return lambda teller, move: phrase() % {"group": _touched(teller, move)}


SENTENCES: dict[str, Callable[[Teller, SortingMove], str]] = {
    Kind.PLACE: _placed,
    Kind.OPEN: _opened,
    Kind.MERGE: _merged,
    Kind.NAME: _named,
    Kind.LOCK: _with_group(lambda: _("%(group)s is locked: no proposal changes it.")),
    Kind.UNLOCK: _with_group(lambda: _("%(group)s is no longer locked.")),
    Kind.PARK: _with_group(lambda: _("%(group)s is set aside.")),
    Kind.UNPARK: _with_group(lambda: _("%(group)s is back among the others.")),
    Kind.REMOVE: _removed,
    Kind.PROPOSAL: _accepted,
}
NOUNS: dict[str, Callable[[Teller, SortingMove], str]] = {
    Kind.PLACE: lambda teller, move: _("the move of %(what)s") % {"what": teller.which(move)},
    Kind.OPEN: _noun_with_group(lambda: _("the new %(group)s")),
    Kind.MERGE: lambda teller, move: (
        _("the merging of %(gone)s into %(into)s")
        % dict(zip(("gone", "into"), _merged_ones(teller, move), strict=True))
    ),
    Kind.NAME: _noun_with_group(lambda: _("the name of %(group)s")),
    Kind.LOCK: _noun_with_group(lambda: _("the lock of %(group)s")),
    Kind.UNLOCK: _noun_with_group(lambda: _("the unlocking of %(group)s")),
    Kind.PARK: _noun_with_group(lambda: _("the setting aside of %(group)s")),
    Kind.UNPARK: _noun_with_group(lambda: _("the return of %(group)s")),
    Kind.REMOVE: _noun_with_group(lambda: _("the taking off of %(group)s")),
    Kind.PROPOSAL: lambda teller, move: _("the accepted proposal"),
    Kind.UNDO: lambda teller, move: _("the last taking back"),
}
assert set(NOUNS) == set(Kind.values), "every kind of move can be named"


def reasons_in_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why ideas lie together, from the codes and values that grouping gives."""
    told = []
    for reason in reasons:
        say = REASONS.get(reason.get("code", ""))
        if say is not None:
            values = reason.get("values", {})
            names = values.get("names" if get_language() == "fr" else "english", ())
            told.append(
                say()
                % {
                    "words": ", ".join(values.get("words", ())),
                    "names": ", ".join(names),
                    "percent": values.get("percent", 0),
                }
            )
    return told


REASONS: dict[str, Callable[[], str]] = {
    "same": lambda: _("the same words"),
    "words": lambda: _("shared words: %(words)s"),
    "meaning": lambda: _("near meaning (%(percent)s %%)"),
    "both": lambda: _("near meaning (%(percent)s %%) and shared words: %(words)s"),
    "field": lambda: _("about: %(names)s"),
    "kept": lambda: _("begun by hand"),
    "one": lambda: _("one idea of its own"),
}


def certainty_in_words(certainty: float) -> str:
    """How sure a proposal is of a group, in a word."""
    if certainty >= SURE:
        return _("sure")
    return _("fairly sure") if certainty >= FAIRLY else _("unsure: look closely")


SURE, FAIRLY = 0.8, 0.6
