"""Municipalities that answered in both waves make the two samples dependent: what that does to the tests."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.statistics.comparison.samples import Sample, pooled_share, samples
from analysis.statistics.comparison.tests_of_change import two_sided_p


def partly_overlapping_p(first: Sample, second: Sample, n_both: np.ndarray, correlation: np.ndarray) -> np.ndarray:
    """Return the two-sided p-value of the z-test for two samples of which some respondents are the same.

    Derrick, Dobson-McKittrick, Toher and White (2015), Journal of Applied Quantitative Methods 10(3), their
    statistic z8: the pooled variance, less twice the covariance that the shared respondents bring.

    Parameters
    ----------
    first, second
        The samples.
    n_both
        Respondents in both samples.
    correlation
        Correlation (phi) between the two answers of those respondents.

    Notes
    -----
    With finite populations the variances carry (N - n) / (n (N - 1)), and the covariance n12 / (n1 n2)
    loses 1 / N, with N the smaller population: in random draws from one list some overlap is expected, and
    only the rest makes the samples dependent (Tam 1984, The American Statistician 38, 288-289).
    """
    together = np.asarray(n_both) / (np.asarray(first.n, dtype="float64") * second.n)
    size = np.minimum(first.population, second.population)
    if np.isfinite(size).all():
        together = (together - 1 / size) * size / (size - 1)
    factor = first.variance_factor + second.variance_factor - 2 * np.asarray(correlation) * together
    pooled = pooled_share(first, second)
    return two_sided_p(second.share - first.share, pooled * (1 - pooled) * factor)


def correlation_limits(share_1: np.ndarray, share_2: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest and the largest correlation that two yes-no answers with these shares can have.

    The limits of Frechet for the share with both answers, turned into phi; 0 and 0 when an answer does not vary.

    Parameters
    ----------
    share_1, share_2
        Shares with the answer.

    Examples
    --------
    >>> low, high = correlation_limits(0.5, 0.5)
    >>> float(low), float(high)
    (-1.0, 1.0)
    """
    p, q = np.asarray(share_1, dtype="float64"), np.asarray(share_2, dtype="float64")
    scale = np.sqrt(p * (1 - p) * q * (1 - q))
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (np.maximum(0, p + q - 1) - p * q) / scale
        high = (np.minimum(p, q) - p * q) / scale
    return np.where(scale > 0, low, 0.0), np.where(scale > 0, high, 0.0)


def overlap_curve(
    combinations: pd.DataFrame, correlations: Sequence[float], *, finite: bool = False, steps: int = 24
) -> pd.DataFrame:
    """Return the p-values for every overlap from none to the largest possible.

    Parameters
    ----------
    combinations
        Counts, respondents and populations with the suffixes ``_2021`` and ``_2025``, and ``item``.
    correlations
        Assumed correlations between the answers of a municipality in both waves. Where the shares do not
        allow one, the nearest that they allow is used.
    finite
        Whether the populations are finite.
    steps
        Number of steps between no overlap and the largest, which is the smaller sample.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``correlation``, ``n_both``, ``p_low``, ``p_high``: the range over all combinations.
    """
    largest = combinations[["n_2021", "n_2025"]].min(axis="columns")
    first, second = samples(combinations, finite=finite)
    low, high = correlation_limits(first.share, second.share)
    overlaps = np.unique(np.linspace(0, largest.max(), steps + 1).round().astype(int))
    parts = []
    for correlation in correlations:
        for n_both in overlaps:
            shared, phi = np.minimum(n_both, largest), np.clip(correlation, low, high)
            p_values = partly_overlapping_p(first, second, shared, phi)
            part = pd.DataFrame({"item": combinations["item"], "p": p_values})
            parts.append(part.assign(correlation=correlation, n_both=int(n_both)))
    curve = pd.concat(parts).groupby(["item", "correlation", "n_both"], observed=True)["p"]
    return curve.agg(p_low="min", p_high="max").reset_index()
