"""Which projects fit what a funder would support: facets, each with its reason.

Pure: values in, values out. What both say and do not share excludes (themes, stages, a range of
amounts that is out of reach); what they share is a reason. Without any reason nothing is suggested:
that somebody would support anything is no reason for this project.
"""

from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """Why they fit."""

    THEME = "theme"
    STAGE = "stage"
    PLACE = "place"
    FORM = "form"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a funder would support; empty: anything. ``communes`` are folded names."""

    themes: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project: themes by code, what its stage compares with, the forms that it looks for, where.

    ``left`` are the euros still missing, None where that may not be known to whoever asks.
    """

    themes: frozenset[str] = frozenset()
    stage: str = ""
    forms: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """One reason: the facet, and what is shared."""

    facet: Facet
    shared: tuple[str, ...] = ()


def fits(wish: Wish, candidate: Candidate) -> tuple[Fit, ...]:
    """The reasons why they fit; none where they do not.

    >>> fits(Wish(themes=frozenset({"food"})), Candidate(themes=frozenset({"food", "work"})))
    (Fit(facet=<Facet.THEME: 'theme'>, shared=('food',)),)
    >>> fits(Wish(themes=frozenset({"food"})), Candidate(themes=frozenset({"work"})))
    ()
    """
    themes = wish.themes & candidate.themes
    if wish.themes and candidate.themes and not themes:
        return ()
    if wish.stages and candidate.stage not in wish.stages:
        return ()
    if candidate.left is not None and _out_of_reach(wish, candidate.left):
        return ()
    reasons = []
    if themes:
        reasons.append(Fit(Facet.THEME, tuple(sorted(themes))))
    if wish.stages:
        reasons.append(Fit(Facet.STAGE, (candidate.stage,)))
    if forms := wish.forms & candidate.forms:
        reasons.append(Fit(Facet.FORM, tuple(sorted(forms))))
    words = [f" {each} " for each in candidate.places]
    if named := {name for name in wish.communes if any(f" {name} " in each for each in words)}:
        reasons.append(Fit(Facet.PLACE, tuple(sorted(named))))
    if candidate.left and (wish.least or wish.most):
        reasons.append(Fit(Facet.AMOUNT))
    return tuple(reasons)


def _out_of_reach(wish: Wish, left: int) -> bool:
    """Whether nothing is missing any more, or less than the least that they would bring."""
    return left == 0 or (wish.least is not None and left < wish.least)
