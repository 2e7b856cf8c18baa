"""Without network: kept pages open, what is done is written down, and everything arrives once."""

from contextlib import suppress

import pytest
from PIL import Image
from playwright.sync_api import Error, expect

from essor.evenings.actions.publication import publish_plan
from essor.evenings.models import Evening, Registration, Seat
from essor.exchanges.models import Commitment
from essor.kit import clock
from essor.ledger.models import Entry
from essor.projects.models import Sheet, SheetPhoto
from tests.browser.network import cut_off
from tests.cast import client_of, make_evening, make_registration, make_table, sphere
from tests.factories.seating import make_plan, make_ready_evening, registered
from tests.site import Site

pytestmark = pytest.mark.browser

KEPT = "async () => (await (await caches.open('essor-pages-1')).keys()).map(each => each.url)"
LEFT = """() => new Promise((resolve) => {
  const request = indexedDB.open('essor', 1);
  request.onupgradeneeded = () => request.transaction.abort();  // the page has not made it yet
  request.onerror = () => resolve(0);
  request.onsuccess = () => {
    const count = request.result.transaction('posts').objectStore('posts').count();
    count.onsuccess = () => { request.result.close(); resolve(count.result); };
  };
})"""


@pytest.fixture
def evening(cast):
    evening = make_ready_evening(cast.valence, people=40, tables=6, challenges=4)
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=clock.now())
    return evening


def until(page, script, wanted, what):
    found = None
    for _ in range(250):
        with suppress(Error):  # the page is just being left for the one that the server named
            found = page.evaluate(script)
            if wanted(found):
                return
        page.wait_for_timeout(100)
    pytest.fail(f"{what}: {found}")


def open_door(page, evening):
    """The door, once with network: the page and the walk-in page are kept, the list is here."""
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    until(page, KEPT, lambda kept: sum("/door/" in each for each in kept) == 2, "kept pages")


def let_in(page, name):
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially(name)
    page.locator("#found button").first.click()
    expect(page.locator(".door-sign--welcome, .door-sign--again")).to_be_visible()


def set_clock(page, moment):
    """The device's clock, from the first script of its next page on; it goes on from there."""
    page.add_init_script(
        f"const real = Date.now, ahead = Date.parse('{moment}') - real();"
        "Date.now = () => real() + ahead;"
    )


def empty(page):
    until(page, LEFT, lambda left: left == 0, "what waits")


def arrived(evening):
    here = evening.registrations.filter(arrived_at__isnull=False)
    return sorted(here.values_list("person__first_name", "person__last_name"))


def test_the_door_goes_on_without_network_and_tells_everything_afterwards(
    page, context, cast, sign_in, evening, axe, see
):
    sign_in(cast.chloe)
    open_door(page, evening)
    cut_off(page)
    page.reload()
    expect(page.locator("[data-queue-words]")).to_contain_text("Pas de réseau")

    let_in(page, "invite 33")
    seat = Seat.objects.get(registration=registered(evening, 33), round=1)
    expect(page.locator(".door-sign__table strong")).to_have_text(str(seat.table.number))
    axe(page)
    see(page, "door-offline")
    page.locator("[data-sign-next]").click()
    page.locator("#code").fill(registered(evening, 12).code)
    page.locator(
        "[data-door-scan] button[type=submit], [data-door-scan] button:not([type])"
    ).first.click()
    expect(page.locator(".door-sign--welcome h2")).to_contain_text("12")
    page.locator("[data-sign-next]").click()
    let_in(page, "invite 33")
    expect(page.locator(".door-sign--again")).to_be_visible()
    page.goto(f"/valence/evenings/{evening.public_id}/door/walk-in/")
    page.locator("#id_first_name").fill("Zoé")
    page.locator("[data-door-walk-in] button").last.click()
    expect(page.locator(".door-sign--welcome h2")).to_have_text("Zoé")
    told = page.locator(".door-sign__table strong").inner_text()
    assert arrived(evening) == []

    context.set_offline(False)
    empty(page)

    assert len(arrived(evening)) == 3
    zoe = Registration.objects.get(person__first_name="Zoé")
    assert [str(seat.table.number) for seat in zoe.seats.filter(round=1)] == [told]
    assert Entry.objects.filter(verb="arrived").count() == 2


