"""Settings: read from the environment, refused in plain words, checked when the house opens."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, database_from_url, mail_from_url, secret_key_in
from essor.kit.checks import settings_hold_together


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (lambda env: env.flag("X"), "yes", True),
        (lambda env: env.flag("X"), " 0 ", False),
        (lambda env: env.flag("X"), "", False),
        (lambda env: env.number("X", 3), "12", 12),
        (lambda env: env.words("X", ""), "a, b  c", ["a", "b", "c"]),
        (lambda env: env.one_of("X", "INFO", ("INFO", "DEBUG")), "debug", "DEBUG"),
        (lambda env: env.networks("X"), "127.0.0.1, 10.0.0.0/8", ["127.0.0.1", "10.0.0.0/8"]),
        (lambda env: env.text("X", "d"), "  kept ", "kept"),
    ],
)
def test_variable_is_read_as_what_it_means(read, text, value):
    assert read(Environment({"X": text})) == value


@pytest.mark.parametrize(
    "read",
    [
        lambda env: env.flag("ESSOR_X"),
        lambda env: env.number("ESSOR_X", 3),
        lambda env: env.one_of("ESSOR_X", "INFO", ("INFO",)),
        lambda env: env.networks("ESSOR_X"),
        lambda env: database_from_url(env.text("ESSOR_X", ""), None, pool=0),
        lambda env: mail_from_url(env.text("ESSOR_X", "")),
    ],
)
def test_wrong_variable_is_refused_by_name_or_with_an_example(read):
    with pytest.raises(ImproperlyConfigured, match=r"ESSOR_(X|DATABASE|SMTP)"):
        read(Environment({"ESSOR_X": "perhaps"}))


def test_missing_variables_have_their_defaults():
    env = Environment({})
    assert env.text("X", "d") == "d"
    assert env.number("X", 3) == 3
    assert env.flag("X") is False
    assert env.networks("X") == []


def test_address_of_postgresql_is_read_with_its_escapes():
    of = database_from_url("postgresql://es%40sor:p%3Aw@%2Frun%2FPG:5433/es-sor", None, pool=5)
    assert (of["USER"], of["PASSWORD"], of["NAME"], of["PORT"]) == (
        "es@sor",
        "p:w",
        "es-sor",
        "5433",
    )
    assert of["HOST"] == "/run/PG", "a folder's name keeps its capitals"
    assert of["OPTIONS"]["pool"]["max_size"] == 5


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://u:p%40@mail.example", 587, True, False),
        ("smtps://mail.example:2465", 2465, False, True),
    ],
)
def test_address_of_the_mail_server_is_read(url, port, tls, ssl):
    of = mail_from_url(url)
    assert (of["host"], of["port"], of["use_tls"], of["use_ssl"]) == (
        "mail.example",
        port,
        tls,
        ssl,
    )
    assert of["password"] == ("p@" if "u:" in url else "")


def test_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = secret_key_in(tmp_path / "new")
    assert secret_key_in(tmp_path / "new") == first
    assert len(first) >= 50
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600


SOUND = {
    "SITE_URL": "https://essor.example",
    "SECRET_KEY": "x" * 50,
    "METRICS": "",
    "DEMO": False,
    "MAIL_SERVER": {"host": "mail.example"},
    "MAIL_FROM": "Essor <essor@essor.example>",
}


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        ({}, []),
        ({"SITE_URL": "http://127.0.0.1:8000"}, []),
        ({"SITE_URL": "http://essor.example"}, ["essor.W001"]),
        ({"SITE_URL": "essor.example"}, ["essor.E002"]),
        ({"SITE_URL": "https://essor.example/path"}, ["essor.E002"]),
        ({"SECRET_KEY": "short"}, ["essor.E003"]),
        ({"METRICS": "short"}, ["essor.E004"]),
        ({"METRICS": "loopback"}, []),
        ({"MAIL_SERVER": {}}, ["essor.W002"]),
        ({"MAIL_SERVER": {}, "DEMO": True}, []),
        ({"MAIL_FROM": "essor@localhost"}, ["essor.W003"]),
    ],
)
def test_check_says_what_does_not_hold_together(settings, change, ids):
    for name, value in {**SOUND, **change}.items():
        setattr(settings, name, value)
    found = settings_hold_together(None)
    assert [each.id for each in found] == ids
    assert all(each.hint for each in found), "each says what to do"
