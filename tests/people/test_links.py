"""Personal links: a page with a button, one use, and a way on when a link is spent."""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from essor.kit import clock
from essor.kit.models import Mail
from essor.ledger.models import Entry
from essor.people import links
from essor.people.actions import make_link
from essor.people.models import PersonalLink
from tests.cast import person


def lead_to(request: HttpRequest, link: PersonalLink) -> str:
    request.visitor.give_key("registration", link.subject)
    return f"/opened/{link.subject}/"


def still_open(request: HttpRequest, link: PersonalLink) -> str | None:
    return "/opened/" if request.visitor.holds("registration", link.subject) else None


@pytest.fixture(autouse=True)
def purpose(monkeypatch):
    monkeypatch.setattr(links, "_purposes", {})
    links.register_purpose("ticket", lead_to, button="Ouvrir mon billet", still_open=still_open)


def token_for(who, *, lasts=None, purpose="ticket"):
    return make_link(
        person=who, purpose=purpose, subject="abcdefghjk", lasts=lasts, by=None, at=clock.now()
    )


def address(token, name="link"):
    return reverse(f"people:{name}", args=[token])


@pytest.fixture
def ines(db):
    return person("Inès", email="ines@example.org")


def test_token_is_kept_as_a_hash_only(ines):
    token = token_for(ines)
    kept = PersonalLink.objects.values().get()
    assert token not in str(kept)
    assert token not in str(list(Entry.objects.values()))


def test_opening_the_address_uses_nothing_and_shows_a_button(ines, stranger):
    token = token_for(ines)
    for _ in range(3):
        page = stranger.get(address(token))
        assert "Ouvrir mon billet" in page.content.decode()
    assert PersonalLink.objects.get().used_at is None


def test_page_is_kept_out_of_caches_referrers_and_search_engines(ines, stranger):
    page = stranger.get(address(token_for(ines)))
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_pressing_the_button_lets_this_browser_in(ines, stranger):
    token = token_for(ines)
    answer = stranger.post(address(token))
    assert answer.headers["Location"] == "/opened/abcdefghjk/"
    assert stranger.session["keys"] == {"registration": ["abcdefghjk"]}
    assert PersonalLink.objects.get().used_at is not None
    assert Entry.objects.filter(verb="link_used", by=ines.public_id).count() == 1


def test_same_press_arriving_twice_leads_on_twice_and_uses_once(ines):
    token, press = token_for(ines), {"act": "7b1d6c1e-2f3a-4c52-9d0e-1f2a3b4c5d6e"}
    first, second = Client(), Client()  # the first answer got lost: its cookie never arrived
    first.post(address(token), press)
    answer = second.post(address(token), press)
    assert answer.headers["Location"] == "/opened/abcdefghjk/"
    assert second.session["keys"] == {"registration": ["abcdefghjk"]}
    assert Entry.objects.filter(verb="link_used").count() == 1


def test_used_link_does_not_let_another_browser_in(ines, stranger):
    token = token_for(ines)
    Client().post(address(token))
    for answer in (stranger.get(address(token)), stranger.post(address(token))):
        assert answer.status_code == 410
        assert "déjà servi" in answer.content.decode()
    assert "keys" not in stranger.session


def test_used_link_leads_straight_on_in_the_browser_that_used_it(ines, stranger):
    token = token_for(ines)
    stranger.post(address(token))
    page = stranger.get(address(token)).content.decode()
    assert 'href="/opened/"' in page
    assert "Ouvrir mon billet" in page


def test_expired_link_is_refused_and_offers_a_new_one(ines, stranger):
    token = token_for(ines, lasts=timedelta(seconds=-1))
    page = stranger.get(address(token))
    assert page.status_code == 410
    assert address(token, "link_again") in page.content.decode()
    assert stranger.post(address(token)).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 500, "é", "%2e%2e", "' OR 1=1 --"])
