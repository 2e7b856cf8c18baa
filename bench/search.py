"""Searching: how long it takes, and what it finds beside plainer ways.

    .venv/bin/python bench/search.py [IDEAS PROJECTS TREASURES]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/search.py

On a throw-away database: seconds to make the index of 5,000 ideas, 5,000 projects and 20,000
treasures, its rows and size, the longest transaction; p50 and p95 of searches in milliseconds, in a
territory and in the network, with a page of twenty hits; seconds to take in 200 changes. Then, on
the labelled set of bench/search_set.tsv, how often what answers stands first, and in the first
five, and how often nothing is said where nothing answers: ours, `icontains`, full text of the
database (SQLite's FTS5 with and without Porter's stems, letters in threes; PostgreSQL's french with
unaccented words). Texts are invented.
"""

import os
import random
import re
import sqlite3
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from unicodedata import combining

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.test.runner import DiscoverRunner  # noqa: E402

from essor.finding import index  # noqa: E402
from essor.finding.keys import ROOM  # noqa: E402
from essor.finding.models import Gram, Page, Posting, Word  # noqa: E402
from essor.finding.queries import hits, meant, ranked  # noqa: E402
from essor.finding.rebuilding import rebuild, remake  # noqa: E402
from essor.harvest.models import Harvest, Idea  # noqa: E402
from essor.kit.finding import kinds  # noqa: E402
from essor.kit.ids import new_public_id  # noqa: E402
from essor.projects.models import Project  # noqa: E402
from essor.territories.models import Territory  # noqa: E402
from essor.treasures.models import Treasure  # noqa: E402

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
LEXICON = Path(__file__).resolve().parent.parent / "essor/algos/text/lexicon.txt"
SET = Path(__file__).with_name("search_set.tsv")
Way = Callable[[str], list[int]]
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


@contextmanager
def timed(label: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"  {label}: {time.perf_counter() - started:.1f} s")


class Longest:
    """The longest time between a transaction's first write and its end, in milliseconds."""

    def __init__(self) -> None:
        self.began: float | None = None
        self.most = 0.0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        writes = sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}
        started = time.perf_counter()
        answer = execute(sql, params, many, context)
        now = time.perf_counter()
        if sql.startswith("BEGIN"):
            self.began = started
        if writes and self.began is None:
            self.most = max(self.most, now - started)
        elif writes and self.began is not None:
            self.most = max(self.most, now - self.began)
        if not connection.in_atomic_block:
            self.began = None
        return answer


def search(text: str, where: list[int], most: int = 20) -> list[int]:
    asked = meant(text)
    found = ranked(asked, where).keys[:most].tolist()
    hits(found, asked.every)
    return [key % ROOM for key in found]


def speed(counts: list[int]) -> None:
    territories = [
        Territory.objects.create(slug=f"banc-{n}", name=f"Banc {n}", created_at=NOW)
        for n in range(5)
    ]
    fill(territories, *counts)
    before, longest = size(), Longest()
    started, spent = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(longest):
        pages = rebuild()
    print(f"{connection.vendor}: {pages} things in {time.perf_counter() - started:.0f} s "
          f"({time.process_time() - spent:.0f} s of CPU), "
          f"{Posting.objects.count()} lists, {Word.objects.count()} words, {size() - before:.0f} MB, "
          f"longest write {1000 * longest.most:.0f} ms")  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    everywhere = [each.pk for each in territories]
    for name, where in (("territory", everywhere[:1]), ("network", everywhere)):
        times, spent = [], time.process_time()
        for _ in range(6):
            for each in SEARCHES:
                started = time.perf_counter()
                search(each, where)
                times.append(1000 * (time.perf_counter() - started))
        cuts = quantiles(times, n=20)
        cpu = 1000 * (time.process_time() - spent) / len(times)
        print(f"  {name}: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, CPU {cpu:.0f} ms each")
    changed = list(Project.objects.order_by("pk").values_list("pk", flat=True)[:200])
    Project.objects.filter(pk__in=changed).update(title="Un verger changé")
    with timed("200 changes taken in"):
        index.refresh(kinds()["project"], changed)


def read_set() -> tuple[dict[int, tuple[str, str]], list[tuple[str, str, set[int]]]]:
    things, asked = {}, []
    for line in SET.read_text(encoding="utf-8").splitlines():
        kind, *rest = line.split("\t")
        if kind == "D":
            things[int(rest[0])] = (rest[1], rest[2])
        elif kind == "Q":
            answers = set() if rest[2] == "-" else {int(each) for each in rest[2].split()}
            asked.append((rest[0], rest[1], answers))
    return things, asked


