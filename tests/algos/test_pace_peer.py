"""Our curves equal those of lifelines on its public data sets."""

from importlib import import_module
from types import ModuleType

import numpy as np
import pytest

from essor.algos.pace import Spell, curve, pool

PUBLIC = [
    ("load_waltons", "T", "E"),
    ("load_rossi", "week", "arrest"),
    ("load_larynx", "time", "death"),
    ("load_lung", "time", "status"),
    ("load_gbsg2", "time", "cens"),
    ("load_leukemia", "t", "status"),
    ("load_kidney_transplant", "time", "death"),
    ("load_dd", "duration", "observed"),
]


@pytest.fixture(scope="module")
def lifelines() -> ModuleType:
    """Loaded when first used: it brings pandas, which takes seconds."""
    return import_module("lifelines")


def public_data(name: str, time: str, over: str) -> tuple[np.ndarray, np.ndarray, list[Spell]]:
    table = getattr(import_module("lifelines.datasets"), name)()[[time, over]].dropna()
    times = table[time].to_numpy(dtype=float)
    ended = table[over].to_numpy(dtype=float) > 0
    return times, ended, [Spell(t, bool(e)) for t, e in zip(times, ended, strict=True)]


@pytest.mark.parametrize(("name", "time", "over"), PUBLIC)
def test_curve_interval_and_quantiles_equal_those_of_lifelines(lifelines, name, time, over):
    times, ended, spells = public_data(name, time, over)
    peer = lifelines.KaplanMeierFitter().fit(times, ended)
    theirs = peer.survival_function_["KM_estimate"].drop(0.0, errors="ignore")
    bounds = peer.confidence_interval_.reindex(theirs.index).to_numpy()

    ours = curve(spells)

    if ours.times[0] == 0:
        ours_left, low, high = ours.left[1:], ours.low[1:], ours.high[1:]
    else:
        ours_left, low, high = ours.left, ours.low, ours.high
    assert ours_left == pytest.approx(theirs.to_numpy(), abs=1e-12)
    begun = ~np.isnan(high) & (ours_left > 0)
    assert begun.sum() > 5
    assert low[begun] == pytest.approx(bounds[begun, 0], abs=1e-12)
    assert high[begun] == pytest.approx(bounds[begun, 1], abs=1e-12)
    utils = import_module("lifelines.utils")
    for share in (0.25, 0.5, 0.75):
        reached = utils.qth_survival_time(1 - share, peer.survival_function_)
        mine = ours.quantile(share)
        assert (np.inf if mine.time is None else mine.time) == reached
        among = utils.qth_survival_times(1 - share, peer.confidence_interval_).to_numpy().ravel()
        said = sorted(np.inf if each is None else each for each in (mine.low, mine.high))
        assert said == sorted(among.tolist())


def test_one_large_territory_has_the_shape_that_lifelines_fits(lifelines):
    times, ended, spells = public_data("load_waltons", "T", "E")
    peer = lifelines.WeibullFitter().fit(times, ended)

    ours = pool({"all": spells})

    assert float(ours.weight @ ours.shape) == pytest.approx(peer.rho_, rel=0.03)
    assert ours.quantile("all", 0.5).time == pytest.approx(peer.median_survival_time_, rel=0.02)
