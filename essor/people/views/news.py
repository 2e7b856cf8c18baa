"""Wanting no more news, and wanting it again: the page behind the foot of a mail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from essor.kit import clock
from essor.kit.doors import anybody
from essor.people.actions import choose_news
from essor.people.news import person_of
from essor.people.views.links import private


@anybody
@csrf_exempt
def no_news(request: HttpRequest, token: str) -> HttpResponse:
    """POST stops news (also by the one-click button of mail programs, which send no cookie: the
    signed address alone proves it, and all it can do is choose news or none). GET shows a button.
    """
    person = person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("news") == "yes"
        choose_news(person=person, wanted=wanted, by=person, at=clock.now())
        person.refresh_from_db()
    return private(render(request, "people/no_news.html", {"who": person, "token": token}))
