"""Letters that are written when they leave: what waits holds no link, what left is not kept."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from essor.cli.serving import worker
from essor.kit import clock, jobs, writers
from essor.kit.jobs import send_waiting_mails
from essor.kit.mail import Letter, post, post_each, silence
from essor.kit.models import Mail
from essor.kit.writers import Written, writes, writes_each
from essor.people.models import PersonalLink
from tests.cast import Cast, make_evening
from tests.evenings.answers import address, posted
from tests.kit.test_mail import inbox, text_of

__all__ = ["inbox"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def written(monkeypatch):
    """What a writer was asked to write about, and when."""
    asked = []
    monkeypatch.setattr(writers, "_writers", {})

    @writes("tests.greeting")
    def greeting(about, at):
        asked.append(about)
        if about.get("broken"):
            raise ZeroDivisionError
        if about.get("gone"):
            return None
        return Written(f"Bonjour {about['n']}", f"lien-{len(asked)}", "<p>Bonjour</p>")

    return asked


def greet(key="", **about):
    letter = Letter("ines@example.org", key=key, writer="tests.greeting", about=about)
    return post(letter, at=clock.now())


def test_letter_is_written_when_it_leaves(inbox, written):
    greet(n=1)
    mail = Mail.objects.get()
    assert (mail.text, mail.html, mail.attachments, written) == ("", "", [], [])
    assert send_waiting_mails.call() == 1
    assert "lien-1" in text_of(inbox.messages[0])
    assert "Subject: Bonjour 1" in text_of(inbox.messages[0])


def test_nothing_of_a_letter_is_kept_once_it_left_but_its_subject(inbox, written):
    greet(n=1)
    post(Letter("omar@example.org", "Votre code", "BCDF", unsubscribe_url="https://x/l/t/",
                attachments=({"name": "a", "base64": "QQ==", "type": "text/plain"},)),
         at=clock.now())  # fmt: skip
    assert send_waiting_mails.call() == 2
    for mail in Mail.objects.all():
        assert mail.state == Mail.State.SENT
        assert (mail.text, mail.html, mail.attachments, mail.unsubscribe_url) == ("", "", [], "")
    assert set(Mail.objects.values_list("subject", flat=True)) == {"Bonjour 1", "Votre code"}


def test_letter_that_was_refused_for_now_is_written_anew(inbox, written):
    inbox.refusals = ["451 later"]
    greet(n=1)
    assert send_waiting_mails.call() == 0
    assert Mail.objects.get().text == "", "no link waits in the database"
    Mail.objects.update(next_at=clock.now() - timedelta(seconds=1))
    assert send_waiting_mails.call() == 1
    assert "lien-2" in text_of(inbox.messages[0])


def test_letter_that_is_given_up_leaves_nothing(inbox, monkeypatch):
    monkeypatch.setattr(jobs, "MAX_ATTEMPTS", 1)
    inbox.refusals = ["451 no"]
    post(Letter("ines@example.org", "Votre code", "BCDF"), at=clock.now())
    send_waiting_mails.call()
    mail = Mail.objects.get()
    assert (mail.state, mail.text, mail.html) == (Mail.State.FAILED, "", "")


def test_same_letter_is_queued_once(inbox, written):
    for _ in range(2):
        greet(key="greeting:1", n=1)
    assert Mail.objects.count() == 1


def test_letter_about_nothing_any_more_does_not_leave(inbox, written):
    greet(gone=True)
    greet(n=2)
    assert send_waiting_mails.call() == 1
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.MOOT, Mail.State.SENT}
    assert send_waiting_mails.call() == 0


def test_letter_that_cannot_be_written_holds_nobody_up_and_is_tried_again(inbox, written):
    greet(key="broken", broken=True)
    greet(key="fine", n=2)
    assert send_waiting_mails.call() == 1
    mail = Mail.objects.get(key="broken")
    assert (mail.state, mail.trouble) == (Mail.State.QUEUED, "not written: ZeroDivisionError")
    assert mail.next_at > clock.now()


@pytest.fixture
def together(written, monkeypatch):
    """The greetings that were written at one time, each time."""
    times = []
    monkeypatch.setattr(writers, "_together", {})

    @writes_each("tests.round")
    def greetings(abouts, at):
        times.append([about["n"] for about in abouts])
        if any(about.get("broken") for about in abouts):
            raise ZeroDivisionError
        return [
            None if about.get("gone") else Written(f"Bonjour {about['n']}", "Vos nouvelles", "")
            for about in abouts
        ]

    return times


def news(n, address="ines@example.org", **about):
    return Letter(
        address, key=f"round:{n}", news=True, writer="tests.round", about={"n": n, **about}
    )


def test_letters_of_one_round_are_written_together_when_they_leave(inbox, together, settings):
    settings.MAIL_BUDGET_PER_WEEK = 9
    post_each([news(1), news(2, gone=True), news(3)], at=clock.now())
    assert list(Mail.objects.values_list("text", flat=True)) == ["", "", ""]
    assert together == []
    assert send_waiting_mails.call() == 2
    assert together == [[1, 2, 3], [2]], "what was not written is asked for once more, alone"
    assert [f"Subject: Bonjour {n}" in text_of(inbox.messages[at]) for at, n in ((0, 1), (1, 3))]
    states = dict(Mail.objects.values_list("key", "state"))
    assert states == {"round:1": "sent", "round:2": "moot", "round:3": "sent"}


def test_letter_that_cannot_be_written_holds_no_other_of_its_round_up(inbox, together, settings):
    settings.MAIL_BUDGET_PER_WEEK = 9
    post_each([news(1), news(2, broken=True), news(3)], at=clock.now())
    assert send_waiting_mails.call() == 2
    states = dict(Mail.objects.values_list("key", "state"))
    assert states == {"round:1": "sent", "round:2": "queued", "round:3": "sent"}


def test_many_letters_at_once_are_queued_once_and_within_the_budget(together, settings):
    settings.MAIL_SERVER, settings.MAIL_BUDGET_PER_WEEK = {}, 2
    with CaptureQueriesContext(connection) as asked:
        mails = post_each([news(n) for n in (1, 2, 3)], at=clock.now())
    assert [mail.state for mail in mails] == ["queued", "queued", "held"]
    assert [mail.text for mail in mails] == ["Vos nouvelles"] * 3
    again = post_each([news(3), news(4, "omar@example.org"), news(5, "")], at=clock.now())
    assert [mail and mail.state for mail in again] == ["held", "queued", None]
    assert Mail.objects.count() == 4
    with CaptureQueriesContext(connection) as asked_more:
        post_each([news(n, f"p{n}@example.org") for n in range(10, 40)], at=clock.now())
    assert len(asked_more) == len(asked)


def test_in_a_rehearsal_many_letters_at_once_are_none(together):
    with silence():
        assert post_each([news(1), news(2)], at=clock.now()) == [None, None]
    assert not Mail.objects.exists()


def test_where_no_mail_server_is_set_the_letter_is_written_at_once(written, settings):
    settings.MAIL_SERVER = {}
    mail = greet(n=1)
    assert (mail.subject, mail.text) == ("Bonjour 1", "lien-1")
    assert greet(gone=True) is None


def test_confirmation_holds_no_link_until_it_leaves(inbox, client):
    evening = make_evening(Cast().valence)
    assert client.post(address(evening, "registration"), posted(evening)).status_code == 302
    waiting = Mail.objects.get()
    assert (waiting.text, waiting.address) == ("", "ines@example.org")
    assert not PersonalLink.objects.exists()
    assert send_waiting_mails.call() == 1
    sent = inbox.messages[0].content.decode()
    assert PersonalLink.objects.count() == 1
    assert "Content-Type: image/png" in sent
    assert "Content-Type: text/calendar" in sent


def test_confirmation_says_what_was_true_when_it_was_asked_for(inbox, client):
    """Cancelled a second later, the first letter still confirms the seat and the next ends it."""
    evening = make_evening(Cast().valence)
    led = client.post(address(evening, "registration"), posted(evening))["Location"]
    client.post(f"{led}cancellation/")
    assert send_waiting_mails.call() == 2
    subjects = list(Mail.objects.order_by("id").values_list("subject", flat=True))
    assert subjects == [
        "Vous êtes inscrit·e : Soirée de Valence",
        "Vous n’êtes plus inscrit·e : Soirée de Valence",
    ]


def test_postman_waits_for_no_job(inbox, written, monkeypatch):
    """A plan may take a minute; the mail leaves meanwhile."""
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    stop = threading.Event()
    postman = worker.start_postman(stop)
    try:
        greet(n=1)
        until = clock.now() + timedelta(seconds=10)
        while not inbox.messages and clock.now() < until:
            threading.Event().wait(0.05)
        assert len(inbox.messages) == 1
    finally:
        stop.set()
        postman.join(5)
        connection.close()
    assert not postman.is_alive()
