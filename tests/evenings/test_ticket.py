"""The ticket's picture for the mail is the QR code of its page, point by point."""

import io

import pytest
from PIL import Image

from essor.evenings.ticket import BORDER, POINTS, _code, qr_png
from tests.cast import make_evening, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast):
    return make_registration(make_evening(cast.valence), "Inès")


def test_every_module_stands_in_its_place(ticket):
    modules = [list(row) for row in _code(ticket).matrix]
    with Image.open(io.BytesIO(qr_png(ticket))) as picture:
        picture.load()
        seen = [
            [
                picture.getpixel((POINTS * (BORDER + x) + 3, POINTS * (BORDER + y) + 5)) == 0
                for x in range(len(modules))
            ]
            for y in range(len(modules))
        ]
    assert seen == [[bool(dark) for dark in row] for row in modules]


def test_border_is_four_modules_of_white(ticket):
    with Image.open(io.BytesIO(qr_png(ticket))) as picture:
        width, height = picture.size
        dark = picture.convert("L").point(lambda light: 255 - light).getbbox()
    assert width == height == POINTS * (len(list(_code(ticket).matrix)) + 2 * BORDER)
    assert dark == (32, 32, width - 32, height - 32)


def test_picture_is_small(ticket):
    assert len(qr_png(ticket)) < 2000
