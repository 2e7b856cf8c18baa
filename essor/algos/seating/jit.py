"""numba when it is there and wanted, plain Python otherwise: the same functions, the same answers.

`ESSOR_NO_NUMBA=1` forces plain Python (some hundred times slower, equal in law).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

# numba has no wheel on every machine; the evening must go on. It is heavy, so it is found here
# and imported when the first kernel is wanted.
COMPILED = os.environ.get("ESSOR_NO_NUMBA", "") in ("", "0") and find_spec("numba") is not None


def kernel(function: F) -> F:
    """Compile a function of arrays and numbers; its machine code is kept on disk.

    `_nrt=False` leaves out numba's reference counting, which our kernels never need (they make no
    array) and which otherwise counts some fifty arrays at each call: six times slower, measured.
    """
    if not COMPILED:
        return function
    # LLVM's first level: a third less time to compile, the same speed of search (measured).
    os.environ.setdefault("NUMBA_OPT", "1")
    import numba  # noqa: PLC0415 - see above

    from essor.algos.seating.kept_code import KeptCode  # noqa: PLC0415 - as heavy

    options: dict[str, Any] = {"_nrt": False}
    compiled = numba.njit(**options)(function)
    compiled._cache = KeptCode(function)  # type: ignore[no-untyped-call]
    return cast(F, compiled)
