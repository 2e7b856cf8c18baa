"""One page of settings: what I hear of by mail, and how often; with an account or by a mail's link."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from essor.kit import clock
from essor.kit.doors import anybody
from essor.kit.once import once
from essor.news.actions import choose_how
from essor.news.choices import places_of
from essor.news.forms import ChoicesForm
from essor.news.links import person_of
from essor.people.actions import choose_news
from essor.people.doors import oneself
from essor.people.models import Person
from essor.people.views.links import private


@oneself
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    return _choices(request, person, reverse("news:mine"))


@anybody
def choices(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever holds a recent mail: the signed address proves it, for this alone."""
    person = person_of(token)
    if person is None:
        raise Http404
    return _choices(request, person, reverse("news:choices", args=[token]))


def _choices(request: HttpRequest, person: Person, here: str) -> HttpResponse:
    form = ChoicesForm(request.POST or None, places=places_of(person))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            at = clock.now()
            for key, how in form.changed():
                choose_how(person=person, key=key, how=how, by=person, at=at)
            wanted = request.POST.get("news") != "no"
            choose_news(person=person, wanted=wanted, by=person, at=at)
            messages.success(request, _("Kept."))
            gone = Person.objects.filter(pk=person.pk, erased_at=None).first() is None
            return "/" if gone else here

        return once(request, act, scope=f"news:{person.public_id}")
    shown = {"form": form, "who": person}
    answer = render(request, "news/choices.html", shown, status=422 if form.errors else 200)
    return private(answer)
