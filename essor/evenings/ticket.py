"""The ticket's QR code: it names the evening and the ticket, and lets nobody in by itself."""

import io

import segno
from django.conf import settings
from django.urls import reverse

from essor.evenings.models import Registration

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
    """For the mail: every phone shows a PNG."""
    out = io.BytesIO()
    _code(registration).save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def _code(registration: Registration) -> segno.QRCode:
    """The mask is said beforehand: trying all eight for the prettiest costs most of the time."""
    return segno.make(ticket_address(registration), error="m", micro=False, mask=MASK)
