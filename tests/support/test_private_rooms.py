"""A project's private room: who comes in, what stands in it, secret links and their ends."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from essor.kit import clock
from essor.ledger.models import Entry
from essor.people.actions import digest_of
from essor.people.erasure import erase_person
from essor.support.actions.private_rooms import (
    LineSaid,
    MoreIsThere,
    NotPublished,
    PledgesStand,
    RoomClosed,
    RoomFull,
    close_room,
    drop_line,
    open_room,
    set_date,
    write_line,
)
from essor.support.actions.room_links import (
    NoSuchLink,
    WrongDay,
    end_room_link,
    forget_links,
    make_room_link,
    read_room_link,
)
from essor.support.models import BudgetLine, PrivateRoom, RoomFile, RoomLink, RoomOpening
from tests.cast import NOW, TODAY, make_leader, make_line, make_project, make_room
from tests.support.test_papers import HTML, PDF, huge_png

YEAR = timedelta(days=366)


def act(**fields) -> dict[str, str]:
    return {"act": uuid.uuid4().hex, **fields}


@pytest.fixture
def project(cast):
    found = make_project(cast.valence)
    make_leader(found, cast.denis)
    return found


@pytest.fixture
def room(project) -> PrivateRoom:
    return make_room(project)


def here(room: PrivateRoom) -> str:
    return f"/valence/support/projects/{room.project.public_id}/room/"


def a_link(room: PrivateRoom, **fields) -> tuple[RoomLink, str]:
    fields = {
        "name": "Banque d’ici", "until": clock.today() + timedelta(days=30), "by": None,
        "at": clock.now(), **fields,
    }  # fmt: skip
    return make_room_link(room=room, **fields)


def partner(token: str) -> Client:
    """A browser that opened the secret link."""
    client = Client()
    assert client.post(f"/valence/support/r/{token}/", act()).status_code == 302
    return client


def test_a_leader_opens_a_room_and_words_it_anew_once(cast, project):
    def said(**fields):
        return open_room(project=project, by=cast.denis, at=NOW, **fields)

    room = said(words=" Un four ", sum_shown="room")
    said(words="Un four", sum_shown="room")
    said(words="Un four à pain", sum_shown="share")

    room.refresh_from_db()
    assert (room.words, room.sum_shown) == ("Un four à pain", "share")
    verbs = list(Entry.objects.filter(of_id=room.public_id).values_list("verb", flat=True))
    assert sorted(verbs) == ["private_room_opened", "private_room_worded"]


def test_a_sheet_being_written_has_no_room(cast):
    with pytest.raises(NotPublished):
        open_room(
            project=make_project(cast.valence, published_at=None), words="", sum_shown="room",
            by=None, at=NOW,
        )  # fmt: skip


def test_closing_ends_every_link_and_opening_again_brings_none_back(cast, room):
    link, token = a_link(room)

    close_room(room=room, by=cast.denis, at=NOW)
    close_room(room=room, by=cast.denis, at=NOW)
    open_room(project=room.project, words="Encore", sum_shown="room", by=None, at=NOW)

    link.refresh_from_db()
    assert link.revoked_at == NOW
    with pytest.raises(NoSuchLink):
        read_room_link(token=token, at=clock.now())
    assert Entry.objects.filter(verb="private_room_closed").count() == 1


def test_a_line_never_asks_for_less_than_is_there(cast, room):
    line = make_line(room, held=3_000)
    with pytest.raises(MoreIsThere) as refusal:
        write_line(room=room, line=line, said=LineSaid("Four", 4_999, 2_000), by=None, at=NOW)
    assert refusal.value.there == 5_000
    with pytest.raises(MoreIsThere):
        write_line(room=room, said=LineSaid("Four", 10, 20), by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(held=8_001)
    with pytest.raises(PledgesStand):
        drop_line(line=line, by=None, at=NOW)

    write_line(room=room, line=line, said=LineSaid("Four", 5_000, 2_000), by=None, at=NOW)

    line.refresh_from_db()
    assert (line.needed, line.left) == (5_000, 0)


def test_a_room_holds_so_much_and_a_closed_one_takes_nothing(room, monkeypatch):
    monkeypatch.setattr("essor.support.actions.private_rooms.MOST_DATES", 1)
    set_date(room=room, day=TODAY, what="Le conseil", by=None, at=NOW)
    with pytest.raises(RoomFull):
        set_date(room=room, day=TODAY, what="Le bail", by=None, at=NOW)
    close_room(room=room, by=None, at=NOW)
    with pytest.raises(RoomClosed):
        set_date(room=room, day=TODAY, what="Le bail", by=None, at=NOW)
    with pytest.raises(RoomClosed):
        write_line(room=room, said=LineSaid("Four", 10), by=None, at=NOW)
    with pytest.raises(RoomClosed):
        a_link(room)


def test_strangers_neighbours_and_the_group_find_no_room(cast, room):
    follower = cast.client("farid")
    for browser in (cast.client(None), follower, cast.client("hugo"), cast.client("bruno")):
        for page in ("", "words/", "lines/", "files/", "links/", "pledges/"):
            assert browser.get(here(room) + page).status_code == 404
    for name in ("denis", "aicha"):
        assert "Un four pour trois" in cast.client(name).get(here(room)).content.decode()


def test_a_leader_fills_the_room_from_forms(cast, project):
    browser, page = cast.client("denis"), f"/valence/support/projects/{project.public_id}/room/"
    assert browser.get(page).url == page + "words/"

    browser.post(page + "words/", act(words="Un four", sum_shown="room"))
    browser.post(page + "lines/", act(label="Le four", needed="12 000 €", found=""))
    browser.post(page + "dates/", act(day="2027-03-15", what="Le conseil vote"))

    shown = browser.get(page).content.decode()
    for words in ("Un four", "Le four", "12\u202f000\xa0€", "15 mars 2027", "Le conseil vote"):
        assert words in shown
    wrong = browser.post(page + "lines/", act(label="", needed="beaucoup", found="3"))
    assert wrong.status_code == 422
    assert "1500" in wrong.content.decode()
    assert 'value="beaucoup"' in wrong.content.decode()
    line = BudgetLine.objects.get()
    browser.post(f"{page}lines/{line.public_id}/removal/", act())
    assert not BudgetLine.objects.exists()


def send(browser: Client, room: PrivateRoom, data: bytes, name: str = "plan.pdf"):
    file = io.BytesIO(data)
    file.name = name
    return browser.post(here(room) + "files/", act(title="Plan de l’atelier", file=file))


def test_a_file_is_a_download_that_nobody_keeps_and_goes_from_the_disk(
    cast, room, django_capture_on_commit_callbacks
):
    browser = cast.client("denis")
    send(browser, room, PDF, "<script>.exe")
    kept = RoomFile.objects.get()
    path = f"{here(room)}files/{kept.public_id}/"

    answer = browser.get(path)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="plan-de-latelier.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert cast.client(None).get(path).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(path + "removal/", act())
    assert not default_storage.exists(kept.file)
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("data", [HTML, huge_png(10_000, 6_000), b"MZ"])
def test_a_wrong_file_is_refused_at_its_field_and_leaves_nothing(cast, room, data):
    answer = send(cast.client("denis"), room, data)

    assert answer.status_code == 422
    assert "Plan de l’atelier" in answer.content.decode()
    assert not RoomFile.objects.exists()
    assert not default_storage.exists("rooms") or default_storage.listdir("rooms") == ([], [])


def test_a_secret_link_is_shown_once_and_kept_as_a_mark(cast, room):
    browser = cast.client("denis")
    day = clock.today() + timedelta(days=60)

    browser.post(here(room) + "links/", act(name="Mme Martin", until=str(day)))
    first, again = (browser.get(here(room) + "links/").content.decode() for _ in range(2))

    (token,) = re.findall(r"/valence/support/r/([\w-]{32})/", first)
    assert token not in again
    link = RoomLink.objects.get()
    assert (link.digest, link.name, link.until) == (digest_of(token), "Mme Martin", day)
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in repr(cursor.fetchall()), table


def test_a_link_lets_read_and_nothing_else(cast, room):
    _link, token = a_link(room)
    make_line(room)
    browser = partner(token)

    shown = browser.get(here(room)).content.decode()

    assert "Le four" in shown
    for hidden in ("/room/links/", "/room/words/", "/closing/"):
        assert hidden not in shown
    for page in ("words/", "lines/", "dates/", "files/", "links/", "closing/"):
        assert browser.get(here(room) + page).status_code == 404
        assert browser.post(here(room) + page, act()).status_code == 404
    other = make_room(make_project(cast.valence, "Ailleurs"))
    assert browser.get(here(other)).status_code == 404


def test_looking_at_a_link_counts_nothing_and_each_press_counts_once(room):
    link, token = a_link(room)
    browser, key = Client(), act()

    door = browser.get(f"/valence/support/r/{token}/")
    for _ in range(2):
        browser.post(f"/valence/support/r/{token}/", key)
    partner(token)

    assert (door["Referrer-Policy"], door["Cache-Control"]) == ("strict-origin", "no-store")
    assert door["X-Robots-Tag"] == "noindex"
    assert RoomOpening.objects.filter(link=link).count() == 2
    assert {field.name for field in RoomOpening._meta.fields} == {"id", "link", "at"}
    assert set(Entry.objects.filter(verb="room_link_opened").values_list("by", flat=True)) == {""}
    inside = browser.get(here(room))
    assert (inside["Cache-Control"], inside["X-Robots-Tag"]) == ("no-store", "noindex")


def end(link, room):
    end_room_link(room_link=link, by=None, at=NOW)
    end_room_link(room_link=link, by=None, at=NOW)


def expire(link, room):
    RoomLink.objects.filter(pk=link.pk).update(until=clock.today() - timedelta(days=1))


def close(link, room):
    close_room(room=room, by=None, at=NOW)


@pytest.mark.parametrize("ending", [end, expire, close])
def test_a_link_that_ended_closes_where_it_is_open_and_answers_like_a_forged_one(room, ending):
    link, token = a_link(room)
    browser = partner(token)
    assert browser.get(here(room)).status_code == 200

    ending(link, room)

    assert browser.get(here(room)).status_code == 404
    ended, forged = (
        Client().get(f"/valence/support/r/{each}/") for each in (token, "x" * len(token))
    )
    assert (ended.status_code, forged.status_code) == (404, 404)
    strip = re.compile(rb'name="[a-z]+" value="[^"]*"|/r/[\w-]+/')
    assert strip.sub(b"", ended.content) == strip.sub(b"", forged.content)
    assert b"/valence/projects/" in ended.content  # a way on
    assert Client().post(f"/valence/support/r/{token}/", act()).status_code == 404


def test_a_link_opens_nothing_under_another_territory(cast, room):
    _link, token = a_link(room)

    assert Client().get(f"/jura/support/r/{token}/").status_code == 404


def test_a_link_ends_within_a_year(room):
    for day in (TODAY - timedelta(days=1), TODAY + YEAR + timedelta(days=1)):
        with pytest.raises(WrongDay):
            a_link(room, until=day, at=NOW)


def test_old_links_are_forgotten_with_their_openings(room):
    link, token = a_link(room)
    partner(token)
    RoomLink.objects.filter(pk=link.pk).update(until=TODAY)

    assert forget_links(before=NOW, by=None, at=NOW) == 0
    assert forget_links(before=NOW + timedelta(days=1), by=None, at=NOW) == 1
    assert not RoomOpening.objects.exists()


def test_a_leader_who_is_erased_leaves_the_room_and_partners_lose_their_name(cast, project, room):
    room.words = "Denis porte ce four"
    room.save()
    a_link(room, name="Denis Martin et Cie", by=cast.denis)
    cast.denis.last_name = "Martin"
    cast.denis.save()

    erase_person(person=cast.denis, by=None, at=NOW)

    room.refresh_from_db()
    assert RoomLink.objects.get().made_by is None or RoomLink.objects.get().made_by.erased_at
    assert "Martin" not in RoomLink.objects.get().name


def test_the_room_costs_the_same_however_much_stands_in_it(cast, room):
    browser = cast.client("denis")

    def fill(n: int) -> None:
        for i in range(n):
            make_line(room, f"Ligne {i}")
            set_date(room=room, day=TODAY, what=f"Jour {i}", by=None, at=NOW)
            a_link(room, name=f"Partenaire {i}")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert browser.get(here(room)).status_code == 200
        return len(counted)

    fill(1)
    browser.get(here(room))
    few = queries()
    fill(8)
    assert queries() == few
    assert few <= 15


def test_nothing_of_a_room_is_found_by_searching(cast, room):
    room.words = "Blablaveur"
    room.save()
    page = cast.client("denis").get("/valence/search/?q=Blablaveur").content.decode()
    assert here(room) not in page
