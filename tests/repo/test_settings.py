"""The tests' own settings and the machinery that sets the house up."""

import re
from pathlib import Path

from essor.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_make_has_the_targets_that_the_readme_names():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert named, "the README names no target"
    assert named <= targets


def test_continuous_integration_runs_the_tests_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().split("\n")
    assert [line for line in lines if "make" in line] == ["exec make test"]


def test_every_locked_package_has_its_hash():
    for name in ("requirements.lock", "tools/uv.txt"):
        lock = (ROOT / name).read_text()
        pinned = re.findall(r"^[\w.-]+==\S+", lock, re.MULTILINE)
        unhashed = re.findall(r"^[\w.-]+==[^\\\n]*$", lock, re.MULTILINE)
        assert pinned
        assert not unhashed, name


def variables_read() -> set[str]:
    """Every ESSOR_ variable that the code, the tools or the Makefile read."""
    files = [*ROOT.glob("config/*.py"), *ROOT.glob("essor/**/*.py"), ROOT / "Makefile"]
    return {name for file in files for name in re.findall(r"\bESSOR_[A-Z_]+\b", file.read_text())}


def test_every_setting_is_documented_and_every_documented_one_is_read():
    table = re.findall(r"^\| `(ESSOR_[A-Z_]+)` \|", (ROOT / "docs/operate.md").read_text(), re.M)
    assert len(table) == len(set(table))
    assert variables_read() == set(table)


def test_readme_names_only_commands_and_files_that_exist():
    readme = (ROOT / "README.md").read_text()
    commands = set(re.findall(r"bin/essor ([a-z-]+)", readme)) - {"--help"}
    assert commands
    assert commands <= set(COMMANDS)
    linked = re.findall(r"\]\(([^)#]+)\)", readme)
    assert [name for name in linked if not (ROOT / name).exists()] == []


def test_every_command_has_its_line_in_the_docs():
    docs = (ROOT / "README.md").read_text() + (ROOT / "docs/operate.md").read_text()
    assert [command for command in COMMANDS if command not in docs] == []


def test_licence_is_the_whole_text():
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "END OF TERMS AND CONDITIONS" in text
