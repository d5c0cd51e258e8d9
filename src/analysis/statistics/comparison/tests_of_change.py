"""Is a share different between two waves? One comparison per pair of counts."""

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportion_effectsize

from analysis.statistics.comparison.samples import Sample, pooled_share, samples

CONFIDENCE = 0.95
POWER = 0.80
TESTS = ("boschloo", "fisher", "z_finite")


def combine(counts_2021: pd.DataFrame, counts_2025: pd.DataFrame, bases: pd.DataFrame) -> pd.DataFrame:
    """Lay every possible count of 2021 beside every possible count of 2025.

    Parameters
    ----------
    counts_2021
        ``item``, ``n``, ``count``: the counts that fit.
    counts_2025
        ``item``, ``n``, ``count``, ``population``: usually one row per item.
    bases
        ``n``, ``population``: pairs that fit the response rate of 2021.

    Returns
    -------
    pandas.DataFrame
        ``item``, then ``count``, ``n`` and ``population`` with the suffixes ``_2021`` and ``_2025``.
    """
    columns = ["item", "count_2021", "n_2021", "population_2021", "count_2025", "n_2025", "population_2025"]
    earlier = counts_2021.merge(bases, on="n").rename(
        columns=lambda name: f"{name}_2021" if name != "item" else name
    )
    later = counts_2025.rename(columns=lambda name: f"{name}_2025" if name != "item" else name)
    merged = earlier.merge(later, on="item", how="inner")[columns]
    return merged.sort_values(columns, ignore_index=True)


def compare_shares(combinations: pd.DataFrame) -> pd.DataFrame:
    """Test for each combination whether the share of 2025 differs from that of 2021.

    Parameters
    ----------
    combinations
        What :func:`combine` returned.

    Returns
    -------
    pandas.DataFrame
        The combinations with ``share_2021``, ``share_2025``, ``difference`` (2025 minus 2021); ``ci_low`` and
        ``ci_high`` (Newcombe's interval), ``finite_low`` and ``finite_high`` (the same, for finite
        populations); p-values ``fisher``, ``boschloo`` and ``z_finite``; ``cohens_h``; ``detectable_rise``
        and ``detectable_fall`` (the smallest change from the share of 2021 that would be found with 80
        percent probability; missing when none would be).

    Notes
    -----
    The two exact tests see two independent random samples from populations without end, which is cautious here.
    Boschloo's test is slow, so it is computed only where it can be smallest or largest, see
    :func:`decisive_combinations`; elsewhere it is missing.
    """
    table = combinations.copy()
    earlier, later = samples(combinations)
    table["share_2021"], table["share_2025"] = earlier.share, later.share
    table["difference"] = later.share - earlier.share
    table["ci_low"], table["ci_high"] = newcombe_interval(earlier, later)
    finite = samples(combinations, finite=True)
    table["finite_low"], table["finite_high"] = newcombe_interval(*finite)
    counts = combinations[["count_2021", "n_2021", "count_2025", "n_2025"]].to_numpy().tolist()
    table["fisher"] = [fisher_p(*four) for four in counts]
    decisive = decisive_combinations(combinations)
    table["boschloo"] = [
        boschloo_p(*four) if wanted else np.nan for four, wanted in zip(counts, decisive, strict=True)
    ]
    table["z_finite"] = pooled_z_p(*finite)
    table["cohens_h"] = proportion_effectsize(later.share, earlier.share)
    rises, falls = detectable_change(earlier.share, earlier.n, later.n)
    return table.assign(detectable_rise=rises, detectable_fall=falls)


