"""Points into groups: normalised cuts of the graph of nearest neighbours (Ng, Jordan, Weiss 2002).

Each point is linked with its nearest neighbours, about as many as a group has points; the first
eigenvectors of that graph spread the groups apart, and k-means reads them off. Ideas of one
subject are chains rather than balls ("pédibus" is near "trottoir", which is near "banc"), which a
graph follows and k-means on the points does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essor.algos.grouping.space import products, unit
from essor.algos.later import Later
from essor.algos.text.one_core import one_core

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy import sparse
    from scipy.sparse import linalg
else:
    np = Later("numpy")
    sparse, linalg = Later("scipy.sparse"), Later("scipy.sparse.linalg")

FEWEST, MOST = 5, 30
"""Neighbours that a point is linked with."""
EVERYWHERE = 1e-5
"""A thread between any two points, so that the graph is in one piece."""
DENSE = 600
RESTARTS = 30
BLOCK = 1024


def cut(points: NDArray[np.float64], count: int, seed: int = 1) -> NDArray[np.int64]:
    """A group number in 0..count-1 for each point; fewer groups where points are fewer.

    O(points^2 x dimensions) for the neighbours in blocks (memory O(points)), then some sparse
    eigenvectors: 0.1 s for 350 points, 12 s for 5,000.
    """
    total = len(points)
    count = max(1, min(count, total))
    if count == 1 or count == total:
        return np.arange(total, dtype=np.int64) % count
    near = int(np.clip(total // count, FEWEST, MOST))
    graph = neighbours(points, min(near, total - 1))
    spread = _eigenvectors(graph, count, seed)
    return k_means(unit(spread), count, seed)


def neighbours(points: NDArray[np.float64], near: int) -> Any:
    """The symmetric sparse graph of each point's `near` nearest, weighed by their likeness."""
    total = len(points)
    rows, columns, weights = [], [], []
    for start in range(0, total, BLOCK):
        like = products(points[start : start + BLOCK], points)
        here = np.arange(len(like))
        like[here, here + start] = -9
        nearest = np.argpartition(-like, near - 1, axis=1)[:, :near]
        rows.append(np.repeat(here + start, near))
        columns.append(nearest.ravel())
        weights.append(np.maximum(np.take_along_axis(like, nearest, axis=1), 1e-6).ravel())
    graph = sparse.csr_matrix(
        (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns))),
        shape=(total, total),
    )
    return (graph + graph.T) / 2


def _eigenvectors(graph: Any, count: int, seed: int) -> NDArray[np.float64]:
    total = graph.shape[0]
    degree = np.asarray(graph.sum(axis=1)).ravel() + EVERYWHERE * total
    scale = 1 / np.sqrt(degree)
    if total <= DENSE:
        whole = (graph.toarray() + EVERYWHERE) * np.outer(scale, scale)
        with one_core():
            _, found = np.linalg.eigh(whole)
        last: NDArray[np.float64] = found[:, -count:]
        return last
    graph = sparse.diags(scale) @ graph @ sparse.diags(scale)

    def times(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        vector = vector.ravel()
        product: NDArray[np.float64] = graph @ vector
        return product + EVERYWHERE * scale * (scale @ vector)

    whole = linalg.LinearOperator((total, total), matvec=times, dtype=np.float64)
    begin = np.random.default_rng(seed).standard_normal(total)
    with one_core():
        _, found = linalg.eigsh(whole, k=count, which="LA", v0=begin, tol=1e-4)
    result: NDArray[np.float64] = found
    return result


def k_means(points: NDArray[np.float64], count: int, seed: int = 1) -> NDArray[np.int64]:
    """Spherical k-means from 30 spread-out starts; the best by its sum of cosines."""
    draw = np.random.default_rng(seed)
    best, chosen = -np.inf, np.zeros(len(points), dtype=np.int64)
    restarts = RESTARTS if len(points) <= 2000 else RESTARTS // 3
    for _ in range(restarts):
        mine, total = _one_k_means(points, count, draw)
        if total > best + 1e-9:
            best, chosen = total, mine
    return chosen


def _one_k_means(
    points: NDArray[np.float64], count: int, draw: np.random.Generator
) -> tuple[NDArray[np.int64], float]:
    centres = points[_spread_out(points, count, draw)].copy()
    mine = np.full(len(points), -1, dtype=np.int64)
    like = products(points, centres)
    for _ in range(50):
        new = like.argmax(axis=1)
        if (new == mine).all():
            break
        mine = new
        sums = np.zeros_like(centres)
        np.add.at(sums, mine, points)
        empty = np.bincount(mine, minlength=count) == 0
        sums[empty] = points[np.argsort(like.max(axis=1), kind="stable")[: int(empty.sum())]]
        centres = unit(sums)
        like = products(points, centres)
    return mine, float(like[np.arange(len(points)), mine].sum())


def _spread_out(points: NDArray[np.float64], count: int, draw: np.random.Generator) -> list[int]:
    """Starts far from each other (k-means++)."""
    chosen = [int(draw.integers(len(points)))]
    away = np.maximum(1 - points @ points[chosen[0]], 0)
    for _ in range(count - 1):
        total = away.sum()
        if total <= 1e-12:
            chosen.append(int(draw.integers(len(points))))
            continue
        chosen.append(
            int(min(np.searchsorted(away.cumsum(), draw.random() * total), len(away) - 1))
        )
        away = np.minimum(away, np.maximum(1 - points @ points[chosen[-1]], 0))
    return chosen


def centres_of(
    points: NDArray[np.float64], mine: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """The sum of each group's points, shape (count, dimensions); -1 in `mine` is in none."""
    sums = np.zeros((count, points.shape[1]))
    grouped = mine >= 0
    np.add.at(sums, mine[grouped], points[grouped])
    return sums
