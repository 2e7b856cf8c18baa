"""Mails leave once: a real mail server that is down, comes back, refuses, is slow; the budget."""

import socket
import threading
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction

from essor.kit import clock, jobs
from essor.kit.jobs import send_waiting_mails
from essor.kit.mail import Letter, post
from essor.kit.models import Mail
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)


class Inbox:
    """A mail server on loopback that keeps what it gets; ``refusals`` are answered first."""

    def __init__(self):
        self.messages, self.refusals = [], []

    async def handle_DATA(self, server, session, envelope):
        if self.refusals:
            return self.refusals.pop(0)
        self.messages.append(envelope)
        return "250 kept"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 fine"


@pytest.fixture
def inbox(settings):
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": port, "timeout": 5}
    yield inbox
    controller.stop()


def letter(key="", address="ines@example.org", **fields):
    return post(Letter(address, "Votre billet", "Bonjour", key=key, **fields), at=clock.now())


def text_of(envelope) -> str:
    return envelope.content.decode()


def test_mail_arrives_with_its_parts_and_headers(inbox, settings):
    settings.SITE_URL, settings.MAIL_FROM = "https://essor.example", "Essor <essor@essor.example>"
    letter(
        html="<p>Bonjour</p>",
        unsubscribe_url="https://essor.example/l/x/",
        attachments=({"name": "soiree.ics", "base64": "QkVHSU4=", "type": "text/calendar"},),
    )
    assert send_waiting_mails.call() == 1

    sent = text_of(inbox.messages[0])
    assert inbox.messages[0].rcpt_tos == ["ines@example.org"]
    assert "List-Unsubscribe: <https://essor.example/l/x/>" in sent
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in sent
    assert "@essor.example>" in sent.split("Message-ID: ")[1].split("\n")[0]
    assert 'filename="soiree.ics"' in sent
    assert "text/html" in sent
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (Mail.State.SENT, 1)
    assert mail.sent_at is not None


def test_mail_is_sent_once_however_often_the_job_runs(inbox):
    letter()
    assert [send_waiting_mails.call() for _ in range(3)] == [1, 0, 0]
    assert len(inbox.messages) == 1


def test_same_letter_is_queued_once(inbox):
    letter(key="ticket:r1")
    letter(key="ticket:r1")
    assert Mail.objects.count() == 1


def test_four_senders_at_once_send_each_mail_once(inbox):
    for number in range(12):
        letter(key=f"k{number}", address=f"p{number}@example.org")
    start, sent = threading.Barrier(4), []

    def send():
        try:
            start.wait()
            sent.append(send_waiting_mails.call())
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 12
    assert sorted(each.rcpt_tos[0] for each in inbox.messages) == sorted(
        f"p{number}@example.org" for number in range(12)
    )


def test_server_that_is_down_costs_nothing_but_time(inbox, settings):
    letter()
    there = settings.MAIL_SERVER
    settings.MAIL_SERVER = {**there, "port": 9}
    assert [send_waiting_mails.call() for _ in range(20)] == [0] * 20
    assert Mail.objects.get().attempts == 0, "the mail was not touched"

    settings.MAIL_SERVER = there
    assert send_waiting_mails.call() == 1
    assert len(inbox.messages) == 1


def test_refusal_for_now_waits_longer_and_longer_and_passes_in_the_end(inbox):
    inbox.refusals = ["451 come back later"] * 2
    letter()
    assert send_waiting_mails.call() == 0
    mail = Mail.objects.get()
    assert (mail.state, mail.trouble) == (Mail.State.QUEUED, "451")
    first_pause = mail.next_at - clock.now()
    assert send_waiting_mails.call() == 0
    assert Mail.objects.get().attempts == 1, "not before its time"

    Mail.objects.update(next_at=NOW)
    send_waiting_mails.call()
    assert Mail.objects.get().next_at - clock.now() > first_pause
    Mail.objects.update(next_at=NOW)
    assert send_waiting_mails.call() == 1
    assert len(inbox.messages) == 1


def test_refusal_for_good_is_kept_as_failed_and_holds_nobody_up(inbox):
    letter(key="wrong", address="nobody@example.org")
    letter(key="right")
    assert send_waiting_mails.call() == 1
    assert dict(Mail.objects.values_list("key", "state")) == {
        "wrong": Mail.State.FAILED,
        "right": Mail.State.SENT,
    }


