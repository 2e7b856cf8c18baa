"""Searching: what was asked for, the pages that have it, and what rooms show of them now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from essor.algos.finding import (
    Asked,
    Packed,
    Ranked,
    Standing,
    asked_for,
    most_shared,
    nearest,
    rank,
    swapped,
    threes,
)
from essor.finding.keys import ROOM, shown
from essor.finding.models import Gram, Posting, Word
from essor.finding.snippets import Piece, marked
from essor.kit.finding import Found, kinds

LIKE_IT = 60
NEAR_ENOUGH = 0.45
"""Least share of common letters in threes at which two words may be one, mistyped."""
EXACT, ALIKE, BEGUN, GUESSED = 1.0, 0.7, 0.5, 0.4
"""What counts a word as it is written here, one of the same stem where it is written here too, one
that begins with it, and one guessed from a mistyped one."""
SHORTEST_BEGUN, MOST_BEGUN = 5, 30
LAST_LETTERS = "zzzz"
MOST_AMONG = 5_000


@dataclass(frozen=True, slots=True)
class Meant:
    """Each word asked with the stems that it may mean and what they count; words guessed."""

    stems: dict[str, dict[str, float]]
    guessed: dict[str, str] = field(default_factory=dict)

    @property
    def every(self) -> set[str]:
        return {stem for stems in self.stems.values() for stem in stems}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its kind, the territory it is of, its title and a piece of its text, marked."""

    key: int
    kind: Found
    territory: int
    url: str
    title: list[Piece]
    piece: list[Piece]


def meant(text: str) -> Meant:
    """What the words of ``text`` may mean: one query; three more where a word is not known."""
    asked = asked_for(text)
    if not asked:
        return Meant({})
    known = _known(asked)
    lost = [each for each in asked if not known[each.word]]
    if not lost:
        return Meant(known)
    close = _close_to(lost)
    guessed = {}
    for each in lost:
        near = nearest(each.word, close)
        known[each.word] = {stem: GUESSED for word in near for stem in close[word]}
        if near:
            guessed[each.word] = near[0]
    return Meant(known, guessed)


def ranked(asked: Meant, territories: Collection[int], *, enough: int = 10) -> Ranked:
    """The pages of these territories that have these words, best first; one query."""
    rows = Posting.objects.filter(stem__in=asked.every, territory__in=territories)
    lists: dict[str, list[tuple[int, Packed]]] = defaultdict(list)
    if asked.every:
        for stem, place, pages in rows.order_by().values_list("stem", "territory", "pages"):
            lists[stem].append((place, pages))
    words = [
        [Standing(share, lists[stem]) for stem, share in stems.items() if stem in lists]
        for stems in asked.stems.values()
    ]
    return rank(words, enough=enough)


def found_among(text: str, territory: int, kind: str) -> list[int]:
    """Keys of the things of one kind in a territory on which as many words stand as on any, for a
    room's own list; it asks itself which of them it shows. Two queries, two more for a slip."""
    code = kinds()[kind].code
    found = ranked(meant(text), [territory], enough=0).keys
    return [int(key) % ROOM for key in found[found // ROOM == code][:MOST_AMONG]]


def hits(keys: Sequence[int], stems: set[str]) -> list[Hit]:
    """What rooms show of these pages now, marked, in the same order; one query for each kind.

    A page whose thing is not public any more, or no longer has any of the words, is left out: an
    index that is late by a moment tells nothing that was taken away.
    """
    now, found = shown(keys), []
    for key in keys:
        if key in now:
            kind, subject, told = now[key]
            title, text = marked(told.title, stems), marked(told.text, stems, cut=True)
            if any(piece.found for piece in [*title, *text]):
                found.append(Hit(key, kind, getattr(subject, kind.place), told.url, title, text))
    return found


def _known(asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """The stems of the index for words as they stand, and for words that begin so."""
    which = Q(stem__in={form for each in asked for form in each.forms})
    which |= Q(word__in=[each.word for each in asked])
    for each in asked:
        if len(each.word) >= SHORTEST_BEGUN:
            which |= Q(word__gte=each.word, word__lt=each.word + LAST_LETTERS)
    rows = list(Word.objects.filter(which).order_by("word", "stem").values_list("word", "stem"))
    found: dict[str, dict[str, float]] = {}
    for each in asked:
        written = {stem for word, stem in rows if word == each.word}
        alike = {stem for _word, stem in rows if stem in each.forms}
        stems = dict.fromkeys(sorted(alike), ALIKE if written else EXACT)
        stems |= dict.fromkeys(sorted(written), EXACT)
        begun = [stem for word, stem in rows if word.startswith(each.word) and stem not in stems]
        if len(each.word) >= SHORTEST_BEGUN:
            stems |= dict.fromkeys(begun[:MOST_BEGUN], BEGUN)
        found[each.word] = stems
    return found


def _close_to(lost: Sequence[Asked]) -> dict[str, set[str]]:
    """Words of the index that share many letters in threes with lost ones, with their stems."""
    ids: set[int] = set()
    letters = {three for each in lost for three in threes(each.word)}
    rows = dict(Gram.objects.filter(letters__in=letters).values_list("letters", "words"))
    for each in lost:
        mine = threes(each.word)
        packed = [rows[three] for three in mine if three in rows]
        least = max(1, int(len(mine) * NEAR_ENOUGH) - 1)
        ids.update(most_shared(packed, least=least, most=LIKE_IT))
    swaps = [other for each in lost for other in swapped(each.word)]
    found: dict[str, set[str]] = defaultdict(set)
    for word, stem in Word.objects.filter(Q(pk__in=ids) | Q(word__in=swaps)).values_list(
        "word", "stem"
    ):
        found[word].add(stem)
    return found
