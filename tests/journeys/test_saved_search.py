"""Nadia keeps a search without an account, hears of one new project on Tuesday, and leaves."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from essor.finding import index
from essor.finding.models import SavedSearch
from essor.finding.rebuilding import rebuild
from essor.kit import clock
from essor.kit.models import Mail
from essor.news.rounds import run_round
from essor.people.models import Person
from tests.cast import Cast, make_project

pytestmark = pytest.mark.django_db


def mails() -> list[Mail]:
    return list(Mail.objects.filter(address="nadia@example.org").order_by("id"))


def link_in(text: str, path: str) -> str:
    found = re.search(rf"https?://[^/\s]+({path}\S+)", text)
    assert found, text
    return found[1]


def appears(cast: Cast, title: str, **more: str) -> None:
    """A project that is published now, as the worker finds it."""
    make_project(cast.valence, title, **more)
    assert index.check() == 1


def test_a_search_kept_by_mail_without_an_account(cast: Cast) -> None:
    make_project(cast.valence, "Un verger ancien")
    rebuild()
    browser = Client()
    page = browser.get("/valence/search/", {"q": "vregers"}).content.decode()
    assert "/search/saved/?q=verger&amp;where=valence" in page

    form = browser.get("/search/saved/", {"q": "vergers", "where": "valence"}).content.decode()
    assert 'value="vergers"' in form
    said = {"words": "vergers", "where": "valence", "kind": "", "email": "Nadia@example.org"}
    sent = browser.post("/search/saved/", said, follow=True)
    assert "Regardez vos e-mails" in sent.content.decode()
    (confirm,) = mails()
    assert "«\xa0vergers\xa0» à Valence" in confirm.text

    appears(cast, "Le verger de la gare")
    later = clock.now() + timedelta(days=8)
    assert run_round(at=later) == 0, "nothing leaves before it is confirmed"

    link = link_in(confirm.text, "/l/")
    assert "Me dire ce qui est nouveau" in browser.get(link).content.decode()
    done = browser.post(link, follow=True).content.decode()
    assert "C’est confirmé" in done

    assert run_round(at=later + timedelta(days=7)) == 0, "what was there before is no news"
    appears(cast, "Une friche pour un verger", summary="Près de la gare.")
    assert run_round(at=later + timedelta(days=14)) == 1
    digest = mails()[-1]
    assert "Votre recherche\xa0: «\xa0vergers\xa0»" in digest.text
    assert "Une friche pour un verger (projet, Valence)" in digest.text
    assert run_round(at=later + timedelta(days=21)) == 0, "each thing once"

    settings = browser.get(link_in(digest.text, "/news/")).content.decode()
    assert "Mes recherches suivies" in settings
    own_page = link_in(digest.text, "/search/saved/")
    assert "Terminer cette recherche" in browser.get(own_page).content.decode()
    assert "C’est terminé" in browser.post(own_page, follow=True).content.decode()
    assert not SavedSearch.objects.exists()
    assert not Person.objects.filter(email="nadia@example.org").exists()
    assert browser.get(own_page).status_code == 404
