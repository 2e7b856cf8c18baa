"""How long an imported list takes, on a throw-away SQLite database.

    .venv/bin/python bench/lists.py

Prints a line a size: lines, seconds to read and preview, to import, to import the same file again,
and the queries of the import. Must of the product: 400 lines in 3 s, 1,500 in 10 s. People are
invented.
"""

import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from essor.evenings.actions.lists import apply_list, read_list  # noqa: E402
from essor.evenings.listing.reading import comparison_of  # noqa: E402
from essor.territories.models import Territory  # noqa: E402
from tests.cast import make_challenge, make_evening  # noqa: E402
from tests.people_lists import as_text  # noqa: E402

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
TITLES = ["Numéro de billet", "Prénom", "Nom", "E-mail", "Structure", "Vous êtes", "Commune",
          "1er choix", "2e choix", "Besoin particulier"]  # fmt: skip


def list_of(lines: int) -> bytes:
    random.seed(lines)
    rows = [
        [
            7000 + n,
            f"Prénom{n}",
            f"Nom{n}",
            f"p{n}@example.org",
            random.choice(["Mairie de Romans", "Scop Épi", "", f"Boulangerie {n}"]),
            random.choice(["élue", "habitante", "salarié", "bénévole", "martien"]),
            random.choice(["Valence", "Romans-sur-Isère", "Die"]),
            random.choice(["Cantines", "énergie des toîts", "les mobilités", "tricot"]),
            random.choice(["peu importe", "", "Cuir"]),
            random.choice(["", "", "", "Fauteuil roulant"]),
        ]
        for n in range(lines)
    ]
    return as_text(TITLES, rows).encode("cp1252", "replace")


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    territory = Territory.objects.create(slug="banc", name="Banc", created_at=NOW)
    shorts = ("Cantines", "Énergie des toits", "Mobilités", "Cuir et chaussure")
    challenges = [make_challenge(territory, short) for short in shorts]
    print(f"{'lines':>6}{'preview':>10}{'import':>10}{'again':>10}{'queries':>9}")
    for lines in (60, 400, 1500, 5000):
        evening = make_evening(territory, challenges=0, capacity=1000)
        evening.challenges.set(challenges)
        data = list_of(lines)
        started = time.perf_counter()
        batch = read_list(evening=evening, data=data, filename="l.csv", by=None, at=NOW)
        comparison_of(batch, today=NOW.date())
        seen = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            apply_list(batch=batch, by=None, at=NOW)
        done = time.perf_counter()
        again = read_list(evening=evening, data=data, filename="l.csv", by=None, at=NOW)
        apply_list(batch=again, by=None, at=NOW)
        last = time.perf_counter()
        print(f"{lines:>6}{seen - started:>8.2f} s{done - seen:>8.2f} s{last - done:>8.2f} s"
              f"{len(queries):>9}")  # fmt: skip
    runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
