"""What people wrote, matched with what the evening knows: its challenges and the spheres."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from essor.algos.later import Later
from essor.challenges.models import Challenge
from essor.people.models import Sphere
from essor.people.text import folded

if TYPE_CHECKING:
    from rapidfuzz import fuzz
else:
    snowballstemmer, fuzz = Later("snowballstemmer"), Later("rapidfuzz.fuzz")

SURE, MARGIN, WHOLE = 80.0, 5.0, 88.0
SMALL_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "chez",
        "comment",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "entre",
        "est",
        "et",
        "faire",
        "il",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "ma",
        "me",
        "mon",
        "n",
        "nos",
        "notre",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "plus",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sur",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "how",
        "we",
        "the",
        "of",
        "to",
        "in",
        "and",
        "our",
        "can",
        "for",
        "with",
        "us",
        "make",
        "defi",
        "challenge",
    ]
)
SURPRISE = re.compile(
    r"\b(peu importe|surprenez|surprise|indifferent|sans preference|pas de preference|any|no"
    r" preference|n importe|au choix|whatever)\b"
)
NUMBERED = re.compile(
    r"^\s*(?:(?:d[ée]fi|challenge|table|atelier)\s*)?(?:(?:n[°o]?|[°o])\s*)?\d+\s*[).:\-–]\s*",
    re.I,
)
HARD_CUT = re.compile(r"[;|\n]+")
SOFT_CUT = re.compile(r"\s*,\s+|\s+/\s+|\s+&\s+")

SPHERE_WORDS: tuple[tuple[str, str], ...] = (
    (
        "public_body",
        r"\b(collectivit|mairie|commune de|commune d|agglo|communaute de communes|metropole|departement"
        r"|conseil (regional|departemental|municipal)|region|prefecture|sous prefecture|etat|elue?s?\b"
        r"|elu e|fonction publique|service public|agent public|secteur public|public body|council"
        r"|ademe|ars\b|ccas|syndicat mixte|parc naturel|local authority|public sector|ministere|sdis)",
    ),
    (
        "employment",
        r"\b(france travail|pole emploi|mission locale|cap emploi|service (public )?de l emploi"
        r"|insertion|maison de l emploi|employment service|plie\b|geiq|demandeur d emploi|job ?seeker)",
    ),
    (
        "education",
        r"\b(ecole|college|lycee|universit|iut\b|enseign|etudiant|recherche|chercheu|education"
        r"|formation|student|school|research|academi|laboratoire|inrae|cnrs|professeur|teacher)",
    ),
    (
        "finance",
        r"\b(financ|banque|credit (agricole|mutuel|cooperatif)|caisse d epargne|investisse|business"
        r" angel|fondation|fonds|france active|initiative|reseau entreprendre|cigales|bank|funder"
        r"|mecene|mecenat)",
    ),
    (
        "social_economy",
        r"\b(ess|economie sociale|economie solidaire|scop\b|scic\b|cooperative|cooperati|mutuelle"
        r"|entreprise d insertion|social economy|social enterprise|ptce|cress)",
    ),
    (
        "association",
        r"\b(assos?|associati\w*|benevol\w*|ong|collectif|charity|nonprofit|non profit|volunteer|mjc"
        r"|foyer rural|secours|croix rouge|ligue|amis de)\b",
    ),
    (
        "enterprise",
        r"\b(entrepr\w*|societe|pme|tpe|sarl|sas|sasu|eurl|artisan\w*|commerc\w*|independant\w*|freelance"
        r"|auto entrepreneur|dirigeant\w*|chef d entreprise|industri\w*|startup|start up|company|business"
        r"|agriculteur|agricultrice|exploitant|gaec|earl|salarie\w*|profession liberale|cabinet|cci|cma"
        r"|self employed)\b",
    ),
    (
        "citizen",
        r"\b(habitant\w*|citoyen\w*|particulier|retraite\w*|citizen|resident|riverain\w*|a titre personnel"
        r"|moi meme|curieu\w*|sans emploi|parent|personal|inhabitant)\b",
    ),
)
PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in SPHERE_WORDS)


@lru_cache(maxsize=4096)
def stems(text: str) -> str:
    """The stems of the words that carry meaning, sorted as written: what likeness is judged on."""
    words = [word for word in folded(text).split() if word not in SMALL_WORDS]
    return " ".join(_stemmer().stemWords(words))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    """Loaded on first use: 7 MB that most processes of a server never need."""
    from snowballstemmer import stemmer  # noqa: PLC0415

    return stemmer("french")


@dataclass(frozen=True)
class SphereWords:
    """Finds the sphere that somebody's words mean; ``corrections`` are the host's, by folded text."""

    spheres: Mapping[str, Sphere]
    corrections: Mapping[str, str]

    @cached_property
    def _names(self) -> dict[str, str]:
        names = {}
        for code, sphere in self.spheres.items():
            for name in (sphere.name_fr, sphere.name_en, sphere.plural_fr, sphere.plural_en, code):
                names[folded(name)] = code
        return names

    def find(self, text: str) -> Sphere | None:
        """None where the words mean no sphere, or where the host said to leave them out."""
        key = folded(text)
        if key in self.corrections:
            return self.spheres.get(self.corrections[key])
        code = self._names.get(key) or next(
            (code for code, pattern in PATTERNS if pattern.search(key)), ""
        )
        return self.spheres.get(code)


@dataclass(frozen=True)
class ChallengeWords:
    """Finds the challenges that somebody's words name, however they were shortened."""

    challenges: tuple[Challenge, ...]
    corrections: Mapping[str, str]

    @cached_property
    def _exact(self) -> dict[str, Challenge]:
        exact: dict[str, Challenge] = {}
        for challenge in self.challenges:
            for name in (challenge.question, challenge.short):
                exact[folded(name)] = challenge
        return exact

    @cached_property
    def _by_id(self) -> dict[str, Challenge]:
        return {challenge.public_id: challenge for challenge in self.challenges}

    @cached_property
    def _stems(self) -> list[tuple[str, str, Challenge]]:
        return [(stems(each.short), stems(each.question), each) for each in self.challenges]

    @cached_property
    def _found(self) -> dict[str, Challenge | None]:
        return {}

    def find(self, text: str) -> Challenge | None:
        """The challenge that ``text`` names: exactly, else clearly more like it than the others."""
        key = folded(text)
        if key in self.corrections:
            return self._by_id.get(self.corrections[key])
        if key not in self._found:
            bare = folded(NUMBERED.sub("", text))
            self._found[key] = self._exact.get(key) or self._exact.get(bare) or self._like(text)
        return self._found[key]

    def _like(self, text: str) -> Challenge | None:
        wanted = stems(NUMBERED.sub("", text))
        if len(wanted) < 3:
            return None
        scores = sorted(
            (
                (max(_like_short(wanted, short), _like_question(wanted, question)), n)
                for n, (short, question, _) in enumerate(self._stems)
            ),
            reverse=True,
        )
        if not scores or scores[0][0] < SURE:
            return None
        if len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
            return None
        return self._stems[scores[0][1]][2]

    def several(self, text: str) -> tuple[list[Challenge], bool, list[str]]:
        """Every challenge named in one cell in its order, whether it says "surprise me", the rest."""
        found: list[Challenge] = []
        unknown: list[str] = []
        surprise = False
        for piece in self._pieces(text):
            challenge = self.find(piece)
            if challenge is not None:
                found += [challenge] if challenge not in found else []
            elif (
                SURPRISE.search(folded(piece)) or self.corrections.get(folded(piece)) == "surprise"
            ):
                surprise = True
            elif folded(piece) and folded(piece) not in self.corrections:
                unknown.append(piece)
        return found, surprise, unknown

    def _pieces(self, text: str) -> Iterable[str]:
        """Cut where lists are cut; at a comma only where the whole is no wording of ours."""
        for piece in HARD_CUT.split(text):
            piece = piece.strip()
            if piece and self._is_whole(piece):
                yield piece
            elif piece:
                yield from (part.strip() for part in SOFT_CUT.split(piece) if part.strip())

    def _is_whole(self, text: str) -> bool:
        """Whether all of ``text`` is one wording of ours, commas and all."""
        key = folded(text)
        if key in self.corrections or key in self._exact:
            return True
        wanted = stems(NUMBERED.sub("", text))
        return any(
            fuzz.token_sort_ratio(wanted, known) >= WHOLE
            for short, question, _ in self._stems
            for known in (short, question)
        )


def _like_short(wanted: str, short: str) -> float:
    """0 to 100: a word of the short name says much, and so does the short name inside a sentence."""
    if not short:
        return 0.0
    close = fuzz.token_sort_ratio(wanted, short)
    shared = set(wanted.split()) & set(short.split())
    inside = shared in (set(wanted.split()), set(short.split()))
    return max(close, 88.0 if len(shared) == 1 else 94.0) if inside and shared else close


def _like_question(wanted: str, question: str) -> float:
    """0 to 100: part of a question counts from two words on; one word is in many questions."""
    close = fuzz.token_sort_ratio(wanted, question) if question else 0.0
    words = set(wanted.split())
    return max(close, 90.0) if len(words) > 1 and words <= set(question.split()) else close
