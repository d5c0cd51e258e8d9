"""The planted worlds have the response they should, and the estimators are those of the table of estimates."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.coverage import simulate_coverage
from analysis.statistics.coverage_estimators import (
    planted_world,
    post_stratified_interval,
    unweighted_interval,
)
from analysis.statistics.intervals import hypergeometric_interval

SIZES = {"d": 250, "c": 60, "ab": 32}
SHARES = {"d": 0.2, "c": 0.5, "ab": 0.75}
RATES = {"d": 0.392, "c": 0.55, "ab": 0.6875}
BOTH = {"unweighted": unweighted_interval, "size_class": post_stratified_interval}


def expected_response(world, ratio=3.0):
    population, probability = planted_world(world, SIZES, SHARES, RATES, ratio)
    chance = population["stratum"].map(probability)
    return population.assign(chance=chance, size=population["stratum"].str.split("|").str[0])


@pytest.mark.parametrize("world", ["stratum", "outcome"])
def test_every_stratum_keeps_its_response_rate(world):
    rates = expected_response(world).groupby("size")["chance"].mean()
    assert rates.to_dict() == pytest.approx(RATES)


def test_within_a_stratum_the_odds_differ_by_the_ratio():
    units = expected_response("outcome").groupby(["size", "outcome"])["chance"].first()
    odds = units / (1 - units)
    for size in SIZES:
        assert odds[size, 1] / odds[size, 0] == pytest.approx(3.0)


def test_an_equal_world_has_one_rate():
    assert expected_response("equal")["chance"].to_numpy() == pytest.approx(153 / 342)


def test_an_unknown_world_is_refused():
    with pytest.raises(InputError, match="no world"):
        planted_world("flat", SIZES, SHARES, RATES, 1.0)


def test_the_unweighted_interval_is_the_exact_one_of_the_estimates():
    respondents = pd.DataFrame({"stratum": ["d|1"] * 20 + ["d|0"] * 40 + ["c|1"] * 10, "outcome":
                                [1] * 20 + [0] * 40 + [1] * 10})  # fmt: skip
    population = pd.Series({"d|0": 100, "d|1": 50, "c|1": 30, "c|0": 20})
    found = unweighted_interval(respondents, population)
    low, high = hypergeometric_interval(*(pd.Series([value]).to_numpy() for value in (30, 70, 200)))
    assert found == pytest.approx((30 / 70, low[0], high[0]))


def test_weights_bring_the_share_to_the_strata():
    respondents = pd.DataFrame(
        {"stratum": ["d|1"] * 10 + ["d|0"] * 10 + ["c|1"] * 20, "outcome": [1] * 10 + [0] * 10 + [1] * 20}
    )
    population = pd.Series({"d|0": 150, "d|1": 150, "c|1": 100})
    assert post_stratified_interval(respondents, population).estimate == pytest.approx((300 * 0.5 + 100) / 400)


def test_weighting_mends_response_by_stratum_and_not_by_outcome():
    coverage = {}
    for world in ("stratum", "outcome"):
        population, probability = planted_world(world, SIZES, SHARES, RATES, 3.0)
        found = simulate_coverage(population, probability, BOTH, n_samples=100, seed=2025)
        coverage[world] = found.set_index("estimator")["coverage"]
    assert coverage["stratum"]["unweighted"] < 0.75
    assert coverage["stratum"]["size_class"] > 0.9
    assert coverage["outcome"]["size_class"] < 0.5
