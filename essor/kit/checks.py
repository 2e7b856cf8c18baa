"""Checks of the settings, run when the house opens: errors refuse, warnings are told."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from essor.kit.addresses import LOOPBACK_NAMES

SHORTEST_KEY = 32


@register(Tags.security)
def settings_hold_together(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The address of the house, its secret key, its mails."""
    return [*_address(), *_secrets(), *_mails()]


def _address() -> list[CheckMessage]:
    url = urlsplit(settings.SITE_URL)
    if url.scheme not in {"http", "https"} or not url.hostname or url.path or url.query:
        return [
            Error(
                f"ESSOR_URL is {settings.SITE_URL!r}.",
                hint="It looks like https://essor.example.org, without a path.",
                id="essor.E002",
            )
        ]
    if url.scheme == "http" and url.hostname not in LOOPBACK_NAMES:
        return [
            Warning(
                "ESSOR_URL is not https: what people write can be read on the way.",
                hint="Put a proxy with a certificate in front (docs/operate.md).",
                id="essor.W001",
            )
        ]
    return []


def _secrets() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        found.append(
            Error(
                f"ESSOR_SECRET_KEY has fewer than {SHORTEST_KEY} characters.",
                hint="Leave it out: a good one is made and kept in the data folder.",
                id="essor.E003",
            )
        )
    if settings.METRICS not in {"", "loopback"} and len(settings.METRICS) < SHORTEST_KEY:
        found.append(
            Error(
                f"ESSOR_METRICS has fewer than {SHORTEST_KEY} characters.",
                hint="It is the word “loopback”, or a long secret that the watcher sends.",
                id="essor.E004",
            )
        )
    return found


def _mails() -> list[CheckMessage]:
    if settings.DEMO:
        return []
    if not settings.MAIL_SERVER:
        return [
            Warning(
                "ESSOR_SMTP is not set: mails are written and wait.",
                hint="Nobody can sign in or receive a ticket before it is.",
                id="essor.W002",
            )
        ]
    if "localhost" in settings.MAIL_FROM:
        return [
            Warning(
                "ESSOR_MAIL_FROM is not set: other servers will refuse mails from localhost.",
                hint='It looks like "Soirée de Valence <essor@example.org>".',
                id="essor.W003",
            )
        ]
    return []
