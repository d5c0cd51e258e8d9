"""Tests between size classes against R's svychisq and fisher.test, and against a planted difference."""

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.design import Design
from analysis.statistics.differences import (
    COLUMNS,
    EXACT,
    NO_TEST,
    RAO_SCOTT,
    SIMULATED,
    answer_differences,
)
from analysis.statistics.weighting import post_stratify


@pytest.fixture(scope="module")
def differences(short_instrument, weighted_designs):
    design = weighted_designs[True]["size_class"]
    return {fpc: answer_differences(short_instrument, design, fpc=fpc) for fpc in (True, False)}


@pytest.mark.parametrize("fpc", [True, False])
def test_tests_equal_those_of_r(differences, reference, fpc):
    ours = differences[fpc].assign(
        column=lambda rows: rows["question"] + rows["option"].map(lambda code: f"_{code}" if code else "")
    )
    expected = reference("tests").query("fpc == @fpc")
    both = expected.merge(ours, on="column", suffixes=("_r", ""), validate="one_to_one")
    assert (both["n"] == both["n_r"]).all()
    survey = both[both["test"] == RAO_SCOTT]
    assert survey["column"].tolist() == ["q21_b", "q21_c"]
    for mine, theirs in [
        ("statistic", "f"),
        ("df_numerator", "df_numerator_r"),
        ("df_denominator", "df_denominator_r"),
        ("p_value", "p_rao_scott"),
    ]:
        np.testing.assert_allclose(survey[mine], survey[theirs], rtol=1e-9)
    exact = both[both["test"] == EXACT]
    assert exact["column"].tolist() == ["q06", "q09", "q13", "q21_e", "q23a", "q23b"]
    np.testing.assert_allclose(exact["p_value"], exact["p_exact"], rtol=1e-9)
    simulated = both[both["test"] == SIMULATED].set_index("column")
    assert simulated.loc["q16", "p_value"] == pytest.approx(simulated.loc["q16", "p_exact"], abs=0.005)


def test_every_chapter_is_a_family_by_holm(differences):
    table = differences[False]
    assert tuple(table.columns) == COLUMNS
    assert table.groupby("chapter", observed=True)["n_tests"].first().to_dict() == {4: 3, 6: 4, 7: 2, 8: 1, 9: 1}
    for _, family in table[table["p_value"].notna()].groupby("chapter", observed=True):
        p = np.sort(family["p_value"].to_numpy())
        by_hand = np.minimum(np.maximum.accumulate(p * np.arange(len(p), 0, -1)), 1)
        np.testing.assert_allclose(np.sort(family["p_adjusted"]), by_hand)


def test_an_option_that_all_or_none_chose_has_no_test(differences):
    rows = differences[False].query("question == 'q21' and option in ['a', 'f']")
    assert rows["test"].tolist() == [NO_TEST, NO_TEST]
    assert rows[["p_value", "p_adjusted", "statistic"]].isna().all(axis=None)


def test_a_planted_difference_is_found_and_chance_is_not(short_instrument, synthetic_respondents):
    rng = np.random.default_rng(7)
    small = synthetic_respondents["size_class"] == "d"
    answered = synthetic_respondents["q21_b"].isin(["0", "1"])
    planted = pd.Series(np.where(rng.random(153) < np.where(small, 0.3, 0.8), "1", "0"))
    table = synthetic_respondents.assign(q21_b=planted.where(answered, synthetic_respondents["q21_b"]))
    found = answer_differences(short_instrument, post_stratify(Design(table, {"d": 250, "c": 60, "ab": 32})))
    found = found.set_index(["question", "option"])
    assert found.loc[("q21", "b"), "p_adjusted"] < 0.001
    assert found.loc[("q23a", ""), "p_adjusted"] > 0.05


def test_a_question_that_defines_the_groups_is_left_out(short_instrument, weighted_designs):
    found = answer_differences(short_instrument, weighted_designs[True]["size_class"], skip=("q04", "q21"))
    assert set(found["question"]) == {"q06", "q09", "q13", "q16", "q23a", "q23b"}
