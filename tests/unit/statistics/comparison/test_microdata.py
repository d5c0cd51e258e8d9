"""Pairs of answers: against R, the published example of Derrick and others, and waves made by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.comparison.microdata import (
    PairedCounts,
    combine_units,
    item_answers,
    link_units,
    pair_waves,
    paired_tests,
)

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
EARLIER = pd.Series({1: "s", 2: "t", 3: "c", 4: "d|e", 5: ""})
LATER = pd.Series({"R1": "A", "R2": "c|d", "R3": "", "R4": "e"})


def test_mergers_and_partnerships_of_either_wave_become_one_unit():
    earlier, later = link_units(EARLIER, LATER, CODES)
    # s and t merged into A; c, d and e hang together through the partnerships c|d and d|e.
    assert earlier[1] == earlier[2] == later["R1"]
    assert earlier[3] == earlier[4] == later["R2"] == later["R4"]
    # Unknown municipalities are linked to nothing.
    alone = [earlier[5], later["R3"]]
    assert len({earlier[1], earlier[3], *alone}) == 4


def test_the_units_are_those_of_a_walk_over_the_municipalities():
    rng = np.random.default_rng(5)
    codes = pd.Series({f"o{number}": f"n{number // 2}" for number in range(20)})
    earlier = pd.Series(["|".join(rng.choice(codes.index, rng.integers(1, 3), replace=False)) for _ in range(8)])
    later = pd.Series(["|".join(rng.choice(codes.unique(), rng.integers(1, 3), replace=False)) for _ in range(8)])
    found = pd.concat(link_units(earlier, later, codes), keys=["earlier", "later"])
    places = {("earlier", row): {codes[code] for code in text.split("|")} for row, text in earlier.items()}
    places |= {("later", row): set(text.split("|")) for row, text in later.items()}
    for start in places:
        reached, old = {start}, set()
        while reached != old:
            old = set(reached)
            around = set().union(*(places[one] for one in reached))
            reached |= {one for one, own in places.items() if own & around}
        assert set(found.index[found == found[start]]) == reached


def test_several_answers_of_a_unit_are_any_or_all():
    chosen = pd.DataFrame({"x": [True, False, False, True, None]}, index=[1, 2, 3, 4, 5]).astype("boolean")
    units = pd.Series([0, 0, 1, 1, 2], index=[1, 2, 3, 4, 5])
    assert combine_units(chosen, units, "any")["x"].tolist() == [True, True, pd.NA]
    assert combine_units(chosen, units, "all")["x"].tolist() == [False, False, pd.NA]


def test_not_asked_is_no_answer():
    answers = pd.DataFrame({"q": ["a", "b", "c", "not_asked", "not_answered"]})
    found = item_answers(answers, {"x": ("q", ("a", "b"))})["x"]
    assert found.tolist() == [True, True, False, pd.NA, pd.NA]


def test_a_municipality_off_the_map_is_refused():
    with pytest.raises(InputError, match="not on the map"):
        link_units(EARLIER, LATER, CODES.drop("d"))
