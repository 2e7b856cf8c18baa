"""Nadia follows a need without an account, hears once that it was found, and leaves in one click."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from essor.exchanges.actions.needs import end_need
from essor.kit import clock
from essor.kit.models import Mail
from essor.news.rounds import run_round
from essor.people.models import Person
from tests.cast import Cast, make_need, make_project

pytestmark = pytest.mark.django_db


def mails() -> list[Mail]:
    return list(Mail.objects.filter(address="nadia@example.org").order_by("id"))


def link_in(text: str, path: str) -> str:
    found = re.search(rf"https?://[^/\s]+({path}\S+)", text)
    assert found, text
    return found[1]


def test_a_need_is_followed_by_a_button_without_an_account(cast: Cast) -> None:
    need = make_need(make_project(cast.valence), "Un four à pain")
    browser, now = Client(), clock.now()
    page = browser.get(f"/valence/needs/{need.public_id}/").content.decode()
    follow = f"/follow/need/{need.public_id}/"
    assert follow in page

    assert 'name="email"' in browser.get(follow).content.decode()
    sent = browser.post(follow, {"email": "Nadia@example.org"}, follow=True).content.decode()
    assert "Regardez vos e-mails" in sent
    (asking,) = mails()
    assert "Un four à pain" in asking.text

    link = link_in(asking.text, "/l/")
    assert "Me dire ce qui est nouveau" in browser.get(link).content.decode()
    assert "C’est confirmé" in browser.post(link, follow=True).content.decode()
    assert "Ne plus suivre" in browser.get(f"/valence/needs/{need.public_id}/").content.decode()

    end_need(need=need, ending="found", by=cast.aicha, at=now + timedelta(hours=1))
    assert run_round(at=now + timedelta(days=8)) == 1
    assert run_round(at=now + timedelta(days=15)) == 0
    digest = mails()[-1]
    assert "«\xa0Un four à pain\xa0»" in digest.text

    leave = link_in(digest.text, "/news/[^/]+/leav")
    assert "Ne plus suivre" in Client().get(leave).content.decode()
    assert "Vous ne suivez plus" in Client().post(leave, follow=True).content.decode()
    assert not Person.objects.filter(email="nadia@example.org").exists()
    assert Client().get(leave).status_code == 404
