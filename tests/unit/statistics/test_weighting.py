"""Weights against R's postStratify and rake (tests/reference/estimates/expected.R) and against their margins."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.design import Design
from analysis.statistics.weight_diagnostics import weight_margins, weight_summary
from analysis.statistics.weighting import UNKNOWN, margin_totals, post_stratify, rake, unweighted

POPULATION = {"d": 250, "c": 60, "ab": 32}


@pytest.fixture(scope="module")
def design(synthetic_respondents):
    return Design(synthetic_respondents, POPULATION)


def test_weights_equal_those_of_r(weighted_designs, reference):
    expected = reference("weights")
    weighted = {one.estimator: one for one in weighted_designs[True].values()}
    for one in weighted.values():
        assert one.design.respondents["respondent_id"].tolist() == expected["respondent_id"].tolist()
    np.testing.assert_allclose(weighted["size_class"].weights, expected["size_class"], rtol=1e-9)
    np.testing.assert_allclose(weighted["raked"].weights, expected["raked"], rtol=1e-9)
    np.testing.assert_allclose(weighted["unweighted"].weights, 342 / 153, rtol=1e-15)


def test_post_stratified_weights_are_population_over_respondents(design):
    weights = pd.Series(post_stratify(design).weights).groupby(design.respondents["size_class"]).unique()
    assert {level: round(found.item(), 12) for level, found in weights.items()} == {
        "d": round(250 / 98, 12),
        "c": round(60 / 33, 12),
        "ab": round(32 / 22, 12),
    }


@pytest.mark.parametrize("cap", [None, 3.0, 1.2])
def test_raked_weights_meet_both_margins(design, province_counts, cap):
    raked = rake(design, province_counts, cap=cap)
    totals = {
        "size_class": POPULATION,
        "province": margin_totals(post_stratify(design), province_counts, "province"),
    }
    margins = weight_margins([raked], totals)
    np.testing.assert_allclose(margins["share_raked"], margins["share_population"], rtol=1e-8)
    if cap is not None:
        assert raked.weights.max() <= cap * np.median(raked.weights) * (1 + 1e-8)


def test_the_unknown_keep_their_size_class_weight_as_a_group(design, province_counts):
    stratified = post_stratify(design)
    totals = margin_totals(stratified, province_counts, "province")
    is_unknown = (design.respondents["province"] == UNKNOWN).to_numpy()
    assert totals[UNKNOWN] == pytest.approx(stratified.weights[is_unknown].sum())
    assert sum(totals.values()) == pytest.approx(342)
    known = pd.Series(totals).drop(UNKNOWN)
    assert (known / province_counts).std() < 1e-12


def test_without_unknown_the_margin_is_the_register(synthetic_respondents, province_counts):
    known = synthetic_respondents[synthetic_respondents["province"] != UNKNOWN]
    totals = margin_totals(post_stratify(Design(known, POPULATION)), province_counts, "province")
    assert totals == province_counts.to_dict()


def test_bounds_that_cannot_hold_are_refused(design, province_counts):
    with pytest.raises(InputError, match=r"estimator raked: raking to size_class and province failed"):
        rake(design, province_counts, bounds=(0.9, 1.1))


def test_a_cap_that_cannot_hold_is_refused(design, province_counts):
    with pytest.raises(InputError, match="failed: did not converge"):
        rake(design, province_counts, cap=1.0)


def test_a_province_that_the_register_lacks_is_refused(synthetic_respondents, province_counts):
    wrong = synthetic_respondents.replace({"province": {"Zeeland": "Zealand"}})
    with pytest.raises(InputError, match="a province that the register does not have: Zealand"):
        rake(Design(wrong, POPULATION), province_counts)


def test_a_province_without_respondents_is_refused(synthetic_respondents, province_counts):
    fewer = synthetic_respondents[synthetic_respondents["province"] != "Zeeland"]
    with pytest.raises(InputError, match="no respondents in province Zeeland"):
        rake(Design(fewer, POPULATION), province_counts)


def test_margins_that_differ_are_refused(design, province_counts):
    with pytest.raises(InputError, match="342 municipalities by size_class, 343 by province"):
        rake(design, province_counts + (province_counts.index == "Zeeland"))


@pytest.mark.parametrize("kept", [0, 1])
def test_a_stratum_of_one_or_none_is_refused(synthetic_respondents, kept):
    large = synthetic_respondents[synthetic_respondents["size_class"] == "ab"].head(kept)
    fewer = pd.concat([synthetic_respondents[synthetic_respondents["size_class"] != "ab"], large])
    with pytest.raises(InputError, match="too few respondents for weights in ab"):
        post_stratify(Design(fewer, POPULATION))


def test_kish_design_effect_of_a_worked_example():
    """Two weights of 1 and two of 3: deff = 4 (1 + 1 + 9 + 9) / 64 = 1.25; 3.2 of the 4 respondents are left."""
    design = Design(pd.DataFrame({"size_class": ["d", "d", "c", "c"]}), {"d": 2, "c": 6})
    summary = weight_summary([unweighted(design), post_stratify(design)]).set_index("estimator")
    assert summary.loc["unweighted", "deff"] == pytest.approx(1)
    assert summary.loc["size_class", ["deff", "n_effective", "ratio"]].tolist() == pytest.approx([1.25, 3.2, 3])
