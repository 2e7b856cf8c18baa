"""Keeping a search by mail, without an account: asked here, confirmed from a mail, ended by a click."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from essor.finding.actions import TooManySearches, ask_for_search, end_search, save_search
from essor.finding.forms import SavingForm
from essor.finding.links import PURPOSE, named_by, results_of, search_of
from essor.kit import clock
from essor.kit.doors import anybody
from essor.kit.limits import TooOften
from essor.kit.once import once
from essor.news.listening import allow_asking, allow_letter
from essor.people.views.links import private


@anybody
def saving(request: HttpRequest) -> HttpResponse:
    """The form, filled in with what was searched; a stranger is sent a link to confirm."""
    person = request.visitor.person  # type: ignore[attr-defined]
    first = {"words": request.GET.get("q", "")[:100], "where": request.GET.get("where", ""),
             "kind": request.GET.get("kind", "")}  # fmt: skip
    form = SavingForm(request.POST or None, initial=first, asks_address=person is None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _save(request, form))
        except TooOften:
            form.add_error(None, _("That is a lot for one day: try again tomorrow."))
        except TooManySearches:
            form.add_error(None, _("You keep as many searches as one may: end one first."))
    return render(
        request, "finding/saving.html", {"form": form}, status=422 if form.errors else 200
    )


def _save(request: HttpRequest, form: SavingForm) -> str:
    visitor, at = request.visitor, clock.now()  # type: ignore[attr-defined]
    allow_asking(PURPOSE, visitor.device, at)
    if visitor.person is not None:
        search = save_search(wanted=form.wanted, person=visitor.person, by=visitor.person, at=at)
        messages.success(request, _("Kept: what is new comes with your mail of the week."))
        return results_of(search)
    email = form.cleaned_data["email"].lower()
    allow_letter(PURPOSE, email, at)
    language = (get_language() or "fr")[:2]
    search = ask_for_search(wanted=form.wanted, email=email, language=language, by=None, at=at)
    messages.success(request, _("Look into your mails: one click there confirms it."))
    return results_of(search)


@anybody
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """One search, for whoever holds a mail about it: what is found now, and one button to end it."""
    public_id = named_by(token)
    if public_id is None:
        raise Http404
    if request.method == "POST":
        return once(request, lambda: _end(request, public_id), scope=f"search:{public_id}")
    search = search_of(public_id)
    if search is None:
        raise Http404
    shown = {"search": search, "results": results_of(search)}
    return private(render(request, "finding/saved.html", shown))


def _end(request: HttpRequest, public_id: str) -> str:
    search = search_of(public_id)
    if search is not None:
        end_search(search=search, by=None, at=clock.now())
    messages.success(request, _("Ended: nothing more comes about this search."))
    return reverse("finding:everywhere")
