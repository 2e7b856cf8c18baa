"""``essor import`` from a file on the disk to people in the database, as a host team's helper does."""

import os
import subprocess
import sys

import pytest

from tests import migrated
from tests.cli.servers import ROOT, database_in_cluster, how_many
from tests.cli.test_commands import essor

pytestmark = [pytest.mark.database, pytest.mark.slow]
LIST = """Prénom;Nom;E-mail;1er choix
Inès;Martin;ines@example.org;Défi 1
Ali;Benali;ali@example.org;Défi 2
;;sans.nom@example.org;Défi 1
"""
AN_EVENING = """
import django; django.setup()
from tests.cast import Cast, make_evening
print(make_evening(Cast().valence).public_id)
"""


@pytest.fixture
def house(house_folder, django_db_setup):
    """The settings of a house with an evening, and the evening's name."""
    with database_in_cluster(migrated.name_of_the_copy()) as (_, address):
        settings = {"ESSOR_DATA": str(house_folder / "data"), "ESSOR_LOG": "ERROR", **address}
        done = subprocess.run(
            [sys.executable, "-c", AN_EVENING],
            env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **settings},
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield settings, done.stdout.strip()


def test_a_list_is_shown_then_imported_whole_and_twice_changes_nothing(house, tmp_path):
    settings, evening = house
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="cp1252")
    command = ("import", str(file), "--evening", evening)
    people = how_many(settings, "people_person")

    shown = essor(*command, **settings)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "2  nouvelles" in shown.stdout
    assert "1  laissées de côté" in shown.stdout
    assert "ligne 4\xa0: " in shown.stdout
    assert shown.stdout.endswith("Rien n’est encore importé\xa0: ajoutez --apply.\n")
    assert how_many(settings, "evenings_registration") == 0

    done = essor(*command, "--apply", **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Importé.\n")
    assert how_many(settings, "evenings_registration") == 2
    assert how_many(settings, "evenings_choice") == 2
    assert how_many(settings, "people_person") == people + 2

    again = essor(*command, "--apply", **settings)
    assert "2  telles quelles" in again.stdout
    assert "nouvelles" not in again.stdout
    assert how_many(settings, "evenings_registration") == 2
    assert how_many(settings, "people_person") == people + 2


def test_what_cannot_be_imported_is_told_and_changes_nothing(house, tmp_path):
    settings, evening = house
    broken, empty = tmp_path / "broken.xlsx", tmp_path / "empty.csv"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    empty.write_text("Prénom;Nom\n")
    refusals = {
        ("import", str(tmp_path / "none.csv"), "--evening", evening): "ne peut pas être lu",
        ("import", str(broken), "--evening", evening): "",
        ("import", str(empty), "--evening", evening, "--apply"): "personne",
        (
            "import",
            str(empty),
            "--evening",
            "nosuchevening",
        ): "pas de soirée «\xa0nosuchevening\xa0»",
    }
    for words, told in refusals.items():
        done = essor(*words, **settings)
        assert done.returncode == 1, words
        assert done.stderr.startswith("essor import: "), done.stderr
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    assert how_many(settings, "evenings_registration") == 0
