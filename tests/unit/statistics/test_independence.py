"""Tests of independence against R (tests/reference/response_tests.R), brute force and hypothesis."""

from itertools import product
from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.statistics.independence import cramers_v, group_differences, independence_tests

REFERENCE = Path(__file__).parents[2] / "reference"
TABLES = dict(list(pd.read_csv(REFERENCE / "response_tables.csv").groupby("table", observed=True)))
R = pd.read_csv(REFERENCE / "response_tests.csv").pivot(index="table", columns="quantity", values="value")
TABLE_1 = TABLES["published_size"]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_pearson_and_likelihood_ratio_equal_r(name):
    found = independence_tests(TABLES[name], ["group"]).set_index("test")
    for test in ("pearson", "likelihood_ratio"):
        assert found.loc[test, "statistic"] == pytest.approx(R.loc[name, f"{test}_statistic"], rel=1e-9, abs=1e-12)
        assert found.loc[test, "p_value"] == pytest.approx(R.loc[name, f"{test}_p_value"], rel=1e-9)
        assert found.loc[test, "df"] == R.loc[name, "pearson_df"]
    assert (found["effect_size"] == found["effect_size"].iloc[0]).all()
    assert found.loc["pearson", "effect_size"] == pytest.approx(R.loc[name, "cramers_v"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"provinces"}))
def test_the_exact_test_equals_r(name):
    found = independence_tests(TABLES[name], ["group"]).set_index("test")
    assert found.loc["exact", "p_value"] == pytest.approx(R.loc[name, "exact_p_value"], rel=1e-7)


def test_the_monte_carlo_test_lies_within_its_error_of_r():
    found = (
        independence_tests(TABLES["provinces"], ["group"], n_tables=20_000).set_index("test").loc["monte_carlo"]
    )
    expected = R.loc["provinces", "monte_carlo_p_value"]
    assert abs(found["p_value"] - expected) < 4 * np.sqrt(expected * (1 - expected) / 20_000)
    assert "20000 random tables, seed 2025" in found["note"]


def test_the_monte_carlo_test_agrees_with_the_exact_one():
    drawn = (
        independence_tests(TABLE_1, ["group"], exact_limit=0, n_tables=200_000)
        .set_index("test")
        .loc["monte_carlo"]
    )
    expected = R.loc["published_size", "exact_p_value"]
    assert abs(drawn["p_value"] - expected) < 4 * np.sqrt(expected / 200_000)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_interval_of_cramers_v_equals_r(name):
    found = cramers_v(TABLES[name], ["group"]).iloc[0]
    assert found["effect_adjusted"] == pytest.approx(R.loc[name, "v_adjusted"], rel=1e-9, abs=1e-12)
    assert found["effect_low"] == pytest.approx(R.loc[name, "v_low"], rel=1e-6, abs=1e-9)
    assert found["effect_high"] == pytest.approx(min(R.loc[name, "v_high"], 1), rel=1e-6, abs=1e-9)


def test_table_1_of_the_report():
    pearson = independence_tests(TABLE_1, ["group"]).iloc[0]
    assert round(pearson["statistic"], 2) == 13.12
    assert pearson["df"] == 2


groups = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 6)), min_size=2, max_size=4).filter(
    lambda rows: 0 < sum(min(n, x) for n, x in rows) < sum(n for n, _ in rows)
)


@settings(max_examples=60, deadline=None)
@given(groups)
def test_the_exact_test_equals_counting_every_table(rows):
    population = [n for n, _ in rows]
    respondents = [min(n, x) for n, x in rows]
    cells = pd.DataFrame({"group": range(len(rows)), "population": population, "respondents": respondents})

    def ways(table):
        return np.prod([comb(n, x) for n, x in zip(population, table, strict=True)])

    tables = [t for t in product(*(range(n + 1) for n in population)) if sum(t) == sum(respondents)]
    total = sum(ways(t) for t in tables)
    extreme = sum(ways(t) for t in tables if ways(t) <= ways(respondents))
    found = independence_tests(cells, ["group"]).set_index("test").loc["exact"]
    assert found["p_value"] == pytest.approx(extreme / total, rel=1e-9)
    assert found["note"] == f"Fisher-Freeman-Halton, all {len(tables)} tables"


def test_the_order_of_the_groups_does_not_matter():
    turned = TABLE_1.iloc[::-1]
    columns = ["test", "statistic", "p_value", "effect_size"]
    pd.testing.assert_frame_equal(
        independence_tests(TABLE_1, ["group"])[columns], independence_tests(turned, ["group"])[columns]
    )


def test_the_random_test_repeats_itself():
    once, again = (independence_tests(TABLES["provinces"], ["group"], n_tables=2_000) for _ in range(2))
    pd.testing.assert_frame_equal(once, again)


def test_small_cells_are_counted_in_the_note():
    note = independence_tests(TABLES["small"], ["group"]).iloc[0]["note"]
    assert note == "10 of 10 expected counts below 5"


def test_differences_in_points_add_up_to_nothing_and_name_the_direction():
    found = group_differences(TABLE_1, ["group"]).set_index("group")
    assert found["difference_points"].sum() == pytest.approx(0, abs=1e-9)
    assert found["difference_points"].round(2).to_dict() == {"d": -9.05, "c": 4.02, "ab": 5.02}
    assert found["stands_out"].to_dict() == {"d": True, "c": False, "ab": True}
    assert found["residual"].abs().max() == pytest.approx(
        R.loc["published_size", "largest_adjusted_residual"], rel=1e-9
    )


def test_two_variables_make_one_group_each():
    cells = pd.DataFrame(
        {"size_class": ["d", "c", "d"], "province": ["Utrecht", "Utrecht", "Zeeland"]}
        | {"population": [5, 3, 4], "respondents": [2, 1, 3]}
    )
    assert group_differences(cells, ["size_class", "province"])["group"].tolist() == [
        "d+Utrecht",
        "c+Utrecht",
        "d+Zeeland",
    ]
    assert (independence_tests(cells, ["size_class", "province"])["variable"] == "size_class+province").all()


@pytest.mark.parametrize("respondents", [[0, 0, 0], [250, 60, 32]])
@pytest.mark.parametrize("function", [independence_tests, cramers_v, group_differences])
def test_without_respondents_or_non_respondents_there_is_no_test(function, respondents):
    with pytest.raises(ValueError, match="everybody or nobody"):
        function(TABLE_1.assign(respondents=respondents), ["group"])


def test_counts_are_checked_first():
    with pytest.raises(InputError, match="more respondents than population in d"):
        independence_tests(TABLE_1.assign(respondents=[251, 33, 22]), ["group"])


def test_a_level_is_a_fraction():
    with pytest.raises(ValueError, match="between 0 and 1"):
        cramers_v(TABLE_1, ["group"], level=95)
