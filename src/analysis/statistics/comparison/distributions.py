"""Did a whole distribution shift? Ordinal and nominal tests over every reconstruction of the earlier wave."""

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats
from scipy.stats.contingency import association
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.tools.numdiff import approx_hess3

from analysis.statistics.comparison.verdicts import verdict

STEP = 1e-3
"""Of the numerical second derivatives, in units of the log odds."""
DISTRIBUTION_TESTS = ("chi_square", "mann_whitney", "proportional_odds")


def group_columns(distributions: pd.DataFrame, groups: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Add up the cells of each distribution to the groups of a comparison.

    Parameters
    ----------
    distributions
        ``n`` and a column per cell, named by its answers joined with ``+``.
    groups
        Answers per group, in their order; each is a union of cells.

    Returns
    -------
    pandas.DataFrame
        One column per group, named by its answers joined with ``;``; each distinct distribution once.
    """
    result = {}
    for group in groups:
        columns = [name for name in distributions.columns if name != "n" and set(name.split("+")) <= set(group)]
        result[";".join(group)] = distributions[columns].sum(axis="columns")
    return pd.DataFrame(result).drop_duplicates(ignore_index=True)


def compare_distributions(earlier: pd.DataFrame, later: Sequence[int]) -> pd.DataFrame:
    """Test each possible distribution of the earlier wave against that of the later wave.

    Parameters
    ----------
    earlier
        One row per distribution, one column per group, from furthest to least far.
    later
        Counts of the later wave in the same groups.

    Returns
    -------
    pandas.DataFrame
        Per row of ``earlier``: ``mann_whitney``, ``proportional_odds`` and ``chi_square`` (p-values);
        ``further`` (the chance that an arbitrary respondent of the later wave is further than one of the
        earlier wave, ties half); ``odds_ratio`` with ``odds_low`` and ``odds_high`` (odds of being further,
        95 percent interval); ``cramers_v``.

    Notes
    -----
    With two groups the score test of the proportional-odds model is the Mann-Whitney test (McCullagh
    1980). So the slow model is fitted only where that test, which is computed for every distribution, has its
    extremes; it is missing elsewhere.
    """
    rows = [_compare(np.array(counts), np.array(later)) for counts in earlier.itertuples(index=False, name=None)]
    table = pd.DataFrame(rows, index=earlier.index)
    model = ["proportional_odds", "odds_ratio", "odds_low", "odds_high"]
    table[model] = np.nan
    for column in ("mann_whitney", "further"):
        for row in (table[column].idxmin(), table[column].idxmax()):
            table.loc[row, model] = _odds(np.vstack([earlier.loc[row], later]))
    return table


def distribution_ranges(comparisons: pd.DataFrame, item: str) -> pd.DataFrame:
    """Return the range of each test over all distributions, in the form of the comparison of items.

    Parameters
    ----------
    comparisons
        What :func:`compare_distributions` returned.
    item
        Name for the rows.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``test``, ``p_value_low``, ``p_value_high``, ``p_adjusted_high`` (these tests look at the
        whole at once and stand outside the family, so it equals ``p_value_high``) and ``verdict``.
    """
    tests = list(DISTRIBUTION_TESTS)
    low, high = comparisons[tests].min(), comparisons[tests].max()
    return pd.DataFrame(
        {
            "item": item,
            "test": tests,
            "p_value_low": low.to_numpy(),
            "p_value_high": high.to_numpy(),
            "p_adjusted_high": high.to_numpy(),
            "verdict": [verdict(low[test], high[test]) for test in tests],
        }
    )


def proportional_odds(counts: np.ndarray) -> tuple[float, float, float]:
    """Fit the proportional-odds model with the wave as its only explanation.

    Parameters
    ----------
    counts
        Two rows (earlier and later wave), one column per group from lowest to highest; no empty column.

    Returns
    -------
    log_odds, standard_error, p_value
        Log odds ratio of being in a higher group in the later wave, and its Wald test.

    Notes
    -----
    McCullagh (1980), Journal of the Royal Statistical Society B 42, 109-142; the model of R's ``MASS::polr``.
    Derivatives are numerical: the numbers are given in six digits, as further ones depend on the processor.
    """
    groups = np.concatenate([np.repeat(np.arange(counts.shape[1]), row) for row in counts])
    wave = np.repeat([0.0, 1.0], counts.sum(axis=1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # trial steps can leave the range of the exponential
        model = OrderedModel(groups, wave[:, None], distr="logit")
        start = model.fit(method="bfgs", disp=False, gtol=1e-8)
        fit = model.fit(start_params=start.params, method="newton", disp=False)
    # With the step that the library takes by itself, rounding shows in the sixth digit of the error.
    information = -approx_hess3(fit.params, model.loglike, epsilon=STEP)
    log_odds, error = fit.params[0], np.sqrt(np.linalg.inv(information)[0, 0])
    p_value = 2 * stats.norm.sf(abs(log_odds / error))
    log_odds, error, p_value = (float(f"{value:.6g}") for value in (log_odds, error, p_value))
    return log_odds, error, p_value


def _compare(earlier: np.ndarray, later: np.ndarray) -> dict[str, float]:
    counts = _without_empty(np.vstack([earlier, later]))
    # The first group is the furthest, so a higher rank is further.
    ranks = np.arange(counts.shape[1])[::-1]
    ranks_earlier, ranks_later = (np.repeat(ranks, row) for row in counts)
    test = stats.mannwhitneyu(ranks_later, ranks_earlier, method="asymptotic", use_continuity=False)
    return {
        "mann_whitney": float(test.pvalue),
        "chi_square": float(stats.chi2_contingency(counts, correction=False).pvalue),
        "further": float(test.statistic / (ranks_earlier.size * ranks_later.size)),
        "cramers_v": float(association(counts, method="cramer")),
    }


def _odds(counts: np.ndarray) -> list[float]:
    log_odds, error, p_value = proportional_odds(_without_empty(counts)[:, ::-1])
    half_width = stats.norm.ppf(0.975) * error
    return [p_value, *np.exp([log_odds, log_odds - half_width, log_odds + half_width]).tolist()]


def _without_empty(counts: np.ndarray) -> np.ndarray:
    return counts[:, counts.sum(axis=0) > 0]
