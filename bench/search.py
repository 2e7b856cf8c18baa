"""How long searching takes over 5,000 projects and 20,000 treasures, on a throw-away database.

    .venv/bin/python bench/search.py
    .venv/bin/python tools/postgres.py .venv/bin/python bench/search.py

Prints seconds to make the index, its rows, its size, and p50 and p95 of searches in milliseconds,
in a territory and in the network. The things are invented.
"""

import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.test.runner import DiscoverRunner  # noqa: E402

from essor.finding.models import Gram, Page, Posting, Word  # noqa: E402
from essor.finding.queries import hits, meant, ranked  # noqa: E402
from essor.finding.rebuilding import rebuild  # noqa: E402
from essor.harvest.models import Harvest, Idea  # noqa: E402
from essor.kit.ids import new_public_id  # noqa: E402
from essor.projects.models import Project  # noqa: E402
from essor.territories.models import Territory  # noqa: E402
from essor.treasures.models import Treasure  # noqa: E402

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
LEXICON = Path(__file__).resolve().parent.parent / "essor/algos/text/lexicon.txt"
SEARCHES = ["verger", "atelier vélo", "cuisine partagée", "vregers", "restorant", "énergie solaire",
            "le bois", "gardens", "atelier", "xylophone"]  # fmt: skip


def words() -> list[str]:
    """Words of life in a territory, from the lexicon, commoner ones first."""
    text = LEXICON.read_text(encoding="utf-8")
    found = {word.strip(".,:|~=/") for word in text.split() if word[:1].isalpha()}
    return sorted(found, key=lambda word: (len(word), word))


def fill(territories: list[Territory], ideas: int, projects: int, treasures: int) -> None:
    known = words()
    weights = [1 / (n + 20) for n in range(len(known))]

    def some(n: int) -> str:
        return " ".join(random.choices(known, weights, k=n)).capitalize()

    Project.objects.bulk_create(
        (
            Project(public_id=new_public_id(), territory=territories[n % 5], title=some(5),
                    summary=some(40)[:400], published_at=NOW, created_at=NOW)
            for n in range(projects)
        ),
        batch_size=500,
    )  # fmt: skip
    harvests = [Harvest.objects.create(public_id=new_public_id(), territory=each, title="Banc",
                                       code=each.slug, state=Harvest.State.OPEN, created_at=NOW)
                for each in territories]  # fmt: skip
    Idea.objects.bulk_create(
        (
            Idea(public_id=new_public_id(), territory=territories[n % 5], harvest=harvests[n % 5],
                 text=some(14), key=str(n), said_at=NOW)
            for n in range(ideas)
        ),
        batch_size=500,
    )  # fmt: skip
    Treasure.objects.bulk_create(
        (
            Treasure(public_id=new_public_id(), territory=territories[n % 5], name=some(4),
                     kind="human", description=some(30), holder=some(2), created_at=NOW)
            for n in range(treasures)
        ),
        batch_size=500,
    )  # fmt: skip


def size() -> float:
    """Megabytes of the index with its own indexes."""
    tables = [model._meta.db_table for model in (Page, Word, Gram, Posting)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select sum(pg_total_relation_size(x::regclass)) from unnest(%s::text[]) x",
                [tables],
            )
        else:
            cursor.execute("select page_count * page_size from pragma_page_count, pragma_page_size")
        return float(cursor.fetchone()[0]) / 1e6


def main() -> None:
    random.seed(7)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    territories = [
        Territory.objects.create(slug=f"banc-{n}", name=f"Banc {n}", created_at=NOW)
        for n in range(5)
    ]
    ideas, projects, treasures = (int(each) for each in sys.argv[1:4] or (5_000, 5_000, 20_000))
    fill(territories, ideas, projects, treasures)
    before = size()
    started = time.perf_counter()
    pages = rebuild()
    took = time.perf_counter() - started
    print(f"{connection.vendor}: {pages} pages in {took:.0f} s, {Posting.objects.count()} lists, "
          f"{Word.objects.count()} words, {size() - before:.0f} MB")  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    for name, where in (("territory", territories[0]), ("network", None)):
        times = []
        for _ in range(4):
            for each in SEARCHES:
                started = time.perf_counter()
                asked = meant(each)
                found = ranked(asked, where and where.pk)
                hits(found.keys[:20].tolist(), asked.every)
                times.append(1000 * (time.perf_counter() - started))
        cuts = quantiles(times, n=20)
        print(f"  {name}: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")
    runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
