"""What invented people are called and say. Each sentence is translated; none names anybody real."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from essor.kit.privacy import Words

FIRST_NAMES = (
    "Adèle", "Bastien", "Capucine", "Driss", "Estelle", "Fatou", "Gaspard", "Honorine", "Idriss",
    "Jeanne", "Kévin", "Lila", "Marius", "Naïma", "Octave", "Perrine", "Quentin", "Rosalie",
    "Samir", "Tiphaine", "Ulysse", "Violette", "Wassim", "Xavier", "Yaëlle", "Zélie", "Anatole",
    "Bérénice", "Côme", "Djamila", "Étienne", "Flore", "Gilles", "Hawa", "Irénée", "Joséphine",
    "Karim", "Louison", "Mathurin", "Ninon",
)  # fmt: skip
LAST_NAME: Words = _("(invented)")

CHALLENGES: tuple[tuple[Words, Words], ...] = (
    (_("Local food"), _("How can we grow and eat what is from here?")),
    (_("Getting about"), _("How can we get to work without a car of one’s own?")),
    (pgettext_lazy("challenge", "Energy"), _("How can we share the energy of our roofs?")),
)
IDEAS: tuple[Words, ...] = (
    _("A shared kitchen in a school that is empty at noon"),
    _("Lend tools street by street"),
    _("A night bus paid by three firms"),
    _("A map of empty shops, kept by the postwomen"),
    _("Old hands who train young ones"),
    _("A public orchard along the river"),
    _("A market on Thursday evenings, after work"),
    _("One hour of bookkeeping for one hour of gardening"),
    _("Wash bottles together, for all growers"),
    _("A repair van that goes from village to village"),
)
SHEET: dict[str, Words] = {
    "dream": _("In ten years everybody here knows somebody who took part."),
    "proposal": _("Begin small with three volunteers, in one street, then copy what works."),
    "people_helped": _("Those who live near, first of all those who have no car."),
    "leaders": _("Two people of the table, until somebody is found."),
    "partners": _("The town hall, two firms, an association of neighbours."),
    "resources_human": _("A volunteer for six months, ten hours a week."),
    "resources_material": _("A room, tables, a van now and then."),
    "resources_financial": _("3,000 to begin with."),
    "first_steps": _("Meet next Tuesday. Ask for the room. Try it once in a month."),
}
PROMISES: tuple[tuple[str, Words], ...] = (
    ("skill", _("Bookkeeping, two hours a month")),
    ("resource", _("A room on Monday evenings")),
    ("energy", _("Putting up posters in my village")),
    ("skill", _("Drawing the plans")),
    ("resource", _("A van, one weekend a month")),
)
