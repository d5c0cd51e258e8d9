"""Counts and shares per option, against counting by hand."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.distribution import answer_distribution, check_distribution, question_distribution
from analysis.survey.instrument import MISSING, load_instrument

CODES = ["a", "b", "c", "d"]


@given(st.lists(st.sampled_from([*CODES, *MISSING])))
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


def test_figure_2_on_the_published_counts():
    question = load_instrument(Path(__file__).parents[3] / "data/raw/instrument_2025.yaml").question("q04")
    counts = dict(zip("abcdefgh", [42, 28, 44, 26, 5, 3, 0, 5], strict=True))
    answers = pd.DataFrame({"q04": [code for code, count in counts.items() for _ in range(count)]}, dtype="str")
    table = question_distribution(answers, question, "largest_remainder")
    assert table["printed_pct"].tolist() == [28, 18, 29, 17, 3, 2, 0, 3]
    assert table["label"].tolist() == [option.nl for option in question.options]
    assert check_distribution(table) == "8 antwoorden tellen op tot 153 gemeenten."


@pytest.mark.parametrize("damage", [{"count": 1}, {"n": 5}, {"share": 0.5}])
def test_a_distribution_that_does_not_add_up_is_refused(damage):
    table = answer_distribution(pd.Series(["a", "a", "a", "b"]), ["a", "b"])
    check_distribution(table)
    table.loc[0, list(damage)] = list(damage.values())
    with pytest.raises(ValueError, match=r"base"):
        check_distribution(table)
