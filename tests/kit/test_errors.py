"""Error pages: clear, in our look, with a way on; the last one stands when nothing else does."""

from datetime import time

import pytest
from django.test import Client
from django.utils import formats, translation

from essor.kit import errors

pytestmark = pytest.mark.django_db


def test_not_found_offers_home_and_signing_in(stranger):
    answer = stranger.get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="/account/login/?next=/no/such/page/"' in page
    assert 'href="/"' in page


def test_not_found_does_not_ask_those_to_sign_in_who_have(cast):
    page = cast.client("denis").get("/no/such/page/").content.decode()
    assert "?next=" not in page


def test_stale_form_leads_back_to_the_form(cast):
    checking = Client(enforce_csrf_checks=True)
    answer = checking.post("/me/data/link/", {"email": "a@example.org"})
    assert answer.status_code == 403
    assert 'href="/me/data/link/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status"), [(errors.bad_request, 400), (errors.server_error, 500)]
)
def test_error_page_has_a_way_on(rf, view, status):
    answer = view(rf.get("/somewhere/"))
    assert answer.status_code == status
    assert 'href="/"' in answer.content.decode()


def test_server_error_stands_when_pages_cannot_be_made(rf, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("no manifest")

    monkeypatch.setattr(errors, "render", broken)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Rien de ce que vous aviez envoyé n’est perdu" in answer.content.decode()
    assert "no manifest" not in answer.content.decode()


@pytest.mark.parametrize(("language", "written"), [("fr", "18\u00a0h\u00a030"), ("en", "18:30")])
def test_time_of_day_as_people_write_it(language, written):
    with translation.override(language):
        assert formats.time_format(time(18, 30)) == written