def share_intervals(combinations: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each item in both waves with its Wilson interval, over all combinations.

    Parameters
    ----------
    combinations
        What :func:`combine` returned.

    Returns
    -------
    pandas.DataFrame
        ``item``; ``share_2021`` (middle of the shares that fit), ``low_2021`` and ``high_2021`` (widest
        interval); ``share_2025``, ``low_2025``, ``high_2025``.
    """
    items = combinations["item"].to_numpy()
    result = {}
    for wave, sample in zip(("2021", "2025"), samples(combinations), strict=True):
        low, high = proportion_confint(sample.count, sample.n, alpha=1 - CONFIDENCE, method="wilson")
        share, low, high = (pd.Series(values).groupby(items, sort=False) for values in (sample.share, low, high))
        result[f"share_{wave}"] = (share.min() + share.max()) / 2
        result |= {f"low_{wave}": low.min(), f"high_{wave}": high.max()}
    return pd.DataFrame(result).rename_axis("item").reset_index()


def newcombe_interval(first: Sample, second: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 percent interval for the second share minus the first, from the Wilson intervals of both.

    Method 10 of Newcombe (1998), Statistics in Medicine 17, 873-890. A sample from a finite population counts
    as the larger sample, n (N - 1) / (N - n), that would have the same variance without a finite population.

    Parameters
    ----------
    first, second
        The samples.

    Examples
    --------
    >>> low, high = newcombe_interval(Sample(48, 80), Sample(56, 70))
    >>> round(float(low), 4), round(float(high), 4)
    (0.0524, 0.3339)
    """
    # A census has no sampling error: a very large sample stands for an infinite one.
    size_1, size_2 = (1 / np.maximum(sample.variance_factor, 1e-12) for sample in (first, second))
    low, high = confint_proportions_2indep(
        second.share * size_2,
        size_2,
        first.share * size_1,
        size_1,
        "newcomb",
        compare="diff",
        alpha=1 - CONFIDENCE,
    )
    return np.asarray(low), np.asarray(high)


@lru_cache(maxsize=100_000)
def fisher_p(count_1: int, n_1: int, count_2: int, n_2: int) -> float:
    """Return the two-sided p-value of Fisher's exact test.

    Parameters
    ----------
    count_1, n_1, count_2, n_2
        Respondents with the answer and respondents, in the first and in the second sample.
    """
    return float(stats.fisher_exact([[count_1, count_2], [n_1 - count_1, n_2 - count_2]]).pvalue)


@lru_cache(maxsize=10_000)
def boschloo_p(count_1: int, n_1: int, count_2: int, n_2: int) -> float:
    """Return the two-sided p-value of Boschloo's exact test: twice the smaller one-sided one.

    Boschloo (1970), Statistica Neerlandica 24, 1-35. Only the sizes of the samples are taken as given.

    Parameters
    ----------
    count_1, n_1, count_2, n_2
        Respondents with the answer and respondents, in the first and in the second sample.
    """
    if count_1 + count_2 in (0, n_1 + n_2):
        return 1.0
    # scipy takes the column totals as the sizes of the samples: a sample must stand in a column.
    table = [[count_1, count_2], [n_1 - count_1, n_2 - count_2]]
    if fisher_p(count_1, n_1, count_2, n_2) > 0.5:
        return float(stats.boschloo_exact(table).pvalue)
    # Away from equality the side on which the difference lies is the smaller one; the other need not be computed.
    side = "less" if count_1 * n_2 < count_2 * n_1 else "greater"
    return min(1.0, 2 * float(stats.boschloo_exact(table, alternative=side).pvalue))


def decisive_combinations(combinations: pd.DataFrame) -> np.ndarray:
    """Mark the combinations at which the p-value of an exact test can be smallest or largest.

    For given sample sizes and a given count of 2025 the one-sided p-value rises with the count of 2021 on one
    side and falls on the other (Barnard's convexity). So the extremes of the two-sided p-value lie at the
    smallest and the largest count of 2021, or next to the count that makes both shares equal.

    Parameters
    ----------
    combinations
        What :func:`combine` returned.
    """
    keys = ["item", "n_2021", "count_2025", "n_2025"]
    counts = combinations.groupby(keys, observed=True)["count_2021"]
    equal = combinations["count_2025"] / combinations["n_2025"] * combinations["n_2021"]
    beside = (combinations["count_2021"] - equal).abs() <= 1
    at_end = combinations["count_2021"] == counts.transform("min")
    return (beside | at_end | (combinations["count_2021"] == counts.transform("max"))).to_numpy()


def pooled_z_p(first: Sample, second: Sample) -> np.ndarray:
    """Return the two-sided p-value of the z-test for two shares, with the pooled variance.

    With finite populations the test of Krishnamoorthy and Thomson (2002), The American Statistician 56, 215-222.

    Parameters
    ----------
    first, second
        The samples.
    """
    pooled = pooled_share(first, second)
    variance = pooled * (1 - pooled) * (first.variance_factor + second.variance_factor)
    return two_sided_p(second.share - first.share, variance)


def two_sided_p(difference: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Return the p-value of a difference under the normal distribution; 1 for no difference.

    Parameters
    ----------
    difference
        Estimate.
    variance
        Its variance; zero makes every difference certain.
    """
    difference, variance = np.broadcast_arrays(np.asarray(difference, float), np.asarray(variance, float))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.abs(difference) / np.sqrt(np.maximum(variance, 0))
    return np.where(difference == 0, 1.0, 2 * stats.norm.sf(z))


def detectable_change(share: np.ndarray, n_1: np.ndarray, n_2: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest rise and fall from a share that a two-sided test would find.

    Cohen (1988), Statistical Power Analysis, chapter 6: the effect h that has 80 percent power at the 5
    percent level, turned back into a share.

    Parameters
    ----------
    share
        Share in the first sample.
    n_1, n_2
        Respondents in the first and in the second sample.

    Returns
    -------
    rises, falls
        Differences of shares, both positive; missing when not even 100 or 0 percent would be found.
    """
    effects = np.array([_smallest_effect(int(a), int(b)) for a, b in zip(n_1, n_2, strict=True)])
    angle = np.arcsin(np.sqrt(share))
    higher, lower = angle + effects / 2, angle - effects / 2
    rises = np.where(higher <= np.pi / 2, np.sin(higher) ** 2 - share, np.nan)
    return rises, np.where(lower >= 0, share - np.sin(lower) ** 2, np.nan)


@lru_cache(maxsize=10_000)
def _smallest_effect(n_1: int, n_2: int) -> float:
    power = NormalIndPower()
    return float(power.solve_power(nobs1=n_1, alpha=1 - CONFIDENCE, power=POWER, ratio=n_2 / n_1))
