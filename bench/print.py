"""How long printing takes: 1,500 badges and the other papers of a large evening.

    .venv/bin/python bench/print.py

Prints one line a paper: people or tables, process seconds (ours and the child's, median of 3),
pages, size, and the most memory that any child took and that this process keeps. Must of the product: 1,500 badges in under 5 s. People
are invented.
"""

import os
import random
import resource
import statistics
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
import pypdfium2

django.setup()

from essor.evenings import printing  # noqa: E402 - Django first
from essor.evenings.printing.codes import qr  # noqa: E402

SPHERES = [
    printing.SphereMark(*each)
    for each in (
        ("Habitant·e", "H", "#e4572e"), ("Économie sociale", "S", "#1f7a57"),
        ("Entreprise", "E", "#2f6db0"), ("Association", "A", "#f2a51c"),
        ("Collectivité", "C", "#7a4fa3"), ("Service de l’emploi", "T", "#0f9aa8"),
        ("École et recherche", "R", "#b5306d"), ("Financeur", "F", "#6b6f1d"),
    )
]  # fmt: skip
FIRST = ["Aïcha", "Jean-Baptiste", "Zoé 🌻", "محمد", "Հայկ", "Chloé", "Łukasz", "Marie-Bernadette"]
LAST = ["Benali", "de La Rochefoucauld-Montmorency", "O’Brien", "Nguyễn Thị Ánh", "Roy", "Faure"]
LOOK = printing.Look("Valence", "Soirée créative de Valence", "jeudi 26 novembre 2026", "Romans")
SITE = "https://essor.example.org/valence/evenings/abcdefghjk"


def badges(people: int) -> list[printing.Badge]:
    random.seed(1)
    return [
        printing.Badge(
            random.choice(FIRST),
            random.choice(LAST),
            f"K{n:04}",
            f"{SITE}/tickets/K{n:04}/",
            organisation=random.choice(["", "Mairie de Romans-sur-Isère", "Laverie solidaire"]),
            sphere=random.choice(SPHERES),
            table=str(1 + n % 120),
            challenge="Cantines et circuits courts",
            seats=tuple(mark.colour for mark in random.choices(SPHERES, k=12)),
        )
        for n in range(people)
    ]


def tables(number: int) -> list[printing.TablePage]:
    random.seed(2)
    return [
        printing.TablePage(
            str(n + 1),
            (("Cantines", "Comment produire et manger local à la cantine ?"),),
            tuple(
                printing.ListedPerson(
                    random.choice(FIRST), random.choice(LAST), sphere=random.choice(SPHERES),
                    facilitator=seat == 0,
                )
                for seat in range(12)
            ),
            address=f"{SITE}/tables/{n}/",
            code="Q7MKD",
        )
        for n in range(number)
    ]  # fmt: skip


def people(number: int) -> list[printing.ListedPerson]:
    random.seed(3)
    return [
        printing.ListedPerson(
            random.choice(FIRST), f"{random.choice(LAST)} {n}", table=str(n % 120)
        )
        for n in range(number)
    ]


def measure(name: str, number: int, make: Callable[[], bytes]) -> None:
    seconds, data = [], b""
    for _ in range(3):
        qr.cache_clear()
        started = spent()
        data = make()
        seconds.append(spent() - started)
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<14}{number:>7}{statistics.median(seconds):>9.2f} s{pages:>8} pages"
          f"{len(data) / 1e6:>8.1f} MB{child:>9.0f} MB{own:>9.0f} MB")  # fmt: skip


def spent() -> float:
    """Process seconds of ours and of the children that ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    print(f"{'paper':<14}{'of':>7}{'process':>11}{'':>14}{'file':>11}{'child':>12}{'kept':>12}")
    everybody, evening, large = badges(1500), tables(120), people(1500)
    measure("badges A4", 1500, lambda: printing.badges_pdf(LOOK, everybody))
    measure("badges A6", 1500, lambda: printing.badges_pdf(LOOK, everybody, paper="a6"))
    measure("badges A4", 400, lambda: printing.badges_pdf(LOOK, everybody[:400]))
    measure("cards", 120, lambda: printing.cards_pdf(LOOK, evening))
    measure("sheets A3", 120, lambda: printing.sheets_pdf(LOOK, evening))
    measure("by name", 1500, lambda: printing.names_pdf(LOOK, large))
    measure("by table", 120, lambda: printing.tables_pdf(LOOK, evening))
    measure("facilitators", 120, lambda: printing.facilitators_pdf(LOOK, evening))


if __name__ == "__main__":
    main()
