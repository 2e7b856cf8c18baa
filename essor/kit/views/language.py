"""Choosing the language of the pages: a cookie, nothing else is kept.

The form stands at the foot of every page. It carries no protection token, which would cost every
reader a cookie: a form of another site is known by what browsers say of it (``Sec-Fetch-Site``),
and the worst it could do is to choose the other language.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from essor.kit.doors import anybody
from essor.kit.errors import stale_form


@anybody
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return stale_form(request)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=60 * 60 * 24 * 365, samesite="Lax"
        )
    return response