def ours(things: dict[int, tuple[str, str]]) -> Way:
    place = Territory.objects.create(slug="essai", name="Essai", created_at=NOW)
    made = Treasure.objects.bulk_create(
        Treasure(public_id=new_public_id(), territory=place, name=title, description=text,
                 kind="human", created_at=NOW)
        for title, text in things.values()
    )  # fmt: skip
    number = dict(zip((each.pk for each in made), things, strict=True))
    remake(place.pk)
    return lambda text: [number[pk] for pk in search(text, [place.pk]) if pk in number]


def containing(things: dict[int, tuple[str, str]], *, words: bool) -> Way:
    """`icontains` of the whole search, or of each of its words; titles first."""

    def find(text: str) -> list[int]:
        parts = text.lower().split() if words else [text.lower()]
        whole = {n: f"{title} {said}".lower() for n, (title, said) in things.items()}
        found = [n for n, said in whole.items() if all(part in said for part in parts)]
        return sorted(found, key=lambda n: -sum(part in things[n][0].lower() for part in parts))

    return find


def fts5(things: dict[int, tuple[str, str]], tokenizer: str) -> Way:
    """SQLite's full text: all words, else any of them, by bm25 with the title counting three."""
    kept = sqlite3.connect(":memory:")
    kept.execute(f"create virtual table t using fts5(title, said, tokenize='{tokenizer}')")
    kept.executemany("insert into t(rowid, title, said) values (?, ?, ?)",
                     [(n, *both) for n, both in things.items()])  # fmt: skip

    def find(text: str) -> list[int]:
        parts = [f'"{part}"' for part in re.findall(r"\w+", text)]
        for joint in (" ", " OR "):
            rows = kept.execute("select rowid from t where t match ? order by bm25(t, 3.0, 1.0)",
                                [joint.join(parts)]).fetchall()  # fmt: skip
            if rows:
                return [n for (n,) in rows]
        return []

    return find


def postgres_french(things: dict[int, tuple[str, str]]) -> Way:
    """PostgreSQL's french stems, accents taken off before; all words, else any of them."""

    def bare(text: str) -> str:
        return "".join(c for c in unicodedata.normalize("NFKD", text) if not combining(c))

    with connection.cursor() as cursor:
        cursor.execute("create temp table t (n int, v tsvector)")
        for n, (title, said) in things.items():
            cursor.execute("insert into t values (%s, setweight(to_tsvector('french', %s), 'A') || "
                           "to_tsvector('french', %s))", [n, bare(title), bare(said)])  # fmt: skip

    def find(text: str) -> list[int]:
        with connection.cursor() as cursor:
            for joint in ("&", "|"):
                cursor.execute("select n from t, cast(replace(plainto_tsquery('french', %s)::text, '&', %s) as "
                               "tsquery) q where v @@ q order by ts_rank(v, q) desc, n",
                               [bare(text), joint])  # fmt: skip
                if rows := cursor.fetchall():
                    return [n for (n,) in rows]
        return []

    return find


def quality() -> None:
    things, asked = read_set()
    ways = {
        "ours": ours(things),
        "icontains, whole": containing(things, words=False),
        "icontains, each word": containing(things, words=True),
        "FTS5, accents off": fts5(things, "unicode61 remove_diacritics 2"),
        "FTS5, Porter": fts5(things, "porter unicode61 remove_diacritics 2"),
        "FTS5, letters in threes": fts5(things, "trigram"),
    }
    if connection.vendor == "postgresql":
        ways["PostgreSQL french"] = postgres_french(things)
    hard = list(dict.fromkeys(each[0] for each in asked))
    print(
        f"{len(asked)} searches among {len(things)} things: first, in the first five, by what is hard"
    )
    for name, way in ways.items():
        first: Counter[str] = Counter()
        five: Counter[str] = Counter()
        for what, text, answers in asked:
            found = way(text)
            first[what] += bool(found[:1] and found[0] in answers) if answers else not found
            five[what] += bool(answers & set(found[:5])) if answers else not found
            if name == "ours" and answers and found[:1] and found[0] not in answers:
                print(f"    ours put {things[found[0]][0]!r} first for {text!r}")
            if name == "ours" and bool(answers) != bool(found):
                print(f"    ours found {[things[n][0] for n in found[:3]]} for {text!r}")
        total = Counter(each[0] for each in asked)
        parts = ", ".join(f"{what} {first[what]}/{total[what]}" for what in hard)
        print(f"  {name:24} {sum(first.values()):3} {sum(five.values()):3}   {parts}")


def main() -> None:
    random.seed(7)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        counts = [int(each) for each in sys.argv[1:4]] or [5_000, 5_000, 20_000]
        if any(counts):
            speed(counts)
        quality()
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
