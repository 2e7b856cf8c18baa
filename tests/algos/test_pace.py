"""How long stages take, with those that are not over; what may be said, and what may not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from essor.algos.pace import (
    LEAST,
    BadSpell,
    Spell,
    curve,
    pace,
    pool,
    shorter_share,
    shorter_shares,
)

SPELLS = st.lists(
    st.builds(Spell, st.integers(0, 30).map(float), st.booleans()), min_size=1, max_size=40
)


def over(*times: float) -> list[Spell]:
    return [Spell(time, True) for time in times]


def going_on(*times: float) -> list[Spell]:
    return [Spell(time, False) for time in times]


def drawn(rng: np.random.Generator, scale: float, shape: float, count: int) -> list[Spell]:
    """Weibull spells that began at any time of the last 1,000 days, as they stand today."""
    lasts, since = scale * rng.weibull(shape, count), rng.uniform(0, 1_000, count)
    return [Spell(float(min(a, b)), bool(a <= b)) for a, b in zip(lasts, since, strict=True)]


@pytest.mark.parametrize("time", [-1.0, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(time):
    with pytest.raises(BadSpell):
        Spell(time, True)


def test_no_spell_has_no_curve():
    with pytest.raises(BadSpell):
        curve([])


def test_the_curve_by_hand():
    """Six stays, two of them cut: the product limit as one does it on paper."""
    found = curve([*over(1, 3, 3, 5), *going_on(2, 5)])

    assert found.times.tolist() == [1, 2, 3, 5]
    assert found.under_way.tolist() == [6, 5, 4, 2]
    assert found.ended.tolist() == [1, 0, 2, 1]
    assert found.left == pytest.approx([5 / 6, 5 / 6, 5 / 12, 5 / 24])
    assert found.share_left(0.9) == 1
    assert found.share_left(4) == pytest.approx(5 / 12)


def test_those_not_over_make_it_longer_than_the_quick_ones_say():
    quick, waiting = over(10, 20, 30, 40), going_on(100, 110, 120, 130, 140)

    assert curve(quick).quantile(0.5).time == 20
    assert curve(quick + waiting).quantile(0.5).time is None


@given(SPELLS)
def test_without_cut_spells_the_curve_is_the_share_that_lasts_longer(spells):
    whole = over(*(spell.time for spell in spells))
    found = curve(whole)

    for time in {spell.time for spell in whole}:
        longer = sum(spell.time > time for spell in whole) / len(whole)
        assert found.share_left(time) == pytest.approx(longer)


@given(SPELLS)
def test_the_curve_falls_and_lies_inside_its_interval(spells):
    found = curve(spells)

    assert np.all(np.diff(found.left) <= 1e-12)
    for time in found.times:
        low, high = found.interval(float(time))
        share = found.share_left(float(time))
        assert low <= share + 1e-9
        assert np.isnan(high) or high >= share - 1e-9


@given(SPELLS, st.randoms())
def test_the_order_of_spells_changes_nothing(spells, random):
    mixed = list(spells)
    random.shuffle(mixed)

    assert np.array_equal(curve(spells).left, curve(mixed).left)


def test_quantiles_invert_the_interval_of_the_curve():
    found = curve(over(*range(10, 210, 10)))
    median = found.quantile(0.5)

    assert median.time == 100
    assert found.interval(median.low)[0] <= 0.5 < found.interval(median.low - 1)[0]
    assert found.interval(median.high)[1] <= 0.5 < found.interval(median.high - 1)[1]


def test_a_share_of_everything_or_nothing_is_no_quantile():
    for share in (0, 1, -0.1):
        with pytest.raises(ValueError, match="between 0 and 1"):
            curve(over(1, 2)).quantile(share)
        with pytest.raises(ValueError, match="between 0 and 1"):
            pool({"here": over(1, 2)}).quantile("here", share)


def test_nothing_is_said_below_eight_projects():
    seven = over(1, 2, 3, 4, 5, 6, 7)

    assert LEAST == 8
    assert pace(seven) is None
    assert shorter_share(seven, 100) is None
    eight = pace([*seven, *going_on(8)])
    assert (eight.projects, eight.over, eight.median.time) == (8, 7, 4)


def test_a_project_with_two_spells_counts_once():
    assert pace(over(*range(1, 11)), projects=7) is None
    assert pace(over(*range(1, 11)), projects=8).projects == 8


def test_silent_longer_than_nine_of_ten():
    longest = over(10, 20, 30, 40, 50, 60, 70, 80, 90, 400)

    assert shorter_share(longest, 5) == 0
    assert shorter_share(longest, 91) == pytest.approx(0.9)
    assert shorter_share(longest, 90) == pytest.approx(0.8)


def test_projects_still_silent_hold_the_claim_back():
    """Ten that came back within ninety days; with ten silent for a year ninety is not long."""
    back = over(*range(10, 110, 10))

    assert shorter_share(back, 95) == pytest.approx(0.9)
    assert shorter_share([*back, *going_on(*[365] * 10)], 95) == pytest.approx(0.45)


def test_a_territory_without_projects_is_like_any_other():
    together = pool({"a": over(10, 20, 30), "b": over(20, 40)})

    assert together.share_left("nowhere", 25) == pytest.approx(together.share_left("new", 25))
    assert together.own_weight("nowhere") == 0


def test_few_projects_lean_on_the_others_and_many_stand_alone():
    rng = np.random.default_rng(3)
    slow = drawn(rng, 600, 1.3, 6)
    others = {str(n): drawn(rng, 100, 1.3, 40) for n in range(8)}
    few = pool({**others, "slow": slow})
    many = pool({**others, "slow": drawn(rng, 600, 1.3, 300)})

    typical = few.quantile("0", 0.5).time
    truth = 600 * np.log(2) ** (1 / 1.3)
    assert typical < few.quantile("slow", 0.5).time
    assert few.own_weight("slow") < many.own_weight("slow")
    assert many.own_weight("slow") > 0.95
    assert many.quantile("slow", 0.5).time == pytest.approx(truth, rel=0.2)


def test_pooled_answers_do_not_depend_on_the_unit_of_time():
    days = {"a": [*over(10, 20, 35), *going_on(50)], "b": [*over(15, 80), *going_on(5)]}
    hours = {
        name: [Spell(spell.time * 24, spell.over) for spell in spells]
        for name, spells in days.items()
    }

    in_days, in_hours = pool(days), pool(hours)

    assert in_hours.quantile("a", 0.5).time / 24 == pytest.approx(in_days.quantile("a", 0.5).time)
    assert in_hours.share_left("b", 240) == pytest.approx(in_days.share_left("b", 10))


def test_nothing_is_learned_where_nothing_ended():
    for spells in ({}, {"a": []}, {"a": going_on(3, 4)}, {"a": over(0, 0)}):
        with pytest.raises(BadSpell):
            pool(spells)


def test_a_spell_of_no_time_is_no_trouble():
    together = pool({"a": over(0, 5, 9), "b": [*over(0), *going_on(0)]})

    assert 0 < together.share_left("a", 5) < 1
    assert together.share_left("a", 0) == 1


def test_the_share_left_is_the_integral_over_all_rates():
    """The formula beside the slow way: draw guesses, rates and spells one by one."""
    together = pool({"a": over(10, 20, 30, 45), "b": [*over(5, 90), *going_on(200)]})
    rng = np.random.default_rng(11)
    guess = rng.choice(together.weight.size, size=200_000, p=together.weight)
    a = together.a[guess] + together.ends["a"]
    b = together.b[guess] + together.exposure["a"][guess]
    rates = rng.gamma(a, 1 / b)
    spells = together.unit * (rng.exponential(size=rates.size) / rates) ** (
        1 / together.shape[guess]
    )
    medians = together.unit * (np.log(2) / rates) ** (1 / together.shape[guess])

    assert np.mean(spells > 30) == pytest.approx(together.share_left("a", 30), abs=0.005)
    said = together.quantile("a", 0.5)
    low, middle, high = np.quantile(medians, [0.025, 0.5, 0.975])
    assert (said.low, said.time, said.high) == pytest.approx((low, middle, high), rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("territories", [2, 6])
def test_intervals_hold_the_truth_as_often_as_they_say(territories):
    """Even two small territories: what is not known of their difference widens the interval."""
    rng = np.random.default_rng(7)
    held = []
    for _ in range(60 // territories):
        scales = 240 * np.exp(rng.normal(0, 0.45, territories))
        together = pool(
            {str(n): drawn(rng, scale, 1.3, rng.integers(3, 14)) for n, scale in enumerate(scales)}
        )
        for n, scale in enumerate(scales):
            said = together.quantile(str(n), 0.5)
            held.append(said.low <= scale * np.log(2) ** (1 / 1.3) <= said.high)

    assert len(held) == 60
    assert np.mean(held) >= 0.88


@given(
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40),
    st.integers(0, 14),
)
def test_shares_beside_all_others_are_those_of_a_curve_without_oneself(told, time):
    spells = [Spell(float(length), over) for length, over in told]
    asked = [(number, float(time)) for number in range(len(spells))]
    asked += [(number, spell.time) for number, spell in enumerate(spells)]
    one_by_one = [
        shorter_share([*spells[:number], *spells[number + 1 :]], at) for number, at in asked
    ]
    assert shorter_shares(spells, asked) == [
        share if share is None else pytest.approx(share) for share in one_by_one
    ]
