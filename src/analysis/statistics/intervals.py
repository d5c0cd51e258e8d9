"""Confidence intervals for shares that are defined everywhere: at 0 and 100 per cent and for one respondent."""

import numpy as np
from scipy.special import betaincinv
from scipy.stats import hypergeom, t


def hypergeometric_interval(
    count: np.ndarray, n: np.ndarray, population: np.ndarray, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact interval for a share of a finite population from a simple random sample.

    Every whole number of units in the population that would give this count or a more extreme one with a
    probability above half the error is in the interval (inversion of the hypergeometric test; Wright 1991,
    *Exact Confidence Bounds when Sampling from Small Finite Universes*). The bounds are whole numbers of units
    over the population.

    Parameters
    ----------
    count
        Respondents with the answer.
    n
        Respondents.
    population
        Units in the population.
    level
        Confidence level.

    Examples
    --------
    Of 10 municipalities 5 answered and 2 of them said yes: between 2 and 6 of the 10 would.

    >>> low, high = hypergeometric_interval(np.array([2]), np.array([5]), np.array([10]), 0.8)
    >>> (low * 10).round(9).tolist(), (high * 10).round(9).tolist()
    ([2.0], [6.0])
    """
    count, n, population = (np.asarray(value, dtype=np.int64) for value in (count, n, population))
    lowest = _smallest_total(count, n, population, (1 - level) / 2)
    highest = population - _smallest_total(n - count, n, population, (1 - level) / 2)
    return lowest / population, highest / population


def _smallest_total(count: np.ndarray, n: np.ndarray, population: np.ndarray, error: float) -> np.ndarray:
    """Find by bisection the smallest total for which this count or a larger one is probable enough."""
    low, high = count.copy(), population - (n - count)
    while (low < high).any():
        middle = (low + high) // 2
        enough = hypergeom.sf(count - 1, population, middle, n) > error
        high = np.where(enough, middle, high)
        low = np.where(enough, low, np.minimum(middle + 1, high))
    return low


def beta_interval(share: np.ndarray, effective: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the Clopper-Pearson interval on an effective number of respondents.

    With the number of respondents of a simple random sample this is the exact binomial interval; with an effective
    number it is the interval of Korn and Graubard (1998), R's ``svyciprop(method="beta")``.

    Parameters
    ----------
    share
        Estimated share.
    effective
        Effective number of respondents, of :func:`effective_size`; zero gives the interval from 0 to 1, infinity
        the share itself.
    level
        Confidence level.

    Examples
    --------
    >>> low, high = beta_interval(np.array([0.0, 0.5]), np.array([10.0, 10.0]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.1871], [0.3085, 0.8129])
    """
    share, effective = np.broadcast_arrays(np.asarray(share, dtype=float), np.asarray(effective, dtype=float))
    fixed = np.isinf(effective)
    yes = np.where(fixed, 0.0, effective) * share
    no = np.where(fixed, 0.0, effective) * (1 - share)
    error = (1 - level) / 2
    low = np.where(yes > 0, betaincinv(np.where(yes > 0, yes, 1.0), no + 1, error), 0.0)
    high = np.where(no > 0, betaincinv(yes + 1, np.where(no > 0, no, 1.0), 1 - error), 1.0)
    return np.where(fixed, share, low), np.where(fixed, share, high)


def effective_size(unit_variance: np.ndarray, n: np.ndarray, df: np.ndarray, level: float = 0.95) -> np.ndarray:
    """Return the number of respondents of a simple random sample that would be as precise.

    ``p (1 - p) / variance``, adjusted for the degrees of freedom of the design (Korn and Graubard 1998, equations
    2.1 and 2.2), as R's ``svyciprop(method="beta")`` does.

    Parameters
    ----------
    unit_variance
        Variance of the share over ``p (1 - p)``.
    n
        Respondents in the base.
    df
        Degrees of freedom of the base: respondents less strata.
    level
        Confidence level of the interval that will use it.

    Returns
    -------
    numpy.ndarray
        Infinite where the variance is zero; zero where there are no degrees of freedom but more than one
        respondent.

    Examples
    --------
    >>> effective_size(np.array([1 / 40]), np.array([42]), np.array([39])).round(3)
    array([39.876])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = t.ppf((1 - level) / 2, n - 1) / t.ppf((1 - level) / 2, df)
        factor = np.where(df == n - 1, 1.0, np.where(df > 0, ratio**2, 0.0))
        return np.where(unit_variance == 0, np.inf, factor / unit_variance)
