"""R-indicators against R (tests/reference/r_indicator.R), RISQ 2.1, brute force and planted propensities."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.statistics.r_indicator import bootstrap_r_indicator, partial_r_indicators, r_indicator

REFERENCE = Path(__file__).parents[2] / "reference"
CELLS = pd.read_csv(REFERENCE / "response_cells.csv")
BOTH = ["size_class", "province"]
TABLE_1 = pd.DataFrame({"size_class": ["d", "c", "ab"], "population": [250, 60, 32], "respondents": [98, 33, 22]})


def reference(file):
    return pd.read_csv(REFERENCE / file).set_index(["variables", "quantity"])["value"]


def summed(variable):
    return CELLS.groupby(variable, observed=True)[["population", "respondents"]].sum().reset_index()


def brute_force(population, respondents):
    """Go through the frame unit by unit; propensities are the rates of the groups."""
    units = [x / n for n, x in zip(population, respondents, strict=True) for _ in range(n)]
    mean = sum(units) / len(units)
    variance = sum((unit - mean) ** 2 for unit in units) / (len(units) - 1)
    chance = sum(unit * (1 - unit) / n for n, unit in zip(np.repeat(population, population), units, strict=True))
    of_mean = sum(unit * (1 - unit) for unit in units) / len(units)
    return variance, chance / len(units), (chance - of_mean) / (len(units) - 1)


@pytest.mark.parametrize("by", [BOTH, ["size_class"], ["province"]])
def test_the_indicator_equals_r(by):
    cells = CELLS if len(by) == 2 else summed(by[0])
    expected = reference("r_indicator.csv")["+".join(by)]
    found = r_indicator(cells, by, adjustment="risq").iloc[0]
    centred = r_indicator(cells, by).iloc[0]
    for column in ("s2_unadjusted", "r_unadjusted", "se", "bias", "r"):
        assert found[column] == pytest.approx(expected[column], rel=1e-9), column
    for column in ("bias", "r"):
        assert centred[column] == pytest.approx(expected[f"{column}_centred"], rel=1e-9), column


@pytest.mark.parametrize(("file", "precision"), [("r_indicator.csv", 1e-9), ("r_indicator_risq21.csv", 1e-6)])
def test_the_partial_indicators_equal_r_and_risq(file, precision):
    found = partial_r_indicators(CELLS, BOTH, adjustment="risq").set_index(["variable", "category", "kind"])
    expected = reference(file)
    for variable in BOTH:
        for kind in ("unconditional", "conditional"):
            row = found.loc[(variable, "", kind)]
            assert row["value"] == pytest.approx(expected[variable, kind], rel=precision)
            assert row["value_unadjusted"] == pytest.approx(
                expected[variable, f"{kind}_unadjusted"], rel=precision
            )
            assert row["se"] == pytest.approx(expected[variable, "partial_se"], rel=precision)
        for category in CELLS[variable].unique():
            value = found.loc[(variable, category, "unconditional"), "value"]
            assert value == pytest.approx(expected[variable, f"category:{category}"], rel=precision)


def test_the_indicator_equals_risq():
    expected = reference("r_indicator_risq21.csv")["+".join(BOTH)]
    found = r_indicator(CELLS, BOTH, adjustment="risq").iloc[0]
    for column in ("r_unadjusted", "r", "se", "cv"):
        assert found[column] == pytest.approx(expected[column], rel=1e-6), column


groups = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=2, max_size=6).filter(
    lambda rows: 0 < sum(min(n, x) for n, x in rows) < sum(n for n, _ in rows)
)


@settings(max_examples=60, deadline=None)
@given(groups)
def test_variance_and_bias_equal_brute_force(rows):
    population, respondents = [n for n, _ in rows], [min(n, x) for n, x in rows]
    cells = pd.DataFrame({"group": range(len(rows)), "population": population, "respondents": respondents})
    variance, *biases = brute_force(population, respondents)
    for adjustment, bias in zip(["risq", "centred"], biases, strict=True):
        found = r_indicator(cells, ["group"], adjustment=adjustment).iloc[0]
        assert found["s2_unadjusted"] == pytest.approx(variance, rel=1e-9, abs=1e-12)
        assert found["bias"] == pytest.approx(bias, rel=1e-9, abs=1e-12)
        assert found["r"] == pytest.approx(1 - 2 * max(variance - bias, 0) ** 0.5, rel=1e-9, abs=1e-6)
        assert found["ci_low"] <= found["r"] <= found["ci_high"] <= 1 or np.isnan(found["se"])


def test_equal_rates_are_representative():
    found = r_indicator(TABLE_1.assign(population=[20, 30, 50], respondents=[8, 12, 20]), ["size_class"]).iloc[0]
    assert found["r"] == found["r_unadjusted"] == 1
    assert found["maximal_bias"] == 0
    assert np.isnan(found["se"])


def test_the_least_representative_response_has_indicator_0():
    half = pd.DataFrame({"group": ["a", "b"], "population": [5000, 5000], "respondents": [5000, 0]})
    assert r_indicator(half, ["group"]).iloc[0]["r"] == pytest.approx(0, abs=1e-3)


def test_unconditional_categories_add_up_to_the_variable():
    found = partial_r_indicators(CELLS, BOTH)
    for variable in BOTH:
        rows = found[(found["variable"] == variable) & (found["kind"] == "unconditional")]
        whole = rows.loc[rows["category"] == "", "value_unadjusted"].item()
        assert (rows.loc[rows["category"] != "", "value"] ** 2).sum() == pytest.approx(whole**2)


def test_one_characteristic_has_no_conditional_indicator():
    assert set(partial_r_indicators(TABLE_1, ["size_class"])["kind"]) == {"unconditional"}


def planted(seed, samples):
    """Draw responses of a frame like table 1 from known propensities."""
    rng = np.random.default_rng(seed)
    population, propensity = np.array([250, 60, 32]), np.array([0.42, 0.50, 0.56])
    mean = population @ propensity / 342
    truth = population @ (propensity - mean) ** 2 / 341
    for _ in range(samples):
        yield truth, TABLE_1.assign(respondents=rng.binomial(population, propensity))


def test_the_adjustment_removes_the_bias_of_the_variance():
    rows = [(truth, r_indicator(cells, ["size_class"]).iloc[0]) for truth, cells in planted(7, 800)]
    truth = rows[0][0]
    unadjusted = np.array([row["s2_unadjusted"] for _, row in rows])
    adjusted = unadjusted - np.array([row["bias"] for _, row in rows])
    error = adjusted.std() / np.sqrt(len(rows))
    assert abs(adjusted.mean() - truth) < 3 * error
    assert unadjusted.mean() - truth > 10 * error


def test_the_adjustment_of_risq_takes_away_too_much_when_groups_are_few():
    rows = [
        (truth, r_indicator(cells, ["size_class"], adjustment="risq").iloc[0]) for truth, cells in planted(7, 800)
    ]
    adjusted = np.array([row["s2_unadjusted"] - row["bias"] for _, row in rows])
    assert rows[0][0] - adjusted.mean() > 5 * adjusted.std() / np.sqrt(len(rows))


def test_standard_errors_of_categories_match_the_spread_over_responses():
    values, errors = [], []
    for _, cells in planted(11, 200):
        rows = partial_r_indicators(cells, ["size_class"]).query("category != ''")
        values.append(rows["value"].to_numpy())
        errors.append(rows["se"].to_numpy())
    np.testing.assert_allclose(np.mean(errors, axis=0), np.std(values, axis=0, ddof=1), rtol=0.2)


def test_the_bootstrap_supports_the_standard_error():
    strong = TABLE_1.assign(population=[2500, 600, 320], respondents=[980, 330, 220])
    linear = r_indicator(strong, ["size_class"]).iloc[0]
    resampled = bootstrap_r_indicator(strong, ["size_class"], n_samples=400).iloc[0]
    assert resampled["se"] == pytest.approx(linear["se"], rel=0.15)
    assert resampled["r"] == pytest.approx(linear["r"], abs=0.01)
    assert resampled["ci_low"] == pytest.approx(linear["ci_low"], abs=0.02)


def test_the_bootstrap_repeats_itself():
    once, again = (bootstrap_r_indicator(CELLS, BOTH, n_samples=5, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(once, again)


def test_wrong_input_is_refused():
    with pytest.raises(InputError, match="more respondents than population in d"):
        r_indicator(TABLE_1.assign(respondents=[251, 33, 22]), ["size_class"])
    with pytest.raises(ValueError, match="between 0 and 1"):
        r_indicator(TABLE_1, ["size_class"], level=95)
    with pytest.raises(ValueError, match="unknown adjustment 'none'"):
        r_indicator(TABLE_1, ["size_class"], adjustment="none")
