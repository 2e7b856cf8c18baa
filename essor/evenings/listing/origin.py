"""Which service a list comes from, told by titles that only its exports have together."""

from essor.people.text import folded

SERVICES: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    (
        "HelloAsso",
        (
            frozenset({"reference commande", "nom participant", "email payeur"}),
            frozenset({"reference commande", "statut de la commande", "nom payeur"}),
        ),
    ),
    (
        "Eventbrite",
        (
            frozenset({"order", "attendee", "attendee status"}),
            frozenset({"order no", "attendee no", "attendee status"}),
            frozenset({"n de commande", "n de participant", "type de billet"}),
        ),
    ),
    (
        "pretix",
        (
            frozenset({"order code", "position id", "product"}),
            frozenset({"code de commande", "produit"}),
        ),
    ),
    (
        "Weezevent",
        (
            frozenset({"code barre", "tarif", "prenom"}),
            frozenset({"code barres", "tarif", "prenom"}),
            frozenset({"barcode", "id weez ticket"}),
        ),
    ),
    (
        "Framaforms",
        (
            frozenset({"serial", "sid", "ip address"}),
            frozenset({"numero de serie", "sid", "adresse ip"}),
        ),
    ),
    ("Google Forms", (frozenset({"timestamp"}), frozenset({"horodateur"}))),
)


def service_of(header: list[str]) -> str:
    """The name of the service whose titles these are, or an empty string."""
    titles = {folded(title) for title in header}
    for name, signs in SERVICES:
        if any(sign <= titles for sign in signs):
            return name
    return ""
