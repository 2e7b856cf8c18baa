"""The seating plan and the door in a browser: pictures, accessibility, the parts that load alone."""

import pytest
from playwright.sync_api import expect

from essor.evenings.actions.door import check_in
from essor.evenings.actions.plans import plan_in_hand
from essor.evenings.actions.publication import publish_plan
from essor.evenings.jobs.plan_runs import compute
from essor.evenings.models import PlanRun, Registration
from essor.kit import clock
from tests.factories.seating import make_plan, make_ready_evening, registered

pytestmark = pytest.mark.browser


@pytest.fixture
def evening(cast):
    return make_ready_evening(cast.valence, people=60, tables=9, challenges=6)


def test_a_host_computes_looks_at_a_table_and_moves_somebody(
    page, cast, sign_in, evening, axe, see
):
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/plan/")
    axe(page)
    page.locator(".plan-compute button").click()
    expect(page.locator("#run")).to_be_visible()
    axe(page)
    PlanRun.objects.update(seconds=0.3)
    compute(PlanRun.objects.get().public_id)

    expect(page.locator(".plan-table").first).to_be_visible()
    axe(page)
    see(page, "plan")
    page.locator(".plan-table").nth(2).click()
    expect(page.locator("#side .roll a").first).to_be_visible()
    axe(page)
    page.locator("#side .roll a").last.click()
    expect(page.locator("h1")).to_contain_text("Invitée")
    axe(page)
    see(page, "plan-person")
    page.locator("button[name=table]").first.click()

    expect(page.locator(".plan__tables")).to_be_visible()
    assert plan_in_hand(evening).change["code"] == "moved"


def test_the_other_plan_pages_are_accessible(page, cast, sign_in, evening, axe, see):
    make_plan(evening, cast.aicha)
    sign_in(cast.aicha)
    for name in ("list/", "kept/", "mix/", "publication/"):
        page.goto(f"/valence/evenings/{evening.public_id}/plan/{name}")
        axe(page)
        see(page, f"plan-{name.strip('/')}")


def test_the_door_finds_lets_in_and_seats_a_walk_in(page, cast, sign_in, evening, axe, see):
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=clock.now())
    check_in(registration=registered(evening, 20), by=cast.chloe, at=clock.now())
    sign_in(cast.chloe)
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    axe(page)
    page.locator("#q").press_sequentially("invite 33")
    expect(page.locator("#found")).to_contain_text("Invitée 33")
    see(page, "door")
    page.locator("#found button").first.click()

    expect(page.locator(".door-sign--welcome")).to_be_visible()
    axe(page)
    see(page, "door-welcome")
    page.keyboard.press("Enter")
    page.locator(".door__ways a").first.click()
    page.locator("#id_first_name").fill("Zoé")
    axe(page)
    page.locator("form button[type=submit]").last.click()
    expect(page.locator(".door-sign--welcome h1")).to_have_text("Zoé")
    assert Registration.objects.get(person__first_name="Zoé").seats.exists()
    for name in ("tables/", "count/"):
        page.goto(f"/valence/evenings/{evening.public_id}/door/{name}")
        axe(page)
        see(page, f"door-{name.strip('/')}")
