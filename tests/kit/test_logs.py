"""Logs: one JSON line an event, without any address of a request (it may hold a secret)."""

import json
import logging

import pytest

from essor.kit import logs


@pytest.fixture
def configured():
    before = {name: logging.getLogger(name).level for name in ("", "django.request")}
    handlers, filters = logging.root.handlers[:], logging.getLogger("django.request").filters[:]
    logs.configure()
    yield
    logging.root.handlers[:] = handlers
    logging.getLogger("django.request").filters[:] = filters
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


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
