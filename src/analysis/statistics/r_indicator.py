"""R-indicators: how far response departs from being representative, on the frame that was approached.

The indicator is that of Schouten, Cobben and Bethlehem (2009), its bias adjustment and standard error those of
Shlomo, Skinner and Schouten (2012), the partial indicators those of Schouten, Shlomo and Skinner (2011); all in
the form of RISQ manual 2.1 (De Heij, Schouten and Shlomo 2015) for a frame that was approached in full. RISQ's
bias adjustment leaves out that the response rate is estimated too, and so takes away too much when the groups
are few; ``centred`` puts that right, ``risq`` keeps to the manual. The formulas are in docs/methods.md, under
R-indicator.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from analysis.statistics.propensities import Propensities, fit_propensities

ADJUSTMENTS = ("centred", "risq")


def r_indicator(
    cells: pd.DataFrame,
    by: Sequence[str],
    *,
    model: str = "main_effects",
    adjustment: str = "centred",
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the R-indicator of the response to a census.

    Parameters
    ----------
    cells
        One row per group of the frame: the columns ``by``, ``population`` and ``respondents``.
    by
        The characteristics against which the response is judged.
    model
        Model of the propensities: ``main_effects`` or ``saturated``.
    adjustment
        Bias adjustment: ``centred``, or ``risq`` for comparison with results of the RISQ software.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row: ``variables`` (joined by ``+``), ``model``, ``adjustment``, ``population``, ``rate``;
        ``s2_unadjusted`` (variance of the propensities), ``bias`` (what chance adds to it); ``r_unadjusted``,
        ``r`` (adjusted; 1 is representative), ``se``, ``ci_low``, ``ci_high`` (normal, cut off at 0 and 1);
        ``cv`` (adjusted standard deviation over the response rate) and ``maximal_bias`` (the most by which a
        share of the respondents can differ from the share in the frame through these characteristics; a fraction).

    Raises
    ------
    InputError, ValueError
        As `fit_propensities`; also when the adjustment is unknown or the level is not between 0 and 1.

    Examples
    --------
    >>> counts = {"population": [250, 60, 32], "respondents": [98, 33, 22]}
    >>> table1 = pd.DataFrame({"size_class": ["d", "c", "ab"], **counts})
    >>> r_indicator(table1, ["size_class"])[["rate", "r_unadjusted", "r", "se"]].round(3)
        rate  r_unadjusted      r     se
    0  0.447         0.805  0.819  0.053
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not at {level}")
    fit = fit_propensities(cells, by, model=model)
    variance, bias, se = _variance(fit), _bias(fit, adjustment), _standard_error(fit)
    r, margin = _adjusted(fit, adjustment), stats.norm.ppf((1 + level) / 2) * se
    row = {"variables": "+".join(by), "model": model, "adjustment": adjustment}
    row |= {"population": int(fit.population.sum()), "rate": fit.rate, "s2_unadjusted": variance, "bias": bias}
    row |= {"r_unadjusted": 1 - 2 * np.sqrt(variance), "r": r, "se": se}
    row |= {"ci_low": max(r - margin, min(r, 0.0)), "ci_high": min(r + margin, 1.0)}
    return pd.DataFrame([row | {"cv": (1 - r) / 2 / fit.rate, "maximal_bias": (1 - r) / 4 / fit.rate}])


def partial_r_indicators(
    cells: pd.DataFrame, by: Sequence[str], *, model: str = "main_effects", adjustment: str = "centred"
) -> pd.DataFrame:
    """Split the departure from representative response over characteristics and their categories.

    Parameters
    ----------
    cells
        One row per group of the frame: the columns ``by``, ``population`` and ``respondents``.
    by
        The characteristics in the model of the response.
    model
        Model of the propensities: ``main_effects`` or ``saturated``.
    adjustment
        Bias adjustment, as for `r_indicator`; the indicators take the same part of their variance away as the
        whole.

    Returns
    -------
    pandas.DataFrame
        ``variable``, ``category`` (empty for the characteristic as a whole), ``kind`` (unconditional, or
        conditional on all other characteristics; the latter only for whole characteristics, and only where
        there are others), ``value_unadjusted``, ``value`` (adjusted for bias; categories are not adjusted and
        keep their sign: positive is over-represented) and ``se``. All lie between -0.5 and 0.5; 0 is
        representative. The standard error of a conditional indicator is, as in RISQ, that of the unconditional
        one.

    Raises
    ------
    InputError, ValueError
        As `fit_propensities`.
    """
    fit = fit_propensities(cells, by, model=model)
    factor = _factor(fit, adjustment)
    rows = []
    for variable in by:
        others = [name for name in by if name != variable]
        se = _standard_error_of(fit, variable) / 2
        between = np.average((_group_means(fit, [variable]) - fit.rate) ** 2, weights=fit.population)
        rows.append((variable, "", "unconditional", np.sqrt(between), np.sqrt(between * factor), se))
        if others:
            within = np.average((fit.propensity - _group_means(fit, others)) ** 2, weights=fit.population)
            rows.append((variable, "", "conditional", np.sqrt(within), np.sqrt(within * factor), se))
        rows += [(variable, *row) for row in _categories(fit, variable)]
    return pd.DataFrame(rows, columns=["variable", "category", "kind", "value_unadjusted", "value", "se"])


def bootstrap_r_indicator(
    cells: pd.DataFrame,
    by: Sequence[str],
    *,
    model: str = "main_effects",
    n_samples: int = 500,
    seed: int = 2025,
) -> pd.DataFrame:
    """Check the standard error of the R-indicator by drawing the response anew.

    The frame is fixed; each unit responds with its estimated propensity, drawn towards the response rate so that
    the variance of the propensities is the bias-adjusted one. So the R-indicator of the bootstrap world is the
    adjusted one of `r_indicator`.

    Parameters
    ----------
    cells, by, model
        As for `r_indicator`.
    n_samples
        Bootstrap samples.
    seed
        Seed of the random numbers.

    Returns
    -------
    pandas.DataFrame
        One row: ``variables``, ``n_samples``, ``r`` (mean over the samples), ``se``, ``ci_low``, ``ci_high``
        (percentiles, 95 per cent).

    Raises
    ------
    InputError, ValueError
        As `fit_propensities`.
    """
    fit = fit_propensities(cells, by, model=model)
    factor = _factor(fit, "centred")
    drawn = np.clip(fit.rate + np.sqrt(factor) * (fit.propensity - fit.rate), 0, 1)
    rng = np.random.default_rng(seed)
    values = []
    while len(values) < n_samples:
        respondents = rng.binomial(fit.population, drawn)
        if 0 < respondents.sum() < fit.population.sum():
            sample = fit_propensities(fit.cells.assign(respondents=respondents), by, model=model)
            values.append(_adjusted(sample, "centred"))
    low, high = np.quantile(values, [0.025, 0.975])
    row = ("+".join(by), n_samples, np.mean(values), np.std(values, ddof=1), low, high)
    return pd.DataFrame([row], columns=["variables", "n_samples", "r", "se", "ci_low", "ci_high"])


def _variance(fit: Propensities) -> float:
    total = fit.population.sum()
    return float((fit.population * (fit.propensity - fit.rate) ** 2).sum() / (total - 1))


def _bias(fit: Propensities, adjustment: str) -> float:
    """Estimate what chance adds to the variance of the propensities."""
    if adjustment not in ADJUSTMENTS:
        raise ValueError(f"unknown adjustment {adjustment!r} of the R-indicator; known: {list(ADJUSTMENTS)}")
    total = fit.population.sum()
    share = fit.population / total
    of_units = float(share @ np.diag(fit.covariance))
    if adjustment == "risq":
        return of_units
    return total / (total - 1) * (of_units - float(share @ fit.covariance @ share))


def _factor(fit: Propensities, adjustment: str) -> float:
    """Part of the variance of the propensities that chance does not explain."""
    variance, bias = _variance(fit), _bias(fit, adjustment)
    return 1 - bias / variance if variance > bias else 0.0


def _adjusted(fit: Propensities, adjustment: str) -> float:
    return 1 - 2 * float(np.sqrt(_variance(fit) * _factor(fit, adjustment)))


def _standard_error(fit: Propensities) -> float:
    """Linearised standard error of 1 - 2 S; missing when all propensities are equal, where S has no derivative."""
    share = fit.population / fit.population.sum()
    deviation = share * (fit.propensity - fit.rate)
    spread = (deviation * (fit.propensity - fit.rate)).sum()
    if np.isclose(spread, 0, atol=1e-15):
        return float("nan")
    centred = fit.covariance - share @ fit.covariance
    centred = centred - (centred @ share)[:, None]
    first = 4 * deviation @ fit.covariance @ deviation
    second = 2 * share @ centred**2 @ share
    return float(np.sqrt((first + second) / spread))


def _standard_error_of(fit: Propensities, variable: str) -> float:
    counts = (
        fit.cells.groupby(variable, observed=True, sort=False)[["population", "respondents"]].sum().reset_index()
    )
    return _standard_error(fit_propensities(counts, [variable], model="saturated"))


def _group_means(fit: Propensities, by: Sequence[str]) -> np.ndarray:
    weighted = fit.cells.assign(total=fit.population * fit.propensity).groupby(list(by), observed=True)
    return (weighted["total"].transform("sum") / weighted["population"].transform("sum")).to_numpy()


def _categories(fit: Propensities, variable: str) -> list[tuple[str, str, float, float, float]]:
    total = fit.population.sum()
    means = _group_means(fit, [variable])
    chance = fit.population * fit.propensity * (1 - fit.propensity)
    rows = []
    for category in fit.cells[variable].unique():
        inside = (fit.cells[variable] == category).to_numpy()
        size = fit.population[inside].sum()
        value = np.sqrt(size / total) * (means[inside][0] - fit.rate)
        within = chance[inside].sum() * (1 / size - 1 / total) ** 2
        without = chance[~inside].sum() / total**2
        se = np.sqrt(size / total * (within + without))
        rows.append((str(category), "unconditional", value, value, se))
    return rows