def test_mail_that_is_refused_too_often_is_given_up(inbox):
    inbox.refusals = ["451 no"] * 50
    letter()
    for _ in range(jobs.MAX_ATTEMPTS + 2):
        Mail.objects.update(next_at=NOW)
        send_waiting_mails.call()
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (Mail.State.FAILED, jobs.MAX_ATTEMPTS)


def test_mail_of_a_sender_that_died_is_sent_again_under_the_same_name(inbox):
    letter()
    send_waiting_mails.call()
    soon, late = clock.now() + timedelta(minutes=5), clock.now() - timedelta(seconds=1)
    Mail.objects.update(state=Mail.State.SENDING, next_at=soon)
    assert send_waiting_mails.call() == 0, "its sender may still be at work"
    Mail.objects.update(next_at=late)
    assert send_waiting_mails.call() == 1
    names = {text_of(each).split("Message-ID: ")[1].split("\n")[0] for each in inbox.messages}
    assert len(names) == 1, "a mailbox shows it once"


def test_writers_do_not_wait_for_a_slow_mail_server(inbox, settings, monkeypatch):
    speaking, go_on = threading.Event(), threading.Event()
    message_of = jobs._message

    def slowly(mail, server):
        speaking.set()
        go_on.wait(5)
        return message_of(mail, server)

    monkeypatch.setattr(jobs, "_message", slowly)
    letter(key="slow")

    def send():
        try:
            send_waiting_mails.call()
        finally:
            connection.close()

    sender = threading.Thread(target=send)
    sender.start()
    speaking.wait(5)
    before = clock.now()
    letter(key="meanwhile")
    assert clock.now() - before < timedelta(seconds=2)
    go_on.set()
    sender.join()


def test_mail_waits_in_the_database_where_no_server_is_set(settings):
    settings.MAIL_SERVER = {}
    letter()
    assert send_waiting_mails.call() == 0
    assert Mail.objects.get().state == Mail.State.QUEUED


def test_mail_of_an_act_that_failed_is_never_sent(inbox):
    def act():
        with transaction.atomic():
            letter()
            raise LookupError

    with pytest.raises(LookupError):
        act()
    assert send_waiting_mails.call() == 0
    assert inbox.messages == []


def test_news_past_the_weekly_budget_is_held_and_answers_always_leave(inbox, settings):
    settings.MAIL_BUDGET_PER_WEEK = 2
    for number in range(3):
        letter(key=f"news {number}", news=True)
    letter(key="answer")
    assert send_waiting_mails.call() == 3
    states = dict(Mail.objects.values_list("key", "state"))
    assert states["news 2"] == Mail.State.HELD
    assert states["answer"] == Mail.State.SENT


def test_budget_is_new_after_a_week_and_each_person_has_their_own(settings):
    settings.MAIL_BUDGET_PER_WEEK = 1

    def news(at, address="ines@example.org"):
        return post(Letter(address, "s", "t", news=True), at=at).state

    assert news(NOW) == Mail.State.QUEUED
    assert news(NOW + timedelta(days=6)) == Mail.State.HELD
    assert news(NOW, "denis@example.org") == Mail.State.QUEUED
    assert news(NOW + timedelta(days=8)) == Mail.State.QUEUED


def test_person_without_an_address_gets_no_mail():
    assert letter(address="") is None
    assert not Mail.objects.exists()


def test_mails_that_were_taken_and_not_tried_wait_on_as_before(inbox):
    for number in range(3):
        letter(key=f"number {number}")
    inbox.refusals = ["421 going away"]
    assert send_waiting_mails.call() == 0
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.QUEUED}
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert send_waiting_mails.call() == 3, "all three leave with the next look"


def test_mails_are_taken_a_few_at_a_time(inbox):
    for number in range(jobs.AT_ONCE * 2 + 1):
        letter(key=f"number {number}")
    assert send_waiting_mails.call() == jobs.AT_ONCE * 2 + 1
    assert set(Mail.objects.values_list("attempts", flat=True)) == {1}
    assert len(inbox.messages) == jobs.AT_ONCE * 2 + 1
