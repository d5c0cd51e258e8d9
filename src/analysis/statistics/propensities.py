"""Estimated probabilities of response per group of the frame, and how uncertain they are together."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analysis.statistics.response_counts import check_cells

MODELS = ("main_effects", "saturated")


@dataclass(frozen=True, eq=False)
class Propensities:
    """Response propensities of the cells of a frame, all of whose units were approached.

    Parameters
    ----------
    cells
        The grouping columns, ``population`` and ``respondents``.
    by
        The grouping columns.
    model
        ``main_effects`` or ``saturated``.
    propensity
        Estimated probability of response per cell.
    covariance
        Covariance of the estimated propensities between cells, first order: z Σ z' of the RISQ manual, with z the
        gradient of the propensity and Σ the covariance of the coefficients.
    """

    cells: pd.DataFrame
    by: tuple[str, ...]
    model: str
    propensity: np.ndarray
    covariance: np.ndarray

    @property
    def population(self) -> np.ndarray:
        """Units per cell."""
        return self.cells["population"].to_numpy()

    @property
    def rate(self) -> float:
        """Mean propensity, which equals the response rate under both models."""
        return float(np.average(self.propensity, weights=self.population))


def fit_propensities(cells: pd.DataFrame, by: Sequence[str], *, model: str = "main_effects") -> Propensities:
    """Estimate the probability of response per group.

    Parameters
    ----------
    cells
        One row per group: the columns ``by``, ``population`` and ``respondents``. Each combination of the columns
        is a cell of the frame.
    by
        The characteristics that explain response.
    model
        ``main_effects``: logistic regression on the characteristics side by side, fitted by maximum likelihood.
        ``saturated``: the response rate of each cell itself. For one characteristic the two are the same. In a
        group in which everybody or nobody responded, the logistic propensities tend to 1 or 0.

    Returns
    -------
    Propensities
        Per cell, in the order of ``cells``.

    Raises
    ------
    InputError
        When the cells are refused.
    ValueError
        When the model is unknown or everybody or nobody responded.

    Examples
    --------
    >>> cells = pd.DataFrame({"size_class": ["d", "c"], "population": [10, 4], "respondents": [4, 3]})
    >>> fit_propensities(cells, ["size_class"]).propensity.round(6).tolist()
    [0.4, 0.75]
    """
    if model not in MODELS:
        raise ValueError(f"unknown model {model!r} of the response; known: {list(MODELS)}")
    cells = check_cells(cells, by)
    population, respondents = cells["population"].to_numpy(), cells["respondents"].to_numpy()
    if respondents.sum() in (0, population.sum()):
        raise ValueError("everybody or nobody responded: there are no propensities to compare")
    dummies = pd.get_dummies(cells[list(by)].astype("str"), drop_first=True, dtype=float)
    design = sm.add_constant(dummies.to_numpy(), has_constant="add")
    if model == "saturated" or np.linalg.matrix_rank(design) == len(cells):
        # One coefficient per cell: the maximum likelihood fit is the response rate of the cell.
        design, propensity = np.eye(len(cells)), respondents / population
    else:
        propensity = _fit_logistic(design, population, respondents)
    return Propensities(cells, tuple(by), model, propensity, _covariance(design, population, propensity))


def _fit_logistic(design: np.ndarray, population: np.ndarray, respondents: np.ndarray) -> np.ndarray:
    answers = np.column_stack([respondents, population - respondents])
    with warnings.catch_warnings():
        # In a group without any respondent the coefficient has no finite maximum; the propensity has its limit 0.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return sm.GLM(answers, design, family=sm.families.Binomial()).fit(maxiter=50, tol=1e-13).fittedvalues


def _covariance(design: np.ndarray, population: np.ndarray, propensity: np.ndarray) -> np.ndarray:
    """Compute z Σ z' as a projection, so that no matrix is inverted that a propensity of 0 or 1 makes singular."""
    spread = propensity * (1 - propensity)
    left, scale, _ = np.linalg.svd(np.sqrt(population * spread)[:, None] * design, full_matrices=False)
    basis = left[:, scale > scale.max() * len(design) * np.finfo(float).eps]
    gradient = np.sqrt(spread / population)
    return gradient[:, None] * (basis @ basis.T) * gradient
