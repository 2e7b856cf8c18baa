"""The door reads tickets with a camera: Chromium is given a film instead of a device."""

import numpy as np
import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from essor.evenings.actions.publication import publish_plan
from essor.evenings.models import Registration
from essor.evenings.ticket import ticket_address
from essor.kit import clock
from tests.browser.conftest import FLAGS, PHONE, chromium, sign_in_there
from tests.factories.seating import make_plan, make_ready_evening, registered

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 640, 480


def picture(text: str) -> np.ndarray:
    """What a camera sees of a ticket held up: grey room, code askew and not quite white on black."""
    code = segno.make(text, error="m", micro=False)
    side = np.array(list(code.matrix_iter(border=4)))
    ticket = Image.fromarray(np.where(side, 40, 215).astype(np.uint8))
    ticket = ticket.resize((330, 330), Image.Resampling.NEAREST).rotate(
        9, expand=True, fillcolor=120, resample=Image.Resampling.BICUBIC
    )
    room = Image.new("L", (WIDTH, HEIGHT), 120)
    room.paste(ticket, (110, 40))
    return np.asarray(room)


def film(file, text: str) -> None:
    """Half a second of an empty room, then the ticket; it begins again at its end."""
    colours = b"\x80" * (WIDTH * HEIGHT // 2)
    empty = np.full((HEIGHT, WIDTH), 120, dtype=np.uint8)
    with file.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode())
        for frame in [empty] * 5 + [picture(text)] * 15:
            out.write(b"FRAME\n" + frame.tobytes() + colours)


@pytest.fixture
def evening(cast):
    evening = make_ready_evening(cast.valence)
    publish_plan(plan=make_plan(evening, cast.aicha), seen="", by=cast.aicha, at=clock.now())
    return evening


@pytest.fixture
def camera(browser, site, tmp_path, cast):
    """``camera(text)``: the door's page of Chloé, on a phone whose camera sees ``text``."""
    opened = []

    def on_a_phone_that_sees(text):
        film(tmp_path / "film.y4m", text)
        phone = browser.browser_type.launch(
            executable_path=chromium(),
            args=[
                *FLAGS,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}",
            ],
        )
        opened.append(phone)
        context = phone.new_context(base_url=site.url, viewport=PHONE, locale="fr-FR")
        sign_in_there(context, site, cast.chloe)
        return context.new_page()

    yield on_a_phone_that_sees
    for phone in opened:
        phone.close()


def test_a_ticket_before_the_camera_lets_its_person_in(camera, evening):
    who = registered(evening, 20)
    page = camera(ticket_address(who))
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    page.locator("[data-door-camera]").click()

    expect(page.locator(".door-sign--welcome h1")).to_contain_text("Invitée")
    who.refresh_from_db()
    assert who.arrived_at is not None
    assert Registration.objects.filter(arrived_at__isnull=False).count() == 1, "nobody else"


def test_another_code_before_the_camera_lets_nobody_in(camera, evening):
    page = camera("https://example.org/menu")
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    page.locator("[data-door-camera]").click()

    told = page.locator(".notice--alert[role=alert]").last
    expect(told).to_contain_text("Pas de billet")
    assert not Registration.objects.filter(arrived_at__isnull=False).exists()


def test_a_camera_that_is_refused_leaves_the_code_and_the_name(page, cast, sign_in, evening):
    sign_in(cast.chloe)
    page.goto(f"/valence/evenings/{evening.public_id}/door/")
    page.locator("[data-door-camera]").click()

    expect(page.locator("[data-door-trouble]")).to_be_visible()
    expect(page.locator("#code")).to_be_editable()
    expect(page.locator("[data-door-camera]")).to_have_attribute("aria-expanded", "false")
