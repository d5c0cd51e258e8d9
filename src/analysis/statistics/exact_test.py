"""Fisher's exact test for tables of any size (Freeman and Halton 1951)."""

from collections.abc import Iterator
from math import comb, prod

import numpy as np
from scipy.special import gammaln
from scipy.stats import MonteCarloMethod, fisher_exact

MOST_TABLES = 2_000_000
TIE = 1e-7


def fisher_freeman_halton(
    table: np.ndarray, *, resamples: int = 99_999, seed: int = 2025, most_tables: int = MOST_TABLES
) -> tuple[float, bool]:
    """Return the p-value of independence given both margins.

    The p-value is the probability of all tables with these margins that are as probable as the observed one or
    less (with R's relative tolerance of 1e-7 for ties). All tables are listed when there cannot be too many of
    them; else the probability is estimated from random tables.

    Parameters
    ----------
    table
        Counts; a row per group, a column per option.
    resamples
        Random tables, when not all can be listed.
    seed
        Seed of the random tables.
    most_tables
        How many tables there may be at most for all to be listed.

    Returns
    -------
    tuple of float and bool
        The p-value, and whether it is exact.

    Examples
    --------
    >>> p, exact = fisher_freeman_halton(np.array([[3, 0], [0, 3]]))
    >>> round(p, 6), exact
    (0.1, True)
    """
    table = np.asarray(table, dtype=np.int64)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    groups = np.sort(table.sum(axis=1))
    options = table.sum(axis=0)
    if prod(comb(int(group) + len(options) - 1, len(options) - 1) for group in groups[:-1]) > most_tables:
        method = MonteCarloMethod(n_resamples=resamples, rng=np.random.default_rng(seed))
        return float(fisher_exact(table, method=method).pvalue), False
    observed = -gammaln(table + 1.0).sum()
    constant = gammaln(groups + 1.0).sum() + gammaln(options + 1.0).sum() - gammaln(table.sum() + 1.0)
    found = np.concatenate(list(_log_terms(options, groups[:-1])))
    return float(min(1.0, np.exp(found[found <= observed + TIE] + constant).sum())), True


def _log_terms(left: np.ndarray, groups: np.ndarray) -> Iterator[np.ndarray]:
    """Yield ``-sum(log(cell!))`` of every way to fill the groups from what is left of each option."""
    if len(groups) == 0:
        yield np.array([-gammaln(left + 1.0).sum()])
        return
    ways = _allocations(left, int(groups[0]))
    terms = -gammaln(ways + 1.0).sum(axis=1)
    if len(groups) == 1:
        yield terms - gammaln(left - ways + 1.0).sum(axis=1)
        return
    for way, term in zip(ways, terms, strict=True):
        for rest in _log_terms(left - way, groups[1:]):
            yield term + rest


def _allocations(limits: np.ndarray, total: int) -> np.ndarray:
    """List every vector of whole numbers below the limits with this sum."""
    ways = np.zeros((1, 0), dtype=np.int64)
    for position, limit in enumerate(limits):
        used = ways.sum(axis=1)
        room = limits[position + 1 :].sum()
        low, high = np.maximum(0, total - used - room), np.minimum(limit, total - used)
        choices = np.maximum(high - low + 1, 0)
        step = np.arange(choices.sum()) - np.repeat(np.cumsum(choices) - choices, choices)
        ways = np.column_stack([np.repeat(ways, choices, axis=0), np.repeat(low, choices) + step])
    return ways
