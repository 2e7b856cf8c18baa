"""20,000 treasures: queries and time of list, search and map data; weight and drawing of the map.

    python bench/map.py                     SQLite, 8 clients, Chromium of the system
    python bench/map.py --treasures 2000 --no-browser

Starts ``essor serve`` on 127.0.0.1 over a throw-away database and ends everything by itself. The
map's data are weighed beside the same treasures as plain GeoJSON, its drawing beside the bound of
this browser: as many circles on a canvas, in one loop, without clusters. Figures of one run on one
machine, to be compared as ratios.
"""

import argparse
import contextlib
import gzip
import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pages import ROOT, environment, load, served

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--use-gl=angle",
    "--enable-unsafe-swiftshader",
]  # fmt: skip
WORDS = ["atelier", "copeaux", "verger", "moulin", "presse", "hangar", "laine", "cuir", "noyer", "tannerie", "cuisine", "four", "scierie", "source", "halle", "archive", "chorale", "recette", "tourneur", "soudeuse", "chaudière", "toit", "friche", "quai"]  # fmt: skip
ADDRESSES = {
    "list": "/grand/treasures/",
    "list, page 500": "/grand/treasures/?page=500",
    "search": "/grand/treasures/?q=vergers+moulin",
    "waste lens": "/grand/treasures/?use=waste",
    "what is missing": "/grand/treasures/missing/",
    "map": "/grand/treasures/map/",
    "map data": "/grand/treasures/map/points.json",
}
BOUND = """(count) => {
  const canvas = document.createElement('canvas'); canvas.width = 1280; canvas.height = 800;
  const pen = canvas.getContext('2d'); const started = performance.now();
  for (let n = 0; n < count; n++) { pen.beginPath(); pen.arc((n * 7919) % 1280, (n * 104729) % 800, 12, 0, 6.3); pen.fill(); }
  pen.getImageData(0, 0, 1, 1); return performance.now() - started; }"""


def fill(count: int) -> None:
    """A territory of the Drôme with ``count`` invented treasures."""
    from django.utils import timezone

    from essor.territories.models import Territory, Theme
    from essor.treasures.models import Treasure

    now, pick = timezone.now(), random.Random(11)
    territory = Territory.objects.create(
        slug="grand", name="Grand Territoire", department="26", created_at=now
    )
    themes = list(Theme.objects.filter(territory=None))
    made = []
    for number in range(count):
        name = " ".join(pick.sample(WORDS, 3)).capitalize()
        made.append(Treasure(
            territory=territory, name=f"{name} {number}", kind=pick.choice(Treasure.Kind.values),
            use=pick.choice(Treasure.Use.values), description=" ".join(pick.choices(WORDS, k=12)),
            latitude=round(pick.uniform(44.2, 45.3), 4), longitude=round(pick.uniform(4.7, 5.7), 4),
            created_at=now, changed_at=now,
        ))  # fmt: skip
    made = Treasure.objects.bulk_create(made, batch_size=1000)
    Treasure.themes.through.objects.bulk_create(
        [Treasure.themes.through(treasure=each, theme=pick.choice(themes)) for each in made],
        batch_size=1000,
    )


def look(count: int) -> None:
    """Runs inside Django: fills, then prints each page's queries and CPU, made anew, as JSON."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from essor.ledger import kept
    from essor.territories.models import Territory
    from essor.treasures.exports import as_geojson
    from essor.treasures.queries.inventory import Asked

    fill(count)
    told = {}
    browser = Client(SERVER_NAME="127.0.0.1")
    for name, address in ADDRESSES.items():
        taken = []
        for _ in range(4):
            kept.shelf.clear()
            cache.clear()
            started = time.process_time()
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(address)
            taken.append(1000 * (time.process_time() - started))
        told[name] = {"queries": len(queries), "cpu": statistics.median(taken), "status": answer.status_code,
                      "raw": len(answer.content)}  # fmt: skip
    plain = as_geojson(Territory.objects.get(slug="grand"), Asked())
    told["geojson"] = {"raw": len(plain), "sent": len(gzip.compress(plain, 6))}
    print(json.dumps(told))


def prepare(data: Path, count: int) -> dict:
    code = (
        "import sys; sys.path.insert(0, 'bench'); import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        f"from map import look; look({count})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(data, ""), text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def sent(port: int, address: str) -> int:
    """Bytes of an answer as a browser gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    return len(connection.getresponse().read())


def drawn(port: int, count: int, picture: str) -> dict:
    """The map in Chromium: milliseconds to its first rest, bytes received, errors, and the bound."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with contextlib.closing(browser):
            taken, weight, errors = [], 0, []
            for turn in range(3):
                page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
                page.on(
                    "console",
                    lambda line: errors.append(line.text) if line.type == "error" else None,
                )
                received = []
                page.on(
                    "requestfinished",
                    lambda each, into=received: into.append(each.sizes()["responseBodySize"]),
                )
                page.goto(f"http://127.0.0.1:{port}{ADDRESSES['map']}")
                page.wait_for_selector("[data-drawn]", timeout=120_000, state="attached")
                taken.append(int(page.get_attribute("[data-treasure-map]", "data-drawn")))
                weight = sum(received)
                if turn == 2 and picture:
                    page.screenshot(path=f"{picture}-1280.png", full_page=True)
                    page.set_viewport_size({"width": 390, "height": 844})
                    page.wait_for_timeout(1500)
                    page.screenshot(path=f"{picture}-390.png", full_page=True)
                bound = page.evaluate(BOUND, count)
                page.close()
    return {"drawn": taken, "weight": weight, "errors": errors[:3], "bound": bound}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--treasures", type=int, default=20_000)
    words.add_argument("--clients", type=int, default=8)
    words.add_argument("--seconds", type=float, default=3)
    words.add_argument("--no-browser", action="store_true")
    words.add_argument("--picture", default="", help="keep pictures of the map under this name")
    said = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        told = prepare(data, said.treasures)
        with served(data, "", 1) as (port, _, _):
            print(f"{said.treasures:,} treasures, SQLite, {said.clients} clients")
            print(
                f"{'page':<18}{'queries':>8}{'CPU anew':>10}{'p50':>8}{'p95':>8}{'sent':>10}{'errors':>8}"
            )
            for name, address in ADDRESSES.items():
                page = {"address": address, "who": "", "status": 200}
                taken, errors = load(port, page, "", said.clients, said.seconds)
                taken.sort()
                p50, p95 = (1000 * taken[int(len(taken) * share)] for share in (0.5, 0.95))
                print(f"{name:<18}{told[name]['queries']:>8}{told[name]['cpu']:>7.0f} ms{p50:>5.0f} ms{p95:>5.0f} ms"
                      f"{sent(port, address) / 1000:>7.0f} kB{errors:>8}")  # fmt: skip
            plain = told["geojson"]
            print(f"map data raw {told['map data']['raw'] / 1000:.0f} kB; the same as GeoJSON {plain['raw'] / 1000:.0f} kB,"
                  f" compressed {plain['sent'] / 1000:.0f} kB")  # fmt: skip
            if not said.no_browser:
                seen = drawn(port, said.treasures, said.picture)
                print(f"map drawn after {seen['drawn']} ms from the click (software WebGL), {seen['weight'] / 1000:.0f} kB"
                      f" received; bound: {seen['bound']:.0f} ms for as many circles on a canvas; errors {seen['errors']}")  # fmt: skip


if __name__ == "__main__":
    main()
