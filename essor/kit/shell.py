"""What the page shell (header, footer, language) needs on every page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from essor.kit import navigation
from essor.kit.alike import alike


def page_shell(request: HttpRequest) -> dict[str, Any]:
    """``territory`` and ``rights`` come from the door that the request passed, when there was one."""
    return {
        "demo": settings.DEMO,
        "visitor": getattr(request, "visitor", None),
        "territory": getattr(request, "territory", None),
        "rights": getattr(request, "rights", None),
    }


Place = Callable[[HttpRequest], None]
_places: list[Place] = []


def finds_place(find: Place) -> None:
    """Let ``find(request)`` say for a page of error whose territory it is in: nobody's door did."""
    _places.append(find)


def placed(request: HttpRequest) -> HttpRequest:
    """The request of a page of error, with the territory of its address where it shows itself."""
    if getattr(request, "territory", None) is None:
        for find in _places:
            find(request)
    return request


def header_of(request: HttpRequest) -> SafeString:
    """The header: the same for all who see the same links of a territory in the same language.

    Nothing of whoever asks is in it but whether somebody is signed in.
    """
    territory = getattr(request, "territory", None)
    user = getattr(request, "user", None)
    told: dict[str, Any] = {"slug": "", "name": "", "dynamic_name": "", "logo": ""}
    if territory is not None:
        told = {
            "slug": territory.slug,
            "name": territory.name,
            "dynamic_name": territory.dynamic_name,
            "logo": _logo(territory) if territory.logo else "",
        }
    return alike(
        "kit/_header.html",
        **told,
        main_links=tuple(navigation.links(request, navigation.MAIN)),
        team_links=tuple(navigation.links(request, navigation.TEAM)),
        signed_in=bool(user and user.is_authenticated),
    )


def _logo(territory: Any) -> str:
    return f"{reverse('territories:logo', args=[territory.slug])}?{territory.logo_version}"
