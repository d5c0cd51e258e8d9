"""Pairs of answers: against R, the published example of Derrick and others, and waves made by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.comparison.microdata import PairedCounts, on_later_map, pair_waves, paired_tests

R = pd.read_csv(Path(__file__).parents[3] / "reference/comparison_reference.csv").set_index(["quantity", "key"])[
    "value"
]
PAIRS = [tuple(map(int, key.split())) for key in R["mcnemar_exact"].index]


@pytest.mark.parametrize("pairs", PAIRS)
def test_pairs_alone_equal_r(pairs):
    key = " ".join(map(str, pairs))
    counts = PairedCounts(*pairs, only_1=(0, 0), only_2=(0, 0))
    quantity = "mcnemar_exact" if pairs[1] + pairs[2] < 25 else "mcnemar_chi_square"
    found = paired_tests(counts)
    assert found["mcnemar"] == pytest.approx(R[quantity, key], rel=1e-9)
    assert found["correlation"] == pytest.approx(R["phi", key], abs=1e-12)
    assert found["n_both"] == sum(pairs)


def test_the_published_example_with_its_pairs():
    # Derrick, Dobson-McKittrick, Toher and White (2015), who print p = 0.053.
    counts = PairedCounts(8, 1, 3, 3, only_1=(5, 9), only_2=(6, 6))
    found = paired_tests(counts)
    assert round(found["partly_overlapping"], 3) == 0.053
    assert found["difference"] == pytest.approx(17 / 21 - 14 / 24)
    assert found["ci_low"] < found["difference"] < found["ci_high"]


def test_the_interval_of_pairs_alone_is_the_textbook_interval():
    # Var of a paired difference: ((b + c) - (b - c)^2 / n) / n^2.
    found = paired_tests(PairedCounts(30, 12, 25, 40, only_1=(0, 0), only_2=(0, 0)))
    variance = (37 - 13**2 / 107) / 107**2
    assert found["ci_high"] - found["difference"] == pytest.approx(1.959963984540054 * np.sqrt(variance), rel=1e-9)


def test_nobody_changed():
    found = paired_tests(PairedCounts(4, 0, 0, 6, only_1=(2, 5), only_2=(2, 5)))
    assert found["mcnemar"] == 1
    assert found["partly_overlapping"] == 1


def test_units_of_both_waves_become_pairs():
    earlier = pd.Series({"u": True, "v": False, "w": True, "x": True, "y": None}, dtype="boolean")
    later = pd.Series({"u": True, "v": True, "w": None, "z": False, "y": True}, dtype="boolean")
    found = pair_waves(earlier, later)
    # w and y lack an answer in one wave, so they count in the other wave alone.
    assert found == PairedCounts(1, 0, 1, 0, only_1=(2, 2), only_2=(1, 2))
    first, second = found.samples
    assert (first.count, first.n, second.count, second.n) == (3, 4, 3, 4)


CODES = pd.Series({"s": "A", "t": "A", "c": "c", "d": "d", "e": "e"})
ANSWERS = pd.DataFrame({"code": ["s", "t", "c", "d", "e"], "x": [True, False, False, True, None]})


def test_merged_municipalities_and_partnerships_become_one_unit():
    later_units = pd.Series({"A": "R1", "c": "R2", "d": "R2"})
    some = on_later_map(ANSWERS, CODES, later_units, "any")["x"]
    every = on_later_map(ANSWERS, CODES, later_units, "all")["x"]
    assert list(some.index) == ["R1", "R2", "e"]
    assert some["R1"] and some["R2"]
    assert not every["R1"] and not every["R2"]
    assert some.isna()["e"]


def test_a_municipality_off_the_map_is_refused():
    with pytest.raises(InputError, match="not on the map"):
        on_later_map(ANSWERS, CODES.drop("d"), pd.Series(dtype="str"), "any")