def test_forged_link_is_unknown_and_leads_home(db, stranger, token):
    for answer in (stranger.get(address(token)), stranger.post(address(token))):
        assert answer.status_code == 404
        assert 'href="/"' in answer.content.decode()
        assert "again/" not in answer.content.decode()


def test_link_of_a_purpose_that_nobody_registered_is_unknown(ines, stranger):
    assert (
        stranger.get(address(token_for(ines, purpose="nothing", lasts=links.A_DAY))).status_code
        == 404
    )


def test_link_lasts_as_long_as_its_purpose_says(ines):
    links.register_purpose("year", lead_to, button="Ouvrir", lasts=links.A_YEAR)
    at = clock.now()
    for purpose in ("ticket", "year"):
        make_link(person=ines, purpose=purpose, subject="", by=None, at=at)
    lengths = [each.expires_at - at for each in PersonalLink.objects.order_by("pk")]
    assert lengths == [links.TWO_MONTHS, links.A_YEAR]


def test_link_for_nothing_that_is_registered_is_not_made(ines):
    with pytest.raises(KeyError):
        make_link(person=ines, purpose="nothing", subject="", by=None, at=clock.now())
    assert not PersonalLink.objects.exists()


def test_link_gives_the_key_of_its_subject_and_of_what_goes_along(ines, stranger):
    links.register_key(
        "idea", "idea", lambda link: f"/ideas/{link.subject}/", button="Voir mon idée",
        others=lambda link: ["older", "newer"],
    )  # fmt: skip
    token = token_for(ines, purpose="idea")
    assert stranger.post(address(token)).headers["Location"] == "/ideas/abcdefghjk/"
    assert stranger.session["keys"] == {
        "idea": ["older", "newer", "abcdefghjk"],
        "person": [ines.public_id],
    }
    assert 'href="/ideas/abcdefghjk/"' in stranger.get(address(token)).content.decode()
    assert "/ideas/" not in Client().get(address(token)).content.decode()


def test_link_to_what_is_gone_leads_home_and_gives_no_key(ines, stranger):
    links.register_key("idea", "idea", lambda link: None, button="Voir mon idée")
    assert stranger.post(address(token_for(ines, purpose="idea"))).headers["Location"] == "/"
    assert "keys" not in stranger.session


def test_link_may_open_its_page_without_naming_the_person(ines, stranger):
    links.register_key("side", "side", lambda link: "/side/", button="Lire", recognised=False)
    stranger.post(address(token_for(ines, purpose="side")))
    assert stranger.session["keys"] == {"side": ["abcdefghjk"]}


def test_link_of_an_erased_person_is_unknown(ines, stranger):
    token = token_for(ines)
    ines.erased_at = clock.now()
    ines.save()
    assert stranger.post(address(token)).status_code == 404


def test_new_link_goes_to_the_address_on_file_and_works(ines, stranger):
    token = token_for(ines, lasts=timedelta(seconds=-1))
    answer = stranger.post(address(token, "link_again"), follow=True)
    assert "en route" in answer.content.decode()
    mail = Mail.objects.get()
    assert mail.address == "ines@example.org"
    fresh = mail.text.split("/l/")[1].split("/")[0]
    assert fresh != token
    assert stranger.post(address(fresh)).status_code == 302


def test_new_links_are_limited_by_person(ines, stranger):
    token = token_for(ines, lasts=timedelta(seconds=-1))
    answers = [stranger.post(address(token, "link_again")).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert Mail.objects.count() == 3


def test_new_link_is_not_offered_to_somebody_without_an_address(db, stranger):
    token = token_for(person("Malo"), lasts=timedelta(seconds=-1))
    page = stranger.get(address(token))
    assert "link_again" not in page.content.decode()
    assert stranger.post(address(token, "link_again")).status_code == 410
    assert not Mail.objects.exists()


def test_asking_for_a_new_link_with_a_good_one_leads_to_its_button(ines, stranger):
    token = token_for(ines)
    assert stranger.post(address(token, "link_again")).headers["Location"] == address(token)
    assert not Mail.objects.exists()
