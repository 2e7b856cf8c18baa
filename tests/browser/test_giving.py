"""Giving ideas on a phone: close ones show while typing, drafts and postings survive the network."""

import pytest
from playwright.sync_api import expect

from essor.harvest.models import Idea, Support
from essor.harvest.near import warm_up
from tests.browser.network import cut_off
from tests.browser.test_offline import KEPT, LEFT, until
from tests.cast import make_harvest, make_idea

pytestmark = pytest.mark.browser


@pytest.fixture
def harvest(cast):
    warm_up()
    return make_harvest(cast.valence, question="Que manque-t-il ici ?")


def field_of(harvest):
    return f"/valence/harvest/{harvest.public_id}/idea/"


def test_close_ideas_show_below_the_field_and_are_supported_without_leaving(
    page, harvest, axe, see
):
    theirs = make_idea(harvest, "Un verger public le long de la voie verte")
    page.goto(field_of(harvest))
    page.locator("#id_text").fill("un verger public sur la voie verte")
    near = page.locator("[data-near]")
    expect(near).to_contain_text("quelque chose de proche")
    axe(page)
    see(page, "idea-near")
    near.get_by_role("button").click()
    expect(near).to_contain_text("Merci")
    assert Support.objects.get().idea == theirs
    expect(page.locator("#id_text")).to_have_value("un verger public sur la voie verte")

    page.get_by_role("button", name="Donner mon idée").click()
    expect(page.locator("h1")).to_contain_text("Merci")
    axe(page)
    see(page, "idea-thanks")
    assert Idea.objects.count() == 2
    expect(page.locator("#id_text")).to_have_value("")


def test_a_draft_comes_back_and_ideas_leave_in_order_when_the_network_does(page, context, harvest):
    page.goto(field_of(harvest))
    until(page, KEPT, lambda kept: any("/idea/" in each for each in kept), "the kept page")
    page.locator("#id_text").fill("Une laverie de bocaux")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Une laverie de bocaux")

    cut_off(page)
    page.get_by_role("button", name="Donner mon idée").click()
    expect(page.locator("[data-queue-kept]")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("")
    page.reload()  # from the shelf, without network
    page.locator("#id_text").fill("Un four à pain")
    page.get_by_role("button", name="Donner mon idée").click()
    expect(page.locator("[data-queue-words]")).to_contain_text("2")
    assert not Idea.objects.exists()

    context.set_offline(False)
    until(page, LEFT, lambda left: left == 0, "what waits")
    said = list(Idea.objects.order_by("id").values_list("text", flat=True))
    assert said == ["Une laverie de bocaux", "Un four à pain"]
    page.reload()
    expect(page.locator("#id_text")).to_have_value("")
