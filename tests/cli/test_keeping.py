"""Opening a territory, exporting, backing up and bringing back, as a person does on a server."""

import json
import shutil
import stat
import zipfile

import psycopg
import pytest

from tests.cli.servers import Server, database_in_cluster, how_many
from tests.cli.test_commands import essor

pytestmark = [pytest.mark.database, pytest.mark.slow]


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory, migrated_folder):
    """A house with one territory, made once: its folder, and its database's name on PostgreSQL."""
    folder = tmp_path_factory.mktemp("template") / "data"
    shutil.copytree(migrated_folder, folder)
    settings = {"ESSOR_DATA": str(folder), "ESSOR_LOG": "ERROR"}
    with database_in_cluster("") as (name, address):
        done = essor(
            "create-territory", "Valence Romans", "--host", "aicha@example.org",
            **settings, **address,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        yield folder, name, done.stdout


@pytest.fixture
def house(tmp_path, opened_once):
    """The settings of a house where Valence Romans has just been opened."""
    folder, name, _ = opened_once
    shutil.copytree(folder, tmp_path / "data")
    with database_in_cluster(name) as (_, address):
        yield {"ESSOR_DATA": str(tmp_path / "data"), "ESSOR_LOG": "ERROR", **address}


def opened(house, name, host, *words):
    return essor("create-territory", name, "--host", host, *words, **house)


def contents(file) -> dict[str, list[dict]]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {
            name: [json.loads(line) for line in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }


def test_territory_is_opened_with_its_host_and_its_address_is_told(house, opened_once, tmp_path):
    *_, said = opened_once
    assert said.splitlines() == [
        "Valence Romans: http://127.0.0.1:8000/valence-romans/",
        "aicha@example.org signs in at http://127.0.0.1:8000/account/login/",
    ]

    essor("export", str(tmp_path / "all.zip"), **house)
    kept = contents(tmp_path / "all.zip")
    assert [each["slug"] for each in kept["territories/territory.jsonl"]] == ["valence-romans"]
    assert [each["kind"] for each in kept["territories/role.jsonl"]] == ["host"]
    assert {each["verb"] for each in kept["ledger/entry.jsonl"]} == {"opened", "opened_account"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Valence", "not an address"), "'not an address' is no e-mail address"),
        (("Valence", "b@example.org", "--slug", "no spaces"), "letters a to z, digits and hyphens"),
        (("  ", "b@example.org"), "a name of 1 to 120 characters"),
        (("V" * 121, "b@example.org"), "a name of 1 to 120 characters"),
        (("Valence", "b@example.org", "--slug", "gallery"), "cannot be an address"),
        (("Other", "b@example.org", "--slug", "valence-romans"), "taken by another"),
    ],
)
def test_territory_that_cannot_be_opened_is_told_and_leaves_nothing(house, words, told):
    done = opened(house, *words)
    assert done.returncode in {1, 2}
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert how_many(house, "territories_territory") == 1
    assert how_many(house, "people_person") == 1, "the refused host was not kept either"
    assert how_many(house, "people_account") == 1


def test_export_of_a_territory_holds_its_own_and_nothing_of_others_or_secret(house, tmp_path):
    opened(house, "Jura", "hugo@example.org")
    file = tmp_path / "jura.zip"
    assert essor("export", str(file), "--territory", "jura", **house).returncode == 0

    kept = contents(file)
    assert [each["name"] for each in kept["territories/territory.jsonl"]] == ["Jura"]
    assert [each["email"] for each in kept["people/person.jsonl"]] == ["hugo@example.org"]
    assert (
        kept["territories/role.jsonl"][0]["person"] == kept["people/person.jsonl"][0]["public_id"]
    )
    with zipfile.ZipFile(file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert b"Valence" not in everything
        assert b"aicha" not in everything
        assert "people/account.jsonl" not in archive.namelist()


def test_export_refuses_plainly(house, tmp_path):
    there = tmp_path / "there.zip"
    there.write_text("mine")
    unknown = essor("export", str(tmp_path / "x.zip"), "--territory", "nowhere", **house)
    taken = essor("export", str(there), **house)
    no_folder = essor("export", str(tmp_path / "none" / "x.zip"), **house)
    assert "valence-romans" in unknown.stderr, "the known ones are named"
    assert "exists already" in taken.stderr
    assert "cannot be written" in no_folder.stderr
    assert [unknown.returncode, taken.returncode, no_folder.returncode] == [1, 1, 1]
    assert there.read_text() == "mine"


def test_backup_brings_everything_back_after_a_disaster(house, tmp_path):
    photo = tmp_path / "data" / "files" / "photos" / "sheet.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"picture")
    essor("export", str(tmp_path / "before.zip"), **house)
    file = tmp_path / "copy.zip"
    assert essor("backup", str(file), **house).returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    opened(house, "A mistake", "denis@example.org")
    photo.write_bytes(b"spoilt")
    kept_back = essor("backup", "--restore", str(file), **house)
    assert kept_back.returncode == 1
    assert "--replace" in kept_back.stderr
    done = essor("backup", "--restore", str(file), "--replace", **house)

    assert (done.returncode, done.stderr) == (0, "")
    essor("export", str(tmp_path / "after.zip"), **house)
    assert contents(tmp_path / "after.zip") == contents(tmp_path / "before.zip")
    assert photo.read_bytes() == b"picture"


def test_backup_is_restored_into_an_empty_house_and_serves(house, tmp_path):
    file = tmp_path / "copy.zip"
    essor("backup", str(file), "--with-secret-key", **house)
    key = (tmp_path / "data" / "secret_key").read_text()
    if "ESSOR_DATABASE" in house:
        with psycopg.connect(house["ESSOR_DATABASE"], autocommit=True) as server:
            server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    elsewhere = {**house, "ESSOR_DATA": str(tmp_path / "new" / "data")}

    assert essor("backup", "--restore", str(file), **elsewhere).returncode == 0

    assert (tmp_path / "new" / "data" / "secret_key").read_text() == key
    server = Server(tmp_path / "new", **elsewhere)
    try:
        assert server.get("/valence-romans/")[0] == 200
    finally:
        server.stop()


def test_what_is_kept_is_its_owner_s_alone_also_where_it_was_open_before(house, tmp_path):
    data = tmp_path / "data"
    for each in data.glob("essor.sqlite3*"):
        each.chmod(0o644)
    server = Server(tmp_path, **house)
    try:
        assert server.get("/valence-romans/")[0] == 200
        open_to_others = [
            each.name
            for each in data.rglob("*")
            if each.is_file() and stat.S_IMODE(each.stat().st_mode) & 0o077
        ]
    finally:
        server.stop()
    assert open_to_others == []


def test_secret_key_stays_out_unless_asked_for(house, tmp_path):
    essor("backup", str(tmp_path / "copy.zip"), **house)
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert "secret_key" not in archive.namelist()


def test_backup_without_a_name_is_dated_and_while_the_house_runs_is_whole(house, tmp_path):
    server = Server(tmp_path, **house)
    try:
        done = essor("backup", **house)
        refused = essor("backup", "--restore", done.stdout.strip(), "--replace", **house)
    finally:
        server.stop()
    assert done.returncode == 0
    assert done.stdout.strip().startswith(str(tmp_path / "data" / "backups" / "essor-"))
    assert refused.returncode == 1
    there = "other connections use this" if "ESSOR_DATABASE" in house else "another server"
    assert there in refused.stderr


def test_damaged_or_foreign_file_is_refused_and_changes_nothing(house, tmp_path):
    file = tmp_path / "copy.zip"
    essor("backup", str(file), **house)
    essor("export", str(tmp_path / "before.zip"), **house)
    (tmp_path / "foreign.zip").write_text("not a zip")
    whole = file.read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    for name in ("foreign.zip", "half.zip", "missing.zip", "before.zip"):
        done = essor("backup", "--restore", str(tmp_path / name), "--replace", **house)
        assert done.returncode == 1, name
        assert "Traceback" not in done.stderr
    essor("export", str(tmp_path / "after.zip"), **house)
    assert contents(tmp_path / "after.zip") == contents(tmp_path / "before.zip")
