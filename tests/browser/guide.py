"""The pictures of the guide: which page, seen by whom, at which moment, and what it must show.

Each is looked at in French and in English on a real demonstration. ``shows`` is the thing that the
picture is about: where it is missing, the guide is wrong and the test says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from essor.portal.demo.actions import EVENING_ID, EXAMPLE
from essor.portal.demo.harvest import HARVEST_ID
from essor.portal.facts import lasting_id
from tests.people_lists import helloasso

BEFORE, DURING, AFTER = "before", "during", "after"
HOST, FACILITATOR, DOOR, VISITOR = "host", "facilitator", "door", ""
HOME, EVENING = f"/{EXAMPLE}/", f"/{EXAMPLE}/evenings/{EVENING_ID}/"


@dataclass(frozen=True, slots=True)
class Picture:
    """``size`` is the part shown, from the top of ``start`` on; wider than a phone is a desk."""

    name: str
    moment: str
    role: str
    path: str
    shows: str
    size: tuple[int, int]
    start: str = "main"
    act: Callable[[Page], None] | None = None

    @property
    def phone(self) -> bool:
        return self.size[0] < 600


BAKEHOUSE = lasting_id("project", "example fournil")
DREAM = {
    "fr": "Chaque jeune a poussé dix portes avant ses vingt ans.",
    "en": "Every young person has opened ten doors before turning twenty.",
}
SKILL = {"fr": "Comptabilité", "en": "Bookkeeping"}


def language_of(page: Page) -> str:
    return page.locator("html").get_attribute("lang") or "fr"


def choose_two(page: Page) -> None:
    for row in (2, 7):
        page.locator("button.ranking__row").nth(row).click()


def bring_a_list(page: Page) -> None:
    file = {"name": "helloasso.csv", "mimeType": "text/csv", "buffer": helloasso("Cantine ; vélo")}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.locator("main form .button--primary").first.click()
    page.wait_for_selector(".column-list")


def open_somebody(page: Page) -> None:
    page.locator(".roll a").nth(1).click()
    page.wait_for_selector("#moves")


def let_somebody_in(page: Page) -> None:
    page.locator("#found .rows__end form button").first.click()
    page.wait_for_selector(".door-sign__word")


def open_the_sheet(page: Page) -> None:
    page.locator(".steps__link").first.click()
    dream = page.locator("main textarea").first
    dream.fill(DREAM[language_of(page)])


def promise_a_skill(page: Page) -> None:
    page.locator("input[name=kind][value=skill]").check(force=True)
    page.locator("#id_what").fill(SKILL[language_of(page)])
    page.locator("#id_lasts").select_option("6")


def word_from_a_group(page: Page) -> None:
    page.locator("main a[href*='/wording/from/']").first.click()
    page.wait_for_selector(".works .work")


def choose_some(page: Page) -> None:
    page.locator("main a[href*='/votes/']").first.click()
    page.locator("main form button[name=do], main a[href$='/ballot/']").first.click()
    page.wait_for_selector(".vote-card")
    page.locator(".vote-answer--yes").first.click()


def open_its_support(page: Page) -> None:
    page.locator("main .advice a[href*='/support/projects/']").first.click()
    page.wait_for_selector(".replies li")


def open_the_cohort(page: Page) -> None:
    page.locator("main .grid a").first.click()
    page.wait_for_selector(".members .member")


def open_the_state_of_play(page: Page) -> None:
    open_the_cohort(page)
    page.locator("main a[href$='/state-of-play/']").first.click()
    page.wait_for_selector(".side-by-side .ladder")


def open_a_file(page: Page) -> None:
    page.locator("main .grid a").first.click()
    page.locator(".members .member__title a").first.click()
    page.wait_for_selector("main .chip--violet")


PHONE, DESK = 390, 1280
PICTURES = (
    Picture("roles", BEFORE, VISITOR, "/demo/", "button[value=host]", (DESK, 760)),
    Picture("colours", BEFORE, HOST, f"{HOME}settings/", ".founding-colours input[type=color]",
            (DESK, 440), "main form .columns"),
    Picture("team", BEFORE, HOST, f"{HOME}team/", "main form", (DESK, 620)),
    Picture("wording", BEFORE, HOST, f"{HOME}challenges/wording/", "main form textarea",
            (DESK, 720)),
    Picture("from-ideas", BEFORE, HOST, f"{HOME}challenges/wording/", ".works .work", (DESK, 900),
            act=word_from_a_group),
    Picture("answers", BEFORE, HOST, f"{HOME}harvest/{HARVEST_ID}/fates/", ".fates__decision",
            (DESK, 760)),
    Picture("choose", BEFORE, VISITOR, f"{HOME}votes/", ".vote-card", (PHONE, 844),
            act=choose_some),
    Picture("evening-desk", BEFORE, HOST, f"{EVENING}desk/", ".evening-lines", (DESK, 720)),
    Picture("registration", BEFORE, VISITOR, f"{EVENING}registration/", ".ranking__row--chosen",
            (PHONE, 844), ".registration .part", act=choose_two),
    Picture("missing", BEFORE, HOST, f"{EVENING}missing/", ".counts", (DESK, 720)),
    Picture("list", BEFORE, HOST, f"{EVENING}lists/", ".column-list", (DESK, 800),
            act=bring_a_list),
    Picture("plan", BEFORE, HOST, f"{EVENING}plan/", ".plan__tables .plan-table", (DESK, 900)),
    Picture("move", BEFORE, HOST, f"{EVENING}plan/tables/3/", "#moves", (DESK, 640),
            act=open_somebody),
    Picture("prints", BEFORE, HOST, f"{EVENING}print/", ".print", (DESK, 760)),
    Picture("cohort", BEFORE, HOST, f"{HOME}support/", ".members .member", (DESK, 900),
            act=open_the_cohort),
    Picture("mentors", BEFORE, HOST, f"{HOME}support/mentors/", ".members .meter", (DESK, 640)),
    Picture("play", BEFORE, HOST, f"{HOME}support/", ".side-by-side .ladder", (DESK, 900),
            act=open_the_state_of_play),
    Picture("committee", BEFORE, HOST, f"{HOME}support/committees/", "main .chip--violet",
            (DESK, 900), act=open_a_file),
    Picture("advice", BEFORE, HOST, f"{HOME}support/recommendations/?show=blocked", ".replies li",
            (DESK, 900), act=open_its_support),
    Picture("private-room", BEFORE, HOST, f"{HOME}support/projects/{BAKEHOUSE}/room/", "tfoot",
            (DESK, 980)),
    Picture("funders", BEFORE, HOST, f"{HOME}support/funders/", ".members .fit", (DESK, 820)),
    Picture("desk", BEFORE, HOST, f"{HOME}desk/", ".today", (DESK, 1000)),
    Picture("treasures", BEFORE, HOST, f"{HOME}treasures/?use=offered", ".treasure", (DESK, 760)),
    Picture("door", DURING, DOOR, f"{EVENING}door/?q=mar", "#found .rows__end", (PHONE, 844)),
    Picture("welcome", DURING, DOOR, f"{EVENING}door/?q=ma", ".door-sign__word", (PHONE, 720),
            act=let_somebody_in),
    Picture("table", DURING, FACILITATOR, "", ".roll", (PHONE, 844)),
    Picture("sheet", DURING, FACILITATOR, "", "main textarea", (PHONE, 844), act=open_the_sheet),
    Picture("conductor", DURING, HOST, f"{EVENING}conductor/", ".conductor__phases", (PHONE, 844)),
    Picture("screen", DURING, HOST, f"{EVENING}screen/", ".screen__scene h1", (DESK, 720)),
    Picture("commit", DURING, VISITOR, f"{EVENING}commitments/new/", "#id_kind, [name=kind]",
            (PHONE, 844), act=promise_a_skill),
    Picture("commitments", DURING, HOST, f"{HOME}commitments/", ".desk .commitment", (DESK, 640)),
    Picture("day-after", AFTER, HOST, f"{EVENING}day-after/", ".letter", (DESK, 760)),
    Picture("today", AFTER, HOST, f"{HOME}desk/", "main .card", (DESK, 620)),
)  # fmt: skip
