"""What the columns of a file of treasures mean, guessed from their titles. Pure."""

import hashlib
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.people.text import folded

KINDS: dict[str, str | Promise] = {
    "": pgettext_lazy("column", "not needed"),
    "id": _("its number in that file"),
    "name": pgettext_lazy("column", "the name"),
    "kind": pgettext_lazy("column", "the kind"),
    "use": _("what others may do with it"),
    "description": pgettext_lazy("column", "a few words"),
    "quantity": pgettext_lazy("column", "how much"),
    "holder": pgettext_lazy("column", "who holds it"),
    "sphere": pgettext_lazy("column", "the sphere of who holds it"),
    "themes": pgettext_lazy("column", "the themes"),
    "place": _("where, in words"),
    "commune": pgettext_lazy("column", "the commune"),
    "latitude": pgettext_lazy("column", "the latitude"),
    "longitude": pgettext_lazy("column", "the longitude"),
}
WORDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "identifier", "uuid", "osm id"),
    "name": ("name", "nom", "titre", "title", "richesse", "treasure", "intitule", "raison sociale"),
    "kind": ("kind", "genre", "nature", "type de richesse", "kind of treasure"),
    "use": ("use", "usage", "disponibilite", "availability"),
    "description": ("description", "details", "detail", "presentation", "abstract", "descriptif",
                    "description more", "commentaire"),
    "quantity": ("quantity", "quantite", "volume", "surface", "combien"),
    "holder": ("holder", "detenteur", "structure", "organisme", "organisation", "proprietaire"),
    "sphere": ("sphere", "univers", "type d acteur", "secteur"),
    "themes": ("themes", "theme", "thematique", "thematiques", "categories", "categorie", "tags"),
    "place": ("place", "lieu", "streetaddress", "adresse", "address", "rue"),
    "commune": ("commune", "ville", "city", "addresslocality", "localite", "town"),
    "latitude": ("latitude", "lat", "y wgs84"),
    "longitude": ("longitude", "lng", "lon", "long", "x wgs84"),
}  # fmt: skip
OF_TITLE = {word: kind for kind, words in WORDS.items() for word in words}


def known(title: str) -> bool:
    """Whether a title says what its column is; finds the line of titles."""
    return folded(title) in OF_TITLE


def guessed(header: Sequence[str]) -> dict[int, str]:
    """What each column seems to be; each meaning goes to the first column that claims it."""
    found: dict[int, str] = {}
    for at, title in enumerate(header):
        kind = OF_TITLE.get(folded(title), "")
        if kind and kind not in found.values():
            found[at] = kind
    return found


def signature(header: Sequence[str]) -> str:
    """What files with the same columns share, so that a mapping is remembered for them."""
    titles = "\x1f".join(folded(title) for title in header)
    return hashlib.sha256(titles.encode()).hexdigest()
