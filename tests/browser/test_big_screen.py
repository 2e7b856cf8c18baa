"""The big screen in a browser: live, paced, through a network loss, readable on two shapes."""

import pytest
from playwright.sync_api import expect

from essor.evenings.actions.conducting import say, show_scene, start_phase, take_baton
from essor.evenings.actions.tables import hide_idea, note_idea
from essor.evenings.models import Evening, Registration
from essor.kit import clock
from essor.people.models import Person
from tests.browser.network import cut_off, until_it_listens
from tests.cast import make_evening, make_table, sphere


@pytest.fixture
def table(cast):
    """Table 12 of an evening under way, whose screen shows ideas."""
    evening = make_evening(cast.valence)
    start_phase(evening=evening, phase=evening.phases.last(), seen="", by=None, at=clock.now())
    show_scene(evening=evening, scene="ideas", by=None, at=clock.now())
    evening.refresh_from_db()
    return make_table(evening, 12)


@pytest.fixture
def screen(page, table, cast, sign_in):
    sign_in(cast.aicha)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/valence/evenings/{table.evening.public_id}/screen/")
    return page


def say_idea(table, text: str):
    return note_idea(table=table, text=text, by=None, at=clock.now())


def test_an_idea_appears_within_seconds_and_a_hidden_one_goes(screen, table):
    idea = say_idea(table, "Une laveuse partagée")
    card = screen.locator(".scene__card")
    expect(card).to_contain_text("Une laveuse partagée")
    expect(card).to_contain_text("Table 12")

    hide_idea(idea=idea, hidden=True, by=None, at=clock.now())
    expect(card).to_have_count(0)


def test_many_ideas_at_once_come_one_after_the_other(screen, site, table):
    expect(screen.locator("[data-cards]")).to_be_attached()
    until_it_listens(screen, site)
    for number in range(4):
        say_idea(table, f"Idée numéro {number}")

    expect(screen.locator(".scene__card")).to_have_count(1)
    assert screen.locator(".scene__card").count() < 4
    expect(screen.locator(".scene__card")).to_have_count(4)


def test_the_conductor_s_scene_and_message_arrive(screen, table):
    evening = table.evening
    say(evening=evening, message="La soupe est chaude", by=None, at=clock.now())
    expect(screen.locator(".scene__message")).to_have_text("La soupe est chaude")
    show_scene(evening=evening, scene="thanks", by=None, at=clock.now())
    expect(screen.get_by_role("heading", name="Merci")).to_be_visible()


def test_the_clock_runs(screen):
    now = screen.locator("[data-clock]")
    first = now.inner_text()
    expect(now).not_to_have_text(first)


def test_after_a_network_loss_the_last_picture_stays_and_then_catches_up(screen, table, context):
    say_idea(table, "Avant la coupure")
    expect(screen.locator(".scene__card")).to_contain_text("Avant")
    cut_off(screen)
    say_idea(table, "Pendant la coupure")
    screen.evaluate("dispatchEvent(new Event('online'))")
    expect(screen.locator("[data-offline]")).to_be_visible()
    expect(screen.locator(".scene__card")).to_contain_text("Avant")

    context.set_offline(False)
    expect(screen.locator(".scene__card").first).to_contain_text("Pendant")
    expect(screen.locator("[data-offline]")).to_be_hidden()


def test_taking_over_is_seen_at_once_by_whoever_conducted(page, table, cast, sign_in, axe, see):
    evening, second = table.evening, cast.denis
    take_baton(evening=evening, seen="", by=cast.aicha, at=clock.now())
    sign_in(cast.aicha)
    page.goto(f"/valence/evenings/{evening.public_id}/conductor/")
    expect(page.get_by_text("Vous conduisez")).to_be_visible()
    axe(page)
    see(page, "conductor-baton")

    take_baton(evening=evening, seen=cast.aicha.public_id, by=second, at=clock.now())
    expect(page.get_by_text("Denis conduit")).to_be_visible()
    page.get_by_role("button", name="Prendre le relais").click()
    expect(page.get_by_text("Vous conduisez")).to_be_visible()


def test_the_welcome_draws_who_is_here_and_fits(screen, table, cast, axe):
    evening = table.evening
    codes = ["citizen", "enterprise", "association", "social_economy", "public_body", "finance"]
    people = Person.objects.bulk_create(
        Person(first_name=f"P{n}", sphere=sphere(codes[n % 6]), created_at=clock.now())
        for n in range(90)
    )
    Registration.objects.bulk_create(
        Registration(
            evening=evening, person=each, code=f"A{n:03d}", state="registered",
            state_at=clock.now(), registered_at=clock.now(), arrived_at=clock.now(),
        )
        for n, each in enumerate(people)
    )  # fmt: skip
    show_scene(evening=evening, scene="welcome", by=None, at=clock.now())
    for width, height in ((1280, 720), (1024, 768)):
        screen.set_viewport_size({"width": width, "height": height})
        screen.reload()
        expect(screen.locator(".scene__arrivals > li")).to_have_count(6)
        sizes = screen.evaluate(
            "[...document.querySelectorAll('.scene__arrivals span')]"
            ".map(each => parseFloat(getComputedStyle(each).fontSize))"
        )
        assert min(sizes) >= height / 38
        boxes = screen.evaluate(
            "[...document.querySelectorAll('.scene > *, .scene__qr img')]"
            ".map(each => each.getBoundingClientRect().bottom)"
        )
        assert max(boxes) <= height
        axe(screen)
        screen.screenshot(path=f"build/pictures/welcome-arrivals-{width}.png")


@pytest.mark.parametrize("scene", Evening.Scene.values)
def test_every_scene_fits_is_large_and_has_no_violation(screen, table, axe, scene):
    for number in range(7):
        say_idea(table, f"Une cuisine commune pour les cantines, avec les maraîchers {number}")
    say(evening=table.evening, message="Encore cinq minutes !", by=None, at=clock.now())
    show_scene(evening=table.evening, scene=scene, by=None, at=clock.now())
    for width, height in ((1024, 768), (1280, 720)):
        screen.set_viewport_size({"width": width, "height": height})
        screen.reload()
        screen.wait_for_selector(f".scene--{scene}")
        sizes = screen.evaluate(
            "[...document.querySelectorAll('.scene p, .scene dt, .scene dd, .scene h1')]"
            ".map(each => parseFloat(getComputedStyle(each).fontSize))"
        )
        assert min(sizes) >= height / 38, width  # read from twenty metres on a screen of three
        assert screen.evaluate(
            "document.documentElement.scrollHeight <= innerHeight"
            " && document.documentElement.scrollWidth <= innerWidth"
        ), width
        axe(screen)
