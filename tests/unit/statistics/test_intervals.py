"""Intervals against listing every population, against published values, and where formulas usually break."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.intervals import beta_interval, effective_size, hypergeometric_interval


def plausible_totals(count, n, population, level):
    """List the totals whose hypergeometric test does not reject, in exact arithmetic."""
    error = (1 - Fraction(str(level))) / 2
    all_samples = comb(population, n)
    kept = []
    for total in range(population + 1):
        ways = [comb(total, k) * comb(population - total, n - k) for k in range(n + 1)]
        as_many = Fraction(sum(ways[count:]), all_samples)
        as_few = Fraction(sum(ways[: count + 1]), all_samples)
        if as_many > error and as_few > error:
            kept.append(total)
    return kept


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_hypergeometric_interval_is_what_enumeration_gives(data):
    population = data.draw(st.integers(1, 40))
    n = data.draw(st.integers(1, population))
    count = data.draw(st.integers(0, n))
    kept = plausible_totals(count, n, population, 0.95)
    low, high = hypergeometric_interval(np.array([count]), np.array([n]), np.array([population]))
    assert (round(low[0] * population), round(high[0] * population)) == (kept[0], kept[-1])


@pytest.mark.parametrize("count", [0, 1, 42, 76, 152, 153])
def test_hypergeometric_interval_of_the_quickscan_is_what_enumeration_gives(count):
    kept = plausible_totals(count, 153, 342, 0.95)
    low, high = hypergeometric_interval(np.array([count]), np.array([153]), np.array([342]))
    assert (round(low[0] * 342), round(high[0] * 342)) == (kept[0], kept[-1])


def test_hypergeometric_bounds_are_whole_numbers_and_grow_with_the_count():
    count = np.arange(154)
    low, high = hypergeometric_interval(count, np.full(154, 153), np.full(154, 342))
    for bound in (low * 342, high * 342):
        np.testing.assert_allclose(bound, bound.round(), atol=1e-9)
        assert (np.diff(bound) >= 0).all()
    assert (low <= count / 153).all()
    assert (count / 153 <= high).all()
    assert (low[0], high[-1]) == (0, 1)


def test_a_complete_census_has_no_margin():
    low, high = hypergeometric_interval(np.array([0, 3, 10]), np.full(3, 10), np.full(3, 10))
    assert low.tolist() == high.tolist() == [0, 0.3, 1]


def test_a_large_population_gives_the_binomial_interval():
    low, high = hypergeometric_interval(np.array([7]), np.array([40]), np.array([10**9]))
    expected = beta_interval(np.array([7 / 40]), np.array([40.0]))
    np.testing.assert_allclose([low[0], high[0]], np.ravel(expected), rtol=1e-5)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(15, 148, 0.0578, 0.1617), (1, 29, 0.0009, 0.1776), (0, 20, 0.0, 0.1684), (81, 263, 0.2527, 0.3676)],
)
def test_clopper_pearson_equals_published_examples(count, n, low, high):
    """Newcombe (1998), Statistics in Medicine 17, table I, method 5."""
    found = np.ravel(beta_interval(np.array([count / n]), np.array([float(n)])))
    np.testing.assert_allclose(found, [low, high], atol=5e-5)


def test_no_information_gives_everything_and_full_information_gives_the_share():
    low, high = beta_interval(np.array([0.0, 1.0, 0.3]), np.array([0.0, 0.0, np.inf]))
    assert low.tolist() == [0, 0, 0.3]
    assert high.tolist() == [1, 1, 0.3]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.5, 500))
def test_beta_interval_grows_with_the_share_and_holds_it(first, second, size):
    share = np.sort([first, second])
    low, high = beta_interval(share, np.full(2, size))
    assert (low <= share + 1e-9).all()
    assert (share <= high + 1e-9).all()
    assert low[0] <= low[1] + 1e-9
    assert high[0] <= high[1] + 1e-9


@given(st.floats(0, 1), st.floats(0.5, 500))
def test_beta_interval_of_the_complement_is_the_mirror(share, size):
    low, high = (bound[0] for bound in beta_interval(np.array([share]), np.array([size])))
    other_low, other_high = (bound[0] for bound in beta_interval(np.array([1 - share]), np.array([size])))
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-9)


@given(st.floats(0, 1), st.floats(1, 200), st.floats(1.01, 5))
def test_more_effective_respondents_give_a_narrower_interval(share, size, factor):
    low, high = beta_interval(np.full(2, share), np.array([size, size * factor]))
    assert high[1] - low[1] <= high[0] - low[0] + 1e-9


def test_effective_size_of_a_simple_random_sample_is_its_size():
    assert effective_size(np.array([1 / 25]), np.array([25]), np.array([24])).tolist() == pytest.approx([25])


def test_effective_size_without_degrees_of_freedom_is_zero():
    assert effective_size(np.array([0.4]), np.array([2]), np.array([0])).tolist() == [0]


def test_effective_size_of_one_respondent_is_defined():
    assert effective_size(np.array([0.5]), np.array([1]), np.array([0])).tolist() == [2]


def test_effective_size_without_variance_is_infinite():
    assert effective_size(np.array([0.0]), np.array([40]), np.array([37])).tolist() == [np.inf]
