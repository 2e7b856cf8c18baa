"""The same act twice is one act and the same answer.

Every posting form carries a key (``{% act %}`` in the template, ``Idempotency-Key`` for scripts).
``once`` keeps it with the address the act led to; a double tap, a re-sent form or a phone that
was offline finds the receipt and is led to the same place.
"""

import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect

from essor.kit import clock
from essor.kit.models import Receipt
from essor.kit.putting import put, rewrite


def key_of(request: HttpRequest) -> str:
    """The act's key as posted, or a fresh one where the caller sent none or nonsense."""
    return _posted_key(request) or uuid.uuid4().hex


def carries_key(request: HttpRequest) -> bool:
    """Whether the act has a key of its own, so that doing it again is doing it once."""
    return bool(_posted_key(request))


def _posted_key(request: HttpRequest) -> str:
    raw = request.headers.get("Idempotency-Key") or request.POST.get("act", "")
    try:
        return uuid.UUID(raw).hex
    except ValueError:
        return ""


def once(request: HttpRequest, act: Callable[[], str], *, scope: str = "") -> HttpResponseRedirect:
    """Run ``act`` at most once for this request's key and redirect to the address it returned.

    The receipt and the act's writes are one transaction: when ``act`` raises, neither is kept,
    and the person may correct the form and send it again with the same key. ``scope`` stands for
    the address where the address itself holds a secret, which receipts must not keep.
    """
    key, scope = key_of(request), scope or request.path
    try:
        with transaction.atomic():
            receipt = Receipt(key=key, scope=scope, at=clock.now())
            put(receipt)
            receipt.location = act()
            rewrite(receipt, "location")
    except IntegrityError:
        earlier = Receipt.objects.filter(key=key, scope=scope).first()
        if earlier is None:
            raise
        receipt = earlier
    return HttpResponseRedirect(receipt.location)


def answered(request: HttpRequest, *, scope: str = "") -> HttpResponseRedirect | None:
    """Where the act of this request led when it was done before; None when it was not.

    Asked before the form is read, where the act uses up what the form chooses from: a double tap
    would be told that its choice does not exist.
    """
    if request.method != "POST":
        return None
    known = Receipt.objects.filter(key=key_of(request), scope=scope or request.path).first()
    return HttpResponseRedirect(known.location) if known else None
