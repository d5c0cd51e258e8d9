"""Shares and their variances on a survey design, from counts per cell.

A share is a ratio of two weighted totals. Its variance is that of the total of its linearised scores ``w d (y -
p) / sum(w d)``, with ``d`` the subgroup and ``y`` the answer (Taylor linearisation; Lumley 2010, *Complex
Surveys*, chapter 2). Weights that meet population margins take the part of the scores that the margins explain
out of the variance (Deville and Sarndal 1992): the scores are replaced by the residuals of their regression on
the margins. Within a cell all respondents have the same weight, stratum and margins, so that a cell's sum and
sum of squares are all that is needed of it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.design import WeightedDesign
from analysis.statistics.tally import Cells

NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Shares:
    """Estimates per option on one base, one array element per option.

    ``unit_variance`` is the variance over ``p (1 - p)``. Where the share is 0 or 1 its own variance says
    nothing, and ``unit_variance`` is what the design gives to an answer that has nothing to do with strata or
    margins. ``weight`` is the estimated size of the base in the population, ``weighted_count`` that of those who
    chose the option. ``population`` is known where the base is a whole stratum (for the unweighted estimator the
    whole sample) with equal weights, and missing elsewhere.
    """

    n: np.ndarray
    count: np.ndarray
    share: np.ndarray
    variance: np.ndarray
    unit_variance: np.ndarray
    df: np.ndarray
    weight: np.ndarray
    weighted_count: np.ndarray
    population: np.ndarray


class Estimator:
    """One weighted design, ready to be applied to many tables of counts.

    Parameters
    ----------
    weighted
        Design, weights and margins.
    cells
        Cells of the design: weights, strata and margins are constant within each.
    by_stratum
        Whether the groups are the strata; then the number of respondents of each is taken as given, also by the
        unweighted estimator.
    """

    def __init__(self, weighted: WeightedDesign, cells: Cells, *, by_stratum: bool = False):
        design = weighted.design
        self.sizes = cells.sizes.astype(float)
        self.weights = weighted.weights[cells.first]
        sample = np.array(list(design.sample_counts.values()), dtype=float)
        population = np.array(list(design.population.values()), dtype=float)
        if weighted.stratified or by_stratum:
            self.strata = design.strata[cells.first]
            if not weighted.stratified:  # equal weights within each group, now of the size that is known
                self.weights = (population / np.maximum(sample, 1))[self.strata]
        else:
            self.strata = np.zeros(len(cells.first), dtype=int)
            sample, population = sample.sum(keepdims=True), population.sum(keepdims=True)
        self.stratum_sizes, self.populations = sample, population
        self.fractions = self.stratum_sizes / self.populations * design.fpc
        self.margins = _margin_basis(weighted, cells, self.sizes)

    @property
    def scale(self) -> np.ndarray:
        """Factor per stratum that turns a sum of squares into a variance; infinite for a lone respondent."""
        n = self.stratum_sizes
        with np.errstate(divide="ignore"):
            return np.where(self.fractions < 1, (1 - self.fractions) * n / (n - 1), 0.0)

    def shares(self, chosen: np.ndarray, members: np.ndarray) -> Shares:
        """Estimate shares from counts.

        Parameters
        ----------
        chosen
            Respondents of the base who chose the option; a row per cell, a column per option.
        members
            Respondents of the base, in the same shape.
        """
        n, count = members.sum(axis=0), chosen.sum(axis=0)
        weight, weighted_count = self.weights @ members, self.weights @ chosen
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(count == n, 1.0, weighted_count / weight)
            share = np.where(n > 0, share, np.nan)
            variance = self._variance(chosen, members, share, weight)
            squares = self._by_stratum(self.weights[:, None] ** 2 * members)
            plain = np.where(squares > 0, self.scale[:, None] * squares, 0.0).sum(axis=0) / weight**2
            boundary = (share == 0) | (share == 1)
            variance = np.where(boundary | (variance <= NEGLIGIBLE * plain * share * (1 - share)), 0.0, variance)
            unit = np.where(boundary, plain, variance / (share * (1 - share)))
        by_stratum = self._by_stratum(members)
        return Shares(
            n=n,
            count=count,
            share=share,
            variance=variance,
            unit_variance=unit,
            df=n - (by_stratum > 0).sum(axis=0),
            weight=weight,
            weighted_count=weighted_count,
            population=self._known_population(by_stratum, n),
        )

    def _known_population(self, by_stratum: np.ndarray, n: np.ndarray) -> np.ndarray:
        number = range(len(self.stratum_sizes))
        equal = np.array([np.ptp(self.weights[self.strata == stratum]) < 1e-9 for stratum in number])
        whole = (by_stratum == n) & (by_stratum == self.stratum_sizes[:, None]) & (n > 0) & equal[:, None]
        return np.where(whole.any(axis=0), self.populations @ whole, np.nan)

    def _variance(
        self, chosen: np.ndarray, members: np.ndarray, share: np.ndarray, weight: np.ndarray
    ) -> np.ndarray:
        score = (chosen - members * share) / weight
        square = (chosen * (1 - share) ** 2 + (members - chosen) * share**2) / weight**2
        explained = self.margins @ (self.margins.T @ score)
        sizes, weights = self.sizes[:, None], self.weights[:, None]
        total = self._by_stratum(weights * (score - sizes * explained))
        squares = self._by_stratum(weights**2 * (square - 2 * explained * score + sizes * explained**2))
        spread = squares - total**2 / self.stratum_sizes[:, None]
        scale = np.where(np.isfinite(self.scale), self.scale, 0.0)  # a lone respondent has a share of 0 or 1
        return np.maximum(scale @ spread, 0.0)

    def _by_stratum(self, values: np.ndarray) -> np.ndarray:
        result = np.zeros((len(self.stratum_sizes), values.shape[1]))
        np.add.at(result, self.strata, values)
        return result


def _margin_basis(weighted: WeightedDesign, cells: Cells, sizes: np.ndarray) -> np.ndarray:
    """Return a basis ``B`` so that ``B B' s`` is the regression on the margins of scores with cell sums ``s``."""
    indicators = [np.zeros((len(sizes), 0))]
    for margin in weighted.margins:
        codes, levels = pd.factorize(weighted.design.respondents[margin].to_numpy()[cells.first])
        indicators.append(np.eye(len(levels))[codes])
    matrix = np.hstack(indicators)
    left, values, _ = np.linalg.svd(matrix * np.sqrt(sizes)[:, None], full_matrices=False)
    kept = left[:, values > 1e-9 * values.max(initial=1.0)]
    return kept / np.sqrt(sizes)[:, None]
