"""Tests of a whole distribution against R, and their extremes against all distributions."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.comparison.distributions import (
    compare_distributions,
    distribution_ranges,
    group_columns,
    proportional_odds,
)

R = pd.read_csv(Path(__file__).parents[3] / "reference/comparison_reference.csv").set_index(["quantity", "key"])[
    "value"
]
COUNTS = [tuple(map(int, key.split())) for key in R["mann_whitney"].index]


@pytest.mark.parametrize("counts", COUNTS)
def test_one_distribution_equals_r(counts):
    key = " ".join(map(str, counts))
    found = compare_distributions(pd.DataFrame([counts[:5]], columns=list("abcde")), counts[5:]).iloc[0]
    for quantity in ("mann_whitney", "further", "chi_square"):
        assert found[quantity] == pytest.approx(R[quantity, key], rel=1e-9), quantity
    assert np.log(found["odds_ratio"]) == pytest.approx(R["log_odds", key], abs=1e-5)
    error = np.log(found["odds_high"] / found["odds_low"]) / 2 / 1.959963984540054
    assert error == pytest.approx(R["log_odds_se", key], rel=1e-4)


def test_a_group_that_nobody_chose_changes_nothing():
    with_gap = compare_distributions(pd.DataFrame([[8, 0, 43, 13]], columns=list("abcd")), [42, 0, 44, 26])
    without = compare_distributions(pd.DataFrame([[8, 43, 13]], columns=list("acd")), [42, 44, 26])
    pd.testing.assert_frame_equal(with_gap, without)


def test_the_model_is_fitted_where_its_extremes_are():
    rng = np.random.default_rng(2021)
    later = [42, 28, 44, 26, 13]
    earlier = pd.DataFrame([rng.multinomial(113, [0.1, 0.3, 0.35, 0.15, 0.1]) for _ in range(25)])
    found = compare_distributions(earlier, later)
    every = [
        proportional_odds(np.vstack([row, later])[:, ::-1]) for row in earlier.itertuples(index=False, name=None)
    ]
    log_odds, p_values = np.array([fit[0] for fit in every]), np.array([fit[2] for fit in every])
    assert np.log(found["odds_ratio"].min()) == pytest.approx(log_odds.min(), abs=0.02)
    assert np.log(found["odds_ratio"].max()) == pytest.approx(log_odds.max(), abs=0.02)
    assert found["proportional_odds"].max() == pytest.approx(p_values.max(), abs=0.02)
    # Score test and Wald test of the same model: close, not equal.
    mann_whitney = found["mann_whitney"].to_numpy()
    assert np.abs(mann_whitney - p_values).max() < 0.03


def test_further_is_the_share_of_pairs_that_the_later_wave_wins():
    found = compare_distributions(pd.DataFrame([[1, 2]], columns=["a", "b"]), [2, 1]).iloc[0]
    # Nine pairs: later a against earlier b (2 x 2) wins, equal answers (2 x 1 and 1 x 2) count half.
    assert found["further"] == pytest.approx((4 + 0.5 * 4) / 9)


def test_cells_are_added_up_to_groups():
    cells = pd.DataFrame({"n": [6, 6], "a": [1, 1], "f": [2, 3], "e+g+h": [3, 2]})
    found = group_columns(cells, [["a"], ["e", "f", "g", "h"]])
    assert found.to_dict("list") == {"a": [1], "e;f;g;h": [5]}


def test_the_ranges_stand_outside_the_family():
    table = compare_distributions(pd.DataFrame([[8, 60, 45], [30, 40, 43]], columns=list("abc")), [42, 60, 51])
    found = distribution_ranges(table, "status").set_index("test")
    assert (found["p_adjusted_high"] == found["p_value_high"]).all()
    assert found.loc["chi_square", "p_value_low"] == table["chi_square"].min()
    assert found.loc["chi_square", "verdict"] == "depends"
