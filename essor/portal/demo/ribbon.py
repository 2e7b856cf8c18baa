"""The ribbon above the pages of a demonstration; ``portal.panels`` asks for it in one alone."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from essor.kit.panels import Panel, register
from essor.portal.demo.cast import PARTS
from essor.portal.demo.roles import current_part


def demo_ribbon(request: HttpRequest, page: Any) -> Panel | None:
    if not settings.DEMO:
        return None
    now = next((part for part in PARTS if part.code == current_part(request)), None)
    return Panel("portal/demo/_ribbon.html", {"part": now})


register("shell", demo_ribbon, order=0)
