"""The stage of the gate: the page says what was held back, and what is weighted gives nothing away."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from analysis.pipeline.disclosure_stage import rules_text
from analysis.reporting.disclosure import Rules


def test_the_page_has_the_thresholds_and_the_numbers_held_back():
    ledger = pd.DataFrame({"reason": ["Klein.", "Weging.", "Klein."], "n_hidden": [3, 1200, 4]})
    text = rules_text("# Regels\n\nMinder dan {smallest_base} of {smallest_cell}.\n", Rules(12, 7), ledger)
    assert "Minder dan 12 of 7." in text
    assert text.endswith("| Waarom | Getallen |\n|---|---:|\n| Klein. | 7 |\n| Weging. | 1.200 |\n")


CELLS = pd.DataFrame(
    [(size, weight * factor, n) for size, weight, n in (("d", 2.7, 24), ("c", 1.9, 8), ("ab", 1.5, 5))
     for factor in (0.85, 0.95, 1.05, 1.25)],
    columns=["size_class", "weight", "n"],
)  # fmt: skip
"""Raked weights as they come out of this survey, by size class and province, and how many have them."""


def range_of(size_class, total, share):
    """Return what a reader knows of a size class who even knows the weight of every respondent."""
    aim = (CELLS["size_class"] == size_class).to_numpy(dtype=float)
    weights = (CELLS["weight"] / (CELLS["weight"] * CELLS["n"]).sum()).to_numpy()
    limits, bounds = [share + 0.005, -(share - 0.005)], list(zip(np.zeros(len(CELLS)), CELLS["n"], strict=True))
    ends = [
        linprog(sign * aim, np.vstack([weights, -weights]), limits, np.ones((1, len(CELLS))), [total], bounds).fun
        for sign in (1, -1)
    ]
    return ends[0], -ends[1]


@pytest.mark.parametrize("total", [10, 28, 74])
@pytest.mark.parametrize("size_class", ["d", "c", "ab"])
def test_a_raked_whole_percentage_leaves_a_size_class_wide(total, size_class):
    """Even for a reader who knows the weights, which are not published; half of the weight is where it must be."""
    per_cell = CELLS["n"] * total / CELLS["n"].sum()
    share = round(float((CELLS["weight"] * per_cell).sum() / (CELLS["weight"] * CELLS["n"]).sum()), 2)
    low, high = range_of(size_class, total, share)
    assert high - low >= 5


def test_the_same_share_weighted_by_size_class_alone_would_give_small_groups_away():
    """Three weights and a share in full precision: of all tables with 28 municipalities only the true one fits."""
    weights = {"d": 250 / 98, "c": 60 / 33, "ab": 32 / 22}
    truth = (19, 6, 3)
    share = sum(count * weight for count, weight in zip(truth, weights.values(), strict=True)) / 342
    fitting = [
        (28 - c - ab, c, ab)
        for c in range(29)
        for ab in range(29 - c)
        if abs(((28 - c - ab) * weights["d"] + c * weights["c"] + ab * weights["ab"]) / 342 - share) < 1e-9
    ]
    assert fitting == [truth]
