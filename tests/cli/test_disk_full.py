"""A disk that is really full: said clearly, nothing half written, and on it goes once there is room."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from essor.kit.pulse import SPACE
from tests.cli.phones import FILL, TEXTS, answer_to, inside, say
from tests.cli.servers import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk"),
]
ROOM = 40 * 1024 * 1024
"""What the disk holds beside the space under which the health page raises the alarm."""
IDEA = "a" * 31 + "{}"


@pytest.fixture
def small_disk(tmp_path: Path, migrated_folder: Path) -> Iterator[Path]:
    """A folder whose ``data`` is a disk of its own, of a few hundred megabytes."""
    if os.environ.get("ESSOR_DATABASE"):
        pytest.skip("PostgreSQL keeps its files elsewhere")
    data = tmp_path / "data"
    data.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SPACE + ROOM}", "tmpfs", data],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        shutil.copytree(migrated_folder, data, dirs_exist_ok=True)
        yield tmp_path
    finally:
        subprocess.run(["umount", "--lazy", data], check=True)


def fill_up(data: Path) -> Path:
    """A file that takes what is left, to the last byte."""
    filler = data / "filler"
    with filler.open("wb", buffering=0) as file:
        for piece in (b"x" * 1024 * 1024, b"x" * 512, b"x"):
            try:
                while file.write(piece) == len(piece):
                    pass
            except OSError:
                continue
    assert shutil.disk_usage(data).free == 0
    return filler


def test_a_full_disk_is_said_writes_nothing_by_halves_and_passes(small_disk):
    data = small_disk / "data"
    server = Server(small_disk)
    try:
        port = int(server.url.rsplit(":", 1)[1])
        evening, (table, *_) = inside({"ESSOR_DATA": str(data)}, FILL)
        keys = [f"{number:032x}" for number in range(1000)]
        assert say(port, evening, table, keys[0])
        assert server.get("/health/")[0] == 200

        filler = fill_up(data)
        refused = 0
        while say(port, evening, table, keys[refused + 1]):  # SQLite had a little room put by
            refused += 1
            assert refused < 900, "the disk never got full"
        kept, late = keys[: refused + 1], keys[refused + 1]
        status, page = answer_to(port, evening, table, late, queued=False)

        assert status == 503
        assert "Le disque du serveur est plein" in page
        assert f'name="text" value="{late}"' in page, "what was typed waits in the page"
        assert f'name="act" value="{late}"' in page, "and stays one act"
        told = server.get("/health/")
        assert told[0] == 503
        assert json.loads(told[1])["space"] is False
        assert server.get(f"/grand/evenings/{evening}/")[0] == 200, "people still read"

        filler.unlink()
        assert say(port, evening, table, late), "it goes on by itself"
        assert json.loads(server.get("/health/")[1])["space"] is True
        found = inside({"ESSOR_DATA": str(data)}, TEXTS)
    finally:
        server.stop()
    assert sorted(found) == sorted([*kept, late])
