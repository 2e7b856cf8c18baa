"""``tools/setup.py`` prepares a clone: git learns to merge French message by message; ``make`` says what it needs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PREPARE = "import sys; sys.path.insert(0, 'tools'); import setup; setup.merge_driver()"


def prepared(folder: Path) -> str:
    """A folder with the setup script in it, after the step ran; what it said."""
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup.py", folder / "tools")
    done = subprocess.run([sys.executable, "-B", "-c", PREPARE], cwd=folder, check=True,
                          capture_output=True, text=True)  # fmt: skip
    return done.stdout + done.stderr


def test_a_clone_gets_the_merge_driver_quietly(tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "clone")], check=True)
    said = prepared(tmp_path / "clone")
    driver = subprocess.run(["git", "config", "merge.po.driver"], cwd=tmp_path / "clone",
                            capture_output=True, text=True, check=True)  # fmt: skip
    assert said == ""
    assert driver.stdout.strip().endswith("tools/messages.py --merge %O %A %B")
    assert "*.po merge=po" in (ROOT / ".gitattributes").read_text()


def test_an_unpacked_archive_is_left_as_it_is(tmp_path):
    assert prepared(tmp_path / "archive") == ""
    assert not (tmp_path / "archive" / ".git").exists()


@pytest.mark.parametrize("target", ["demo", "setup"])
@pytest.mark.parametrize("python", ["not-there", "older"])
def test_make_without_a_python_that_will_do_says_which_is_needed(tmp_path, target, python):
    older = tmp_path / "older"
    older.write_text("#!/bin/sh\necho 'SyntaxError: invalid syntax' >&2\nexit 1\n")
    older.chmod(0o755)
    done = subprocess.run(
        ["make", "--file", str(ROOT / "Makefile"), target, f"PYTHON={tmp_path / python}"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Essor needs Python 3.11 or newer" in done.stderr
    assert "make PYTHON=" in done.stderr
    assert "SyntaxError" not in done.stderr
    assert not (tmp_path / "build").exists()