def test_three_doors_without_network_agree_afterwards(browser, site, cast, evening):
    pages = []
    for number in range(3):
        context = browser.new_context(base_url=site.url, locale="fr-FR")
        session = client_of(cast.chloe).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
        page = context.new_page()
        open_door(page, evening)
        cut_off(page)
        pages.append((number, page, context))
    for number, page, _context in pages:
        for person in (10 + number, 11 + number, 20):
            let_in(page, f"invite {person}")
            page.locator("[data-sign-next]").click()
        page.goto(f"/valence/evenings/{evening.public_id}/door/walk-in/")
        page.locator("#id_first_name").fill(f"Passante {number}")
        page.locator("[data-door-walk-in] button").last.click()
        expect(page.locator(".door-sign--welcome")).to_be_visible()

    for _number, page, context in pages:
        context.set_offline(False)
        empty(page)
        context.close()

    assert len(arrived(evening)) == 5 + 3  # 10 to 13 and 20, and each phone's walk-in
    seats = Seat.objects.filter(registration__evening=evening, round=1)
    assert seats.count() == seats.values("registration").distinct().count()
    assert all(
        each.seats.filter(round=1).exists() for each in evening.registrations.filter(source="door")
    )


def test_what_waits_survives_a_closed_page_a_wrong_clock_and_a_server_that_restarts(
    context, cast, sign_in, evening, site
):
    sign_in(cast.chloe)
    page = context.new_page()
    page.clock.set_system_time("2031-01-01T12:00:00")
    open_door(page, evening)
    port = site.port
    site.stop()
    page.wait_for_timeout(200)
    let_in(page, "invite 7")
    page.close()

    again = Site(port=port)
    try:
        page = context.new_page()
        page.goto(f"/valence/evenings/{evening.public_id}/door/")
        empty(page)
        somebody = registered(evening, 7)
        assert somebody.arrived_at is not None
        assert abs((clock.now() - somebody.arrived_at).total_seconds()) < 120
        page.close()
    finally:
        again.stop()


def test_a_phone_that_comes_back_the_next_day_delivers_at_the_time_of_the_evening(
    context, cast, sign_in, evening
):
    """Only the phone's clock goes on to the morning: the night itself is not waited for."""
    sign_in(cast.chloe)
    page = context.new_page()
    set_clock(page, "2031-01-01T19:30:00")
    open_door(page, evening)
    cut_off(page)
    with page.expect_event("requestfailed"):  # what is still being tried ends as the page closes
        let_in(page, "invite 7")
    page.close()
    assert arrived(evening) == []

    context.set_offline(False)
    page = context.new_page()
    set_clock(page, "2031-01-02T09:30:00")
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    empty(page)

    waited = (clock.now() - registered(evening, 7).arrived_at).total_seconds()
    assert abs(waited - 14 * 3600) < 120
    assert arrived(evening) == [("Invitée", "7")]
    page.close()


def test_what_the_server_refuses_stays_with_its_reason(page, context, cast, sign_in, evening):
    sign_in(cast.chloe)
    open_door(page, evening)
    cut_off(page)
    with page.expect_event("requestfailed"):
        let_in(page, "invite 9")
    context.clear_cookies(name="sessionid")
    context.set_offline(False)

    refused = page.locator("[data-queue-refused] li")
    expect(refused).to_contain_text("9", timeout=45_000)  # an answer that hangs is asked for again
    sign_in(cast.chloe)
    refused.locator("[data-again]").click()

    empty(page)
    assert registered(evening, 9).arrived_at is not None


def test_a_page_that_was_never_opened_names_those_that_were(page, context, cast, sign_in, evening):
    sign_in(cast.chloe)
    open_door(page, evening)
    cut_off(page)

    page.goto("/valence/")

    expect(page.locator("h1")).to_have_text("Pas de réseau")
    page.locator("[data-kept-pages] a").first.click()
    expect(page.locator(".door, .ticket-page")).to_be_visible()


