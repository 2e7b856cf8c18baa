"""By keyboard alone: every step is reached with Tab, seen while it has the focus, and never a trap."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.actions.publication import publish_plan
from essor.evenings.models import Evening, Phase, Registration
from essor.exchanges.actions.commitments import promise
from essor.exchanges.models import Commitment
from essor.kit import clock
from tests.cast import NOW, make_evening, make_need, make_project, make_registration, make_table
from tests.factories.seating import make_plan, make_ready_evening

pytestmark = pytest.mark.browser
FAR = 150
SEEN = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect();
    const marked = [here, here.parentElement, here.nextElementSibling,
                    here.closest("label, .card, li, .seek")].filter(Boolean);
    const rings = marked.map((each) => getComputedStyle(each));
    const after = getComputedStyle(here.nextElementSibling ?? here);
    return {
        inside: box.bottom > 0 && box.top < innerHeight,
        ring: rings.some((s) => (s.outlineStyle !== "none" && s.outlineWidth !== "0px")
            || s.boxShadow !== "none"),
        after: after.outlineStyle,
    };
}"""


def reach(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus; there it is on the screen and marked."""
    expect(target).to_be_visible()
    for _ in range(FAR):
        if target.evaluate("each => each === document.activeElement"):
            seen = page.evaluate(SEEN)
            assert seen["inside"], "the focus is off the screen"
            assert seen["ring"], "nothing shows where the focus is"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead there: {target}")


def write(page: Page, target: Locator, text: str) -> None:
    reach(page, target)
    page.keyboard.type(text)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    reach(page, target)
    page.keyboard.press(key)


def test_first_tab_leads_past_the_header(cast, page):
    page.goto("/valence/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_menu_of_a_phone_opens_and_closes(cast, page):
    page.goto("/valence/")
    menu = page.locator(".menu > summary")
    press(page, menu)
    expect(page.locator(".header .nav")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.header .nav') !== null")
    press(page, menu)  # Tab goes round the page and comes back: no trap
    expect(page.locator(".header .nav")).to_be_hidden()


def test_register(cast, page):
    evening = make_evening(cast.valence)
    page.goto(f"/valence/evenings/{evening.public_id}/registration/")
    press(page, page.get_by_role("button", name="Défi 1"))
    press(page, page.get_by_role("button", name="Défi 3"))
    write(page, page.get_by_role("textbox", name="Prénom"), "Zoé")
    write(page, page.get_by_label("Adresse e-mail", exact=False).first, "zoe@example.org")
    reach(page, page.get_by_role("radio", name="Habitant·e"))
    page.keyboard.press("Space")
    press(page, page.get_by_role("checkbox", name="J’accepte"), "Space")
    press(page, page.locator("form.registration button[class*=primary]"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Zoé")
    chosen = Registration.objects.get().choices.order_by("rank")
    assert [each.challenge.short for each in chosen] == ["Défi 1", "Défi 3"]


def test_promise_something_for_a_need_and_be_answered(cast, page, sign_in):
    need = make_need(make_project(cast.valence))
    page.goto("/valence/needs/")
    press(page, page.get_by_role("link", name="J’apporte"))
    page.wait_for_url("**/bring/")
    write(page, page.get_by_label("Votre prénom"), "Inès")
    press(page, page.get_by_role("button", name="Je m’engage"))
    page.wait_for_url(lambda address: "/bring/" not in address)

    sign_in(cast.aicha)
    page.goto("/valence/commitments/")
    press(page, page.locator(".commitment a.button").first)
    page.wait_for_url("**/answer/")
    press(page, page.get_by_role("button", name="Nous nous en saisissons"))
    expect(page.get_by_role("heading", name="Engagements")).to_be_visible()
    assert Commitment.objects.get(need=need).state == "accepted"


def test_move_somebody_on_the_plan(cast, page, sign_in):
    evening = make_ready_evening(cast.valence, people=60, tables=9, challenges=6)
    make_plan(evening, cast.aicha)
    sign_in(cast.aicha)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/valence/evenings/{evening.public_id}/plan/")
    press(page, page.locator(".plan-table").nth(1))

    expect(page.locator("#side h2")).to_be_focused()  # led to what the table says
    expect(page.locator(".plan-table").nth(1)).to_have_attribute("aria-current", "true")
    press(page, page.locator("#side .roll a").last)
    page.wait_for_selector("#moves")
    press(page, page.get_by_role("button", name="Placer ici", exact=False).first)
    expect(page.locator(".plan__tables")).to_be_visible()
    assert plan_in_hand(evening).change["code"] == "moved"


def test_let_somebody_in_at_the_door(cast, page, sign_in):
    evening = make_ready_evening(cast.valence, people=24, tables=4, challenges=3)
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=clock.now())
    sign_in(cast.chloe)
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    write(page, page.locator("#q"), "invite 7")
    expect(page.locator("#found")).to_contain_text("Invitée 7")
    press(page, page.locator("#found button").first)
    expect(page.locator(".door-sign--welcome")).to_be_visible()

    next_one = page.get_by_role("link", name="Personne suivante")
    expect(next_one).to_be_focused()  # Enter, and the next person is there
    page.keyboard.press("Enter")
    expect(page.locator("#q, [name=code]").first).to_be_visible()
    assert Registration.objects.exclude(arrived_at=None).count() == 1


def test_write_a_sheet_and_hand_it_in(cast, page, sign_in):
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    table = make_table(evening, 7, people=(make_registration(evening),))
    sign_in(cast.bruno)
    page.goto(f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/sheet/proposal/")
    write(page, page.locator("textarea[name=dream]"), "Un verger")
    expect(page.locator("[data-sheet-state]")).to_contain_text("Tout est enregistré")
    page.goto(f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/handing-in/")
    write(page, page.get_by_label("Comment s’appelle-t-il ?", exact=False), "Le verger")
    press(page, page.get_by_role("button", name="Rendre la fiche"))
    page.wait_for_url(lambda address: "/handing-in/" not in address)
    table.refresh_from_db()
    assert table.done_at


def test_conduct_the_evening(cast, page, sign_in):
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/conductor/")
    press(page, page.get_by_role("button", name="Ensuite", exact=False))
    expect(page.locator("[data-clock]")).to_be_visible()
    press(page, page.get_by_role("button", name="Arrêter le minuteur"))
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    press(page, page.get_by_role("button", name="Minuteur"))
    current = page.get_by_role("button", name="Minuteur", exact=True)
    expect(current).to_have_attribute("aria-current", "true")
    evening.refresh_from_db()
    assert (evening.phase.kind, evening.scene) == (Phase.Kind.WELCOME, Evening.Scene.TIMER)


def test_promise_with_the_arrows_of_a_list(cast, page):
    promised = promise(territory=cast.valence, person=cast.denis, kind="skill", what="Comptes",
                       until=timezone.localdate(), by=cast.denis, at=NOW)  # fmt: skip
    assert promised
    page.goto("/valence/commitments/new/")
    reach(page, page.get_by_role("radio", name="Une compétence"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Une ressource")).to_be_checked()


def test_escape_closes_the_menu_of_a_phone(cast, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/valence/")
    button, sheet = page.locator(".menu > summary"), page.locator(".header .nav")
    press(page, button)
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
