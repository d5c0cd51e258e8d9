"""Bounds for non-response against filling in the missing answers one way and another."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.statistics.nonresponse_bounds import nonresponse_bounds, tipping_share

STATUS = pd.DataFrame({"option": ["a", "b"], "count": [42, 28], "n": [153, 153]})


@st.composite
def shares(draw):
    n = draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n, draw(st.integers(n, 120))


@given(shares())
def test_worst_case_is_every_possible_answer_of_the_missing(share):
    count, n, population = share
    possible = [(count + missing) / population for missing in range(population - n + 1)]
    found = nonresponse_bounds(pd.DataFrame({"count": [count], "n": [n]}), population).iloc[0]
    assert found["low"] == pytest.approx(min(possible))
    assert found["high"] == pytest.approx(max(possible))


@given(shares(), st.floats(0, 1), st.floats(1, 50))
def test_plausible_bounds_lie_around_the_share_and_within_the_worst_case(share, delta, ratio):
    count, n, population = share
    table = pd.DataFrame({"count": [count], "n": [n]})
    found = nonresponse_bounds(table, population, share_deltas=[delta], odds_ratios=[ratio]).set_index(
        "assumption"
    )
    for assumption in ("share", "odds"):
        row, worst = found.loc[assumption], found.loc["worst_case"]
        assert worst["low"] - 1e-9 <= row["low"] <= count / n + 1e-9
        assert count / n - 1e-9 <= row["high"] <= worst["high"] + 1e-9


def test_figure_2_by_hand():
    found = nonresponse_bounds(STATUS, 342, share_deltas=[0.1], odds_ratios=[2])
    assert found["option"].tolist() == ["a"] * 3 + ["b"] * 3
    a = found[found["option"] == "a"].set_index("assumption")
    assert a.loc["worst_case", ["low", "high"]].tolist() == pytest.approx([42 / 342, 231 / 342])
    assert a.loc["share", "high"] == pytest.approx((42 + 189 * (42 / 153 + 0.1)) / 342)
    odds = 42 / 111
    assert a.loc["odds", "low"] == pytest.approx((42 + 189 * (odds / 2) / (1 + odds / 2)) / 342)
    assert a.loc["odds", "high"] == pytest.approx((42 + 189 * (odds * 2) / (1 + odds * 2)) / 342)


def test_no_difference_and_no_missing_leave_the_share_alone():
    same = nonresponse_bounds(STATUS, 342, share_deltas=[0], odds_ratios=[1]).query("assumption != 'worst_case'")
    assert same["low"].tolist() == pytest.approx(same["share"].tolist())
    assert same["high"].tolist() == pytest.approx(same["share"].tolist())
    complete = nonresponse_bounds(STATUS, 153)
    assert complete["low"].tolist() == complete["high"].tolist() == complete["share"].tolist()


@pytest.mark.parametrize("count", [0, 153])
def test_shares_of_0_and_100_per_cent(count):
    found = nonresponse_bounds(STATUS.assign(count=count), 342, share_deltas=[0.1], odds_ratios=[3])
    assert found[["low", "high"]].notna().all(axis=None)
    assert found["low"].min() >= 0
    assert found["high"].max() <= 1


@given(shares().filter(lambda share: share[2] > share[1]), st.floats(0, 1))
def test_at_the_tipping_share_the_population_is_at_the_threshold(share, threshold):
    count, n, population = share
    missing = tipping_share(count, n, population, threshold)
    assert (count + (population - n) * missing) / population == pytest.approx(threshold, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "n", "population"), [(-1, 153, 342), (154, 153, 342), (0, 0, 342), (42, 153, 152), (42, -1, 342)]
)
def test_impossible_counts_are_refused(count, n, population):
    with pytest.raises(InputError):
        nonresponse_bounds(pd.DataFrame({"count": [count], "n": [n]}), population)


def test_impossible_assumptions_are_refused():
    with pytest.raises(ValueError, match="fractions"):
        nonresponse_bounds(STATUS, 342, share_deltas=[10])
    with pytest.raises(ValueError, match="1 and more"):
        nonresponse_bounds(STATUS, 342, odds_ratios=[0.5])
    with pytest.raises(InputError, match="nobody is missing"):
        tipping_share(42, 153, 153, 0.5)
