"""The tests' own settings and the machinery that sets the house up."""

import re
from pathlib import Path

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
