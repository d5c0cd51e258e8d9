"""The simulation of coverage on truths that are known beforehand."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.coverage import (
    Interval,
    planted_population,
    post_stratified,
    simulate_coverage,
    unweighted,
)

SIZES = {"d": 250, "c": 60, "ab": 32}
SHARES = {"d": 0.2, "c": 0.5, "ab": 0.75}
RESPONSE = {"d": 0.39, "c": 0.55, "ab": 0.69}
POPULATION = planted_population(SIZES, SHARES)
BOTH = {"unweighted": unweighted, "post_stratified": post_stratified}


def everything(respondents, population):
    return Interval(0.5, 0.0, 1.0)


def nothing(respondents, population):
    raise ValueError("no interval")


def test_the_planted_truth():
    found = simulate_coverage(POPULATION, RESPONSE, BOTH, n_samples=2, seed=1)
    assert found["truth"].unique().tolist() == [(50 + 30 + 24) / 342]
    assert len(POPULATION) == 342


def test_weighting_restores_the_coverage_that_selective_response_destroys():
    found = simulate_coverage(POPULATION, RESPONSE, BOTH, n_samples=600, seed=2025).set_index("estimator")
    assert found.loc["unweighted", "coverage"] < 0.75
    assert found.loc["post_stratified", "coverage_high"] > 0.93
    assert found.loc["post_stratified", "coverage"] > 0.9
    assert abs(found.loc["post_stratified", "bias"]) < 0.005
    # Without weights the bias is the covariance of response and outcome over the mean response.
    response, outcome = POPULATION["stratum"].map(RESPONSE), POPULATION["outcome"]
    expected = np.cov(response, outcome, ddof=0)[0, 1] / response.mean()
    assert found.loc["unweighted", "bias"] == pytest.approx(expected, abs=0.004)


def test_equal_response_needs_no_weights():
    found = simulate_coverage(POPULATION, dict.fromkeys(SIZES, 0.45), {"u": unweighted}, n_samples=600, seed=5)
    assert found["coverage"].item() == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize("workers", [{"n_jobs": 2, "backend": "threading"}, {"n_jobs": 2, "backend": "loky"}])
def test_the_result_does_not_depend_on_the_workers(workers):
    alone = simulate_coverage(POPULATION, RESPONSE, BOTH, n_samples=120, seed=9)
    together = simulate_coverage(POPULATION, RESPONSE, BOTH, n_samples=120, seed=9, **workers)
    pd.testing.assert_frame_equal(alone, together)


def test_another_seed_is_another_result():
    first, second = (simulate_coverage(POPULATION, RESPONSE, BOTH, n_samples=20, seed=seed) for seed in (1, 2))
    assert not first["bias"].equals(second["bias"])


def test_failures_count_as_not_covering():
    found = simulate_coverage(POPULATION, RESPONSE, {"all": everything, "none": nothing}, n_samples=3, seed=1)
    assert found["coverage"].tolist() == [1, 0]
    assert found["n_failed"].tolist() == [0, 3]
    assert found["bias"].isna().tolist() == [False, True]


def test_estimators_equal_the_textbook():
    respondents = pd.DataFrame({"stratum": ["d"] * 4 + ["c"] * 3, "outcome": [1, 0, 0, 1, 1, 1, 0]})
    population = pd.Series({"d": 10, "c": 5})
    found = post_stratified(respondents, population)
    assert found.estimate == pytest.approx(10 / 15 * 0.5 + 5 / 15 * 2 / 3)
    variance = (10 / 15) ** 2 * 0.6 * 0.25 / 3 + (5 / 15) ** 2 * 0.4 * (2 / 9) / 2
    assert found.high - found.estimate == pytest.approx(1.959963985 * variance**0.5)
    simple = unweighted(respondents, population)
    assert simple.estimate == pytest.approx(4 / 7)
    assert simple.high - simple.estimate == pytest.approx(1.959963985 * ((8 / 15) * (12 / 49) / 6) ** 0.5)


def test_a_stratum_without_two_respondents_is_refused():
    with pytest.raises(ValueError, match="fewer than two respondents in"):
        post_stratified(
            pd.DataFrame({"stratum": ["d", "d", "c"], "outcome": [1, 0, 1]}), pd.Series({"d": 9, "c": 4})
        )


@pytest.mark.parametrize(
    ("response", "problem"),
    [({"d": 0.4, "c": 0.5}, "strata"), (RESPONSE | {"d": 1.2}, "no fraction"), (RESPONSE | {"x": 0.5}, "strata")],
)
def test_impossible_responses_are_refused(response, problem):
    with pytest.raises(InputError, match=problem):
        simulate_coverage(POPULATION, response, BOTH, n_samples=1, seed=1)


def test_impossible_populations_and_settings_are_refused():
    with pytest.raises(InputError, match="no fraction"):
        planted_population(SIZES, SHARES | {"d": 20})
    with pytest.raises(InputError, match="without units"):
        planted_population(SIZES | {"d": 0}, SHARES)
    with pytest.raises(InputError, match="0 and 1"):
        simulate_coverage(POPULATION.assign(outcome=2), RESPONSE, BOTH, n_samples=1, seed=1)
    with pytest.raises(ValueError, match="at least one sample"):
        simulate_coverage(POPULATION, RESPONSE, BOTH, n_samples=0, seed=1)


SLOW = """
import time
import pandas as pd
from analysis.statistics.coverage import simulate_coverage

def slow(respondents, population):
    print("begun", flush=True)
    time.sleep(60)

population = pd.DataFrame({"stratum": "d", "outcome": [0, 1]})
simulate_coverage(population, {"d": 0.5}, {"slow": slow}, n_samples=100, seed=1, n_jobs=2)
"""


def test_workers_do_not_outlive_a_killed_simulation():
    with subprocess.Popen([sys.executable, "-c", SLOW], stdout=subprocess.PIPE, text=True) as simulation:
        assert [simulation.stdout.readline() for _ in range(2)] == ["begun\n"] * 2
        simulation.kill()
        # The workers have this pipe too: it ends with the last of them.
        simulation.communicate(timeout=20)
