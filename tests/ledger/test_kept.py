"""Kept pages: the same for all strangers, nobody's for anybody else, new after every act."""

import gzip
import re
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from essor.challenges.actions import move_challenge
from essor.challenges.models import Challenge
from essor.evenings.actions.evening import move_evening
from essor.evenings.models import Evening, Registration
from essor.evenings.views import registration
from essor.kit import clock
from essor.kit.doors import anybody
from essor.ledger import kept as kept_pages
from essor.ledger.actions import record
from essor.ledger.kept import Page, Shelf, kept, shelf
from essor.ledger.models import Entry
from essor.territories.models import Territory
from tests.cast import NOW, client_of, make_challenge, make_evening, person
from tests.evenings.answers import address, posted

pytestmark = pytest.mark.django_db
CANARY = "Canary-Zulu-42"


def words(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client, where, **headers):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(where, headers=headers)
    return len(asked), answer


def something_happens(territory):
    record(by=None, at=NOW, verb="worded", of=SimpleNamespace(public_id="x"), territory=territory)


# The same page for every stranger


def test_second_stranger_gets_the_page_of_the_first_for_one_query(cast):
    make_challenge(cast.valence, "Cantines")
    _, first = queries_of(Client(), "/valence/challenges/")
    asked, second = queries_of(Client(), "/valence/challenges/")
    assert asked == 1
    assert words(second) == words(first)
    assert "Cantines" in words(second)


def test_reading_costs_no_cookie(cast):
    make_evening(cast.valence)
    for where in ("/", "/valence/", "/valence/challenges/", "/valence/evenings/"):
        assert not Client().get(where, follow=True).cookies, where


