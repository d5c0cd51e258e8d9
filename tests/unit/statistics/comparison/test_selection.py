"""Unequal response: planted populations, and the limits that a response rate sets."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2

from analysis.statistics.comparison.samples import Sample
from analysis.statistics.comparison.selection import (
    adjusted_difference,
    adjusted_share,
    possible_ratios,
    tipping_curve,
    tipping_ratios,
    tipping_table,
)
from analysis.statistics.comparison.tests_of_change import newcombe_interval

COUNTS = (8, 113, 42, 153)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.05, 0.5), st.floats(0.2, 2.0))
def test_the_planted_share_is_found_back(true_share, response_without, ratio):
    with_answer = true_share * response_without * ratio
    observed = with_answer / (with_answer + (1 - true_share) * response_without)
    assert float(adjusted_share(observed, ratio)) == pytest.approx(true_share, rel=1e-9)


def test_equal_response_changes_nothing():
    difference, low, high = adjusted_difference(COUNTS, 1.0, 1.0)
    expected = newcombe_interval(Sample(8, 113), Sample(42, 153))
    assert difference == pytest.approx(42 / 153 - 8 / 113)
    assert (low, high) == pytest.approx((float(expected[0]), float(expected[1])), rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 60),
    st.integers(1, 60),
    st.integers(2, 60),
    st.integers(1, 60),
    st.sampled_from(["2021", "2025"]),
)
def test_the_change_vanishes_at_the_tipping_point(x1, rest_1, x2, rest_2, wave):
    counts = (x1, x1 + rest_1, x2, x2 + rest_2)
    vanishes, unclear = tipping_ratios(counts, wave)
    odds_ratio = Table2x2([[x2, rest_2], [x1, rest_1]]).oddsratio
    assert vanishes == pytest.approx(odds_ratio if wave == "2025" else 1 / odds_ratio, rel=1e-9)
    pair = (lambda ratio: (ratio, 1.0)) if wave == "2021" else (lambda ratio: (1.0, ratio))
    assert adjusted_difference(counts, *pair(vanishes))[0] == pytest.approx(0, abs=1e-9)
    _, low, high = adjusted_difference(counts, *pair(1.0))
    if low <= 0 <= high:
        assert unclear == 1
    else:
        _, low, high = adjusted_difference(counts, *pair(unclear))
        assert min(abs(low), abs(high)) == pytest.approx(0, abs=1e-7)
        # It lies between equal response and the ratio at which nothing is left.
        assert min(1, vanishes) <= unclear <= max(1, vanishes)


def test_a_share_of_nothing_has_no_tipping_point():
    assert np.isnan(tipping_ratios((0, 10, 5, 10), "2021")).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 40))
def test_the_possible_ratios_equal_a_loop_over_all_populations(n, count, not_responding):
    count = min(count, n - 1)
    population = n + not_responding
    ratios = [
        (count / size) / ((n - count) / (population - size))
        for size in range(max(count, 1), population - (n - count) + 1)
        if count
    ]
    low, high = possible_ratios(count, n, population)
    if count:
        assert (min(ratios), max(ratios)) == pytest.approx((low, high), rel=1e-9)
    else:
        assert low == 0


def test_the_table_and_the_curve_hold_all_combinations():
    columns = ["item", "count_2021", "n_2021", "population_2021", "count_2025", "n_2025", "population_2025"]
    rows = pd.DataFrame([("x", 7, 113, 352, 42, 153, 342), ("x", 9, 113, 355, 42, 153, 342)], columns=columns)
    table = tipping_table(rows).set_index("wave")
    each = [tipping_ratios((count, 113, 42, 153), "2025") for count in (7, 9)]
    assert (table.loc["2025", "vanishes_low"], table.loc["2025", "vanishes_high"]) == (each[1][0], each[0][0])
    assert table.loc["2025", "possible_high"] == pytest.approx(possible_ratios(42, 153, 342)[1])
    curve = tipping_curve(rows, [0.5, 1.0]).set_index(["wave", "ratio"])
    equal = curve.loc[("2025", 1.0)]
    assert (equal["difference_low"], equal["difference_high"]) == pytest.approx(
        (42 / 153 - 9 / 113, 42 / 153 - 7 / 113)
    )
    assert equal["ci_low"] < equal["difference_low"]
    # When municipalities with the answer responded less in 2025, the true share of 2025 is larger.
    assert curve.loc[("2025", 0.5), "difference_low"] > equal["difference_low"]
    assert curve.loc[("2021", 0.5), "difference_low"] < equal["difference_low"]
