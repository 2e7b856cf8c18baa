"""Every mail the demonstration wrote: none leaves the machine."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from essor.kit.doors import demo_only
from essor.kit.models import Mail

MAILS_A_PAGE = 50
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@demo_only
def mails(request: HttpRequest) -> HttpResponse:
    latest = Mail.objects.only("id", "address", "subject", "queued_at", "state", "kind")
    return render(
        request,
        "portal/demo/mails.html",
        {"mails": latest[:MAILS_A_PAGE], "total": Mail.objects.count()},
    )


@demo_only
def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    found = Mail.objects.filter(pk=mail_id).first()
    if found is None:
        raise Http404
    return render(request, "portal/demo/mail.html", {"mail": found})


@demo_only
def mail_html(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The mail as a mail reader shows it: alone, sandboxed, with the styles that mails need."""
    found = Mail.objects.exclude(html="").filter(pk=mail_id).first()
    if found is None:
        raise Http404
    return HttpResponse(found.html, headers={"Content-Security-Policy": MAIL_POLICY})
