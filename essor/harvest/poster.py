"""The short address of a harvest and its QR code: they name the harvest, never a person."""

import segno
from django.conf import settings
from django.urls import reverse

from essor.harvest.models import Harvest


def short_address(harvest: Harvest) -> str:
    """What the QR code says: as short as it can be, so that it reads from afar."""
    return f"{settings.SITE_URL}{reverse('idea:give', args=[harvest.code])}"


def qr_svg(text: str) -> str:
    """SVG markup without width or height: the stylesheet says how large it is."""
    code = segno.make(text, error="m", micro=False)
    return str(
        code.svg_inline(
            scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None, dark="#000000"
        )
    )
