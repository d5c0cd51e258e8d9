"""Counts and shares per option, against counting by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.distribution import MISSING_CODES, answer_distribution

CODES = ["a", "b", "c", "d"]


@given(st.lists(st.sampled_from([*CODES, *MISSING_CODES])))
def test_counts_and_base_match_counting_one_by_one(answers):
    table = answer_distribution(pd.Series(answers, dtype="str"), CODES)
    base = sum(answer in CODES for answer in answers)
    assert table["option"].tolist() == CODES
    assert table["count"].tolist() == [answers.count(code) for code in CODES]
    assert (table["n"] == base).all()
    if base:
        assert table["share"].sum() == pytest.approx(1)
    else:
        assert table["share"].isna().all()


def test_not_asked_is_not_in_the_base():
    table = answer_distribution(pd.Series(["a", "not_asked", "not_answered", "b"]), ["a", "b"])
    assert table["share"].tolist() == [0.5, 0.5]


def test_an_option_that_nobody_chose_stays():
    assert answer_distribution(pd.Series(["a"]), ["a", "b"])["count"].tolist() == [1, 0]


@pytest.mark.parametrize("answer", ["x", None])
def test_an_answer_that_is_no_option_is_refused(answer):
    with pytest.raises(ValueError, match="no option"):
        answer_distribution(pd.Series(["a", answer], name="q04", dtype="str"), ["a", "b"])
