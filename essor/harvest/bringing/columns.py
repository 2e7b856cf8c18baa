"""What the columns of a file of ideas mean, guessed from their titles. Pure."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from essor.people.text import folded

KINDS: dict[str, str | Promise] = {
    "": _("not needed"),
    "idea": _("the idea"),
    "detail": _("a detail about it"),
    "name": _("first name of whoever said it"),
    "email": _("their e-mail"),
    "place": _("where it was said"),
    "day": _("the day"),
}
WORDS: dict[str, tuple[str, ...]] = {
    "idea": ("idee", "idees", "idea", "ideas", "proposition", "suggestion", "votre idee",
             "verbatim", "contribution", "post it", "texte", "text", "titre"),
    "detail": ("detail", "details", "precision", "precisions", "description", "commentaire",
               "pour en dire plus", "more", "comment"),
    "name": ("prenom", "nom", "qui", "auteur", "first name", "name", "author", "par"),
    "email": ("email", "e mail", "mail", "courriel", "adresse e mail", "adresse email",
              "adresse mail"),
    "place": ("lieu", "atelier", "source", "ou", "place", "workshop", "origine"),
    "day": ("date", "jour", "horodateur", "horodatage", "timestamp", "day"),
}  # fmt: skip


def known(title: str) -> bool:
    """Whether a title says what its column is; finds the line of titles."""
    return bool(_kind(title))


def guessed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """What each column seems to be. Two columns that could be the ideas are both left to a human.

    Without any title that says it, the column with the longest words is the ideas.
    """
    kinds = {at: _kind(title) for at, title in enumerate(header)}
    found = {at: kind for at, kind in kinds.items() if kind}
    claimants = [at for at, kind in found.items() if kind == "idea"]
    exact = [at for at in claimants if folded(header[at]) in ("idee", "idees", "idea", "ideas")]
    filled = [at for at in (exact or claimants) if any(_cell(row, at) for row in rows)]
    for at in claimants:
        del found[at]
    if len(filled) == 1:
        found[filled[0]] = "idea"
    elif not claimants:
        free = [at for at in range(len(header)) if at not in found]
        widest = max(free, key=lambda at: sum(len(_cell(row, at)) for row in rows), default=None)
        if widest is not None and any(_cell(row, widest) for row in rows):
            found[widest] = "idea"
    for kind in ("name", "email", "place", "day"):
        same = [at for at, each in found.items() if each == kind]
        for at in same[1:]:
            del found[at]
    return found


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _kind(title: str) -> str:
    words = folded(title)
    for kind, known_words in WORDS.items():
        if words in known_words:
            return kind
    for kind in ("email", "idea", "detail", "day"):
        if any(f" {word} " in f" {words} " for word in WORDS[kind]):
            return kind
    return ""