@pytest.fixture
def table(cast):
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    ines = make_registration(evening, "Inès", sphere=sphere("citizen"))
    return make_table(evening, 7, people=(ines,))


def at_table(table, *more):
    evening = table.evening
    return f"/valence/evenings/{evening.public_id}/" + "/".join(more)


def test_a_table_goes_on_without_network(page, context, cast, sign_in, table, axe, see, tmp_path):
    """Its phone opens, ideas and the photograph wait, the sheet keeps every keystroke."""
    Image.new("RGB", (60, 40), "white").save(tmp_path / "fiche.jpg")
    sign_in(cast.bruno)
    phone, sheet = (
        at_table(table, "tables", table.public_id, *more, "")
        for more in [("phone",), ("sheet", "proposal")]
    )
    page.goto(phone)
    until(page, KEPT, lambda kept: any(each.endswith(sheet) for each in kept), "kept pages")
    cut_off(page)
    page.goto(sheet)
    page.locator("textarea[name=dream]").fill("Un verger pour tous")
    page.goto(phone)
    for words in ("Une grainothèque", "Un four à pain"):
        page.locator("input[name=text], textarea[name=text]").fill(words)
        page.locator("form[data-label-from=text] button").click()
        expect(page.locator("[data-queue-kept]")).to_be_visible()
    page.locator("input[type=file]").set_input_files(tmp_path / "fiche.jpg")
    page.locator("form[enctype] button").click()
    expect(page.locator("[data-queue-words]")).to_contain_text("3 envois attendent")
    axe(page)
    see(page, "phone-offline")

    context.set_offline(False)
    empty(page)
    page.goto(sheet)
    expect(page.locator("[data-sheet-state]")).to_contain_text("Tout est enregistré")

    assert list(table.ideas.order_by("id").values_list("text", flat=True)) == [
        "Une grainothèque",
        "Un four à pain",
    ]
    assert Sheet.objects.get().dream == "Un verger pour tous"
    assert SheetPhoto.objects.count() == 1


def test_a_promise_made_without_network_is_kept_once(page, context, table):
    page.goto(at_table(table, "commitments", "new", ""))
    until(page, KEPT, lambda kept: any("commitments" in each for each in kept), "kept pages")
    cut_off(page)
    page.reload()
    page.locator("label[for=id_kind_0]").click()
    page.locator("[name=what]").fill("Deux samedis de bricolage")
    page.locator("[name=first_name]").fill("Inès")
    page.locator(".action-bar button").dblclick()
    expect(page.locator("[data-queue-kept]")).to_be_visible()
    page.close()
    later = context.new_page()
    later.goto(at_table(table, "commitments", "new", ""))

    context.set_offline(False)
    empty(later)

    assert [each.what for each in Commitment.objects.all()] == ["Deux samedis de bricolage"]


def test_an_idea_that_comes_after_the_evening_keeps_its_words(page, context, table, axe, see):
    page.goto(at_table(table, "tables", table.public_id, ""))
    until(page, KEPT, lambda kept: any(table.public_id in each for each in kept), "kept pages")
    cut_off(page)
    page.locator("#say [name=text]").fill("Un four à pain commun")
    page.locator("#say button").click()
    expect(page.locator("[data-queue-kept]")).to_be_visible()
    Evening.objects.filter(pk=table.evening_id).update(state=Evening.State.OVER)

    context.set_offline(False)

    refused = page.locator("[data-queue-refused] li")
    expect(refused).to_contain_text("Les idées se récoltent pendant la soirée", timeout=45_000)
    refused.get_by_text("Ce que vous avez écrit est toujours là").click()
    expect(refused.get_by_label("Ce que vous avez écrit")).to_have_value("Un four à pain commun")
    axe(page)
    see(page, "idea-too-late")


def test_with_network_a_mistake_is_shown_at_its_field(page, table):
    page.goto(at_table(table, "commitments", "new", ""))
    page.locator("[name=what]").fill("Deux samedis de bricolage")
    page.locator(".action-bar button").click()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=what]")).to_have_value("Deux samedis de bricolage")
    assert page.evaluate(LEFT) == 0
