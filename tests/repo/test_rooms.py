"""The order of the rooms: a room imports only rooms listed before it."""

import ast
from pathlib import Path

import pytest

from essor.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2] / "essor"


def imported_rooms(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("essor.")}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_rooms_below_it(room):
    below = {*ROOMS[: ROOMS.index(room) + 1], "algos"}
    for file in sorted((ROOT / room).rglob("*.py")):
        above = imported_rooms(file) - below
        assert not above, f"{file.relative_to(ROOT)} of room {room} imports {above}"


def test_algorithms_import_no_room_and_no_django():
    for file in sorted((ROOT / "algos").rglob("*.py")):
        source = ast.parse(file.read_text())
        assert imported_rooms(file) <= {"algos"}, file
        roots = {
            n.module.split(".")[0]
            for n in ast.walk(source)
            if isinstance(n, ast.ImportFrom) and n.module
        }
        assert "django" not in roots, file


def test_every_room_on_disk_is_listed():
    on_disk = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert on_disk == set(ROOMS)


def test_no_module_hides_behind_a_folder_of_its_name():
    """``panels.py`` beside ``panels/`` is never loaded, and nothing says so."""
    hidden = [file for file in ROOT.rglob("*.py") if file.with_suffix("").is_dir()]
    assert not hidden
