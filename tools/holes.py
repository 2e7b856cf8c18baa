"""Take permission checks out one at a time, in a copy, and see whether a test notices.

    python tools/holes.py                     every check (long)
    python tools/holes.py --sample 12         some of them, chosen by --seed
    python tools/holes.py --only evenings/doors
    python tools/holes.py --list              say what would be taken out

A check is an argument of ``door(...)`` (all roles together, ``own=``) or a question about rights in
a room's code (``rights.is_host``, ``rights.any_of(...)``, ``may_see_...``), which is answered yes.
The tests of the doors run first, then the route matrix of the room, then the room's own tests and
the journeys. Ends with 1 where nothing noticed. Not part of the tests: each hole takes a minute.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = {"is_host", "is_team", "any_of", "holds"}
RULES = ("may_see", "may_steer", "may_write", "holds_", "at_the_table", "is_signed_in", "may_pass")
COPIED = ("essor", "config", "tests", "docs", "tools", "manage.py", "pyproject.toml")
LINKED = ("build", "node_modules", "web")


@dataclass(frozen=True)
class Hole:
    """A piece of a file and what stands there instead."""

    file: str
    line: int
    start: int
    end: int
    instead: str
    what: str

    @property
    def room(self) -> str:
        return self.file.split("/")[1]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def holes_of(file: str, text: str) -> Iterator[Hole]:
    """Every check in this file that can be taken out."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))

    def hole(first: ast.expr, last: ast.expr, instead: str, what: str) -> Hole:
        start = starts[first.lineno - 1] + first.col_offset
        end = starts[(last.end_lineno or 0) - 1] + (last.end_col_offset or 0)
        return Hole(file, first.lineno, start, end, instead, what)

    nodes = list(ast.walk(ast.parse(text)))
    called = {node.func for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        if isinstance(node, ast.Call) and name_of(node.func) == "door":
            if node.args:
                told = ", ".join(map(ast.unparse, node.args))
                yield hole(node.args[0], node.args[-1], "*()", f"door without {told}")
            for keyword in node.keywords:
                if keyword.arg == "own":
                    told = ast.unparse(keyword.value)
                    yield hole(keyword.value, keyword.value, "None", f"door without own={told}")
        elif (isinstance(node, ast.Call) and is_question(node.func)) or (
            isinstance(node, ast.Attribute) and node not in called and is_question(node)
        ):
            yield hole(node, node, "True", f"yes to {ast.unparse(node)}")


def name_of(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def is_question(node: ast.expr) -> bool:
    """``rights.is_host``, ``request.rights.any_of``, ``may_see_challenge`` and their like."""
    if isinstance(node, ast.Attribute):
        return node.attr in QUESTIONS and name_of(node.value) in {"rights", "visitor"}
    return isinstance(node, ast.Name) and node.id.startswith(RULES)


def all_holes() -> list[Hole]:
    return [
        hole
        for file in sorted((ROOT / "essor").rglob("*.py"))
        if not {"migrations", "algos", "cli"} & set(file.parts)
        for hole in holes_of(str(file.relative_to(ROOT)), file.read_text())
    ]


def copy_of_the_house(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__"), symlinks=True
            )
        else:
            shutil.copy(source, folder / name)
    for name in LINKED:
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)


def noticed_by(folder: Path, hole: Hole) -> str:
    """The first test that fails with the check taken out; "" where none does."""
    file = folder / hole.file
    whole = file.read_bytes()
    file.write_bytes(whole[: hole.start] + hole.instead.encode() + whole[hole.end :])
    try:
        tests = [f"tests/{hole.room}"] if (ROOT / "tests" / hole.room).is_dir() else []
        for chosen in (
            ["tests/repo/test_doors.py"],
            ["tests/repo/test_routes.py", "-k", f"{hole.room}:"],
            [*tests, "tests/journeys", "tests/ledger"],
        ):
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "--no-header",
                 "--tb=no", "-rfE", *chosen],
                cwd=folder, capture_output=True, text=True, check=False,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            )  # fmt: skip
            if done.returncode not in {0, 5}:
                said = [
                    line for line in done.stdout.splitlines() if line[:6] in {"FAILED", "ERROR "}
                ]
                return said[0] if said else done.stdout[-300:] + done.stderr[-300:]
    finally:
        file.write_bytes(whole)
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="checks whose description holds this")
    parser.add_argument("--sample", type=int, default=0, help="so many of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    wanted = parser.parse_args()
    holes = [hole for hole in all_holes() if wanted.only in str(hole)]
    if wanted.sample:
        holes = random.Random(wanted.seed).sample(holes, min(wanted.sample, len(holes)))
    if wanted.list:
        print(*holes, sep="\n")
        return 0
    unnoticed = []
    with tempfile.TemporaryDirectory(prefix="essor-holes-") as name:
        copy_of_the_house(Path(name))
        for hole in holes:
            test = noticed_by(Path(name), hole)
            print(f"{'noticed' if test else 'HOLE   '}  {hole}\n         {test}", flush=True)
            if not test:
                unnoticed.append(hole)
    print(f"{len(holes)} checks taken out, {len(unnoticed)} unnoticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
