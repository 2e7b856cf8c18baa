"""Error pages: clear, in our look, with a way on; the last one stands when nothing else does."""

import errno
import re
from datetime import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import formats, translation

from essor.kit import errors
from essor.kit.models import Mail

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


@pytest.fixture
def named(settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["essor.example"], "https://essor.example"


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "La maison a une autre adresse"), ("en", "has another address")]
)
def test_wrong_name_leads_to_the_house_without_the_database(
    client, named, django_assert_num_queries, language, words
):
    with django_assert_num_queries(0):
        answer = client.get("/valence/", HTTP_HOST="other.example", HTTP_ACCEPT_LANGUAGE=language)
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (400, True)
    assert 'href="https://essor.example/"' in page
    assert "other.example" not in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_wrong_name_has_the_style_of_the_house(client, named):
    page = client.get("/", HTTP_HOST="other.example").content.decode()
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    answer = client.get(style, HTTP_HOST="other.example")
    assert answer.status_code == 200
    assert b"@layer" in b"".join(answer)
    answer.close()


def test_form_under_a_wrong_name_changes_nothing(client, named):
    answer = client.post("/me/data/link/", {"email": "a@example.org"}, HTTP_HOST="other.example")
    assert answer.status_code == 400
    assert not Mail.objects.exists()


def test_server_error_stands_when_pages_cannot_be_made(rf, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("no manifest")

    monkeypatch.setattr(errors, "render", broken)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Rien de ce que vous aviez envoyé n’est perdu" in answer.content.decode()
    assert "no manifest" not in answer.content.decode()


FULL = OperationalError("database or disk is full")
AWAY = OperationalError("server closed the connection unexpectedly")


def answered(request, trouble: Exception):
    """What a person sees when ``trouble`` was not foreseen, as Django asks for it."""
    try:
        raise trouble
    except Exception:
        return errors.server_error(request)


def sent(rf, protected: bool = True, **fields):
    """A form that was sent, and whether it passed the protection against forged ones."""
    request = rf.post("/valence/ideas/", {"act": "k" * 32, "text": 'Un <four> & "pain"', **fields})
    request.csrf_processing_done = protected
    return request


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (FULL, "Le disque du serveur est plein"),
        (OSError(errno.ENOSPC, "No space left on device"), "Le disque du serveur est plein"),
        (AWAY, "n’arrive pas à joindre"),
    ],
)
def test_form_that_could_not_be_written_comes_back_to_be_sent_again(rf, trouble, words):
    answer = answered(sent(rf), trouble)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert words in page
    assert 'action="/valence/ideas/"' in page
    assert f'name="act" value="{"k" * 32}"' in page
    assert 'value="Un &lt;four&gt; &amp; &quot;pain&quot;"' in page


def test_nothing_is_given_back_of_a_forged_form_a_file_or_a_very_long_one(rf):
    file = SimpleUploadedFile("photo.jpg", b"...", "image/jpeg")
    for request in (
        sent(rf, protected=False),
        sent(rf, photo=file),
        sent(rf, more="x" * errors.MOST_REPEATED),
    ):
        page = answered(request, AWAY).content.decode()
        assert "<form" not in page
        assert "Revenez à la page précédente" in page


def test_page_that_could_not_be_read_is_tried_again(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = answered(rf.get("/valence/?page=2"), AWAY)
    assert answer.status_code == 503
    assert 'href="/valence/?page=2"' in answer.content.decode()


def test_other_troubles_keep_their_page(rf):
    for trouble in (ZeroDivisionError(), PermissionError(errno.EACCES, "no")):
        assert answered(sent(rf), trouble).status_code == 500


@pytest.mark.parametrize(("language", "written"), [("fr", "18\u00a0h\u00a030"), ("en", "18:30")])
def test_time_of_day_as_people_write_it(language, written):
    with translation.override(language):
        assert formats.time_format(time(18, 30)) == written


@pytest.mark.parametrize("path", ["/valence/no-such-page/", "/valence/projects/nothing123/"])
def test_error_inside_a_territory_wears_its_header(cast, stranger, path):
    page = stranger.get(path).content.decode()
    assert '<a class="mark" href="/valence/"' in page
    assert 'href="/valence/projects/"' in page


def test_host_keeps_the_team_s_links_on_an_error_page(cast):
    assert 'href="/valence/settings/"' in cast.client("aicha").get("/valence/x/").content.decode()
    assert (
        'href="/valence/settings/"' not in cast.client("hugo").get("/valence/x/").content.decode()
    )


def test_rehearsal_does_not_show_itself_on_an_error_page(cast, stranger):
    cast.valence.rehearsal = True
    cast.valence.save(update_fields=["rehearsal"])
    assert "Valence" not in stranger.get("/valence/x/").content.decode()


def test_form_of_whoever_is_no_longer_signed_in_waits_to_be_sent_again(cast, stranger):
    said = {"act": "k" * 32, "question": "Comment <vivre> ?"}
    answer = stranger.post("/valence/challenges/wording/", said)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'value="Comment &lt;vivre&gt; ?"' in page
    assert 'href="/account/login/?next=%2Fvalence%2Fchallenges%2Fwording%2F"' in page
    unknown = stranger.post("/valence/challenges/nothing123/wording/", said).content.decode()
    assert 'value="Comment &lt;vivre&gt; ?"' in unknown, "it tells nobody what there is"
    assert (
        "waits in this page"
        not in cast.client("denis").post("/valence/challenges/wording/", said).content.decode()
    )


def test_form_of_one_s_own_pages_waits_too(cast, stranger):
    answer = stranger.post("/me/profile/", {"act": "k" * 32, "first_name": "Inès"})
    assert answer.status_code == 403
    assert 'name="first_name" value="Inès"' in answer.content.decode()
    assert stranger.post("/me/profile/", {"act": "k" * 32}).status_code == 302


def test_stale_form_gives_back_what_our_own_page_sent_and_nothing_of_another_site(cast):
    checking = Client(enforce_csrf_checks=True)
    said = {"act": "k" * 32, "email": "a@example.org"}
    ours = checking.post("/me/data/link/", said, headers={"Sec-Fetch-Site": "same-origin"})
    assert ours.status_code == 403
    assert 'name="email" value="a@example.org"' in ours.content.decode()
    for site in ("cross-site", "same-site", "none"):
        forged = checking.post("/me/data/link/", said, headers={"Sec-Fetch-Site": site})
        assert "a@example.org" not in forged.content.decode()
