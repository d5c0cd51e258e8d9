"""Another mix of size classes: worked by hand, and against svy's post-stratified estimate."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
import svy

from analysis.errors import InputError
from analysis.statistics.comparison.composition import standardised_shares

BY_CLASS = pd.DataFrame({"item": "x", "size_class": ["ab", "c", "d"], "count": [4, 10, 20], "n": [20, 40, 100]})
MIX = pd.Series({"d": 240, "c": 70, "ab": 42})


def test_the_share_is_the_weighted_mean_of_the_classes():
    found = standardised_shares(BY_CLASS, MIX).iloc[0]
    assert found["share"] == pytest.approx(34 / 160)
    assert found["standardised"] == pytest.approx((240 * 0.2 + 70 * 0.25 + 42 * 0.2) / 352)
    assert (found["lowest"], found["highest"]) == (0.2, 0.25)


def test_it_equals_a_stratified_estimate():
    answers = pd.concat(
        pd.DataFrame({"size_class": row.size_class, "y": [1] * row.count_ + [0] * (row.n - row.count_)})
        for row in BY_CLASS.rename(columns={"count": "count_"}).itertuples()
    )
    answers["weight"] = answers["size_class"].map(MIX / BY_CLASS.set_index("size_class")["n"])
    design = svy.Design(stratum="size_class", wgt="weight")
    expected = svy.Sample(pl.from_pandas(answers.astype({"size_class": object})), design).estimation.mean("y")
    row = expected.estimates[0]
    found = standardised_shares(BY_CLASS, MIX).iloc[0]
    assert found["standardised"] == pytest.approx(row.est, rel=1e-9)
    assert found["se"] == pytest.approx(row.se, rel=1e-9)


def test_the_observed_mix_gives_the_observed_share():
    mix = BY_CLASS.set_index("size_class")["n"]
    found = standardised_shares(BY_CLASS, mix).iloc[0]
    assert found["standardised"] == pytest.approx(found["share"])


def test_a_class_without_respondents_is_refused():
    with pytest.raises(InputError, match="no respondents"):
        standardised_shares(BY_CLASS[BY_CLASS["size_class"] != "ab"], MIX)


def test_every_mix_lies_between_the_classes():
    rng = np.random.default_rng(1)
    for weights in rng.dirichlet([1, 1, 1], 50):
        found = standardised_shares(BY_CLASS, pd.Series(weights, index=["d", "c", "ab"])).iloc[0]
        assert found["lowest"] - 1e-12 <= found["standardised"] <= found["highest"] + 1e-12
