"""The ticket's QR code: it names the evening and the ticket, and lets nobody in by itself."""

import struct
import zlib

import segno
from django.conf import settings
from django.urls import reverse

from essor.evenings.models import Registration

POINTS, BORDER = 8, 4
MASK = 4  # every reader undoes any of the eight masks


def ticket_address(registration: Registration) -> str:
    """What the QR says. For the team it opens the door's page, for others it tells what it is."""
    evening = registration.evening
    path = reverse(
        "evenings:ticket_code",
        args=[evening.territory.slug, evening.public_id, registration.code],
    )
    return settings.SITE_URL + path


def qr_svg(registration: Registration) -> str:
    """SVG markup without width or height: the stylesheet says how large it is."""
    return str(
        _code(registration).svg_inline(
            scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None, dark="#000000"
        )
    )


def qr_png(registration: Registration) -> bytes:
    """For the mail: every phone shows a PNG.

    Eight points a module make each module one byte of a picture of two colours, so that the
    picture is put together from bytes; segno would count single points, ten times as long.
    """
    margin = b"\xff" * BORDER
    rows = [bytes(0 if dark else 255 for dark in row) for row in _code(registration).matrix]
    across = len(rows) + 2 * BORDER
    blank = [b"\xff" * across] * BORDER
    lines = [*blank, *(margin + row + margin for row in rows), *blank]
    size = POINTS * across
    points = b"".join((b"\0" + line) * POINTS for line in lines)  # each line begins with its filter
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(points, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, told: bytes) -> bytes:
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def _code(registration: Registration) -> segno.QRCode:
    """The mask is said beforehand: trying all eight for the prettiest costs most of the time."""
    return segno.make(ticket_address(registration), error="m", micro=False, mask=MASK)
