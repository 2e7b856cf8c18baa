"""The documents tell where things are: every file that they name is there, every room has its row."""

import re
from pathlib import Path

import pytest

from essor.cli import COMMANDS
from essor.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FILES = [
    "/" + str(file.relative_to(ROOT))
    for folder in ("essor", "config", "tests", "tools", "bench", "web", "docs")
    for file in (ROOT / folder).rglob("*")
    if "__pycache__" not in file.parts
] + [f"/{file.name}" for file in ROOT.iterdir()]
NAMED = re.compile(r"`([\w.-]*(?:[\w-]/)*[\w./-]*?(?:\.(?:py|md|toml|tsv|txt|sh|mjs|json)|/))`")
ELSEWHERE = {
    "src/pretix/base/exporters/orderlist.py",  # of another project, as said beside it
    "make_evening.py",  # of the bench folder, which is no part of the repository
    "build/places.tsv",  # made by setup
    "_spheres.py",  # the ends of migrations' names
    "_themes.py",
}


def is_there(name: str) -> bool:
    """Whether a file or folder of ours ends like ``name``: rooms name theirs without the way."""
    return any(file.endswith("/" + name.strip("/")) for file in FILES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document_names_files_that_are_there(document):
    named = {name for name in NAMED.findall(document.read_text()) if not name.startswith("/")}
    assert sorted(name for name in named - ELSEWHERE if not is_there(name)) == []


def test_the_tour_names_enough_to_be_worth_reading():
    assert len(set(NAMED.findall((ROOT / "docs/tour.md").read_text()))) > 30


def test_a_file_that_is_gone_would_be_noticed():
    assert is_there("kit/once.py")
    assert not is_there("kit/twice.py")


def test_the_tour_has_a_row_for_every_room_in_order():
    rows = re.findall(r"^\| `([a-z]+)/?` \|", (ROOT / "docs/tour.md").read_text(), re.MULTILINE)
    assert [row for row in rows if row in {"algos", *ROOMS}] == ["algos", *ROOMS]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document_names_commands_that_exist(document):
    named = re.findall(r"(?:^|`|bin/)essor ([a-z][a-z-]+)", document.read_text(), re.MULTILINE)
    assert sorted(set(named) - set(COMMANDS)) == []
