"""The sorting table in Chromium: drag, keyboard, two browsers live, a lost network, no script."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from essor.harvest.actions.proposals import ask_for_groups, begin_grouping, finish_grouping
from essor.harvest.actions.sorting import place_ideas
from essor.harvest.models import Group, Hand
from tests.browser.conftest import LAPTOP, PICTURES, bad
from tests.browser.network import cut_off
from tests.cast import NOW, client_of, make_idea
from tests.factories.sorting import keys_of, make_group, make_sorting

pytestmark = pytest.mark.browser


@pytest.fixture
def table(cast):
    """Six ideas; the first lies in a group of gardens, a second group of wheels is empty."""
    table = make_sorting(cast.valence)
    make_group(table, "Jardins", ideas=keys_of(table)[:1], by=cast.bruno)
    make_group(table, "Vélos", by=cast.bruno)
    return table


@pytest.fixture
def wall(page, table, cast, sign_in):
    sign_in(cast.aicha)
    return open_table(page, table)


def open_table(page: Page, table) -> Page:
    page.set_viewport_size(LAPTOP)
    page.goto(f"/valence/harvest/{table.public_id}/sorting/")
    expect(page.locator("[data-hands] li")).not_to_have_count(0)
    return page


@contextmanager
def another_browser(browser, site, who, table):
    """Somebody else at the same table; the test fails where their page reports an error."""
    context = browser.new_context(base_url=site.url, locale="fr-FR")
    context.set_default_timeout(30_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client_of(who).cookies[name].value, "url": site.url}]
    )
    page, trouble = context.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if bad(message) else None)
    yield open_table(page, table)
    context.close()
    assert trouble == []


def pile(page: Page, name: str):
    return page.locator(f"[data-table] .pile:has(h2:has-text('{name}'))")


def card(page: Page, words: str):
    return page.locator("[data-table] .idea", has_text=words)


def drag(page: Page, what, to) -> None:
    start, end = what.bounding_box(), to.bounding_box()
    page.mouse.move(start["x"] + 60, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 90, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + 60, end["y"] + 40, steps=5)
    page.mouse.up()


def voice(page: Page):
    return page.locator("[data-voice]")


def test_a_card_is_dragged_onto_a_pile_and_taken_back(wall, table):
    drag(wall, card(wall, "vélos ensemble"), pile(wall, "Vélos"))

    expect(pile(wall, "Vélos").locator(".idea__words")).to_have_text(["Réparer les vélos ensemble"])
    expect(wall.locator("[data-toast]")).to_contain_text("est maintenant dans le groupe 2")
    expect(wall.locator("[data-sorted]")).to_have_text("2")
    assert table.groups.get(name="Vélos").placings.count() == 1
    wall.locator("[data-toast-undo]").click()
    expect(pile(wall, "Vélos").locator(".idea")).to_have_count(0)
    expect(wall.locator("[data-history] li").first).to_contain_text("Annulé")


def test_all_chosen_cards_go_together(wall, table):
    for words in ("vélos ensemble", "Une cantine", "sur les toits"):
        card(wall, words).locator("input").check()
    expect(wall.locator("[data-chosen]")).to_have_text("Choisies\u00a0: 3")
    drag(wall, card(wall, "Une cantine"), pile(wall, "Jardins"))
    expect(pile(wall, "Jardins").locator(".idea")).to_have_count(4)
    expect(wall.locator("[data-bar]")).to_be_hidden()
    expect(wall.locator("[data-toast]")).to_contain_text("3 idées sont maintenant")
    assert table.moves.count() == 3


def test_a_pile_dragged_onto_another_merges_them(wall, table):
    drag(wall, pile(wall, "Jardins").locator(".pile__head"), pile(wall, "Vélos"))
    expect(pile(wall, "Jardins")).to_have_count(0)
    expect(pile(wall, "Vélos").locator(".idea")).to_have_count(1)
    wall.keyboard.press("Control+z")
    expect(pile(wall, "Jardins").locator(".idea")).to_have_count(1)
    assert [group.on_table for group in table.groups.all()] == [True, True]


def test_the_keyboard_does_it_all_and_each_step_is_announced(wall, table):
    first = wall.locator("#g-waiting .idea input").first
    words = wall.locator("#g-waiting .idea__words").first.inner_text()
    first.focus()
    wall.keyboard.press("ArrowDown")
    expect(wall.locator("#g-waiting .idea input").nth(1)).to_be_focused()
    wall.keyboard.press("ArrowUp")

    wall.keyboard.press("Enter")
    expect(voice(wall)).to_contain_text("En main")
    wall.keyboard.press("ArrowRight")
    expect(voice(wall)).to_contain_text(
        "groupe 1 « Jardins », 1 idées".replace(" «", "\u00a0«")
        .replace("« ", "«\u00a0")
        .replace(" »", "\u00a0»")
        .replace("\u00a0«", " «")
    )
    wall.keyboard.press("Escape")
    expect(voice(wall)).to_contain_text("Remis en place")
    expect(first).to_be_focused()
    wall.keyboard.press("Enter")
    wall.keyboard.press("ArrowRight")
    wall.keyboard.press("ArrowRight")
    wall.keyboard.press("Enter")

    expect(pile(wall, "Vélos").locator(".idea__words")).to_have_text([words])
    expect(voice(wall)).to_contain_text("est maintenant dans le groupe 2")
    expect(wall.locator("#g-waiting .idea input").first).to_be_focused()
    wall.keyboard.press("Control+z")
    expect(pile(wall, "Vélos").locator(".idea")).to_have_count(0)


def test_a_group_is_named_by_number_or_by_a_new_name(wall, table, axe):
    wall.locator("#g-waiting .idea input").first.focus()
    wall.keyboard.press("m")
    expect(wall.locator("[data-mover]")).to_be_visible()
    axe(wall)
    wall.keyboard.type("2")
    wall.keyboard.press("Enter")
    expect(pile(wall, "Vélos").locator(".idea")).to_have_count(1)

    card(wall, "Une cantine").locator(".idea__move").click()
    wall.keyboard.type("Manger local")
    wall.keyboard.press("Enter")
    expect(pile(wall, "Manger local").locator(".idea__words")).to_have_text(
        ["Une cantine avec les maraîchers"]
    )
    expect(wall.locator("[data-to] option", has_text="3 · Manger local")).to_have_count(1)
    axe(wall)


def test_a_group_is_renamed_locked_and_set_aside_beside_the_table(wall, table, axe):
    pile(wall, "Jardins").locator("[data-panel-link]").click()
    panel = wall.locator("[data-panel-dialog]")
    expect(panel).to_be_visible()
    axe(wall)
    panel.get_by_label("Nom du groupe").fill("Vergers")
    panel.get_by_role("button", name="Donner ce nom").click()
    expect(pile(wall, "Vergers").locator(".idea")).to_have_count(1)
    expect(panel).to_be_hidden()

    pile(wall, "Vergers").locator("[data-panel-link]").click()
    panel.get_by_role("button", name="Verrouiller").click()
    expect(pile(wall, "Vergers").locator("[data-lock]")).to_be_visible()
    pile(wall, "Vélos").locator("[data-panel-link]").click()
    panel.get_by_role("button", name="Mettre de côté").click()
    expect(wall.locator("[data-aside] .pile")).to_have_count(1)
    assert table.groups.get(locked=True).name == "Vergers"


def test_what_one_moves_the_other_sees_with_who_holds_what(wall, table, cast, browser, site):
    with another_browser(browser, site, cast.bruno, table) as other:
        expect(wall.locator("[data-hands] li")).to_have_text(["vous", "Bruno"])
        other.locator("#g-waiting .idea input").first.focus()
        other.keyboard.press("Enter")
        expect(wall.locator(".idea[data-held='Bruno']")).to_have_count(1)
        other.keyboard.press("ArrowRight")
        other.keyboard.press("Enter")

        expect(pile(wall, "Jardins").locator(".idea")).to_have_count(2)
        expect(wall.locator("[data-history] li").first).to_contain_text("Bruno")
        expect(wall.locator(".idea[data-held]")).to_have_count(0)
        wall.locator("[data-undo=last] button").click()
        expect(pile(other, "Jardins").locator(".idea")).to_have_count(1)
    expect(wall.locator("[data-hands] li")).to_have_text(["vous"])
    assert Hand.objects.count() == 1


def test_new_groups_and_names_arrive_and_the_first_mover_is_told(wall, table, cast, browser, site):
    with another_browser(browser, site, cast.bruno, table) as other:
        other.route("**/live/**", lambda route: route.abort())
        other.reload()
        drag(wall, card(wall, "sur les toits"), pile(wall, "Jardins"))
        expect(wall.locator("[data-toast]")).to_be_visible()

        card(other, "sur les toits").locator(".idea__move").click()
        other.keyboard.type("Énergie")
        other.keyboard.press("Enter")

        expect(pile(wall, "Énergie").locator(".idea")).to_have_count(1)
        wall.route("**/live/**", lambda route: route.abort())  # so that she does not see it coming
        wall.reload()
        expect(wall.locator("[data-hands] li")).not_to_have_count(0)
        drag(other, card(other, "Une cantine"), pile(other, "Vélos"))
        expect(other.locator("[data-toast]")).to_contain_text("Une cantine")
        drag(wall, card(wall, "Une cantine"), pile(wall, "Jardins"))
        expect(wall.locator("[data-toast]")).to_contain_text("Bruno venait de mettre")


def test_without_network_moves_wait_and_leave_by_themselves(wall, table, context):
    cut_off(wall)
    drag(wall, card(wall, "vélos ensemble"), pile(wall, "Vélos"))
    drag(wall, card(wall, "Une cantine"), pile(wall, "Vélos"))
    expect(wall.locator("[data-offline]")).to_be_visible()
    assert table.moves.count() == 2
    context.set_offline(False)
    expect(wall.locator("[data-offline]")).to_be_hidden()
    expect(wall.locator("[data-history] li")).to_have_count(4)
    assert Group.objects.get(name="Vélos").placings.count() == 2


def test_a_finger_drags_by_the_grip_and_the_list_needs_none(browser, site, cast, table, axe):
    context = browser.new_context(
        base_url=site.url, locale="fr-FR", has_touch=True, viewport={"width": 390, "height": 844}
    )
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client_of(cast.aicha).cookies[name].value, "url": site.url}]
    )
    page = context.new_page()
    page.goto(f"/valence/harvest/{table.public_id}/sorting/")
    expect(page.locator("[data-way=list]")).to_have_attribute("aria-pressed", "true")
    axe(page)
    card(page, "Une cantine").locator(".idea__move").tap()
    page.locator("[data-mover]").get_by_role("button", name="Vélos").tap()
    expect(pile(page, "Vélos").locator(".idea")).to_have_count(1)

    page.locator("[data-way=wall]").tap()
    axe(page)
    grip = card(page, "sur les toits").locator(".idea__move")
    page.locator("#g-waiting").evaluate("each => each.scrollIntoView()")
    grip.scroll_into_view_if_needed()
    at, to = grip.bounding_box(), pile(page, "Jardins").bounding_box()
    wire = context.new_cdp_session(page)

    def touch(kind, x=None, y=None):
        points = [{"x": x, "y": y}] if x is not None else []
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", at["x"] + 10, at["y"] + 10)
    touch("touchMove", at["x"] + 10, at["y"] + 30)
    touch("touchMove", to["x"] + 30, to["y"] + 30)
    touch("touchEnd")
    expect(pile(page, "Jardins").locator(".idea")).to_have_count(2)
    context.close()


def test_without_script_the_same_page_sorts(browser, site, cast, table, axe):
    context = browser.new_context(base_url=site.url, locale="fr-FR", java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client_of(cast.bruno).cookies[name].value, "url": site.url}]
    )
    page = context.new_page()
    page.goto(f"/valence/harvest/{table.public_id}/sorting/")
    for words in ("vélos ensemble", "Une cantine"):
        card(page, words).locator("input").check()
    page.locator("[data-to]").select_option(label="2 · Vélos")
    page.get_by_role("button", name="Déplacer", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("2 idées sont maintenant dans le groupe 2")
    page.get_by_role("button", name="Annuler mon dernier geste").click()
    expect(page.locator(".notice")).to_contain_text("Annulé")
    card(page, "Une cantine").get_by_role("link").click()
    page.get_by_role("button", name="Jardins").click()
    expect(pile(page, "Jardins").locator(".idea")).to_have_count(2)
    context.close()


def test_full_and_empty_tables_are_fit_to_be_seen(page, cast, sign_in, axe, see):
    full = make_sorting(cast.valence, ideas=350)
    keys = keys_of(full)
    names = ("Jardins", "Vélos et trottoirs", "Cantines", "Réparer", "Couture", "Aînés", "Énergie",
             "Eau", "Bois", "Jeunes", "Numérique", "Logement")  # fmt: skip
    for n in range(18):
        make_group(full, names[n % 12] if n % 5 else "", ideas=keys[n::22], by=cast.bruno)
    empty = make_sorting(cast.valence, ideas=0)
    bare = make_sorting(cast.valence, ideas=5)
    sign_in(cast.aicha)
    for name, table in (("full", full), ("empty", empty), ("bare", bare)):
        page.set_viewport_size(LAPTOP)
        page.goto(f"/valence/harvest/{table.public_id}/sorting/")
        axe(page)
        page.wait_for_timeout(300)
        see(page, f"sorting-{name}")
    page.goto(f"/valence/harvest/{full.public_id}/sorting/groups/{full.groups.first().public_id}/")
    axe(page)
    see(page, "sorting-group")
    page.goto(f"/valence/harvest/{full.public_id}/sorting/ideas/{keys[0]}/")
    axe(page)
    see(page, "sorting-idea")


def test_a_proposal_is_followed_decided_and_heard_of_at_the_table(wall, table, cast, axe, see):
    base = f"/valence/harvest/{table.public_id}/sorting/"
    wall.get_by_role("link", name="Proposer des groupes").click()
    axe(wall)
    see(wall, "proposals")
    wall.get_by_role("button", name="Proposer des groupes").click()
    expect(wall.locator("#run")).to_be_visible()
    axe(wall)
    run, keys = table.grouping_runs.get(), keys_of(table)
    begin_grouping(run=run, by=None, at=NOW)
    why = [{"code": "words", "values": {"words": ["jardins", "potager"]}}]
    groups = [
        {"key": table.groups.get(order=1).public_id, "title": "Jardins et vergers", "certainty": 0.9,
         "ideas": [keys[0], keys[3]], "reasons": why},
        {"key": "g1", "title": "Manger ensemble", "ideas": [keys[2]], "reasons": [], "certainty": 0.4},
    ]  # fmt: skip
    summary = {"groups": groups, "alone": [keys[1], *keys[4:]], "meaning": True}
    finish_grouping(run=run, summary=summary, by=None, at=NOW)
    expect(wall.locator(".proposal__group")).to_have_count(2)
    axe(wall)
    see(wall, "proposal")
    wall.get_by_role("button", name="Accepter Manger ensemble").click()
    expect(wall.locator(".chip--leaf")).to_have_count(1)
    wall.get_by_role("button", name="Tout accepter").click()
    expect(pile(wall, "Manger ensemble").locator(".idea")).to_have_count(1)
    assert wall.url.endswith(base)


def test_the_table_hears_that_a_proposal_is_ready(wall, table):
    run = ask_for_groups(harvest=table, wanted=None, light=False, by=None, at=NOW)
    begin_grouping(run=run, by=None, at=NOW)
    finish_grouping(run=run, summary={"groups": [], "alone": [], "meaning": True}, by=None, at=NOW)
    expect(wall.locator(".sorting__ready a")).to_contain_text("attend votre décision")


def test_the_projector_follows_and_fits_with_eighteen_groups(page, cast, sign_in, axe):
    table = make_sorting(cast.valence, ideas=60)
    keys = keys_of(table)
    for n in range(18):
        make_group(table, f"Un nom de groupe {n}", ideas=keys[n::20], by=cast.bruno)
    sign_in(cast.aicha)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/valence/harvest/{table.public_id}/sorting/screen/")
    group = table.groups.get(order=1)
    expect(page.locator(f"[data-key='{group.public_id}']")).to_have_attribute("data-n", "3")
    place_ideas(harvest=table, ideas=[keys[18]], group=group, by=cast.bruno, at=NOW)
    expect(page.locator(f"[data-key='{group.public_id}']")).to_have_attribute("data-n", "4")
    axe(page)
    for width, height in ((1280, 720), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=PICTURES / f"sorting-screen-{width}.png")
        assert page.evaluate(
            "[...document.querySelectorAll('.table-scene__group')].every(each => {"
            " const box = each.getBoundingClientRect();"
            " return box.height > 30 && box.bottom <= innerHeight && box.right <= innerWidth })"
        )


def test_ideas_given_meanwhile_come_onto_the_table_and_hidden_ones_leave(wall, table):
    new = make_idea(table, "Un poulailler au collège")
    table.ideas.filter(text__startswith="Une cantine").update(state="hidden")
    make_idea(table, "Un four à pain")
    wall.locator("#g-waiting .idea input").first.focus()
    wall.keyboard.press("Enter")  # taking something in hand tells how many ideas there are

    expect(wall.locator(f"#i-{new.public_id}")).to_be_visible()
    expect(card(wall, "Une cantine")).to_have_count(0)
    expect(wall.locator("[data-total-words]")).to_have_text("7")
