"""Propensities against R's glm (tests/reference/r_indicator.R) and their own definition."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.propensities import fit_propensities

REFERENCE = Path(__file__).parents[2] / "reference"
CELLS = pd.read_csv(REFERENCE / "response_cells.csv")
BOTH = ["size_class", "province"]


def test_main_effects_equal_glm():
    expected = pd.read_csv(REFERENCE / "r_indicator_propensities.csv")["propensity"]
    np.testing.assert_allclose(fit_propensities(CELLS, BOTH).propensity, expected, rtol=1e-9)


def test_mean_propensities_equal_the_response_rates_of_the_groups():
    fit = fit_propensities(CELLS, BOTH)
    assert fit.rate == pytest.approx(CELLS["respondents"].sum() / CELLS["population"].sum(), rel=1e-12)
    for variable in BOTH:
        expected = CELLS.assign(fitted=fit.population * fit.propensity).groupby(variable, observed=True)
        np.testing.assert_allclose(expected["fitted"].sum(), expected["respondents"].sum(), rtol=1e-9)


def test_saturated_propensities_are_the_rates_of_the_cells():
    fit = fit_propensities(CELLS, BOTH, model="saturated")
    np.testing.assert_array_equal(fit.propensity, CELLS["respondents"] / CELLS["population"])
    rate = fit.propensity
    np.testing.assert_allclose(np.diag(fit.covariance), rate * (1 - rate) / fit.population, atol=1e-15)


def test_a_group_without_respondents_has_propensity_0_and_no_spread():
    cells = pd.DataFrame(
        {"size_class": ["d", "d", "c", "c"], "province": ["Utrecht", "Zeeland"] * 2}
        | {"population": [20, 10, 8, 6], "respondents": [9, 0, 6, 0]}
    )
    fit = fit_propensities(cells, BOTH)
    np.testing.assert_allclose(fit.propensity[[1, 3]], 0, atol=1e-6)
    np.testing.assert_allclose(fit.propensity[[0, 2]], [0.45, 0.75], rtol=1e-6)
    assert np.isfinite(fit.covariance).all()


def test_wrong_input_is_refused():
    with pytest.raises(ValueError, match="unknown model 'probit'"):
        fit_propensities(CELLS, BOTH, model="probit")
    with pytest.raises(ValueError, match="everybody or nobody"):
        fit_propensities(CELLS.assign(respondents=0), BOTH)
    with pytest.raises(InputError, match="respondents is no count"):
        fit_propensities(CELLS.assign(respondents=-1), BOTH)
