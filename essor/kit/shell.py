"""What the page shell (header, footer, language) needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page_shell(request: HttpRequest) -> dict[str, Any]:
    """``territory`` and ``rights`` come from the door that the request passed, when there was one."""
    return {
        "demo": settings.DEMO,
        "visitor": getattr(request, "visitor", None),
        "territory": getattr(request, "territory", None),
        "rights": getattr(request, "rights", None),
    }
