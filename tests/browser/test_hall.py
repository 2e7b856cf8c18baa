"""The hall live: a phase, a word and a turn to speak reach the phones; silence, marks, the screen."""

import pytest
from playwright.sync_api import expect

from essor.evenings.actions.conducting import call_table, say, start_phase
from essor.evenings.actions.tables import note_idea
from essor.evenings.models import Evening, Phase, Table
from essor.kit import clock
from tests.browser.network import until_it_listens
from tests.cast import make_evening, make_project, make_registration, make_table, sphere

pytestmark = pytest.mark.browser


@pytest.fixture
def table(cast):
    evening = make_evening(cast.valence, state=Evening.State.LIVE)
    for order, kind in enumerate(
        (Phase.Kind.SILENT, Phase.Kind.SHARE, Phase.Kind.SHARE_OUT), start=3
    ):
        Phase.objects.create(evening=evening, kind=kind, minutes=10, order=order)
    people = [
        make_registration(evening, f"P{n}", sphere=sphere(code), arrived_at=clock.now())
        for n, code in enumerate(["citizen"] * 5 + ["enterprise"] * 4 + ["association"] * 3)
    ]
    project = make_project(cast.valence, "Un verger pour tous", summary="Cent arbres, un par rue.")
    return make_table(evening, 7, people=people, project=project, done_at=clock.now())


def begin(evening, kind, cast):
    evening.refresh_from_db()
    start_phase(evening=evening, phase=evening.phases.get(kind=kind),
                seen=str(evening.phase_id or ""), by=cast.aicha, at=clock.now())  # fmt: skip


def test_what_the_conductor_does_reaches_a_phone_that_only_looks(page, site, cast, table, axe, see):
    evening = table.evening
    page.goto(f"/valence/evenings/{evening.public_id}/tables/{table.public_id}/")
    expect(page.locator("[data-hall-phase]")).to_be_hidden()
    until_it_listens(page, site)

    begin(evening, Phase.Kind.SILENT, cast)
    expect(page.locator("[data-hall-phase]")).to_contain_text("En silence")
    expect(page.locator("[data-minutes]").first).to_contain_text("10 min")
    say(evening=evening, message="Il reste du gâteau", by=cast.aicha, at=clock.now())
    expect(page.locator("[data-hall-message]")).to_contain_text("gâteau")
    page.reload()
    page.locator("[name=text]").fill("Un four à pain volant")
    page.locator("#say button").click()
    expect(page.locator("#ideas")).to_contain_text("Un four à pain volant")
    axe(page)
    see(page, "table-silence")

    note_idea(table=table, text="Une consigne du verre", by=None, at=clock.now())
    begin(evening, Phase.Kind.SHARE, cast)
    expect(page.locator("#ideas")).to_contain_text("consigne")
    page.locator(".dot").first.click()
    expect(page.locator(".dot--mine")).to_have_count(1)
    axe(page)
    see(page, "table-marks")

    call_table(evening=evening, table=table, by=cast.aicha, at=clock.now())
    expect(page.locator("[data-hall-pitch]")).to_contain_text("7")
    page.locator("[data-hall-pitch] a").click()
    expect(page.locator("[name=to]")).to_have_value(table.public_id)


def test_the_screen_shows_who_speaks_and_who_met(page, cast, sign_in, table, axe, see):
    sign_in(cast.aicha)
    evening = table.evening
    call_table(evening=evening, table=Table.objects.get(), by=cast.aicha, at=clock.now())
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/valence/evenings/{evening.public_id}/screen/")
    expect(page.locator(".scene__title")).to_have_text("Un verger pour tous")
    axe(page)
    page.screenshot(path="build/pictures/scene-pitch.png")
    Evening.objects.update(scene=Evening.Scene.ENCOUNTERS)
    page.reload()
    expect(page.locator(".scene__ring path")).to_have_count(3)
    axe(page)
    page.screenshot(path="build/pictures/scene-encounters.png")
    page.goto(f"/valence/evenings/{evening.public_id}/conductor/")
    axe(page)
    see(page, "conductor-share-out")
