"""What a column of somebody's list can mean, and the titles under which services export it.

Titles are compared folded (lower case, no accents, no punctuation). ``titles`` are taken as they
are; ``like`` are patterns for the questions that people write themselves in a form. Where the
titles come from is in ``docs/import-formats.md``.
"""

import re
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IGNORE = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One meaning. ``several`` columns may have it; else the best one is chosen."""

    key: str
    label: str | Promise
    titles: frozenset[str] = field(default=frozenset())
    like: re.Pattern[str] | None = None
    several: bool = False


def _field(
    key: str, label: str | Promise, titles: str = "", like: str = "", *, several: bool = False
) -> Field:
    names = frozenset(title.strip() for title in titles.split("|") if title.strip())
    return Field(key, label, names, re.compile(like) if like else None, several)


FIELDS = (
    _field(
        "first_name",
        _("First name"),
        "prenom|prenom participant|prenom du participant|first name|given name|firstname|forename"
        "|attendee name given name|nom du participant prenom|prenom s|attendee first name"
        "|prenom adherent",
        r"^(?!.*\bnom\b).*\bprenoms?\b|\b(first|given) name\b",
    ),
    _field(
        "last_name",
        _("Last name"),
        "nom|nom participant|nom de famille|last name|surname|family name"
        "|lastname|attendee name family name|nom du participant nom de famille|nom adherent"
        "|attendee last name",
        r"^(?!.*prenom)(votre |quel est votre )?nom\b(?!.*(structure|organisme|association"
        r"|entreprise|commande|utilisateur|evenement|animateur))|\b(last|family) name\b|\bsurname\b",
    ),
    _field(
        "full_name",
        _("First and last name"),
        "nom complet|nom et prenom|prenom et nom|nom prenom|prenom nom|full name|name"
        "|attendee name|your name|participant",
        r"\bnom\b.*\bprenom|\bprenom\b.*\bnom\b|\bfull name\b",
    ),
    _field(
        "email",
        _("E-mail"),
        "email|mail|e mail|adresse e mail|adresse email|adresse electronique|courriel"
        "|email address|attendee email|e mail du participant|email participant|adresse courriel"
        "|adresse mail du participant|adresse e mail du participant|adresse mail",
        r"\b(e ?mail|courriel|adresse electronique)\b",
    ),
    _field(
        "payer_email",
        _("E-mail of whoever ordered, where the person gave none"),
        "email payeur|buyer email|e mail acheteur|email acheteur|mail acheteur|order email",
        r"\b(e ?mail|courriel)\b.*\b(payeur|acheteur|buyer)\b",
    ),
    _field(
        "payer_first_name",
        _("First name of whoever ordered, where the person gave none"),
        "prenom payeur|buyer first name|prenom acheteur|prenom de l acheteur",
    ),
    _field(
        "payer_last_name",
        _("Last name of whoever ordered, where the person gave none"),
        "nom payeur|buyer last name|nom acheteur|nom de l acheteur",
    ),
    _field(
        "phone",
        _("Phone"),
        "telephone|tel|portable|mobile|numero de telephone|phone|phone number|mobile phone"
        "|cell phone|telephone portable|telephone mobile|n de telephone",
        r"\b(telephone|portable|phone|mobile)\b",
    ),
    _field(
        "organisation",
        _("Organisation"),
        "structure|organisation|organisme|entreprise|societe|association|raison sociale|company"
        "|organization|company organisation|employer|employeur|etablissement|nom de la structure"
        "|votre structure|nom de l organisme|nom de la societe",
        r"\b(structure|organisation|organisme|organization|raison sociale|company|employeur)\b"
        r"(?!.*\b(type|secteur|univers)\b)",
    ),
    _field(
        "sphere",
        _("Sphere"),
        "univers|sphere|vous etes|profil|type de structure|secteur|categorie|type de participant"
        "|je suis|statut professionnel|categorie socioprofessionnelle|vous venez en tant que",
        r"\b(univers|vous etes|en tant que|type de structure|profil|which sphere|you are)\b",
    ),
    _field(
        "commune",
        _("Commune"),
        "commune|ville|city|town|localite|home city|billing city|commune de residence"
        "|ville de residence|votre commune",
        r"\b(commune|ville)\b",
    ),
    _field(
        "postcode",
        _("Postcode"),
        "code postal|cp|zip|zip code|postcode|postal code|home zip|home postcode|billing zip",
        r"\bcode postal\b|\bpostcode\b|\bzip\b",
    ),
    _field(
        "age",
        _("Age, year of birth or age group"),
        "age|tranche d age|annee de naissance|date de naissance|age range|birth date|birth year"
        "|date of birth",
        r"\bage\b|\bnaissance\b|\bbirth\b",
    ),
    _field(
        "choice_1",
        _("First choice"),
        "choix 1|1er choix|premier choix|voeu 1|1er voeu|premier voeu|defi 1|first choice|choice 1",
        r"\b(1er|premier|1|first|1st)\b.*\b(choix|voeu|defi|choice|challenge)\b"
        r"|\b(choix|voeu|defi|choice|challenge)\b.*\b(n ?o? ?1|1)$",
    ),
    _field(
        "choice_2",
        _("Second choice"),
        "choix 2|2e choix|2eme choix|deuxieme choix|second choix|voeu 2|2e voeu|second choice"
        "|deuxieme voeu|defi 2|choice 2",
        r"\b(2e|2eme|deuxieme|second|2|2nd)\b.*\b(choix|voeu|defi|choice|challenge)\b"
        r"|\b(choix|voeu|defi|choice|challenge)\b.*\b(n ?o? ?2|2)$",
    ),
    _field(
        "choice_3",
        _("Third choice"),
        "choix 3|3e choix|3eme choix|troisieme choix|voeu 3|3e voeu|third choice|defi 3|choice 3",
        r"\b(3e|3eme|troisieme|third|3|3rd)\b.*\b(choix|voeu|defi|choice|challenge)\b"
        r"|\b(choix|voeu|defi|choice|challenge)\b.*\b(n ?o? ?3|3)$",
    ),
    _field(
        "choices",
        _("Choices, all in one cell"),
        "choix|voeux|defis|vos defis|vos choix|challenges|choices|defi|defi choisi|voeu|atelier"
        "|ateliers|table|theme choisi",
        r"\b(defis?|voeux?|challenges?)\b",
    ),
    _field(
        "facilitator",
        _("Holds a table (facilitator)"),
        "animateur|animatrice|facilitateur|facilitatrice|facilitator|animateur rice|animation",
        r"\b(anime[rz]?|animateur|animatrice|facilitateur|facilitat)",
    ),
    _field(
        "remote",
        _("From a distance (by video)"),
        "a distance|distance|en visio|visio|en ligne|online|remote|by video|mode de participation"
        "|participation|presentiel ou distanciel|distanciel",
        r"\b(a distance|distanciel|visio|en ligne|online|remote(ly)?)\b",
    ),
    _field(
        "access",
        _("Access needs"),
        "acces|accessibilite|besoins particuliers|besoin particulier|pmr|handicap|access needs",
        r"\b(handicap|accessib|mobilite reduite|pmr|besoins? (particulier|specifique|d acces)"
        r"|access need|special need|wheelchair)",
    ),
    _field(
        "together",
        _("Comes with"),
        "venir avec|avec qui|a cote de|come with",
        r"\b(venez|viens|venir|assis|table)\b.*\bavec\b|\b(come|sit) with\b",
    ),
    _field("apart", _("Apart from"), "pas avec|apart from", r"\b(pas|sans etre) avec\b|apart from"),
    _field(
        "reference",
        _("Number of the ticket or the answer"),
        "numero de billet|n de billet|no billet|code barre|code barres|barcode|attendee|attendee no"
        "|n de participant|numero de participant|id participant|pseudonymization id|serial|sid"
        "|numero de serie|numero de soumission|ticket id|id weez ticket|n du billet|code billet"
        "|identifiant de pseudonymisation|ticket number|id pseudonyme",
    ),
    _field(
        "status",
        _("State of the order (cancelled ones are left out)"),
        "statut de la commande|statut|status|attendee status|statut du participant|etat|order status"
        "|draft|brouillon|statut du billet|etat du billet",
    ),
)

BY_KEY = {each.key: each for each in FIELDS}
NOTHING = frozenset(
    [
        "reference commande",
        "date de la commande",
        "moyen de paiement",
        "tarif",
        "montant tarif",
        "code promo",
        "montant code promo",
        "billet",
        "order",
        "order no",
        "order date",
        "order code",
        "order time",
        "quantity",
        "price tier",
        "ticket type",
        "order type",
        "currency",
        "total paid",
        "fees paid",
        "eventbrite fees",
        "group",
        "event slug",
        "eventbrite payment processing",
        "timestamp",
        "horodateur",
        "submitted time",
        "completed time",
        "modified time",
        "ip address",
        "adresse ip",
        "uid",
        "username",
        "nom d utilisateur",
        "price",
        "product",
        "variation",
        "job title",
        "fonction",
        "score",
        "n de commande",
        "date de commande",
        "quantite",
        "type de billet",
        "position id",
        "produit",
        "variante",
        "invoice address name",
        "adresse de facturation nom",
        "code de commande",
    ]
)
"""Titles of real exports that say nothing an evening needs."""
