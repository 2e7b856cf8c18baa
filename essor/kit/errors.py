"""Error pages: each says what happened and offers a way on."""

import errno
import sys

import structlog
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from essor.kit.shell import placed

log = structlog.get_logger("essor")

LAST_RESORT = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Essor</title></head><body>
<h1>Quelque chose s’est cassé de notre côté.</h1>
<p>Rien de ce que vous aviez envoyé n’est perdu. <a href="/">Revenir à l’accueil</a></p>
<p lang="en">Something broke on our side. Nothing you sent before was lost.
<a href="/">Back to the home page</a></p>
</body></html>
"""


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_ROOM_WORDS = ("disk is full", "No space left")
MOST_REPEATED = 200_000
"""Characters of a form that the page gives back; a longer one is still in the page before."""
TRY_AGAIN_AFTER = 5
Field = tuple[str, str]


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if writes_something(request) and not _signed_in(request):
        return signed_out(request, status=404)
    return render(placed(request), "kit/not_found.html", status=404)


def signed_out(request: HttpRequest, status: int = 403) -> HttpResponse:
    """What a form finds whose sender is not signed in (any more): it waits to be sent again.

    The same where the page does not exist: it tells nobody what there is.
    """
    sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    page = {**_again(request, *repeated(request)), "sign_in": sign_in}
    return render(placed(request), "kit/signed_out.html", page, status=status)


def writes_something(request: HttpRequest) -> bool:
    """Whether a form came with more than its key, so that losing it would lose words."""
    fields, is_whole = repeated(request)
    return is_whole and len(fields) > 1


def _signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def _again(request: HttpRequest, fields: list[Field], is_whole: bool) -> dict[str, object]:
    """What ``kit/_sent_again.html`` needs."""
    return {
        "fields": fields, "is_whole": is_whole, "protection": get_token(request),
        "address": request.get_full_path(),
    }  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        return wrong_name(request)
    return render(placed(request), "kit/bad_request.html", status=400)


def wrong_name(request: HttpRequest) -> HttpResponse:
    """The page under a name that is not ours: where the house is. It asks nothing of the database.

    Nothing of the request was read yet but its headers, and nothing of them is shown.
    """
    with translation.override(translation.get_language_from_request(request)):
        page = {"house": settings.SITE_URL, "territory": None, "messages": ()}
        return HttpResponse(render_to_string("kit/wrong_name.html", page), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what we did not foresee; it must stand even when pages cannot be made."""
    trouble = sys.exception()
    try:
        if trouble is not None and (no_room(trouble) or out_of_reach(trouble)):
            return cannot_write(request, trouble)
        return render(placed(request), "kit/server_error.html", status=500)
    except Exception as trouble:
        log.error("error page broken", why=type(trouble).__name__)
        return HttpResponse(LAST_RESORT, status=500)


def no_room(trouble: BaseException) -> bool:
    """Whether the disk is full, of the database or of the files that people send."""
    if isinstance(trouble, OSError):
        return trouble.errno in NO_ROOM
    return isinstance(trouble, OperationalError) and any(
        words in str(trouble) for words in NO_ROOM_WORDS
    )


def out_of_reach(trouble: BaseException) -> bool:
    """Whether the database does not answer, or not in time, or not in the middle of the act."""
    return isinstance(trouble, OperationalError | InterfaceError)


def cannot_write(request: HttpRequest, trouble: BaseException) -> HttpResponse:
    """The page for a database that takes nothing just now: what was typed can be sent again.

    The form comes back with its key, so that it is one act however often it is sent. It asks
    nothing of the database, and gives back only what passed the protection against forged forms.
    """
    log.error("cannot write", no_room=no_room(trouble), why=type(trouble).__name__)
    page = {
        **_again(request, *repeated(request)), "no_room": no_room(trouble),
        "was_sent": request.method == "POST", "territory": None, "messages": (),
    }  # fmt: skip
    answer = HttpResponse(render_to_string("kit/cannot_write.html", page), status=503)
    answer.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
    answer.out_of_reach = out_of_reach(trouble) and not no_room(trouble)  # type: ignore[attr-defined]
    return answer


def repeated(request: HttpRequest) -> tuple[list[Field], bool]:
    """What a form held, to send it again; whether that is all of it (files cannot be repeated)."""
    passed = getattr(request, "csrf_processing_done", False)
    return _repeated(request) if passed else ([], False)


def _repeated(request: HttpRequest) -> tuple[list[Field], bool]:
    if request.method != "POST" or request.FILES:
        return [], False
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    if sum(len(value) for _, value in fields) > MOST_REPEATED:
        return [], False
    return fields, True


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose protection expired: nothing was changed; the page says how to send it again.

    It gives back what was typed where the browser itself says that the form stood on a page of
    ours, which no other site can make it say: else a forged form would need one click only.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    kept = _repeated(request) if ours else ([], False)
    page = {**_again(request, *kept), "back": request.path}
    return render(placed(request), "kit/stale_form.html", page, status=403)
