"""Pages whose database went away for a moment are made once more; acts only where that is safe."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse

from essor.kit import again, errors
from essor.kit.again import DoneAgain, may_be_repeated

AWAY = OperationalError("server closed the connection unexpectedly")
FULL = OperationalError("could not extend file: No space left on device")
KEY = {"act": "5" * 32}


class House:
    """Answers with what is in its way, and well once nothing is any more."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles, self.asked = list(troubles), 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        try:
            if self.troubles:
                raise self.troubles.pop(0)
        except Exception:
            return errors.server_error(request)
        return HttpResponse("well")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody waits in these tests, and the database is one that can go away."""
    monkeypatch.setattr(again, "PAUSE", 0)
    monkeypatch.setattr(again, "close_old_connections", lambda: None)
    monkeypatch.setattr(again, "connection", SimpleNamespace(vendor="postgresql"))


def test_page_is_asked_for_again_until_the_database_is_back(rf):
    house = House(AWAY, AWAY)

    answer = DoneAgain(house)(rf.get("/valence/"))

    assert (answer.status_code, answer.content, house.asked) == (200, b"well", 3)


def test_act_with_its_key_is_done_again(rf):
    for sent in (
        rf.post("/valence/ideas/", {**KEY, "text": "Un four"}),
        rf.post("/valence/ideas/", {"text": "Un four"}, headers={"Idempotency-Key": "5" * 32}),
    ):
        house = House(AWAY)
        assert DoneAgain(house)(sent).status_code == 200
        assert house.asked == 2


def test_act_without_key_or_with_a_file_is_given_back_instead(rf):
    photo = SimpleUploadedFile("photo.jpg", b"...", "image/jpeg")
    for form in ({"text": "Un four"}, {"act": "nonsense"}, {**KEY, "photo": photo}):
        house = House(AWAY)
        assert DoneAgain(house)(rf.post("/valence/ideas/", form)).status_code == 503
        assert house.asked == 1


@pytest.mark.parametrize("trouble", [FULL, ZeroDivisionError(), IntegrityError("twice")])
def test_what_another_try_would_not_mend_is_not_tried(rf, trouble):
    house = House(trouble)

    assert DoneAgain(house)(rf.get("/valence/")).status_code >= 500
    assert house.asked == 1


def test_a_database_that_stays_away_gets_the_page_that_says_so(rf, monkeypatch):
    monkeypatch.setattr(again, "PATIENCE", -1.0)
    house = House(*[AWAY] * 3)

    answer = DoneAgain(house)(rf.get("/valence/"))

    assert (answer.status_code, answer["Retry-After"], house.asked) == (503, "5", 1)


def test_sqlite_does_not_go_away(rf, monkeypatch):
    monkeypatch.setattr(again, "connection", SimpleNamespace(vendor="sqlite"))
    house = House(AWAY)

    assert DoneAgain(house)(rf.get("/valence/")).status_code == 503
    assert house.asked == 1


def test_a_form_that_never_arrived_whole_is_not_repeated(rf):
    request = rf.post("/valence/ideas/", KEY)
    request._read_started = True  # as when the person went away while sending

    assert may_be_repeated(request) is False
