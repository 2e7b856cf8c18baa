"""Security headers of every answer: a strict content policy, no inline code, no third party."""

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static

from essor.kit.doors import for_everybody

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


@lru_cache(maxsize=1)
def fonts_first() -> str:
    """The two fonts of every page, asked for before its style is read: said beside the page, so
    that the page itself stays small.
    """
    names = ("atkinson-hyperlegible-next-latin", "bricolage-grotesque-latin")
    return ", ".join(
        f"<{static(f'web/fonts/{name}.woff2')}>; rel=preload; as=font; type=font/woff2; crossorigin"
        for name in names
    )


class SecurityHeaders:
    """Adds the headers; a view may have set a stricter one itself.

    What does not open to strangers, or only to whoever holds a link, stays out of search engines
    even where such a link was made public by mistake.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), geolocation=(), microphone=()"
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Link", fonts_first())
        if request.resolver_match is not None and not for_everybody(request.resolver_match.func):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
