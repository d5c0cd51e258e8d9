"""Combinations and conflicts of a question with several answers, against counting by hand."""

import pandas as pd
import pytest

from analysis.statistics.design import Design
from analysis.statistics.estimates import estimate
from analysis.statistics.multiple_response import answer_combinations, exclusive_conflicts, options_per_respondent
from analysis.statistics.weighting import unweighted


@pytest.fixture(scope="module")
def few():
    """Five who answered: b alone, b with the exclusive f, twice a with b, nothing at all; one was not asked."""
    answers = ["010000", "010001", "110000", "110000", "000000", None]
    columns = [f"q21_{code}" for code in "abcdef"]
    rows = [list(answer) if answer else ["not_asked"] * 6 for answer in answers]
    table = pd.DataFrame(rows, columns=columns).assign(size_class="d")
    return unweighted(Design(table, {"d": 12}))


def test_combinations_by_hand(short_instrument, few):
    found = answer_combinations(short_instrument.question("q21"), few)
    assert found["combination"].tolist() == ["a;b", "b;f", "b", ""]
    assert found["count"].tolist() == [2, 1, 1, 1]
    assert found["n"].tolist() == [5] * 4
    assert found["n_options"].tolist() == [2, 2, 1, 0]
    assert found["share"].tolist() == pytest.approx([0.4, 0.2, 0.2, 0.2])


def test_number_of_options_by_hand(short_instrument, few):
    found = options_per_respondent(short_instrument.question("q21"), few)
    assert found["count"].tolist() == [1, 1, 3, 0, 0, 0, 0]
    assert found["share"].sum() == pytest.approx(1)


def test_an_exclusive_option_with_another_one_is_a_conflict(short_instrument, few):
    found = exclusive_conflicts(short_instrument.question("q21"), few)
    assert found.to_dict("records") == [{"question": "q21", "option": "f", "n": 1, "conflicts": 1}]


def test_combinations_add_up_to_the_estimates(short_instrument, weighted_designs):
    for weighted in weighted_designs[True].values():
        question = short_instrument.question("q21")
        found = answer_combinations(question, weighted)
        rows = estimate(short_instrument, "q21", weighted).set_index("option")
        for code in question.codes:
            part = found[found[code] == 1]
            assert part["count"].sum() == rows.loc[code, "count"]
            assert part["share"].sum() == pytest.approx(rows.loc[code, "share"])
        mentions = options_per_respondent(question, weighted)
        assert (mentions["n_options"] * mentions["share"]).sum() == pytest.approx(rows["share"].sum())


def test_a_question_with_one_answer_is_refused(short_instrument, weighted_designs):
    with pytest.raises(ValueError, match="q04 has one answer"):
        answer_combinations(short_instrument.question("q04"), weighted_designs[True]["unweighted"])
