"""Modules that are imported at their first use, not when the house opens.

numpy, numba and the writers of sheets and prints weigh some 100 MB together, and a page process
may never need them. The type checker sees the real module::

    if TYPE_CHECKING:
        import numpy as np
    else:
        np = Later("numpy")
"""

import importlib
from typing import Any


class Later:
    """Stands for the module ``name``; safe between threads, like an import."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(importlib.import_module(self._name), attribute)
