"""Verdicts under other assumptions, worked by hand."""

import pandas as pd
import pytest

from analysis.statistics.comparison.robustness import fisher_p_values, ranges_of, robustness_table
from analysis.statistics.comparison.tests_of_change import fisher_p

MAIN = pd.DataFrame({"item": ["x", "x", "y"], "boschloo": [0.001, 0.010, 0.300]})


def test_an_assumption_is_adjusted_over_the_whole_family():
    # Only x is concerned; y keeps its 0.3. Holm doubles the smaller of two: 0.02 and 0.03 become 0.04 and 0.06.
    table = robustness_table(MAIN, {"other": pd.DataFrame({"item": ["x", "x"], "p": [0.02, 0.03]})}).set_index(
        "item"
    )
    assert table["main"].to_dict() == {"x": "changed", "y": "not_shown"}
    assert table["other"].to_dict() == {"x": "depends", "y": "not_shown"}
    assert table["stands"].to_dict() == {"x": False, "y": True}


def test_ranges_and_single_values_are_both_taken():
    single = ranges_of(pd.DataFrame({"item": ["x", "x"], "p": [0.01, 0.2]}), "a")
    ranged = ranges_of(pd.DataFrame({"item": ["x"], "p_low": [0.01], "p_high": [0.2]}), "a")
    pd.testing.assert_frame_equal(single, ranged)
    assert single.loc[0, ["p_value_low", "p_value_high", "test", "verdict"]].tolist() == [
        0.01,
        0.2,
        "a",
        "depends",
    ]


def test_fishers_test_for_each_combination():
    rows = pd.DataFrame({"item": ["x"], "count_2021": [3], "n_2021": [9], "count_2025": [8], "n_2025": [10]})
    assert fisher_p_values(rows)["p"].tolist() == [pytest.approx(fisher_p(3, 9, 8, 10))]
