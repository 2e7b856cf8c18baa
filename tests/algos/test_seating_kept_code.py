"""Compiled kernels on a server whose files belong to somebody else."""

import importlib
import importlib.util
import sys
from pathlib import Path

import pytest

from essor.algos.seating.jit import COMPILED

pytestmark = pytest.mark.skipif(not COMPILED, reason="numba is not there")
SOURCE = """
from essor.algos.seating.jit import kernel


@kernel
def twice(number):
    return 2 * number
"""


def kernel_in(folder: Path):
    """A kernel as a new process would import it."""
    (folder / "doubling.py").write_text(SOURCE)
    spec = importlib.util.spec_from_file_location("doubling", folder / "doubling.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.twice


def kept_in(folder: Path) -> dict[str, int]:
    return {each.name: each.stat().st_mtime_ns for each in (folder / "__pycache__").glob("*.nb*")}


def test_code_that_was_compiled_is_read_without_writing_anything(tmp_path):
    assert kernel_in(tmp_path)(21) == 42
    before = kept_in(tmp_path)
    assert len(before) == 2, "an index and the code"

    again = kernel_in(tmp_path)

    assert again(4) == 8
    assert sum(again.stats.cache_hits.values()) == 1
    assert kept_in(tmp_path) == before


def test_code_that_cannot_be_kept_computes_all_the_same(tmp_path):
    (tmp_path / "__pycache__").write_text("a file where the folder should be")
    kernel = kernel_in(tmp_path)
    assert kernel(21) == 42
    assert sum(kernel.stats.cache_misses.values()) == 1


def test_source_that_changed_is_compiled_anew(tmp_path):
    assert kernel_in(tmp_path)(21) == 42
    # Longer, too: Python takes source of the same second and size for the same.
    changed = SOURCE.replace("2 * number", "30 * number")
    (tmp_path / "doubling.py").write_text(changed)
    spec = importlib.util.spec_from_file_location("doubling", tmp_path / "doubling.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.twice(21) == 630


def test_source_that_a_kernel_calls_changed_and_both_are_compiled_anew(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    calling = "from essor.algos.seating.jit import kernel\nfrom doubling import twice\n\n\n"
    calling += "@kernel\ndef four_times(number):\n    return twice(twice(number))\n"
    (tmp_path / "calling.py").write_text(calling)

    def four_times(source: str):
        (tmp_path / "doubling.py").write_text(source)
        for name in ("calling", "doubling"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        importlib.invalidate_caches()
        return importlib.import_module("calling").four_times

    assert four_times(SOURCE)(10) == 40
    assert four_times(SOURCE.replace("2 * number", "30 * number"))(10) == 9000
