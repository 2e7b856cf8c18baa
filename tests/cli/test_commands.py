"""The command line in plain words: every command has help, nobody is shown a traceback."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from essor.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]


def essor(*words, **environment):
    """Run the command as a person does, with a clean environment."""
    return subprocess.run(
        [sys.executable, "-m", "essor", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"usage: essor {command}" in text
    assert len(text.splitlines()) > 6, "plain words, not a bare list of options"


def test_help_lists_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    assert all(command in text for command in COMMANDS)


@pytest.mark.parametrize("words", [[], ["fly"], ["serve", "--port", "many"]])
def test_wrong_words_are_told_with_status_two(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "essor" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "words", "told"),
    [
        ({"ESSOR_PORT": "many"}, ("serve",), "ESSOR_PORT is a number"),
        ({"ESSOR_PORT": "70000"}, ("serve",), "between 1 and 65535"),
        ({"ESSOR_DATA": "/proc/nowhere"}, ("serve",), "cannot be made"),
        ({}, ("serve", "--processes", "2"), "need PostgreSQL"),
        ({}, ("serve", "--host", "192.0.2.1", "--port", "0"), "cannot be listened on"),
        ({"ESSOR_DATABASE": "mysql://x"}, ("serve", "--port", "0"), "postgresql://"),
        (
            {"ESSOR_DATABASE": "postgresql://nobody@127.0.0.1:9/none"},
            ("serve", "--port", "0"),
            "the database does not answer",
        ),
        ({"ESSOR_DEBUG": "perhaps"}, ("serve", "--port", "0"), "yes or no"),
        ({"ESSOR_LOG": "LOUD"}, ("serve", "--port", "0"), "ESSOR_LOG"),
        (
            {"ESSOR_THREADS": "0"},
            ("serve", "--port", "0"),
            "ESSOR_THREADS is a whole number from 1",
        ),
        ({"ESSOR_TIME_ZONE": "Mars/Olympus"}, ("serve", "--port", "0"), "like Europe/Paris"),
        ({"ESSOR_DATA": "/proc/nowhere"}, ("backup",), "/proc/nowhere cannot be made"),
        (
            {"ESSOR_DATA": "/dev/null"},
            ("create-territory", "Jura", "--host", "a@b.fr"),
            "/dev/null",
        ),
    ],
)
def test_wrong_setting_is_told_in_one_line_without_a_traceback(tmp_path, environment, words, told):
    done = essor(*words, **{"ESSOR_DATA": str(tmp_path), **environment})
    assert done.returncode in {1, 2}
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words", [("backup",), ("export", "all.zip"), ("import", "list.csv", "--evening", "ab12cd34ef")]
)
def test_command_on_a_folder_without_a_house_says_so_and_makes_none(tmp_path, words):
    done = essor(*words, ESSOR_DATA=str(tmp_path / "wrong"))
    assert done.returncode == 1
    assert f"no house has been opened in {tmp_path / 'wrong'}" in done.stderr
    assert "ESSOR_DATA" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.sqlite3*")), "an empty database would pass for the house"
    assert not (ROOT / "all.zip").exists()


def test_database_that_was_never_opened_or_is_older_is_told(tmp_path):
    with closing(sqlite3.connect(tmp_path / "essor.sqlite3")) as empty:
        empty.execute("CREATE TABLE mine (id)")
    never = essor("export", str(tmp_path / "all.zip"), ESSOR_DATA=str(tmp_path))
    assert "no house has been opened" in never.stderr

    with closing(sqlite3.connect(tmp_path / "essor.sqlite3")) as older:
        older.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app, name, applied datetime)"
        )
        older.execute(
            "INSERT INTO django_migrations VALUES (1, 'kit', '0001_initial', '2026-01-01')"
        )
        older.commit()
    done = essor("export", str(tmp_path / "all.zip"), ESSOR_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "older version" in done.stderr
    assert "essor serve" in done.stderr
    assert sorted(each.suffix for each in tmp_path.iterdir() if "all" in each.name) == []
