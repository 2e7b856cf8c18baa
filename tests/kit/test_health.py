"""The health pages: a word for everybody, figures for this machine, an alarm on lost acts."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from essor.kit import clock, pulse
from essor.kit.models import Mail, WorkerSeen

pytestmark = pytest.mark.django_db
FAR = {"REMOTE_ADDR": "203.0.113.7"}
SECRET = "a-secret-of-forty-characters-for-watchers"


@pytest.fixture(autouse=True)
def fresh_acts(monkeypatch):
    monkeypatch.setattr(pulse, "acts", pulse.Acts())


def worker_seen(ago):
    WorkerSeen.objects.create(worker="w", at=clock.now() - ago)


def mail(state, ago=timedelta(0), key="k"):
    now = clock.now()
    Mail.objects.create(address="a@example.org", subject="s", text="t", kind="answer",
                        state=state, key=key, queued_at=now - ago)  # fmt: skip


def test_stranger_learns_one_word(client):
    answer = client.get("/health/", **FAR)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_this_machine_learns_the_figures(client):
    worker_seen(timedelta(seconds=5))
    mail(Mail.State.QUEUED, timedelta(minutes=2))
    figures = client.get("/health/work/").json()
    assert figures["status"] == "ok"
    assert figures["database"] is True
    assert 5 <= figures["worker_age"] < 30
    assert figures["mails_waiting"] == 1
    assert 120 <= figures["oldest_mail_age"] < 150


def test_figures_open_to_the_secret_and_to_no_other(client, settings):
    settings.METRICS = SECRET
    right = client.get("/health/", headers={"Authorization": f"Bearer {SECRET}"}, **FAR)
    wrong = client.get("/health/", headers={"Authorization": "Bearer no"}, **FAR)
    settings.METRICS = "loopback"
    word = client.get("/health/", headers={"Authorization": "Bearer loopback"}, **FAR)
    assert "mails_waiting" in right.json()
    assert wrong.json() == word.json() == {"status": "ok"}


def test_dead_worker_is_trouble_for_the_work_but_pages_go_on(client):
    worker_seen(timedelta(minutes=3))
    assert client.get("/health/work/").status_code == 503
    assert client.get("/health/").status_code == 200


def test_no_worker_yet_is_trouble_for_the_work(client):
    assert client.get("/health/work/").json()["worker_age"] is None
    assert client.get("/health/work/").status_code == 503


@pytest.mark.parametrize(("server", "status"), [({"host": "mail"}, 503), ({}, 200)])
def test_mails_that_wait_too_long_are_trouble_where_a_server_is_set(
    client, settings, server, status
):
    settings.MAIL_SERVER = server
    worker_seen(timedelta(0))
    mail(Mail.State.QUEUED, timedelta(minutes=20))
    assert client.get("/health/work/").status_code == status


def test_mails_given_up_today_are_counted(client):
    mail(Mail.State.FAILED, timedelta(hours=2), key="today")
    mail(Mail.State.FAILED, timedelta(days=2), key="long ago")
    assert client.get("/health/").json()["mails_failed"] == 1


def test_acts_that_end_in_our_faults_raise_the_alarm(client):
    for number in range(20):
        pulse.acts.note(fault=number < 2)
    assert client.get("/health/").status_code == 200, "a tenth is not yet too many"
    pulse.acts.note(fault=True)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert (answer.json()["acts"], answer.json()["faults"]) == (21, 3)


def test_acts_are_counted_by_their_end_and_reading_is_no_act(monkeypatch):
    client = Client(raise_request_exception=False)
    client.get("/gallery/")
    client.post("/language/", {"language": "en"})
    client.post("/nowhere/")
    assert pulse.acts.recent() == (2, 0), "a refusal is no fault of ours"

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("essor.kit.views.language.url_has_allowed_host_and_scheme", broken)
    client.post("/language/", {"language": "en"})
    assert pulse.acts.recent() == (3, 1)


def test_few_acts_raise_no_alarm():
    for _ in range(pulse.ENOUGH - 1):
        pulse.acts.note(fault=True)
    assert pulse.take_pulse(at=clock.now()).accepts


def test_database_that_cannot_be_written_is_trouble(client, monkeypatch):
    def refuse():
        raise DatabaseError("read-only")

    monkeypatch.setattr(pulse, "_may_write", refuse)
    answer = client.get("/health/", **FAR)
    assert (answer.status_code, answer.json()) == (503, {"status": "trouble"})


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's standby")
def test_standby_is_trouble(client):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    assert client.get("/health/").status_code == 503


def test_full_disk_is_trouble(client, monkeypatch):
    monkeypatch.setattr(pulse, "SPACE", 10**18)
    assert client.get("/health/").status_code == 503


def test_metrics_are_not_there_unless_asked_for(client, settings):
    settings.METRICS = ""
    assert client.get("/metrics/").status_code == 404


def test_metrics_open_to_this_machine_and_to_the_secret(client, settings):
    settings.METRICS = SECRET
    allowed = {"Authorization": f"Bearer {SECRET}"}
    assert b"python_info" in client.get("/metrics/").content
    assert client.get("/metrics/", headers=allowed, **FAR).status_code == 200
    assert client.get("/metrics/", **FAR).status_code == 404
