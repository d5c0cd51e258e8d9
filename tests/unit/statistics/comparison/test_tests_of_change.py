"""Tests of a difference against R (tests/reference/comparison_reference.R) and published worked examples."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.statistics.comparison.samples import Sample
from analysis.statistics.comparison.tests_of_change import (
    boschloo_p,
    combine,
    compare_shares,
    decisive_combinations,
    detectable_change,
    fisher_p,
    newcombe_interval,
    pooled_z_p,
)

R = pd.read_csv(Path(__file__).parents[3] / "reference/comparison_reference.csv").set_index(["quantity", "key"])[
    "value"
]
TABLES = [tuple(map(int, key.split())) for key in R["fisher"].index]


def combination(count_1, n_1, count_2, n_2, item="x"):
    row = (item, count_1, n_1, 352, count_2, n_2, 342)
    columns = ["item", "count_2021", "n_2021", "population_2021", "count_2025", "n_2025", "population_2025"]
    return pd.DataFrame([row], columns=columns)


@pytest.mark.parametrize("counts", TABLES)
def test_a_comparison_equals_r(counts):
    key = " ".join(map(str, counts))
    found = compare_shares(combination(*counts)).iloc[0]
    assert found["fisher"] == pytest.approx(R["fisher", key], rel=1e-9)
    assert found["boschloo"] == pytest.approx(R["boschloo", key], rel=1e-6)
    assert found["z_finite"] == pytest.approx(R["z_finite_352_342", key], rel=1e-9)
    assert found["ci_low"] == pytest.approx(R["newcombe_low", key], abs=1e-9)
    assert found["ci_high"] == pytest.approx(R["newcombe_high", key], abs=1e-9)
    assert found["cohens_h"] == pytest.approx(R["cohens_h", key], abs=1e-12)
    plain = pooled_z_p(Sample(*counts[:2]), Sample(*counts[2:]))
    assert float(plain) == pytest.approx(R["z_pooled", key], rel=1e-9)


@pytest.mark.parametrize("counts", TABLES)
def test_the_detectable_change_has_the_power_of_r(counts):
    share = counts[0] / counts[1]
    rise, fall = (
        float(change[0]) for change in detectable_change(*map(np.array, ([share], [counts[1]], [counts[3]])))
    )
    smallest = R["smallest_h", " ".join(map(str, counts))]
    for change, sign in ((rise, 1), (-fall, -1)):
        if np.isnan(change):
            angle = np.arcsin(np.sqrt(share)) + sign * smallest / 2
            assert not 0 <= angle <= np.pi / 2
        else:
            h = 2 * np.arcsin(np.sqrt(share + change)) - 2 * np.arcsin(np.sqrt(share))
            assert h == pytest.approx(sign * smallest, rel=1e-5)  # the solver of statsmodels stops there


# Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
    ((10, 10), (0, 10), 0.6075, 1.0),
]


@pytest.mark.parametrize(("larger", "smaller", "low", "high"), NEWCOMBE)
def test_the_interval_equals_the_published_table(larger, smaller, low, high):
    found = newcombe_interval(Sample(*smaller), Sample(*larger))
    assert [round(float(limit), 4) for limit in found] == pytest.approx([low, high], abs=1e-12)


# One-sided p-values of Fisher and Boschloo for Calhoun's R package Exact, as printed in the tests of SciPy.
EXACT = [
    ((2, 7), (8, 2), 0.01852173, 0.009886142),
    ((5, 16), (20, 25), 0.08913823, 0.05827348),
    ((7, 12), (8, 3), 0.06406797, 0.03410916),
    ((10, 24), (25, 37), 0.2009359, 0.1512882),
]


@pytest.mark.parametrize(("top", "bottom", "fisher", "boschloo"), EXACT)
def test_boschloo_equals_the_package_exact(top, bottom, fisher, boschloo):
    (x1, x2), (y1, y2) = top, bottom
    table = [list(top), list(bottom)]
    assert stats.fisher_exact(table, alternative="less").pvalue == pytest.approx(fisher, rel=1e-6)
    assert boschloo_p(x1, x1 + y1, x2, x2 + y2) == pytest.approx(2 * boschloo, rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 25), st.integers(2, 25), st.data())
def test_boschloo_equals_scipy_on_both_sides(n_1, n_2, data):
    x1, x2 = data.draw(st.integers(0, n_1)), data.draw(st.integers(0, n_2))
    if x1 + x2 in (0, n_1 + n_2):
        assert boschloo_p(x1, n_1, x2, n_2) == 1
        return
    expected = stats.boschloo_exact([[x1, x2], [n_1 - x1, n_2 - x2]]).pvalue
    assert boschloo_p(x1, n_1, x2, n_2) == pytest.approx(expected, rel=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_finite_populations_make_a_test_sharper_and_never_change_its_sign(n_1, n_2, data):
    counts = data.draw(st.tuples(st.integers(0, n_1), st.integers(0, n_2)))
    endless = Sample(counts[0], n_1), Sample(counts[1], n_2)
    finite = Sample(counts[0], n_1, n_1 + 50), Sample(counts[1], n_2, n_2 + 30)
    huge = Sample(counts[0], n_1, 1e12), Sample(counts[1], n_2, 1e12)
    assert pooled_z_p(*finite) <= pooled_z_p(*endless) + 1e-12
    assert float(pooled_z_p(*huge)) == pytest.approx(float(pooled_z_p(*endless)), rel=1e-6, abs=1e-12)
    low, high = newcombe_interval(*finite)
    wide_low, wide_high = newcombe_interval(*endless)
    assert wide_low - 1e-12 <= low <= high <= wide_high + 1e-12


def test_a_census_knows_the_difference():
    low, high = newcombe_interval(Sample(10, 50, 50), Sample(20, 50, 50))
    assert float(low) == pytest.approx(0.2, abs=1e-4)
    assert float(high) == pytest.approx(0.2, abs=1e-4)
    assert pooled_z_p(Sample(10, 50, 50), Sample(20, 50, 50)) == 0


@pytest.mark.parametrize(("n_1", "x2", "n_2"), [(9, 4, 12), (12, 1, 9), (8, 9, 10)])
@pytest.mark.parametrize("p_value", [boschloo_p, fisher_p])
def test_the_decisive_combinations_hold_the_extremes(n_1, x2, n_2, p_value):
    for first, last in product(range(n_1 + 1), repeat=2):
        if first > last:
            continue
        counts = pd.concat([combination(x1, n_1, x2, n_2) for x1 in range(first, last + 1)], ignore_index=True)
        every = np.array([p_value(x1, n_1, x2, n_2) for x1 in counts["count_2021"]])
        chosen = every[decisive_combinations(counts)]
        assert chosen.min() == every.min()
        assert chosen.max() == every.max()


def test_every_count_of_both_waves_is_combined_with_every_population():
    earlier = pd.DataFrame({"item": ["x", "x", "y"], "n": [5, 6, 5], "count": [1, 2, 3]})
    later = pd.DataFrame({"item": ["x", "x"], "n": [9, 9], "count": [4, 5], "population": [20, 20]})
    found = combine(earlier, later, pd.DataFrame({"n": [5, 6, 6], "population": [10, 10, 11]}))
    assert len(found) == 6
    assert set(found["item"]) == {"x"}
    assert found[["count_2021", "n_2021", "population_2021"]].drop_duplicates().to_numpy().tolist() == [
        [1, 5, 10],
        [2, 6, 10],
        [2, 6, 11],
    ]
