"""How light a page is to show: elements, requests and bytes of a first visit, as one EcoIndex.

    python bench/lightness.py                 the living example's public pages, on a laptop's screen

Fills a throw-away house with the example territory, starts ``essor serve`` on 127.0.0.1 and ends it
by itself. The index is that of ecoindex.fr (0 to 100, higher is lighter): where the page stands
among 500,000 others by its elements (those inside drawings left out), requests and kilobytes, as
the project publishes it (https://github.com/cnumr/ecoindex_reference). The bound is ours: 88.
"""

import argparse
import bisect
import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import ROOT, environment, served

BOUND = 88
ELEMENTS = (0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601)  # fmt: skip
REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)  # fmt: skip
KILOBYTES = (0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26)  # fmt: skip
"""The twentieths of all pages, as published."""
COUNT = "() => document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"
PAGES = (
    ("network", "portal:network", ()),
    ("solutions", "portal:solutions", ()),
    ("sources", "portal:sources", ()),
    ("home", "portal:home", ("territory",)),
    ("evenings", "evenings:evenings", ("territory",)),
    ("evening", "evenings:evening", ("territory", "evening")),
    ("registration", "evenings:register", ("territory", "evening")),
    ("lost link", "evenings:lost_link", ("territory", "evening")),
    ("challenges", "challenges:board", ("territory",)),
    ("challenge", "challenges:challenge", ("territory", "challenge")),
    ("projects", "projects:board", ("territory",)),
    ("project", "projects:project", ("territory", "project")),
    ("leader wanted", "projects:lead", ("territory", "project")),
    ("needs", "needs:needs", ("territory",)),
    ("need", "needs:need", ("territory", "need")),
    ("I bring", "needs:bring", ("territory", "need")),
    ("I commit", "exchanges:new", ("territory",)),
    ("harvests", "harvest:harvests", ("territory",)),
    ("harvest", "harvest:harvest", ("territory", "harvest")),
    ("idea to give", "harvest:give", ("territory", "harvest")),
    ("idea", "harvest:idea", ("territory", "harvest", "idea")),
    ("outcomes", "harvest:outcomes", ("territory",)),
    ("treasures", "treasures:inventory", ("territory",)),
    ("treasure", "treasures:treasure", ("territory", "treasure")),
    ("new treasure", "treasures:new", ("territory",)),
    ("missing", "treasures:missing", ("territory",)),
    ("map", "treasures:map", ("territory",)),
    ("votes", "choosing:votes", ("territory",)),
    ("vote", "choosing:vote", ("territory", "vote")),
    ("ballot", "choosing:ballot", ("territory", "vote")),
    ("cohorts", "support:cohorts", ("territory",)),
    ("cohort", "support:cohort", ("territory", "cohort")),
    ("funder", "support:new_funder", ("territory",)),
    ("search", "finding:here", ("territory",)),
    ("follow", "news:following", ("challenge", "challenge")),
    ("sign in", "account_login", ()),
    ("sign up", "account_signup", ()),
)


def quantile(twentieths: tuple[float, ...], value: float) -> float:
    """Between which twentieths ``value`` stands, and where between them: 0 to 20."""
    place = min(bisect.bisect_right(twentieths, value), len(twentieths) - 1)
    low, high = twentieths[place - 1], twentieths[place]
    return place - 1 + (value - low) / (high - low)


def ecoindex(elements: int, requests: int, kilobytes: float) -> float:
    weighed = (
        3 * quantile(ELEMENTS, elements)
        + 2 * quantile(REQUESTS, requests)
        + quantile(KILOBYTES, kilobytes)
    )
    return 100 - 5 * weighed / 6


def addresses() -> None:
    """Runs inside Django: fills the house, then prints where the pages are, as JSON."""
    from django.urls import reverse

    from essor.choosing.models import Vote
    from essor.exchanges.models import Need
    from essor.harvest.models import Idea
    from essor.kit import clock
    from essor.portal.demo.start import prepare_demonstration
    from essor.projects.models import Project
    from essor.support.models import Cohort
    from essor.treasures.models import Treasure

    evening = prepare_demonstration(at=clock.now())
    here = {"territory": evening.territory}
    project = Project.objects.filter(leader_wanted=True, call__isnull=False, **here).first()
    ideas = Idea.objects.filter(harvest__territory=evening.territory, state=Idea.State.SHOWN)
    idea = ideas.select_related("harvest").latest("id")
    ids = {
        "territory": evening.territory.slug,
        "evening": evening.public_id,
        "project": project.public_id,
        "challenge": evening.challenges.all()[0].public_id,
        "need": Need.objects.filter(project__territory=evening.territory)[0].public_id,
        "harvest": idea.harvest.public_id,
        "idea": idea.public_id,
        "treasure": Treasure.objects.filter(state="shown", **here)[0].public_id,
        "vote": Vote.objects.filter(state="closed", **here)[0].public_id,
        "cohort": Cohort.objects.filter(**here)[0].public_id,
    }
    found = {name: reverse(route, args=[ids[each] for each in arguments])
             for name, route, arguments in PAGES}  # fmt: skip
    found["follow"] = found["follow"].replace(ids["challenge"], "challenge", 1)
    found["search"] += "?q=cuisine+partager"
    print(json.dumps(found))


def filled(data: Path) -> dict[str, str]:
    code = (
        "import sys; sys.path.insert(0, 'bench'); import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from lightness import addresses; addresses()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(data, "") | {"ESSOR_DEMO": "1"},
        text=True, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def weigh(browser, address: str) -> tuple[int, int, float]:
    """Elements, requests and kilobytes of a first visit, scrolled to its end."""
    requests, received = 0, 0.0

    def asked(_event: dict) -> None:
        nonlocal requests
        requests += 1

    def came(event: dict) -> None:
        nonlocal received
        received += event["encodedDataLength"] / 1024

    with contextlib.closing(browser.new_context(viewport={"width": 1920, "height": 1080})) as own:
        page = own.new_page()
        wire = own.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", asked)
        wire.on("Network.loadingFinished", came)
        page.goto(address, wait_until="networkidle")
        page.mouse.wheel(0, 20_000)
        page.wait_for_load_state("networkidle")
        return page.evaluate(COUNT), requests, received


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        found = filled(Path(folder))
        with served(Path(folder), "", 1) as (port, _, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-quic"]
            )
            print(
                f"{'page':14}{'elements':>9}{'requests':>9}{'kB':>7}{'EcoIndex':>9}  (bound {BOUND})"
            )
            for name, path in found.items():
                elements, requests, received = weigh(browser, f"http://127.0.0.1:{port}{path}")
                index = ecoindex(elements, requests, received)
                print(f"{name:14}{elements:>9}{requests:>9}{received:>7.0f}{index:>9.1f}")
            browser.close()


if __name__ == "__main__":
    sys.exit(main())