def test_page_travels_compressed_as_it_is_kept(cast):
    plain = words(Client().get("/valence/"))
    small = Client().get("/valence/", headers={"Accept-Encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content).decode() == plain
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(small["Vary"].split(", "))


def test_page_that_the_browser_still_has_is_not_sent_again(cast):
    browser = Client()
    mark = browser.get("/valence/")["ETag"]
    again = browser.get("/valence/", headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    make_challenge(cast.valence, "Cantines")
    something_happens(cast.valence)
    assert "Cantines" in words(browser.get("/valence/", headers={"If-None-Match": mark}))


# Anything that happens shows at once


def test_an_act_shows_at_once_and_to_everybody(cast):
    challenge = make_challenge(cast.valence, "Cantines", state=Challenge.State.DRAFT)
    assert "Cantines" not in words(Client().get("/valence/challenges/"))
    move_challenge(challenge=challenge, state=Challenge.State.OPEN, by=cast.aicha, at=NOW)
    assert "Cantines" in words(Client().get("/valence/challenges/"))
    assert "Cantines" in words(Client().get("/valence/"))


def test_registration_that_closes_leaves_the_pages_at_once(cast):
    evening = make_evening(cast.valence)
    link = f'href="{address(evening, "registration")}"'
    assert link in words(Client().get(address(evening)))
    assert "csrfmiddlewaretoken" in words(Client().get(address(evening, "registration")))
    move_evening(evening=evening, to=Evening.State.CLOSED, by=cast.aicha, at=NOW)
    assert link not in words(Client().get(address(evening)))
    assert "fermées" in words(Client().get(address(evening, "registration")))


def test_line_that_comes_in_late_with_a_smaller_number_is_seen(cast):
    """PostgreSQL numbers a line before the commit: a later number may be seen first."""
    something_happens(cast.valence)
    late = Entry.objects.latest("id").pk + 1
    Entry.objects.bulk_create([Entry(pk=late + 1, at=NOW, verb="worded", of_type="x", of_id="x")])
    assert "Cantines" not in words(Client().get("/valence/challenges/"))
    make_challenge(cast.valence, "Cantines")
    Entry.objects.bulk_create([Entry(pk=late, at=NOW, verb="worded", of_type="x", of_id="x")])
    assert "Cantines" in words(Client().get("/valence/challenges/"))


def test_what_time_alone_changes_shows_soon(cast, monkeypatch):
    evening = make_evening(cast.valence)
    before = words(Client().get(address(evening)))
    Evening.objects.update(name="Veillée")  # nothing in the ledger says so
    assert words(Client().get(address(evening))) == before
    later = clock.now() + kept_pages.LIFE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Veillée" in words(Client().get(address(evening)))
    assert timedelta(seconds=20) >= kept_pages.LIFE


# Pages that say by what they are the same


def made_anew(where, monkeypatch):
    """The page, and whether its template was written out for it."""
    written, render = [], registration.render

    def watched(*args, **kwargs):
        written.append(args)
        return render(*args, **kwargs)

    monkeypatch.setattr(registration, "render", watched)
    page = words(Client().get(where))
    monkeypatch.undo()
    return bool(written), page


def test_form_stays_while_people_register_until_the_last_seat_goes(cast, monkeypatch):
    evening = make_evening(cast.valence, capacity=2)
    where = address(evening, "registration")
    assert made_anew(where, monkeypatch)[0]
    for number, (anew, full) in enumerate([(False, False), (True, True)]):
        told = posted(evening, first_name=f"P{number}", email=f"p{number}@example.org")
        assert Client().post(where, told).status_code == 302
        written, page = made_anew(where, monkeypatch)
        assert (written, "liste d’attente" in page) == (anew, full)


@pytest.mark.parametrize(
    "change",
    [
        lambda e: Evening.objects.update(name="Veillée"),
        lambda e: Territory.objects.filter(pk=e.territory_id).update(name="Veillée"),
        lambda e: e.questions.create(label="Veillée"),
        lambda e: e.challenges.add(make_challenge(e.territory, "Veillée")),
        lambda e: Challenge.objects.update(question="Veillée"),
    ],
)
def test_whatever_the_form_shows_changes_it_at_once(cast, change):
    evening = make_evening(cast.valence)
    where = address(evening, "registration")
    assert "Veillée" not in words(Client().get(where))
    change(evening)
    something_happens(cast.valence)
    assert "Veillée" in words(Client().get(where))


def test_page_that_stays_the_same_is_made_anew_after_its_life_all_the_same(cast, monkeypatch):
    evening = make_evening(cast.valence)
    where, start = address(evening, "registration"), clock.now()
    Client().get(where)
    for seconds, anew in ((10, False), (14, False), (16, True)):
        something_happens(cast.valence)
        with monkeypatch.context() as later:
            later.setattr(clock, "now", lambda s=seconds: start + timedelta(seconds=s))
            assert made_anew(where, later)[0] is anew


def somebody_registers(evening, name="Inès"):
    told = posted(evening, first_name=name, email="all.of.us@example.org")
    assert Client().post(address(evening, "registration"), told).status_code == 302


def test_form_costs_the_ledger_and_a_count_while_people_register(cast):
    evening = make_evening(cast.valence, capacity=40)
    where = address(evening, "registration")
    Client().get(where)
    for name in ("Inès", "Omar"):
        somebody_registers(evening, name)
        asked, answer = queries_of(Client(), where)
        assert (asked, answer.status_code) == (2, 200)
    assert queries_of(Client(), where)[0] == 1, "nothing happened since"


def test_form_is_made_anew_once_anything_else_happens_among_registrations(cast):
    evening = make_evening(cast.valence, capacity=40)
    where = address(evening, "registration")
    Client().get(where)
    Evening.objects.update(name="Veillée")
    somebody_registers(evening)
    something_happens(cast.valence)
    somebody_registers(evening, "Omar")
    assert "Veillée" in words(Client().get(where))


def test_form_is_made_anew_where_more_happened_than_is_looked_at(cast):
    evening = make_evening(cast.valence, capacity=40)
    where = address(evening, "registration")
    Client().get(where)
    Evening.objects.update(name="Veillée")
    something_happens(cast.valence)
    for _ in range(50):
        record(by=None, at=NOW, verb="registered", of=SimpleNamespace(public_id="x"))
    assert "Veillée" in words(Client().get(where))


def test_form_stays_the_short_way_for_its_life_at_most(cast, monkeypatch):
    evening = make_evening(cast.valence, capacity=40)
    where, start = address(evening, "registration"), clock.now()
    Client().get(where)
    Evening.objects.update(name="Veillée")
    for seconds, shows in ((10, False), (14, False), (16, True)):
        somebody_registers(evening, f"P{seconds}")
        with monkeypatch.context() as later:
            later.setattr(clock, "now", lambda s=seconds: start + timedelta(seconds=s))
            assert ("Veillée" in words(Client().get(where))) is shows


# The part of a page that is the same for everybody


def test_part_is_made_once_for_all_and_anew_after_each_act(cast):
    host, guest = cast.client("aicha"), cast.client("denis")
    first, _ = queries_of(host, "/valence/")
    again, page = queries_of(guest, "/valence/")
    assert again <= 7 < first
    assert "Cantines" not in words(page)
    challenge = make_challenge(cast.valence, "Cantines", state=Challenge.State.DRAFT)
    move_challenge(challenge=challenge, state=Challenge.State.OPEN, by=cast.aicha, at=NOW)
    assert "Cantines" in words(guest.get("/valence/"))
    assert "Cantines" in words(host.get("/valence/"))


def test_part_is_never_that_of_another_territory_or_language(cast):
    make_challenge(cast.valence, "Cantines")
    guest = cast.client("denis")
    assert "Cantines" in words(guest.get("/valence/"))
    assert "Cantines" not in words(guest.get("/jura/"))
    english = words(guest.get("/valence/", headers={"Accept-Language": "en"}))
    assert "Treasures" in english or "All challenges" in english
    assert "Tous les défis" not in english


# Nobody's page


def test_stranger_never_sees_the_page_of_somebody_signed_in(cast):
    evening = make_evening(cast.valence)
    for where in ("/valence/", address(evening), "/valence/challenges/"):
        hosts = words(cast.client("aicha").get(where))
        strangers = words(Client().get(where))
        assert 'href="/me/"' in hosts
        assert 'href="/me/"' not in strangers
        assert "/team/" not in strangers
        assert hosts != strangers


def test_somebody_signed_in_never_gets_the_page_of_strangers(cast):
    evening = make_evening(cast.valence)
    for where in ("/valence/", address(evening)):
        mark = Client().get(where)["ETag"]
        answer = cast.client("aicha").get(where, headers={"If-None-Match": mark})
        assert 'href="/me/"' in words(answer)
        assert "ETag" not in answer


def test_who_came_by_a_personal_link_is_no_stranger(cast):
    """A browser that holds keys has a session: the form it opens is filled in for it alone."""
    evening, browser = make_evening(cast.valence), Client()
    session = browser.session
    session["keys"] = {"person": [person(CANARY).public_id]}
    session.save()
    browser.cookies["sessionid"] = session.session_key
    for where in (address(evening), "/valence/commitments/new/"):
        browser.get(where)
        assert not any(CANARY.encode() in piece for piece in everything_kept())
        assert CANARY not in words(Client().get(where))
    assert CANARY in words(browser.get("/valence/commitments/new/"))


def everything_kept():
    for slot in list(shelf.slots.values()):
        if slot.page:
            yield from (
                slot.page.pieces if slot.page.holes else map(gzip.decompress, slot.page.pieces)
            )


# A small house: what its pages tell is what a view may learn of who asks.


@kept
@anybody
def mirror(request):
    told = [sorted(request.COOKIES.items()), dict(request.session), request.user, request.body,
            {k: v for k, v in request.META.items() if isinstance(v, str)}]  # fmt: skip
    return HttpResponse(repr(told) + request.build_absolute_uri())


@kept
@anybody
def cookie_giver(request):
    answer = HttpResponse("for you alone: " + request.COOKIES.get("name", "?"))
    answer.set_cookie("seen", "yes")
    return answer


@kept
@anybody
def session_writer(request):
    request.session["seen"] = request.COOKIES.get("name", "?")
    return HttpResponse("for you alone: " + request.COOKIES.get("name", "?"))


@kept
@anybody
def slow(request):
    made.append(threading.get_ident())
    threading.Event().wait(0.2)
    return HttpResponse("made")


made = []
handler404 = "essor.kit.errors.not_found"
urlpatterns = [
    path("mirror/", mirror),
    path("cookie/", cookie_giver),
    path("session/", session_writer),
    path("slow/", slow),
]
small_house = pytest.mark.urls(__name__)


@small_house
def test_view_of_a_kept_page_learns_nothing_of_who_asks():
    browser = Client(
        REMOTE_ADDR="203.0.113.42",
        HTTP_USER_AGENT=CANARY,
        HTTP_REFERER=f"http://testserver/{CANARY}/",
        HTTP_X_FORWARDED_FOR=CANARY,
        HTTP_ACCEPT_LANGUAGE=f"en, {CANARY};q=0.1",
        HTTP_X_ANYTHING=CANARY,
    )
    browser.cookies["anything"] = CANARY
    page = words(browser.get("/mirror/"))
    assert CANARY not in page
    assert "203.0.113" not in page
    assert "http://testserver/mirror/" in page
    assert words(Client(HTTP_ACCEPT_LANGUAGE="en").get("/mirror/")) == page


@small_house
@pytest.mark.parametrize("where", ["/cookie/", "/session/"])
def test_page_that_gives_something_of_ones_own_is_made_for_each(where):
    for name in ("Ines", "Omar"):
        browser = Client()
        browser.cookies["name"] = name
        assert words(browser.get(where)) == f"for you alone: {name}"
        assert not list(everything_kept())


@pytest.mark.django_db(transaction=True)
@small_house
def test_many_who_come_together_have_the_page_made_once():
    made.clear()
    answers = []

    def look():
        answers.append(words(Client().get("/slow/")))
        connection.close()

    crowd = [threading.Thread(target=look) for _ in range(6)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert answers == ["made"] * 6
    assert len(made) == 1


def test_parts_of_pages_and_what_is_sent_are_not_kept(cast):
    make_challenge(cast.valence, "Cantines")
    Client().get("/valence/challenges/", headers={"HX-Request": "true"})
    Client().post("/valence/challenges/")
    Client().head("/valence/challenges/")
    Client().get("/valence/challenges/", headers={"Authorization": CANARY})
    Client().get("/valence/challenges/?theme=" + "x" * kept_pages.LONGEST_QUERY)
    assert not list(everything_kept())


def test_not_found_is_not_kept(cast):
    for where in ("/valence/challenges/nothing/", "/nowhere/challenges/"):
        assert Client().get(where).status_code == 404
    assert not list(everything_kept())


# Languages, territories and filters never mix


def test_languages_never_mix(cast):
    french = words(Client().get("/valence/", headers={"Accept-Language": "fr"}))
    english = words(Client().get("/valence/", headers={"Accept-Language": "en"}))
    assert '<html lang="fr"' in french
    assert '<html lang="en"' in english
    browser = Client(headers={"Accept-Language": "fr"})
    browser.post("/language/", {"language": "en", "next": "/valence/"})
    assert words(browser.get("/valence/")) == english


def test_territories_never_mix(cast):
    make_challenge(cast.valence, "Cantines")
    make_challenge(cast.jura, "Fruitières")
    for _ in range(2):
        valence, jura = (
            words(Client().get(f"/{each}/challenges/")) for each in ("valence", "jura")
        )
        assert "Cantines" in valence
        assert "Fruitières" not in valence
        assert "Fruitières" in jura
        assert "Cantines" not in jura


def test_filters_and_names_of_the_house_never_mix(cast, settings):
    make_challenge(cast.valence, "Cantines", track=Challenge.Track.IMAGINE)
    assert "Cantines" in words(Client().get("/valence/challenges/?track=imagine"))
    assert "Cantines" not in words(Client().get("/valence/challenges/?track=boost"))
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    Client().get("/valence/", SERVER_NAME="testserver")
    Client().get("/valence/", SERVER_NAME="localhost")
    assert len({key[2] for key in shelf.slots}) == 2


# Forms of kept pages


def form_in(browser, where):
    page = words(browser.get(where))
    protection = re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)[1]
    key = re.search(r'name="act" value="([\w-]{36})"', page)[1]
    return protection, key


def test_each_stranger_gets_a_form_of_their_own_and_may_send_it(cast):
    evening = make_evening(cast.valence)
    where = address(evening, "registration")
    Client().get(where)
    browsers = [Client(enforce_csrf_checks=True) for _ in range(2)]
    forms = [form_in(browser, where) for browser in browsers]
    assert len({each for form in forms for each in form}) == 4
    for number, (browser, (protection, key)) in enumerate(zip(browsers, forms, strict=True)):
        told = posted(evening, act=key, csrfmiddlewaretoken=protection,
                      first_name=f"P{number}", email=f"p{number}@example.org")  # fmt: skip
        assert browser.post(where, told).status_code == 302
    assert Registration.objects.count() == 2


def test_form_of_one_stranger_is_refused_from_another(cast):
    evening = make_evening(cast.valence)
    where = address(evening, "registration")
    mine, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    protection, key = form_in(mine, where)
    form_in(other, where)
    told = posted(evening, act=key, csrfmiddlewaretoken=protection)
    assert other.post(where, told).status_code == 403
    assert not Registration.objects.exists()


def test_words_of_people_never_pass_for_a_hole(cast):
    fake = 'name="act" value="6f1c1f0a-0000-4000-8000-000000000000"'
    make_challenge(cast.valence, "Cantines", question=f"Comment ? {fake}")
    first, second = (words(Client().get("/valence/challenges/")) for _ in range(2))
    assert first == second
    assert "6f1c1f0a-0000-4000-8000-000000000000" in first


# What is kept stays small


def page(size):
    return Page((1,), clock.now(), (b"x" * size,), (), (), "", None)


def test_shelf_lets_go_of_what_was_asked_for_least_lately(monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_PAGES", 3)
    small = Shelf()
    for name in "abc":
        small.put(small.slot((name,)), page(1))
    small.slot(("a",))
    small.put(small.slot(("d",)), page(1))
    assert list(small.slots) == [("c",), ("a",), ("d",)]
    assert small.bytes == 3


def test_shelf_is_bounded_in_bytes(monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 100)
    small = Shelf()
    for number in range(20):
        small.put(small.slot((str(number),)), page(30))
        assert small.bytes == sum(slot.page.size for slot in small.slots.values() if slot.page)
        assert small.bytes <= 100


def test_page_made_for_a_place_that_was_given_away_is_not_counted(monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_PAGES", 1)
    small = Shelf()
    gone = small.slot(("a",))
    small.slot(("b",))
    small.put(gone, page(50))
    assert small.bytes == 0


def test_session_that_ended_leads_back_to_the_kept_page(cast):
    browser = client_of(cast.people["denis"])
    assert 'href="/me/"' in words(browser.get("/valence/"))
    browser.logout()
    browser.cookies.clear()
    assert words(browser.get("/valence/")) == words(Client().get("/valence/"))
