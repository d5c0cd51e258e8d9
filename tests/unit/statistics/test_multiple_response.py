"""Combinations and conflicts of a question with several answers, against counting by hand."""

import pandas as pd
import pytest

from analysis.statistics.design import Design
from analysis.statistics.estimates import estimate
from analysis.statistics.multiple_response import (
    answer_combinations,
    answer_pairs,
    exclusive_conflicts,
    options_per_respondent,
)
from analysis.statistics.weighting import unweighted


@pytest.fixture(scope="module")
def few():
    """Five who answered: b alone, b with the exclusive f, twice a with b, nothing at all; one was not asked."""
    answers = ["010000", "010001", "110000", "110000", "000000", None]
    columns = [f"q21_{code}" for code in "abcdef"]
    rows = [list(answer) if answer else ["not_asked"] * 6 for answer in answers]
    table = pd.DataFrame(rows, columns=columns).assign(size_class="d")
    return unweighted(Design(table, {"d": 12}))


@pytest.fixture(scope="module")
def q21(short_instrument):
    return short_instrument.question("q21")


@pytest.fixture(scope="module")
def found(q21, few):
    return answer_combinations(q21, few)


def test_combinations_by_hand(found):
    assert found["question"].tolist() == ["q21"] * 4
    assert found["combination"].tolist() == ["a;b", "b;f", "b", ""]
    assert found["count"].tolist() == [2, 1, 1, 1]
    assert found["n"].tolist() == [5] * 4
    assert found["n_options"].tolist() == [2, 2, 1, 0]
    assert found["share"].tolist() == pytest.approx([0.4, 0.2, 0.2, 0.2])


def test_number_of_options_by_hand(q21, found):
    number = options_per_respondent(q21, found)
    assert number["n_options"].tolist() == list(range(7))
    assert number["count"].tolist() == [1, 1, 3, 0, 0, 0, 0]
    assert number["share"].sum() == pytest.approx(1)


def test_pairs_by_hand(q21, found):
    pairs = answer_pairs(q21, found).set_index(["option_a", "option_b"])
    assert len(pairs) == 15
    assert pairs.loc[("a", "b")].to_dict() == {"n": 5, "count_a": 2, "count_b": 4, "count": 2, "expected": 1.6}
    assert pairs.loc[("b", "f"), "count"] == 1
    assert pairs["count"].sum() == 3


def test_an_exclusive_option_with_another_one_is_a_conflict(q21, found):
    conflicts = exclusive_conflicts(q21, found)
    assert conflicts.to_dict("records") == [{"question": "q21", "option": "f", "n": 1, "conflicts": 1}]


def test_combinations_add_up_to_the_estimates(short_instrument, q21, weighted_designs):
    for weighted in weighted_designs[True].values():
        combined = answer_combinations(q21, weighted)
        rows = estimate(short_instrument, "q21", weighted).set_index("option")
        for code in q21.codes:
            part = combined[[code in text.split(";") for text in combined["combination"]]]
            assert part["count"].sum() == rows.loc[code, "count"]
            assert part["share"].sum() == pytest.approx(rows.loc[code, "share"])
        number = options_per_respondent(q21, combined)
        assert (number["n_options"] * number["share"]).sum() == pytest.approx(rows["share"].sum())


def test_pairs_equal_counting_every_respondent(q21, weighted_designs):
    weighted = weighted_designs[True]["unweighted"]
    answers = weighted.design.respondents
    pairs = answer_pairs(q21, answer_combinations(q21, weighted))
    for row in pairs.itertuples():
        both = (answers[f"q21_{row.option_a}"] == "1") & (answers[f"q21_{row.option_b}"] == "1")
        assert row.count == both.sum()


def test_a_question_with_one_answer_is_refused(short_instrument, weighted_designs):
    with pytest.raises(ValueError, match="q04 has one answer"):
        answer_combinations(short_instrument.question("q04"), weighted_designs[True]["unweighted"])
