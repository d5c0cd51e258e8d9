"""How unequal response must have been for a change to vanish.

A response ratio r says how much more often municipalities with the answer responded than those without it. A
share p among respondents is then p / (p + r (1 - p)) in the population: odds are divided by r.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from statsmodels.stats.proportion import proportion_confint

WAVES = ("2021", "2025")
SHOWN_RATIOS = (1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0)
RATIOS = tuple(2.0 ** (step / 8) for step in range(-24, 25))


def adjusted_share(share: np.ndarray, ratio: np.ndarray) -> np.ndarray:
    """Return the share in the population when those with the answer responded ``ratio`` times as often.

    Parameters
    ----------
    share
        Share among respondents.
    ratio
        Response rate of those with the answer over that of those without it.

    Examples
    --------
    >>> float(adjusted_share(0.5, 3.0))
    0.25
    """
    share = np.asarray(share, dtype="float64")
    return share / (share + np.asarray(ratio) * (1 - share))


def adjusted_difference(
    counts: tuple[int, int, int, int], ratio_2021: float, ratio_2025: float
) -> tuple[float, float, float]:
    """Return the difference between the waves, with its interval, when response was unequal.

    Parameters
    ----------
    counts
        Respondents with the answer and respondents in 2021, then in 2025.
    ratio_2021, ratio_2025
        Response ratios of the two waves.

    Returns
    -------
    difference, low, high
        Share of 2025 minus share of 2021 after adjustment; Newcombe's interval from adjusted Wilson limits.
    """
    count_1, n_1, count_2, n_2 = counts
    share_1, share_2 = adjusted_share(count_1 / n_1, ratio_2021), adjusted_share(count_2 / n_2, ratio_2025)
    low_1, high_1 = adjusted_share(np.array(proportion_confint(count_1, n_1, method="wilson")), ratio_2021)
    low_2, high_2 = adjusted_share(np.array(proportion_confint(count_2, n_2, method="wilson")), ratio_2025)
    difference = float(share_2 - share_1)
    return (
        difference,
        float(difference - np.hypot(share_2 - low_2, high_1 - share_1)),
        float(difference + np.hypot(high_2 - share_2, share_1 - low_1)),
    )


def tipping_ratios(counts: tuple[int, int, int, int], wave: str) -> tuple[float, float]:
    """Return the response ratios of one wave at which the change vanishes, with equal response in the other wave.

    Parameters
    ----------
    counts
        Respondents with the answer and respondents in 2021, then in 2025.
    wave
        ``2021`` or ``2025``.

    Returns
    -------
    no_difference, interval_at_zero
        Ratio at which both shares are equal (the odds ratio, or one over it), and ratio at which the interval
        reaches zero; the second is 1 when it includes zero already. Missing when a share is 0 or 1.
    """
    count_1, n_1, count_2, n_2 = counts
    if 0 in counts or count_1 == n_1 or count_2 == n_2:
        return float("nan"), float("nan")
    odds_ratio = count_2 * (n_1 - count_1) / (count_1 * (n_2 - count_2))
    no_difference = odds_ratio if wave == "2025" else 1 / odds_ratio

    def nearest_limit(log_ratio: float) -> float:
        ratios = (1.0, np.exp(log_ratio)) if wave == "2025" else (np.exp(log_ratio), 1.0)
        _, low, high = adjusted_difference(counts, *ratios)
        return low if odds_ratio > 1 else high

    if no_difference == 1 or nearest_limit(0.0) * (1 if odds_ratio > 1 else -1) <= 0:
        return no_difference, 1.0
    return no_difference, float(np.exp(brentq(nearest_limit, 0.0, np.log(no_difference), xtol=1e-12)))


def possible_ratios(count: int, n: int, population: float) -> tuple[float, float]:
    """Return the smallest and largest response ratio that the response rate allows.

    The largest: everyone with the answer responded. The smallest: everyone without it did.

    Parameters
    ----------
    count, n
        Respondents with the answer and respondents.
    population
        Municipalities in all.

    Examples
    --------
    >>> low, high = possible_ratios(42, 153, 342)
    >>> round(low, 3), round(high, 2)
    (0.182, 2.7)
    """
    without = n - count
    low = count / (population - without) if count else 0.0
    return low, (population - count) / without if without else float("inf")


def tipping_table(combinations: pd.DataFrame) -> pd.DataFrame:
    """Return for each item and wave the response ratios at which the change vanishes.

    Parameters
    ----------
    combinations
        Counts, respondents and populations with the suffixes ``_2021`` and ``_2025``, and ``item``.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``wave``; ``vanishes_low``, ``vanishes_high`` (no difference) and ``unclear_low``,
        ``unclear_high`` (interval reaches zero), ranges over all combinations; ``possible_low``,
        ``possible_high``: the ratios that the response rate of that wave allows in some combination.
    """
    rows = []
    counts = ["count_2021", "n_2021", "count_2025", "n_2025"]
    for values in combinations[["item", *counts, "population_2021", "population_2025"]].itertuples(index=False):
        item, *numbers, population_2021, population_2025 = values
        limits = (
            possible_ratios(numbers[0], numbers[1], population_2021),
            possible_ratios(numbers[2], numbers[3], population_2025),
        )
        for wave, possible in zip(WAVES, limits, strict=True):
            vanishes, unclear = tipping_ratios(tuple(numbers), wave)
            rows.append((item, wave, vanishes, unclear, *possible))
    table = pd.DataFrame(rows, columns=["item", "wave", "vanishes", "unclear", "possible_low", "possible_high"])
    return (
        table.groupby(["item", "wave"], observed=True, sort=False)
        .agg(
            vanishes_low=("vanishes", "min"),
            vanishes_high=("vanishes", "max"),
            unclear_low=("unclear", "min"),
            unclear_high=("unclear", "max"),
            possible_low=("possible_low", "min"),
            possible_high=("possible_high", "max"),
        )
        .reset_index()
    )


def tipping_curve(combinations: pd.DataFrame, ratios: Sequence[float] = RATIOS) -> pd.DataFrame:
    """Return how the difference of one item depends on the response ratio of either wave.

    Parameters
    ----------
    combinations
        The combinations of one item.
    ratios
        Response ratios.

    Returns
    -------
    pandas.DataFrame
        ``series`` (0 and 1) and ``wave`` (the one with unequal response), ``ratio``; ``difference_low``,
        ``difference_high``, ``ci_low``, ``ci_high``: ranges over all combinations; ``possible``: whether the
        response rate of that wave allows the ratio in some combination.
    """
    counts = combinations[["count_2021", "n_2021", "count_2025", "n_2025"]].drop_duplicates().to_numpy().tolist()
    limits = tipping_table(combinations).set_index("wave")
    rows = []
    for series, wave in enumerate(WAVES):
        low, high = limits.loc[wave, ["possible_low", "possible_high"]]
        for ratio in ratios:
            pair = (ratio, 1.0) if wave == "2021" else (1.0, ratio)
            difference, *interval = np.array([adjusted_difference(tuple(row), *pair) for row in counts]).T
            ends = (difference.min(), difference.max(), interval[0].min(), interval[1].max())
            rows.append((series, wave, float(ratio), *ends, bool(low <= ratio <= high)))
    names = ["series", "wave", "ratio", "difference_low", "difference_high", "ci_low", "ci_high", "possible"]
    return pd.DataFrame(rows, columns=names)


def vanishing_ratios(combinations: pd.DataFrame) -> tuple[float, float]:
    """Return for each wave the middle of the response ratios at which the difference of one item is zero.

    Parameters
    ----------
    combinations
        The combinations of one item.
    """
    table = tipping_table(combinations).set_index("wave")
    first, second = (float(np.sqrt(table.loc[w, "vanishes_low"] * table.loc[w, "vanishes_high"])) for w in WAVES)
    return first, second
