"""Logs: one JSON line an event, without any address of a request (it may hold a secret)."""

import json
import logging

import pytest
from django.core import exceptions
from django.test import Client

from essor.kit import logs


@pytest.fixture
def configured():
    names = ("", "django.request", *(f"django.security.{name}" for name in logs.REFUSALS))
    loggers = [logging.getLogger(name) for name in names]
    before = [(each.level, each.filters[:]) for each in loggers]
    handlers = logging.root.handlers[:]
    logs.configure()
    yield
    logging.root.handlers[:] = handlers
    for each, (level, filters) in zip(loggers, before, strict=True):
        each.setLevel(level)
        each.filters[:] = filters


def test_request_is_logged_by_route_and_not_by_address(db, client, configured, capsys):
    client.get("/gallery/?secret=canary")
    out = capsys.readouterr().out
    line = next(json.loads(text) for text in out.splitlines() if '"request"' in text)
    assert (line["route"], line["status"]) == ("kit:gallery", 200)
    assert "canary" not in out


def test_django_itself_logs_no_address(db, client, configured, caplog):
    client.get("/l/canary-token-of-a-personal-link/")
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", "/l/canary", extra={"request": None}
    )
    assert caplog.messages == ["failed request: no route"]


def test_form_that_is_refused_is_logged_without_the_link_it_was_sent_to(db, configured, caplog):
    Client(enforce_csrf_checks=True).post("/l/canary-token-of-a-personal-link/", {"act": "x"})
    assert caplog.messages == ["form without protection, or from elsewhere: people:link"]


def test_name_that_is_not_ours_is_one_line_without_a_trace(db, client, configured, caplog):
    answer = client.get("/l/canary/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert caplog.messages == [
        "asked under a name that is neither in ESSOR_URL nor in ESSOR_HOSTS: no route"
    ]
    (line,) = caplog.records
    assert (line.levelname, line.exc_info) == ("WARNING", None)


def test_every_refusal_of_django_has_its_logger_without_addresses():
    of_django = {
        each.__name__
        for each in vars(exceptions).values()
        if isinstance(each, type) and issubclass(each, exceptions.SuspiciousOperation)
    }
    assert of_django <= set(logs.REFUSALS)
