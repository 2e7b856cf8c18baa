"""Real files in the formats in which services export their lists; every person is invented.

Titles and their order are those of the services (sources in ``docs/import-formats.md``).
"""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import openpyxl

Lines = Sequence[Sequence[object]]

PEOPLE = (
    ("Inès", "Martin", "ines@example.org", "Mairie de Romans", "élue", "26100", "Romans-sur-Isère"),
    ("Ali", "Benali", "ali@example.org", "Scop Ardelaine", "salarié", "07190", "Saint-Pierreville"),
    ("Zoé", "O’Brien", "zoe@example.org", "", "habitante", "26000", "Valence"),
)


def as_text(header: Sequence[str], lines: Lines, separator: str = ";") -> str:
    def cell(value: object) -> str:
        text = str(value)
        quoted = any(char in text for char in (separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "\r\n".join(separator.join(map(cell, line)) for line in [header, *lines]) + "\r\n"


def as_xlsx(header: Sequence[str], lines: Lines, *, above: Lines = ()) -> bytes:
    book = openpyxl.Workbook()
    for line in [*above, header, *lines]:
        book.active.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(header: Sequence[str], lines: Lines) -> bytes:
    """A minimal OpenDocument spreadsheet, as LibreOffice reads and writes it."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p>'
            "</table:table-cell>"
            for value in line
        )
        + "</table:table-row>"
        for line in [header, *lines]
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0"'
        f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Inscrits">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def helloasso(choice: str = "Cantines") -> bytes:
    header = [
        "Référence commande", "Date de la commande", "Statut de la commande", "Nom participant",
        "Prénom participant", "Nom payeur", "Prénom payeur", "Email payeur", "Raison sociale",
        "Moyen de paiement", "Billet", "Numéro de billet", "Tarif", "Montant tarif", "Code Promo",
        "Montant code promo", "Vous êtes", "Votre premier choix de défi", "Commune",
    ]  # fmt: skip
    lines = [
        [f"{n}", "02/10/2026 10:12", "Validé", last, first, last, first, mail, organisation, "",
         "https://example.org/billet", f"{7000 + n}", "Entrée libre", "0,00", "", "", sphere,
         choice, town]
        for n, (first, last, mail, organisation, sphere, _zip, town) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    return as_text(header, lines).encode("utf-8-sig")


def weezevent() -> bytes:
    header = [
        "Code barre", "Nom", "Prénom", "Email", "Tarif", "Date d'achat", "Statut du billet",
        "Structure", "Défi choisi",
    ]  # fmt: skip
    lines = [
        [f"09{n}331", last.upper(), first, mail, "Gratuit", "02/10/2026", "Payé", organisation,
         "Énergie des toits"]
        for n, (first, last, mail, organisation, *_) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    return as_text(header, lines).encode("cp1252")


def eventbrite() -> bytes:
    header = [
        "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Price Tier",
        "Ticket Type", "Attendee #", "Group", "Order Type", "Currency", "Total Paid", "Fees Paid",
        "Eventbrite Fees", "Eventbrite Payment Processing", "Attendee Status", "Home City",
        "Home Zip", "Which challenge is your first choice?", "Company",
    ]  # fmt: skip
    lines = [
        [f"112{n}", "10/2/26 18:28", first, last, mail, 1, "", "Free", f"184{n}", "", "Free Order",
         "EUR", "0.00", "0.00", "0.00", "0.00", "Attending", town, code, "Roof energy", organisation]
        for n, (first, last, mail, organisation, _sphere, code, town) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    return as_text(header, lines, ",").encode("utf-8")


def framaforms() -> bytes:
    above = [["Inscription à la soirée créative"], []]
    header = [
        "Numéro de série", "SID", "Heure de soumission", "Heure d'achèvement",
        "Heure de modification", "Brouillon", "Adresse IP", "UID", "Nom d'utilisateur",
        "Votre prénom", "Votre nom", "Votre adresse e-mail", "Votre structure", "Vous êtes",
        "Vos défis préférés",
    ]  # fmt: skip
    lines = [
        [n, 5500 + n, "02/10/2026 - 10:12", "", "", "0", "203.0.113.9", 0, "", first, last, mail,
         organisation, sphere, "Cantines; Énergie des toits"]
        for n, (first, last, mail, organisation, sphere, *_) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    return as_xlsx(header, lines, above=above)


def google_forms() -> bytes:
    header = [
        "Horodateur", "Adresse e-mail", "Nom et prénom", "Dans quelle commune habitez-vous ?",
        "Quels défis vous font vibrer ? [Cantines]",
        "Quels défis vous font vibrer ? [Énergie des toits]",
        "Avez-vous un besoin particulier (accessibilité, ...) ?",
    ]  # fmt: skip
    lines = [
        ["02/10/2026 10:12:33", mail, f"{last} {first}", town, "2e choix", "1er choix",
         "Fauteuil roulant" if first == "Zoé" else "Non"]
        for first, last, mail, _organisation, _sphere, _zip, town in PEOPLE
    ]  # fmt: skip
    return as_ods(header, lines)


def pretix() -> bytes:
    header = [
        "Event slug", "Order code", "Position ID", "Status", "Email", "Phone number", "Order date",
        "Order time", "Product", "Variation", "Price", "Tax rate", "Tax rule", "Tax value",
        "Attendee name", "Attendee name: Given name", "Attendee name: Family name",
        "Attendee email", "Company", "Address", "ZIP code", "City", "Country", "State", "Voucher",
        "Pseudonymization ID", "Your challenge", "Invoice address name",
    ]  # fmt: skip
    lines = [
        ["soiree", f"K{n}Q", 1, "Canceled" if first == "Ali" else "Paid", "order@example.org", "",
         "2026-10-02", "10:12:33", "Ticket", "", "0.00", "", "", "0.00", f"{first} {last}", first,
         last, mail, organisation, "", code, town, "FR", "", "", f"PSEUDO{n}", "Cantines", ""]
        for n, (first, last, mail, organisation, _sphere, code, town) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    return as_text(header, lines, ",").encode("utf-8")


def pretix_in_french() -> bytes:
    """The titles of pretix' own French catalogue; what it leaves in English stays so."""
    header = [
        "Code de commande", "Position ID", "Statut", "E-Mail", "Date de commande", "Produit",
        "Variante", "Tarif", "Taux d'imposition", "Règle fiscale", "Valeur fiscale",
        "Nom du participant", "Nom du participant: Prénom", "Nom du participant: Nom de famille",
        "Adresse mail du participant", "Société", "Adresse", "Code Postal", "Ville", "Pays",
        "Bon de réduction", "ID pseudonyme", "Votre défi", "Adresse de facturation: nom",
    ]  # fmt: skip
    lines = [
        [f"K{n}Q", 1, "Annulée" if first == "Ali" else "Payée", "commande@example.org",
         "2026-10-02", "Entrée", "", "0.00", "", "", "0.00", f"{first} {last}", first, last, mail,
         organisation, "", code, town, "FR", "", f"PSEUDO{n}", "Cantines", "La Trésorière"]
        for n, (first, last, mail, organisation, _sphere, code, town) in enumerate(PEOPLE, start=1)
    ]  # fmt: skip
    return as_text(header, lines, ",").encode("utf-8")


SERVICES = {
    "HelloAsso": helloasso,
    "Weezevent": weezevent,
    "Eventbrite": eventbrite,
    "Framaforms": framaforms,
    "Google Forms": google_forms,
    "pretix": pretix,
}
