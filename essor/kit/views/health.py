"""The health pages, for whoever watches the house, and the metrics.

Everybody learns in one word whether things are well; figures are for this machine alone, or for
who sends the secret of ESSOR_METRICS.
"""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from essor.kit import clock
from essor.kit.addresses import on_this_machine
from essor.kit.doors import Policy, anybody, declares
from essor.kit.pulse import Pulse, take_pulse


@anybody
def health(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve and write: 200 or 503, for a proxy to decide by."""
    pulse = take_pulse(at=clock.now())
    return _answer(request, pulse, well=pulse.can_serve and pulse.accepts)


@anybody
def work(request: HttpRequest) -> JsonResponse:
    """Whether jobs and mails are on time as well: 200 or 503, for somebody to be woken by."""
    pulse = take_pulse(at=clock.now())
    return _answer(request, pulse, well=pulse.can_serve and pulse.accepts and pulse.on_time)


@declares(Policy("this machine, or who has the secret of ESSOR_METRICS", frozenset()))
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' figures of this process."""
    if not settings.METRICS or not _may_see_figures(request):
        raise Http404
    from django_prometheus.exports import ExportToDjangoView  # noqa: PLC0415 - only where wanted

    response: HttpResponse = ExportToDjangoView(request)
    return response


def _answer(request: HttpRequest, pulse: Pulse, *, well: bool) -> JsonResponse:
    said = {"status": "ok" if well else "trouble"}
    figures = pulse.details() if _may_see_figures(request) else {}
    return JsonResponse({**said, **figures}, status=200 if well else 503)


def _may_see_figures(request: HttpRequest) -> bool:
    if on_this_machine(request):
        return True
    secret = f"Bearer {settings.METRICS}".encode()
    sent = request.headers.get("Authorization", "").encode()
    wanted = settings.METRICS not in {"", "loopback"}
    return wanted and secrets.compare_digest(sent, secret)
