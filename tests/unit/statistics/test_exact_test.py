"""The exact test against R's fisher.test, published examples, and listing the tables in another way."""

from itertools import product
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from analysis.statistics.exact_test import fisher_freeman_halton


def listed(table):
    """Add up the probabilities of all tables with the same margins, from every possible filling of the cells."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    constant = prod(map(factorial, (*rows.tolist(), *columns.tolist()))) / factorial(int(table.sum()))

    def probability(cells):
        return constant / prod(factorial(int(cell)) for cell in np.ravel(cells))

    observed = probability(table)
    inner = [range(min(row, column) + 1) for row in rows[:-1] for column in columns[:-1]]
    total = 0.0
    for filling in product(*inner):
        cells = np.zeros(table.shape, dtype=int)
        cells[:-1, :-1] = np.reshape(filling, (len(rows) - 1, len(columns) - 1))
        cells[:-1, -1] = rows[:-1] - cells[:-1].sum(axis=1)
        cells[-1] = columns - cells[:-1].sum(axis=0)
        if (cells >= 0).all() and probability(cells) <= observed * (1 + 1e-7):
            total += probability(cells)
    return total


@given(st.lists(st.integers(0, 4), min_size=9, max_size=9))
@settings(max_examples=30, deadline=None)
def test_p_value_is_what_listing_gives(counts):
    table = np.reshape(counts, (3, 3))
    if not table.sum():
        return
    p_value, exact = fisher_freeman_halton(table)
    assert exact
    assert p_value == pytest.approx(listed(table), rel=1e-9)


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
@settings(max_examples=30, deadline=None)
def test_two_by_two_is_fishers_test(counts):
    table = np.reshape(counts, (2, 2))
    if not table.sum():
        return
    assert fisher_freeman_halton(table)[0] == pytest.approx(fisher_exact(table).pvalue, rel=1e-6)


def test_job_satisfaction():
    """Agresti (2002), *Categorical Data Analysis*, page 57, as in R's help of fisher.test: p = 0.7827."""
    table = np.array([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]])
    p_value, exact = fisher_freeman_halton(table, resamples=99_999)
    assert not exact
    assert p_value == pytest.approx(0.7827, abs=0.006)


def test_the_simulated_p_value_is_the_same_each_time():
    table = np.array([[3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11], [9, 2, 4, 8]])
    first, second = (fisher_freeman_halton(table, resamples=999) for _ in range(2))
    assert first == second
    assert not first[1]


def test_empty_rows_and_columns_do_not_count():
    table = np.array([[3, 1], [0, 4]])
    padded = np.array([[3, 0, 1], [0, 0, 0], [0, 0, 4]])
    assert fisher_freeman_halton(padded) == fisher_freeman_halton(table)
