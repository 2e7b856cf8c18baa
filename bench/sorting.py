"""The sorting table with many ideas and five people, in Chromium.

    python bench/sorting.py                    1,000 ideas, 25 groups, 5 browsers
    python bench/sorting.py --ideas 350 --moves 5

Starts the house on 127.0.0.1 over a throw-away SQLite database, opens the table in as many browsers
as people, each signed in as somebody else, and has them lay ideas down in turn and all at once.
Prints, beside the bounds that the project sets itself: the page's weight and queries, the time to
first paint, the time until the mover sees it, and until the others do. Figures of one run on one
machine: the server, five pages and this program share its cores.
"""

import argparse
import gzip
import os
import shutil
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in this thread

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from essor.territories.models import Role  # noqa: E402
from tests.browser.conftest import FLAGS, LAPTOP  # noqa: E402
from tests.cast import NOW, Cast, client_of, person  # noqa: E402
from tests.factories.sorting import keys_of, make_group, make_sorting  # noqa: E402
from tests.site import Site  # noqa: E402

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
LAY = """async ([key, to]) => {
  const started = performance.now();
  const box = document.querySelector(`#i-${key} input`);
  box.focus();
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "m", bubbles: true }));
  const number = document.querySelector(`#g-${to}`).dataset.number;
  const search = document.querySelector("[data-mover-search]");
  search.value = number;
  search.dispatchEvent(new Event("input"));
  search.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - started;
}"""
THERE = "([key, to]) => document.getElementById(`i-${key}`).closest('[data-pile]').id === `g-${to}`"


def prepare(ideas: int, groups: int, people: int):
    cast = Cast()
    table = make_sorting(cast.valence, ideas=ideas)
    keys = keys_of(table)
    for n in range(groups):
        make_group(table, f"Groupe numéro {n + 1}", ideas=keys[n :: groups + 5], by=cast.bruno)
    team = []
    for n in range(people):
        who = person(f"Trieuse {n + 1}", email=f"t{n}@example.org")
        Role.objects.create(person=who, territory=cast.valence, kind="facilitator", since=NOW)
        team.append(who)
    waiting = [key for n, key in enumerate(keys) if n % (groups + 5) >= groups]
    return table, waiting, team


def weigh(address: str, who) -> str:
    client = client_of(who)
    client.get(address, SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as asked:
        started = time.process_time()
        page = client.get(address, SERVER_NAME="127.0.0.1").content
        cpu = time.process_time() - started
    return (f"page: {len(page) / 1000:.0f} kB of HTML, {len(gzip.compress(page, 6)) / 1000:.0f} kB sent, "
            f"{len(asked)} queries, {1000 * cpu:.0f} ms CPU")  # fmt: skip


def open_page(browser: Browser, site: Site, address: str, who) -> Page:
    context = browser.new_context(base_url=site.url, locale="fr-FR", viewport=LAPTOP)
    name = settings.SESSION_COOKIE_NAME
    value = client_of(who).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": site.url}])
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-hands] li")
    return page


def seen_by(pages: list[Page], what: list[str], started: float, most: float = 20) -> list[float]:
    """Seconds after ``started`` at which each page shows the idea in its group."""
    taken: dict[int, float] = {}
    while len(taken) < len(pages):
        for n, page in enumerate(pages):
            if n not in taken and page.evaluate(THERE, what):
                taken[n] = time.perf_counter() - started
        if time.perf_counter() - started > most:
            raise SystemExit("A move did not arrive.")
        time.sleep(0.005)
    return list(taken.values())


def told(name: str, seconds: list[float], must: str) -> None:
    ordered = sorted(seconds)
    p95 = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    print(
        f"{name:44}{1000 * statistics.median(seconds):>8.0f}{1000 * p95:>8.0f}   {must}", flush=True
    )


def measure(arguments: argparse.Namespace) -> None:
    table, waiting, team = prepare(arguments.ideas, arguments.groups, arguments.people)
    address = f"/valence/harvest/{table.public_id}/sorting/"
    print(
        f"{arguments.ideas} ideas, {arguments.groups} groups, {arguments.people} people, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(weigh(address, team[0]))
    groups = [each.public_id for each in table.groups.all()]
    site = Site()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        pages = [open_page(browser, site, address, who) for who in team]
        paints = []
        for page in pages:
            page.reload()
            page.wait_for_selector("[data-hands] li")
            paints.append(page.evaluate(PAINT) / 1000)
        print(f"{'':44}{'p50 ms':>8}{'p95 ms':>8}")
        told("first paint", paints, "must 1000")
        mine, others = [], []
        for turn in range(arguments.moves):
            page, what = pages[turn % len(pages)], [waiting[turn], groups[turn % len(groups)]]
            started = time.perf_counter()
            mine.append(page.evaluate(LAY, what) / 1000)
            others += seen_by([each for each in pages if each is not page], what, started)
        told("one moves: on one's own screen", mine, "goal 200")
        told("one moves: on the others' screens", others, "must 2000 (one event a second a room)")
        wishes = [[waiting[-1 - n], groups[n % len(groups)]] for n in range(len(pages))]
        starts = []
        for page, what in zip(pages, wishes, strict=True):
            starts.append(time.perf_counter())
            page.evaluate(LAY, what)
        last = [max(seen_by(pages, what, at)) for what, at in zip(wishes, starts, strict=True)]
        told("all move in a row: on the last screen", last, "must 3000")
        browser.close()
    site.stop()


def chromium() -> str | None:
    return next((found for name in ("chromium", "chromium-browser", "google-chrome")
                 if (found := shutil.which(name))), None)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ideas", type=int, default=1000, help="150 at least")
    parser.add_argument("--groups", type=int, default=25)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--moves", type=int, default=10)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        measure(parser.parse_args())
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
