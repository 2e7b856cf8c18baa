"""Random numbers of a search: the same with and without numba."""

from __future__ import annotations

from essor.algos.seating.arrays import Fixed, State, Words
from essor.algos.seating.jit import kernel

_M = 0xFFFFFFFF


@kernel
def draw(rng: Words) -> int:
    """The next 32 random bits (Marsaglia's xorshift128), the same with and without numba."""
    x = rng[0]
    t = (x ^ (x << 11)) & _M
    w = rng[3]
    rng[0] = rng[1]
    rng[1] = rng[2]
    rng[2] = w
    w = (w ^ (w >> 19) ^ t ^ (t >> 8)) & _M
    rng[3] = w
    return w


@kernel
def below(rng: Words, n: int) -> int:
    """A whole number from 0 to n - 1."""
    return (draw(rng) * n) >> 32


@kernel
def beside(F: Fixed, S: State, u: int) -> int:
    """Somebody of the side of u, in an evening that is split into a hall and a distance."""
    row = S.used.shape[1] + (F.special[u] >> 2)
    return F.fan[F.fan_ptr[row] + below(S.rng, F.fan_ptr[row + 1] - F.fan_ptr[row])]
