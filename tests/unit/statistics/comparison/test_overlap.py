"""Dependent samples against the example of Derrick and others, R, and all draws from a small population."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.comparison.overlap import correlation_limits, overlap_curve, partly_overlapping_p
from analysis.statistics.comparison.samples import Sample, pooled_share
from analysis.statistics.comparison.tests_of_change import pooled_z_p

# Derrick, Dobson-McKittrick, Toher and White (2015): 15 pairs, 9 and 6 single observations; they print p = 0.053.
FIRST = [1] * 9 + [0] * 6 + [1] * 5 + [0] * 4
SECOND = [1] * 8 + [0, 1, 1, 1, 0, 0, 0] + [1] * 6


def test_the_published_example():
    phi = np.corrcoef(FIRST[:15], SECOND[:15])[0, 1]
    p_value = partly_overlapping_p(Sample(sum(FIRST), 24), Sample(sum(SECOND), 21), 15, phi)
    assert round(float(p_value), 3) == 0.053


def test_without_overlap_or_correlation_it_is_the_ordinary_test():
    first, second = Sample(8, 113), Sample(42, 153)
    assert partly_overlapping_p(first, second, 0, 0.8) == pooled_z_p(first, second)
    assert partly_overlapping_p(first, second, 60, 0.0) == pooled_z_p(first, second)


def test_all_draws_with_a_given_overlap_have_this_variance():
    """Seven municipalities, draws of three and four that share two: the exact variance over all such draws."""
    values_1, values_2 = np.array([1, 1, 0, 0, 1, 0, 0]), np.array([1, 1, 1, 0, 0, 1, 0])
    size, n_1, n_2, n_both = 7, 3, 4, 2
    differences = [
        values_2[list(later)].mean() - values_1[list(earlier)].mean()
        for earlier in combinations(range(size), n_1)
        for later in combinations(range(size), n_2)
        if len(set(earlier) & set(later)) == n_both
    ]
    shares = values_1.mean(), values_2.mean()
    phi = np.corrcoef(values_1, values_2)[0, 1]
    # The test takes both waves to have one share; here both variances are written out.
    factors = [Sample(0, n, size).variance_factor for n in (n_1, n_2)]
    spread = [p * (1 - p) for p in shares]
    together = (n_both / (n_1 * n_2) - 1 / size) * size / (size - 1)
    expected = (
        spread[0] * factors[0] + spread[1] * factors[1] - 2 * phi * np.sqrt(spread[0] * spread[1]) * together
    )
    assert np.var(differences) == pytest.approx(expected, rel=1e-12)


def test_the_finite_variance_is_the_one_in_the_test():
    first, second = Sample(1, 3, 7), Sample(2, 4, 7)
    pooled = float(pooled_share(first, second))
    together = (2 / 12 - 1 / 7) * 7 / 6
    variance = pooled * (1 - pooled) * (4 / 18 + 3 / 24 - 2 * 0.4 * together)
    expected = 2 * stats.norm.sf(abs(2 / 4 - 1 / 3) / np.sqrt(variance))
    assert float(partly_overlapping_p(first, second, 2, 0.4)) == pytest.approx(expected, rel=1e-12)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 12), st.data())
def test_no_pairing_has_a_correlation_outside_the_limits(n, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    low, high = (float(limit) for limit in correlation_limits(x / n, y / n))
    found = []
    for both in range(max(0, x + y - n), min(x, y) + 1):
        spread = np.sqrt(x * (n - x) * y * (n - y))
        found.append((both * n - x * y) / spread if spread else 0.0)
    assert min(found) == pytest.approx(low, abs=1e-9)
    assert max(found) == pytest.approx(high, abs=1e-9)


def rows():
    columns = ["item", "count_2021", "n_2021", "population_2021", "count_2025", "n_2025", "population_2025"]
    return pd.DataFrame([("x", 8, 111, 352, 42, 153, 342), ("x", 9, 115, 355, 42, 153, 342)], columns=columns)


@pytest.mark.parametrize("finite", [False, True])
def test_the_curve_runs_from_none_to_the_smaller_sample(finite):
    curve = overlap_curve(rows(), [0.0, 0.3], finite=finite, steps=5)
    assert curve["n_both"].min() == 0
    assert curve["n_both"].max() == 115
    assert (curve["p_low"] <= curve["p_high"]).all()
    if not finite:
        # A positive correlation makes the difference more certain, the more so the larger the overlap.
        positive = curve[curve["correlation"] == 0.3].sort_values("n_both")
        assert positive["p_high"].is_monotonic_decreasing
        assert curve.loc[curve["correlation"] == 0, "p_high"].nunique() == 1


def test_a_correlation_that_the_shares_forbid_is_replaced_by_the_nearest():
    forbidden = overlap_curve(rows(), [1.0], steps=2)
    low, high = correlation_limits(8 / 111, 42 / 153)
    one = partly_overlapping_p(Sample(8, 111), Sample(42, 153), 111, high)
    assert forbidden["p_low"].min() <= float(one) <= forbidden["p_high"].max()
    assert low < 0 < high < 1
