"""The demonstration lets anybody be anybody: it refuses to run where others could reach it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1", "testserver"}


@register(Tags.security)
def demonstration_stays_home(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error when ESSOR_DEMO is on together with an address that is not this machine's."""
    if not settings.DEMO:
        return []
    named = {*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname or ""}
    outside = sorted(host for host in named if host and host not in LOOPBACK)
    if not outside:
        return []
    return [
        Error(
            f"ESSOR_DEMO lets anybody take any role, and {', '.join(outside)} is not this machine.",
            hint="Unset ESSOR_DEMO, or leave ESSOR_HOSTS and ESSOR_URL at 127.0.0.1.",
            id="essor.E001",
        )
    ]
