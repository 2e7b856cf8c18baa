"""Machine code kept beside the kernels, read also by whoever may not write there.

On a server the house's files belong to root and its processes to nobody in particular. numba's own
cache passes by a folder in which it may not write, although the code that `make setup` compiled lies
there, and refuses to go on (no home to write in) or compiles for two minutes again.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache, InTreeCacheLocator


class _BesideTheSource(InTreeCacheLocator):
    """The folder ``__pycache__`` of the source, written in only when there is something to keep."""

    def get_source_stamp(self) -> Any:
        """All files of the folder: a kernel holds the code of those it calls, and goes with them."""
        whole = hashlib.sha256()
        for file in sorted(Path(self._py_file).parent.glob("*.py")):
            whole.update(file.read_bytes())
        return whole.hexdigest()

    def ensure_cache_path(self) -> None:
        with suppress(OSError):
            os.makedirs(self.get_cache_path(), exist_ok=True)  # type: ignore[no-untyped-call]


class _Kept(CompileResultCacheImpl):
    _locator_classes = [_BesideTheSource]


class KeptCode(FunctionCache):
    """numba's cache of one function; what cannot be written is compiled again next time."""

    _impl_class = _Kept

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        with suppress(OSError):
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]
