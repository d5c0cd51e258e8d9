"""Adjustment against R, and verdicts that must hold for every joint combination."""

from itertools import product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.statistics.comparison.verdicts import COLUMNS, adjust, comparison_table, p_value_ranges, verdict

R = pd.read_csv(Path(__file__).parents[3] / "reference/comparison_reference.csv").set_index("quantity")["value"]
P_VALUES = [0.0001, 0.0011, 0.027, 0.041, 0.126, 0.232, 0.528, 0.9]


@pytest.mark.parametrize("method", ["holm", "fdr_bh"])
def test_adjusted_p_values_equal_r(method):
    assert adjust(P_VALUES, method).tolist() == pytest.approx(R[method].tolist(), rel=1e-12)


@pytest.mark.parametrize("values", [[0.01, 0.01, 0.04, 0.02], [1.0], [0.3, 0.0, 0.3, 1.0, 0.05, 0.05]])
def test_holm_equals_statsmodels_also_with_ties(values):
    assert adjust(values, "holm").tolist() == pytest.approx(multipletests(values, method="holm")[1].tolist())


probabilities = st.floats(0, 1).map(lambda p: round(p, 4))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(probabilities, min_size=1, max_size=3), min_size=2, max_size=4))
def test_the_range_bounds_every_joint_combination(values):
    table = pd.DataFrame(
        [(f"item {index}", p) for index, options in enumerate(values) for p in options], columns=["item", "t"]
    )
    ranges = p_value_ranges(table, ["t"]).set_index("item")
    for joint in product(*values):
        for prefix, method in (("p_adjusted", "holm"), ("p_bh", "fdr_bh")):
            adjusted = adjust(joint, method)
            assert (adjusted >= ranges[f"{prefix}_low"].to_numpy() - 1e-12).all()
            assert (adjusted <= ranges[f"{prefix}_high"].to_numpy() + 1e-12).all()
        for item, p in zip(ranges.index, adjust(joint, "holm"), strict=True):
            said = ranges.loc[item, "verdict"]
            assert said in {"depends", "changed" if p < 0.05 else "not_shown"}


def test_a_verdict_at_the_level_itself_is_not_shown():
    assert verdict(0.05, 0.05) == "not_shown"
    assert verdict(0.0499, 0.05) == "depends"


def comparisons():
    return pd.DataFrame(
        {
            "item": ["b", "b", "a"],
            "share_2021": [0.10, 0.12, 0.5],
            "share_2025": [0.30, 0.30, 0.5],
            "difference": [0.20, 0.18, 0.0],
            "ci_low": [0.08, 0.06, -0.1],
            "ci_high": [0.32, 0.30, 0.1],
            "finite_low": [0.10, 0.09, -0.08],
            "finite_high": [0.30, 0.28, 0.08],
            "boschloo": [0.001, np.nan, 1.0],
            "fisher": [0.002, 0.03, 1.0],
            "z_finite": [0.0001, 0.0002, 1.0],
        }
    )


def test_the_table_keeps_its_contract():
    items = [SimpleNamespace(name="a", options_2025=("a",)), SimpleNamespace(name="b", options_2025=("e", "f"))]
    found = comparison_table(comparisons(), SimpleNamespace(items=items))
    assert tuple(found.columns) == COLUMNS
    assert list(zip(found["item"], found["test"], strict=True)) == [
        (item, test) for item in "ab" for test in ("boschloo", "fisher", "z_finite")
    ]
    fisher = found.set_index(["item", "test"]).loc[("b", "fisher")]
    assert fisher["options_2025"] == "e;f"
    assert (fisher["share_2021_low"], fisher["share_2021_high"]) == (0.10, 0.12)
    assert (fisher["difference_low"], fisher["difference_high"]) == (0.18, 0.20)
    assert (fisher["ci_low"], fisher["ci_high"]) == (0.06, 0.32)
    assert (fisher["p_value_low"], fisher["p_value_high"], fisher["p_adjusted_high"]) == (0.002, 0.03, 0.06)
    assert fisher["verdict"] == "depends"
    finite = found.set_index(["item", "test"]).loc[("b", "z_finite")]
    assert (finite["ci_low"], finite["ci_high"], finite["verdict"]) == (0.09, 0.30, "changed")
