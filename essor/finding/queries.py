"""Searching: a bounded set of candidates from the index, then what each room shows of them."""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from math import log
from typing import Any

from django.db.models import Case, Count, F, FloatField, Q, Sum, Value, When

from essor.finding.models import Posting, Term
from essor.finding.snippets import Piece, marked
from essor.finding.words import NEAR_ENOUGH, Asked, asked_for, grams, nearest, swapped
from essor.kit.finding import kinds
from essor.territories.models import Territory

CANDIDATES = 240
LIKE_IT = 60
TYPO = 0.4
"""What a word that was guessed from a mistyped one counts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: which kind, the object, its title and a piece of its text, marked."""

    kind: str
    subject: Any
    url: str
    title: list[Piece]
    piece: list[Piece]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search found, best first, how many of each kind, and words that were guessed."""

    hits: list[Hit]
    counts: dict[str, int]
    guessed: dict[str, str]


def find(text: str, territory: Territory | None = None, *, kind: str = "") -> Findings:
    """At most ``CANDIDATES`` things; four queries and one for each kind, whatever there is."""
    asked = asked_for(text)
    if not asked:
        return Findings([], {}, {})
    meant = _meant(asked)
    scored = _scored(asked, meant, territory)
    shown = _shown(scored, {form for forms in meant.values() for form in forms})
    counts = Counter(hit.kind for hit in shown)
    hits = [hit for hit in shown if kind not in kinds() or hit.kind == kind]
    near = {each.word: sorted(meant[each.word])[0] for each in asked
            if meant[each.word] and not each.forms & meant[each.word].keys()}  # fmt: skip
    return Findings(hits, dict(counts), near)


def _meant(asked: list[Asked]) -> dict[str, dict[str, float]]:
    """For each word asked, the terms of the index that it may mean, with what they count."""
    every = {form for each in asked for form in each.forms}
    known = set(Term.objects.filter(word__in=every).values_list("word", flat=True))
    lost = {form for each in asked if not each.forms & known for form in each.forms}
    close = _close_to(lost)
    return {
        each.word: dict.fromkeys(each.forms & known, 1.0)
        or dict.fromkeys(nearest(each.word, close), TYPO)
        for each in asked
    }


def _close_to(lost: set[str]) -> list[str]:
    """Terms that share many letters in threes with words that the index does not have."""
    letters = {gram for word in lost for gram in grams(word)}
    if not letters:
        return []
    shared = Term.objects.filter(grams__letters__in=letters).annotate(n=Count("grams"))
    least = max(1, int(min(len(grams(word)) for word in lost) * NEAR_ENOUGH) - 1)
    found = shared.filter(n__gte=least).order_by("-n", "word").values_list("word", flat=True)
    swaps = [each for word in lost for each in swapped(word)]
    turned = Term.objects.filter(word__in=swaps).values_list("word", flat=True)
    return list(dict.fromkeys([*turned, *found[: LIKE_IT * len(lost)]]))


def _scored(
    asked: list[Asked], meant: dict[str, dict[str, float]], territory: Territory | None
) -> list[tuple[str, int]]:
    """Kind and key of the best candidates: pages with more of the words asked come first."""
    forms = {form for each in meant.values() for form in each}
    if not forms:
        return []
    here = Q() if territory is None else Q(territory=territory.pk)
    terms = Term.objects.filter(word__in=forms)
    rows = list(
        terms.annotate(
            n=Count(
                "postings",
                filter=here if territory is None else Q(postings__territory=territory.pk),
            )
        ).values_list("word", "pk", "n")
    )
    keys = {word: key for word, key, _ in rows}
    rarity = {key: log(1 + 10_000 / (1 + n)) for _, key, n in rows}
    worth: dict[int, float] = {}
    for each in meant.values():
        for form, share in each.items():
            worth[keys[form]] = max(worth.get(keys[form], 0), share * rarity[keys[form]])
    whens = [When(term=key, then=F("weight") * Value(much)) for key, much in worth.items()]
    words = [
        Count("id", filter=Q(term__in=[keys[form] for form in meant[each.word]])) for each in asked
        if meant[each.word]
    ]  # fmt: skip
    had = {f"had{i}": each for i, each in enumerate(words)}
    whole: list[Any] = [Case(When(**{f"{name}__gt": 0}, then=1), default=0) for name in had]
    found = (
        Posting.objects.filter(here, term__in=worth)
        .values("page")
        .annotate(**had, score=Sum(Case(*whens, output_field=FloatField())))
        .annotate(whole=reduce(lambda a, b: a + b, whole))
        .order_by("-whole", "-score", "-page")
    )
    return list(found.values_list("page__kind", "page__of_id")[:CANDIDATES])


def _shown(scored: list[tuple[str, int]], forms: set[str]) -> list[Hit]:
    """What rooms show to strangers of these, now; what they no longer show is left out."""
    place = {which: i for i, which in enumerate(scored)}
    hits: list[tuple[int, Hit]] = []
    for key, kind in kinds().items():
        ids = [of_id for of_kind, of_id in scored if of_kind == key]
        for each in kind.public().filter(pk__in=ids) if ids else ():
            told = kind.told(each)
            title, piece = marked(told.title, forms), marked(told.text, forms, cut=True)
            if not any(part.found for part in [*title, *marked(told.text, forms)]):
                continue
            hits.append((place[key, each.pk], Hit(key, each, told.url, title, piece)))
    return [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]
